import { memo } from "react";
import { useText } from "../../i18n/language.tsx";
import { edgeLabel } from "../graph-words.ts";
import type { GraphLayout } from "../layout.ts";
import type { GraphEdge } from "../model.ts";
import type { Tone } from "../../parts/status.tsx";
import type { GraphDecoration } from "./graph-mark.ts";
import { arrowHead, roundedPath } from "./rounded-path.ts";

interface EdgeLook {
  readonly stroke: string;
  readonly dash: string | undefined;
  readonly width: number;
}

function markedLook(kind: GraphEdge["kind"], tone: Tone): EdgeLook {
  return { stroke: `var(--${tone})`, dash: kind === "catch" ? "5 4" : undefined, width: 2.5 };
}

function lookOf(
  kind: GraphEdge["kind"],
  isTaken: boolean,
  change: "added" | "removed" | undefined,
): EdgeLook {
  if (change === "added") return { stroke: "var(--ok)", dash: undefined, width: 2.5 };
  if (change === "removed") return { stroke: "var(--fail)", dash: "2 5", width: 2 };
  if (kind === "catch") {
    return { stroke: "var(--fail)", dash: "5 4", width: isTaken ? 2.5 : 1.25 };
  }
  return {
    stroke: isTaken ? "var(--ok)" : "var(--edge)",
    dash: kind === "default" && !isTaken ? "2 4" : undefined,
    width: isTaken ? 2.5 : 1.25,
  };
}

/** All edges in one drawing: what was gone is drawn over what was not. */
export const GraphEdges = memo(function GraphEdges({
  edges,
  layout,
  taken,
  changes,
  toneOf,
}: {
  readonly edges: readonly GraphEdge[];
  readonly layout: GraphLayout;
  readonly taken: (edge: GraphEdge) => number;
  /** Those that are not as they were before, by their ids. */
  readonly changes?: ReadonlyMap<string, "added" | "removed"> | undefined;
  /** The colours of the ways that were gone, where something else than a run is shown. */
  readonly toneOf?: GraphDecoration["toneOfEdge"] | undefined;
}) {
  const isGone = (edge: GraphEdge) => taken(edge) > 0 || toneOf?.(edge) !== undefined;
  const ordered = [...edges].sort((a, b) => Number(isGone(a)) - Number(isGone(b)));
  return (
    <svg
      aria-hidden
      width={layout.width}
      height={layout.height}
      className="pointer-events-none absolute top-0 left-0 overflow-visible"
    >
      {ordered.map((edge) => {
        const route = layout.edges.get(edge.id);
        if (route === undefined) return null;
        const tone = toneOf?.(edge);
        const change = toneOf === undefined ? changes?.get(edge.id) : undefined;
        const { stroke, dash, width } =
          tone === undefined
            ? lookOf(edge.kind, taken(edge) > 0, change)
            : markedLook(edge.kind, tone);
        return (
          <EdgeLine
            key={edge.id}
            path={roundedPath(route.points)}
            head={arrowHead(route.points, width > 2 ? 10 : 8)}
            stroke={stroke}
            width={width}
            dash={dash}
          />
        );
      })}
    </svg>
  );
});

/** After an edit nearly all of them are what they were. */
const EdgeLine = memo(function EdgeLine({
  path,
  head,
  stroke,
  width,
  dash,
}: EdgeLook & { readonly path: string; readonly head: string }) {
  return (
    <g>
      <path d={path} fill="none" stroke={stroke} strokeWidth={width} strokeDasharray={dash} />
      <polygon points={head} fill={stroke} />
    </g>
  );
});

/** The words on the edges. */
export const EdgeLabels = memo(function EdgeLabels({
  edges,
  layout,
  taken,
}: {
  readonly edges: readonly GraphEdge[];
  readonly layout: GraphLayout;
  readonly taken: (edge: GraphEdge) => number;
}) {
  const { graph: words } = useText();
  return edges.map((edge) => {
    const at = layout.edges.get(edge.id)?.label;
    const count = taken(edge);
    if (at === undefined || edge.label === "") return null;
    const look =
      edge.kind === "catch"
        ? "border-fail/50 text-fail"
        : count > 0
          ? "border-ok/50 text-ok"
          : "border-line text-dim";
    return (
      <span
        key={edge.id}
        title={edge.kind === "default" ? words.otherwise : edge.fullLabel}
        style={{ left: at.x, top: at.y }}
        className={`absolute -translate-x-1/2 -translate-y-1/2 rounded border bg-surface px-1.5 font-mono text-[11px] leading-4 whitespace-nowrap ${look}`}
      >
        {edgeLabel(edge, words)}
        {count > 1 && <b className="ml-1">×{count}</b>}
      </span>
    );
  });
});

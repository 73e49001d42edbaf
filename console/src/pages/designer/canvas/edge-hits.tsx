import { memo, type PointerEvent } from "react";
import type { GraphLayout } from "../../../graph/layout.ts";
import type { GraphEdge } from "../../../graph/model.ts";
import { roundedPath } from "../../../graph/view/rounded-path.ts";

/** Ways as the pointer meets them: broad, to be selected. */
export const EdgeHits = memo(function EdgeHits({
  edges,
  layout,
  selected,
  onSelect,
}: {
  readonly edges: readonly GraphEdge[];
  readonly layout: GraphLayout;
  readonly selected: string | undefined;
  readonly onSelect: (edge: string) => void;
}) {
  const chosen = selected === undefined ? undefined : layout.edges.get(selected);
  return (
    <svg
      aria-hidden
      width={layout.width}
      height={layout.height}
      className="pointer-events-none absolute top-0 left-0 overflow-visible"
    >
      {edges.map(({ id }) => {
        const route = layout.edges.get(id);
        if (route === undefined) return null;
        return <EdgeHit key={id} id={id} path={roundedPath(route.points)} onSelect={onSelect} />;
      })}
      {chosen !== undefined && (
        <path d={roundedPath(chosen.points)} fill="none" stroke="var(--accent)" strokeWidth={2.5} />
      )}
    </svg>
  );
});

const EdgeHit = memo(function EdgeHit({
  id,
  path,
  onSelect,
}: {
  readonly id: string;
  readonly path: string;
  readonly onSelect: (edge: string) => void;
}) {
  return (
    <path
      data-edge={id}
      d={path}
      fill="none"
      strokeWidth={14}
      strokeLinecap="round"
      className="cursor-pointer stroke-transparent hover:stroke-accent/15"
      style={{ pointerEvents: "stroke" }}
      onClick={(event) => {
        event.stopPropagation();
        onSelect(id);
      }}
    />
  );
});

/** The end of the selected way, to be led elsewhere. It lies over the `+` of a short one. */
export function EdgeHandle({
  edge,
  layout,
  label,
  onDrag,
}: {
  readonly edge: string;
  readonly layout: GraphLayout;
  readonly label: string;
  readonly onDrag: (event: PointerEvent, edge: string) => void;
}) {
  const tip = layout.edges.get(edge)?.points.at(-1);
  if (tip === undefined) return null;
  return (
    <span
      data-edge-end={edge}
      title={label}
      style={{ left: tip.x, top: tip.y - 3 }}
      onPointerDown={(event) => onDrag(event, edge)}
      className="absolute h-4 w-4 -translate-x-1/2 -translate-y-1/2 cursor-grab touch-none rounded-full border-[2.5px] border-accent bg-surface"
    />
  );
}

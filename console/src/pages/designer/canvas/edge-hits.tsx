import { memo, type PointerEvent } from "react";
import type { GraphLayout } from "../../../graph/layout.ts";
import type { GraphEdge } from "../../../graph/model.ts";
import { roundedPath } from "../../../graph/view/rounded-path.ts";

/** Ways as the pointer meets them: broad, to be selected; the end of the selected one can be led elsewhere. */
export const EdgeHits = memo(function EdgeHits({
  edges,
  layout,
  selected,
  handle,
  onSelect,
  onDragEnd,
}: {
  readonly edges: readonly GraphEdge[];
  readonly layout: GraphLayout;
  readonly selected: string | undefined;
  /** What the end of the selected one is called. */
  readonly handle: string;
  readonly onSelect: (edge: string) => void;
  readonly onDragEnd: (event: PointerEvent, edge: string) => void;
}) {
  const chosen = selected === undefined ? undefined : layout.edges.get(selected);
  const tip = chosen?.points.at(-1);
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
        return (
          <path
            key={id}
            data-edge={id}
            d={roundedPath(route.points)}
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
      })}
      {chosen !== undefined && (
        <path d={roundedPath(chosen.points)} fill="none" stroke="var(--accent)" strokeWidth={2.5} />
      )}
      {tip !== undefined && selected !== undefined && (
        <circle
          data-edge-end={selected}
          cx={tip.x}
          cy={tip.y - 4}
          r={7}
          fill="var(--surface)"
          stroke="var(--accent)"
          strokeWidth={2.5}
          className="cursor-grab"
          style={{ pointerEvents: "all" }}
          onPointerDown={(event) => onDragEnd(event, selected)}
        >
          <title>{handle}</title>
        </circle>
      )}
    </svg>
  );
});

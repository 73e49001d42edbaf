import { useRef, type PointerEvent } from "react";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import type { CanvasView } from "./canvas-view.ts";
import type { SteadyGraph } from "./steady-graph.ts";

const most = { width: 150, height: 112 };

/** All of the graph, small, with what is seen of it; a press or a drag goes there. */
export function Minimap({
  graph: { layout, model },
  selected,
  canvas: { view, size, centre },
}: {
  readonly graph: SteadyGraph;
  readonly selected: readonly string[];
  readonly canvas: CanvasView;
}) {
  const text = useDesignerText().canvas;
  const area = useRef<SVGSVGElement>(null);
  const scale = Math.min(most.width / layout.width, most.height / layout.height);
  const go = ({ clientX, clientY, buttons }: PointerEvent): void => {
    const box = area.current?.getBoundingClientRect();
    if (box === undefined || buttons !== 1) return;
    centre({ x: (clientX - box.left) / scale, y: (clientY - box.top) / scale });
  };
  const chosen = new Set(selected);
  return (
    <div className="absolute right-2 bottom-2 z-10 rounded-lg border border-line bg-surface/95 p-1.5 shadow-card">
      <svg
        ref={area}
        role="img"
        aria-label={text.tools.minimap}
        width={layout.width * scale}
        height={layout.height * scale}
        viewBox={`0 0 ${layout.width} ${layout.height}`}
        className="block cursor-pointer touch-none overflow-hidden"
        onPointerDown={(event) => {
          event.stopPropagation();
          event.currentTarget.setPointerCapture(event.pointerId);
          go(event);
        }}
        onPointerMove={go}
      >
        {[...layout.nodes].map(([key, { x, y, width, height }]) => {
          const isContainer = (model.nodes.get(key)?.scopes.length ?? 0) > 0;
          const fill = chosen.has(key) ? "var(--accent)" : "var(--line-strong)";
          return (
            <rect
              key={key}
              x={x}
              y={y}
              width={width}
              height={height}
              rx={8}
              fill={isContainer ? "none" : fill}
              stroke={isContainer ? fill : "none"}
              strokeWidth={1.5 / scale}
            />
          );
        })}
        <rect
          x={-view.x / view.scale}
          y={-view.y / view.scale}
          width={size.width / view.scale}
          height={size.height / view.scale}
          fill="var(--accent)"
          fillOpacity={0.12}
          stroke="var(--accent)"
          strokeWidth={1.5 / scale}
        />
      </svg>
    </div>
  );
}

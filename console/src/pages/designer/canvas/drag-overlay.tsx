import { useSyncExternalStore } from "react";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import type { DragStore } from "./drag-store.ts";
import { targetOf, type DropTarget } from "./drop-targets.ts";
import type { InsertPoint } from "./insert-points.ts";

function useDrag(drags: DragStore) {
  return useSyncExternalStore(drags.subscribe, () => drags.current);
}

/** While something is dragged: all places that would take it, and the one under the pointer. In the graph's measure. */
export function DropMarks({
  drags,
  points,
}: {
  readonly drags: DragStore;
  readonly points: readonly InsertPoint[];
}) {
  const drag = useDrag(drags);
  if (drag === undefined) return null;
  const { target, refused, dragged } = drag;
  return (
    <div aria-hidden className="pointer-events-none">
      {dragged.kind !== "edgeEnd" &&
        points.map((point) => (
          <Mark key={point.id} target={targetOf(point)} look="border-accent/60 bg-accent-soft" />
        ))}
      {target !== undefined && !("row" in target) && (
        <Mark
          target={target}
          look={
            refused === undefined
              ? "border-accent bg-accent/25 outline-4 outline-accent/20"
              : "border-fail bg-fail/20"
          }
        />
      )}
    </div>
  );
}

function Mark({
  target: { box, kind },
  look,
}: {
  readonly target: DropTarget;
  readonly look: string;
}) {
  return (
    <span
      data-drop={kind}
      style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
      className={`absolute rounded-xl border-2 ${look}`}
    />
  );
}

/** What the pointer holds, and what would come of letting it go. In the window. */
export function DragGhost({ drags }: { readonly drags: DragStore }) {
  const text = useDesignerText().canvas;
  const drag = useDrag(drags);
  if (drag === undefined) return null;
  const { label, x, y, isOver, target, refused } = drag;
  const words =
    target === undefined
      ? isOver
        ? text.drop.nowhere
        : ""
      : refused !== undefined
        ? text.refusals[refused]
        : target.kind === "state"
          ? text.retarget.title
          : text.drop[target.kind];
  const look =
    target === undefined
      ? "border-line"
      : refused === undefined
        ? "border-accent"
        : "border-fail text-fail";
  const row = target !== undefined && "row" in target ? target.row : undefined;
  return (
    <>
      {row !== undefined && (
        <div
          style={{ left: row.x, top: row.y, width: row.width, height: row.height }}
          className={`pointer-events-none fixed z-40 rounded-md border-2 ${look}`}
        />
      )}
      <div
        style={{ left: x + 14, top: y + 10 }}
        className={`pointer-events-none fixed z-50 max-w-64 rounded-lg border bg-raised px-3 py-1.5 text-[13px] shadow-high ${look}`}
      >
        <p className="truncate font-semibold">{label}</p>
        {words !== "" && <p className="text-xs text-dim">{words}</p>}
      </div>
    </>
  );
}

import { useEffect, useState } from "react";
import { isRefused } from "../../../designer/edits/edit-result.ts";
import type { DesignerStore } from "../designer-store.ts";
import type { CanvasCommands } from "./canvas-commands.ts";
import type { CanvasView } from "./canvas-view.ts";
import { DragStore, type Drag } from "./drag-store.ts";
import { reasonAgainst, targetAt, type Dragged, type DropTarget } from "./drop-targets.ts";
import type { InsertPoint } from "./insert-points.ts";
import { placeOfRow } from "./outline-tree.tsx";
import { rememberItem } from "./recent-items.ts";
import type { SteadyGraph } from "./steady-graph.ts";

/** The drag of the canvas, over the graph and the outline. */
export function useDrags({
  store,
  commands,
  graph,
  points,
  canvas: { toGraph },
  onDropped,
}: {
  readonly store: DesignerStore;
  readonly commands: CanvasCommands;
  readonly graph: SteadyGraph | undefined;
  readonly points: readonly InsertPoint[];
  readonly canvas: Pick<CanvasView, "toGraph">;
  readonly onDropped: () => void;
}): DragStore {
  const [drags] = useState(() => new DragStore());
  useEffect(() => {
    const found = (dragged: Dragged, x: number, y: number): Pick<Drag, "isOver" | "target"> => {
      const row = dragged.kind === "edgeEnd" ? undefined : rowAt(x, y);
      if (row !== undefined) return { isOver: true, target: row };
      const at = toGraph(x, y);
      if (at === undefined || graph === undefined) return { isOver: false, target: undefined };
      return { isOver: true, target: targetAt(graph, points, dragged, at) };
    };
    /** Most moves of the pointer stay on a target: the edit is tried once for each. */
    let tried: { readonly id: string; readonly refused: Drag["refused"] } | undefined;
    drags.site = {
      at: (dragged, x, y) => {
        const { isOver, target } = found(dragged, x, y);
        if (target === undefined) return { isOver, target, refused: undefined };
        const id = JSON.stringify([target, dragged.kind === "item" ? dragged.item.id : dragged]);
        if (tried?.id !== id) {
          tried = { id, refused: reasonAgainst(store.view.readable, dragged, target) };
        }
        return { isOver, target, refused: tried.refused };
      },
      drop: (dragged, target) => {
        dropped(commands, dragged, target);
        onDropped();
      },
    };
    return () => {
      drags.site = undefined;
    };
  }, [drags, store, commands, graph, points, toGraph, onDropped]);
  return drags;
}

function dropped(commands: CanvasCommands, dragged: Dragged, target: DropTarget): void {
  if (dragged.kind === "edgeEnd") {
    if (target.kind === "state") commands.retarget(dragged.edge, target.key);
  } else if (target.kind !== "state") {
    if (dragged.kind === "states") commands.move(dragged.keys, target.place);
    else if (!isRefused(commands.insert(dragged.item, target.place))) rememberItem(dragged.item);
  }
}

function rowAt(x: number, y: number): DropTarget | undefined {
  const found = placeOfRow(document.elementFromPoint(x, y));
  if (found === undefined) return undefined;
  const { left, top, width, height } = found.row.getBoundingClientRect();
  const box = { x: left, y: top, width, height };
  return {
    kind: found.place.on === "after" ? "after" : "empty",
    place: found.place,
    box,
    row: box,
  };
}

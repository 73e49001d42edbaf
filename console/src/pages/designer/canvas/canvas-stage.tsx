import {
  useCallback,
  useRef,
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type RefObject,
} from "react";
import type { Box } from "../../../graph/layout.ts";
import type { NodeKey } from "../../../graph/model.ts";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { useDesigner, useDesignerView } from "../use-designer.ts";
import { arrowStep, type Spot } from "./arrow-steps.ts";
import { CanvasGraph } from "./canvas-graph.tsx";
import type { CanvasView } from "./canvas-view.ts";
import { DropMarks } from "./drag-overlay.tsx";
import type { DragStore } from "./drag-store.ts";
import type { InsertPoint } from "./insert-points.ts";
import { cardsIn, useMarquee } from "./marquee.ts";
import { RenameField } from "./rename-field.tsx";
import type { Direction } from "./selection-place.ts";
import type { StateBadge } from "./state-badges.ts";
import type { SteadyGraph } from "./steady-graph.ts";
import { elementOf } from "./use-focus.ts";
import { useStable } from "./use-stable.ts";

/** The surface with the graph on it: selects, walks along the ways, begins drags. */
export function CanvasStage({
  area,
  graph,
  canvas,
  points,
  badges,
  selected,
  edge,
  drags,
  renaming,
  onRename,
  onRenamed,
  onSelect,
  onAdd,
  onCreate,
  onRemoveBranch,
}: {
  readonly area: RefObject<HTMLDivElement | null>;
  readonly graph: SteadyGraph | undefined;
  readonly canvas: CanvasView;
  readonly points: readonly InsertPoint[];
  readonly badges: ReadonlyMap<NodeKey, readonly StateBadge[]>;
  readonly selected: readonly NodeKey[];
  readonly edge: string | undefined;
  readonly drags: DragStore;
  readonly renaming: NodeKey | undefined;
  /** Whether the state could be renamed. */
  readonly onRename: (key: NodeKey, name: string) => boolean;
  readonly onRenamed: () => void;
  readonly onSelect: (key: NodeKey, isAdded: boolean) => void;
  readonly onAdd: (point: InsertPoint) => void;
  readonly onCreate: () => void;
  /** An empty branch, by the key of its scope. */
  readonly onRemoveBranch: (scope: string) => void;
}) {
  const text = useDesignerText();
  const { store } = useDesigner();
  const newest = useDesignerView((view) => view.readable);
  /** The creator was opened by Tab and given up: the next Tab leads on, so that nobody is kept here. */
  const hasTabbed = useRef(false);
  const pressed = useRef<{ readonly x: number; readonly y: number }>(undefined);

  const onMarquee = useCallback(
    (box: Box) => {
      if (graph === undefined) return;
      const isContainer = (key: NodeKey) => (graph.model.nodes.get(key)?.scopes.length ?? 0) > 0;
      store.select(cardsIn(graph.layout, isContainer, box));
    },
    [graph, store],
  );
  const marquee = useMarquee(area, canvas.toGraph, onMarquee);

  function go(spot: Spot | undefined, isAdded: boolean): void {
    if (spot === undefined || graph === undefined) return;
    if ("key" in spot) {
      onSelect(spot.key, isAdded);
      const box = graph.layout.nodes.get(spot.key);
      if (box !== undefined) canvas.show(box);
    } else {
      const point = points.find(({ id }) => id === spot.point);
      if (point?.edge !== undefined) store.select([], point.edge);
      if (point !== undefined)
        canvas.show({ x: point.x - 14, y: point.y - 14, width: 28, height: 28 });
    }
    // It may come into view only now.
    requestAnimationFrame(() => elementOf(area.current, spot)?.focus({ preventScroll: true }));
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (!(event.target instanceof HTMLElement)) return;
    const spot = spotOf(event.target);
    const isPlain = !event.altKey && !event.ctrlKey && !event.metaKey;
    if (event.key.startsWith("Arrow") && isPlain && graph !== undefined) {
      const direction = event.key.slice(5) as Direction;
      event.preventDefault();
      if (spot !== undefined) go(arrowStep(graph, points, spot, direction), event.shiftKey);
      else go(firstSpot(graph, selected), false);
    } else if (event.key === "Tab" && isPlain && !event.shiftKey && spot !== undefined) {
      if (hasTabbed.current) {
        hasTabbed.current = false;
        return;
      }
      hasTabbed.current = true;
      event.preventDefault();
      openAt(spot);
    } else if (event.key === "a" && isPlain && spot !== undefined && "point" in spot) {
      event.preventDefault();
      openAt(spot);
    } else if (event.key === "Delete" && emptyScope(spot) !== undefined) {
      event.preventDefault();
      onRemoveBranch(emptyScope(spot) ?? "");
    } else if (event.key === "Enter" && isPlain && spot !== undefined && "key" in spot) {
      event.preventDefault();
      onSelect(spot.key, false);
      requestAnimationFrame(() => focusInspector(text.page.inspector));
    } else if ((event.key === "+" || event.key === "=") && isPlain) canvas.zoom(1.25);
    else if (event.key === "-" && isPlain) canvas.zoom(0.8);
    else if (event.key === "Escape" && isPlain) store.select([]);
    if (event.key !== "Tab") hasTabbed.current = false;
  }

  function emptyScope(spot: Spot | undefined): string | undefined {
    const id = spot !== undefined && "point" in spot ? spot.point : undefined;
    const point = points.find((each) => each.kind === "empty" && each.id === id);
    return point?.place.on === "start" ? point.place.scope : undefined;
  }

  function openAt(spot: Spot): void {
    const point = "point" in spot ? points.find(({ id }) => id === spot.point) : undefined;
    if (point !== undefined) onAdd(point);
    else {
      if ("key" in spot && !selected.includes(spot.key)) onSelect(spot.key, false);
      onCreate();
    }
  }

  function onClick(event: MouseEvent): void {
    const key = keyOf(event.target);
    if (key !== undefined) onSelect(key, event.shiftKey || event.ctrlKey || event.metaKey);
    else if (event.target instanceof Element && event.target.closest("button, input") === null) {
      const { x, y } = pressed.current ?? { x: event.clientX, y: event.clientY };
      const hasMoved = Math.hypot(event.clientX - x, event.clientY - y) > 4;
      if (!hasMoved && !event.shiftKey) store.select([]);
    }
  }

  function onPointerDown(event: PointerEvent): void {
    pressed.current = { x: event.clientX, y: event.clientY };
    const key = keyOf(event.target);
    if (key === undefined || graph === undefined) return;
    const keys = selected.includes(key) ? selected : [key];
    const name = graph.model.nodes.get(key)?.name ?? "";
    const label = keys.length > 1 ? text.canvas.selection.count(keys.length) : name;
    drags.press(event, { kind: "states", keys }, label);
  }

  const onEdge = useStable({
    select: (each: string) => store.select([], each),
    drag: (event: PointerEvent, each: string) => {
      event.stopPropagation();
      drags.press(event, { kind: "edgeEnd", edge: each }, text.canvas.selection.retarget);
    },
    add: onAdd,
  });
  const renamed = graph?.model.nodes.get(renaming ?? "");
  const box = graph?.layout.nodes.get(renaming ?? "");
  return (
    <div
      ref={area}
      role="application"
      aria-label={text.canvas.name}
      aria-description={text.canvas.how}
      aria-busy={graph === undefined || graph.isProvisional || graph.document !== newest}
      tabIndex={graph === undefined || graph.index.root.states.size === 0 ? 0 : -1}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onPointerDown={onPointerDown}
      className="absolute inset-0 touch-none overflow-hidden bg-bg bg-[radial-gradient(var(--dots)_1px,transparent_1px)] [background-size:18px_18px] outline-none select-none"
    >
      {graph !== undefined && canvas.isPlaced && graph.index.root.states.size > 0 && (
        <CanvasGraph
          graph={graph}
          points={points}
          badges={badges}
          selected={selected}
          edge={edge}
          view={canvas}
          onSelectEdge={onEdge.select}
          onDragEdge={onEdge.drag}
          onAdd={onEdge.add}
        >
          <DropMarks drags={drags} points={points} />
          {marquee !== undefined && (
            <div
              style={{
                left: marquee.x,
                top: marquee.y,
                width: marquee.width,
                height: marquee.height,
              }}
              className="pointer-events-none absolute border border-accent bg-accent/10"
            />
          )}
          {renamed !== undefined && box !== undefined && (
            <RenameField
              key={renamed.key}
              name={renamed.name}
              box={box}
              onRename={(name) => onRename(renamed.key, name)}
              onClose={onRenamed}
            />
          )}
        </CanvasGraph>
      )}
    </div>
  );
}

function keyOf(target: EventTarget): NodeKey | undefined {
  const card = target instanceof Element ? target.closest("[data-key]") : null;
  return card instanceof HTMLElement ? card.dataset["key"] : undefined;
}

function spotOf({ dataset }: HTMLElement): Spot | undefined {
  const { key, point } = dataset;
  return key !== undefined ? { key } : point !== undefined ? { point } : undefined;
}

function firstSpot({ index }: SteadyGraph, selected: readonly NodeKey[]): Spot | undefined {
  const key = selected[0] ?? index.root.states.get(index.root.startAt ?? "")?.key;
  return key === undefined ? undefined : { key };
}

/** The first field of what is selected, once the fields are its own. */
function focusInspector(name: string): void {
  const pane = document.querySelector(`section[aria-label="${CSS.escape(name)}"]`);
  if (pane?.closest("[aria-busy=true]")) requestAnimationFrame(() => focusInspector(name));
  else pane?.querySelector<HTMLElement>("input, textarea, select, button, [tabindex='0']")?.focus();
}

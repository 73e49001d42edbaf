import { Fragment, memo, useMemo, useRef, type PointerEvent, type ReactNode } from "react";
import { Lanes, Pill, visibleNodes } from "../../../graph/flow-graph.tsx";
import type { Box } from "../../../graph/layout.ts";
import type { GraphNode, NodeKey } from "../../../graph/model.ts";
import { GraphCard, GraphContainer } from "../../../graph/view/graph-card.tsx";
import { EdgeLabels, GraphEdges } from "../../../graph/view/graph-edges.tsx";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { BadgeRow, badgeWords } from "./badge-row.tsx";
import type { CanvasView } from "./canvas-view.ts";
import { EdgeHandle, EdgeHits } from "./edge-hits.tsx";
import { InsertButtons } from "./insert-buttons.tsx";
import type { InsertPoint } from "./insert-points.ts";
import type { StateBadge } from "./state-badges.ts";
import type { SteadyGraph } from "./steady-graph.ts";

/** Below these scales nobody reads the words on the edges, and nobody hits a `+`. */
const readable = 0.45;
const pressable = 0.5;

interface DrawnGraph {
  readonly graph: SteadyGraph;
  readonly points: readonly InsertPoint[];
  readonly badges: ReadonlyMap<NodeKey, readonly StateBadge[]>;
  readonly selected: readonly NodeKey[];
  readonly edge: string | undefined;
  readonly onSelectEdge: (edge: string) => void;
  readonly onDragEdge: (event: PointerEvent, edge: string) => void;
  readonly onAdd: (point: InsertPoint) => void;
}

/** The cards, ways and `+` of a graph, as large as they are and where the view has them. */
export function CanvasGraph({
  view: { view, size },
  children,
  ...of
}: DrawnGraph & {
  readonly view: CanvasView;
  /** What lies over it, in its measure. */
  readonly children?: ReactNode;
}) {
  const { model, layout } = of.graph;
  const nodes = useMemo(() => [...model.nodes.values()], [model]);
  const seen = visibleNodes(nodes, layout, view, size);
  // Whoever moves the view sees the same cards, drawn elsewhere, until others come into it.
  const last = useRef(seen);
  const isSame =
    seen.length === last.current.length &&
    seen.every(({ node, box }, at) => {
      const before = last.current[at];
      return before?.node === node && before.box === box;
    });
  if (!isSame) last.current = seen;
  return (
    <div
      data-world
      className="absolute top-0 left-0 origin-top-left"
      style={{
        width: layout.width,
        height: layout.height,
        transform: `translate(${view.x}px, ${view.y}px) scale(${view.scale})`,
      }}
    >
      <Drawn
        {...of}
        drawn={last.current}
        isReadable={view.scale >= readable}
        isPressable={view.scale >= pressable}
      />
      {children}
    </div>
  );
}

/** All of it that does not depend on where the view has it. */
const Drawn = memo(function Drawn({
  graph: { model, layout },
  points,
  badges,
  selected,
  edge,
  drawn,
  isReadable,
  isPressable,
  onSelectEdge,
  onDragEdge,
  onAdd,
}: DrawnGraph & {
  readonly drawn: ReturnType<typeof visibleNodes>;
  readonly isReadable: boolean;
  readonly isPressable: boolean;
}) {
  const text = useDesignerText().canvas;
  const edges = useMemo(() => [...model.edges.values()], [model]);
  const chosen = useMemo(() => new Set(selected), [selected]);
  const entry = selected[0] ?? [...model.nodes.values()].find(({ type }) => type !== "Start")?.key;
  const words = useMemo(
    () =>
      new Map(
        [...badges].map(([key, all]) => [
          key,
          all.map((each) => badgeWords(each, text)).join(", "),
        ]),
      ),
    [badges, text],
  );
  const common = (node: GraphNode, box: Box) => ({
    node,
    box,
    view: undefined,
    heatTone: "run" as const,
    isSelected: chosen.has(node.key),
    isEntry: node.key === entry,
    hasRun: false,
    onSelect: noSelect,
    words: words.get(node.key),
  });
  return (
    <>
      {drawn
        .filter(({ node }) => node.scopes.length > 0)
        .toSorted((a, b) => b.box.width * b.box.height - a.box.width * a.box.height)
        .map(({ node, box }) => (
          <Fragment key={node.key}>
            <GraphContainer {...common(node, box)} />
            <Lanes scopes={node.scopes} layout={layout} />
          </Fragment>
        ))}
      <GraphEdges edges={edges} layout={layout} taken={neverTaken} />
      <EdgeHits edges={edges} layout={layout} selected={edge} onSelect={onSelectEdge} />
      {isReadable && <EdgeLabels edges={edges} layout={layout} taken={neverTaken} />}
      {drawn
        .filter(({ node }) => node.scopes.length === 0)
        .map(({ node, box }) =>
          node.type === "Start" || node.type === "End" ? (
            <Pill key={node.key} node={node} box={box} />
          ) : (
            <GraphCard key={node.key} {...common(node, box)} />
          ),
        )}
      {drawn.map(({ node, box }) => {
        const own = badges.get(node.key);
        return own === undefined ? null : <BadgeRow key={node.key} badges={own} box={box} />;
      })}
      {isPressable && (
        <InsertButtons points={points} model={model} selected={chosen} edge={edge} onAdd={onAdd} />
      )}
      {edge !== undefined && (
        <EdgeHandle edge={edge} layout={layout} label={text.retarget.handle} onDrag={onDragEdge} />
      )}
    </>
  );
});

/** Whoever presses is heard by the canvas itself, which knows of Shift and of drags. */
function noSelect(): void {}

const neverTaken = (): number => 0;

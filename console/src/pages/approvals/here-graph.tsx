import type { NodeView } from "../../../../src/console/view-types.ts";
import type { Box, GraphLayout } from "../../graph/layout.ts";
import { LeadsTo, waysFrom } from "./leads-to.tsx";
import {
  endKey,
  startKey,
  type GraphEdge,
  type GraphModel,
  type GraphNode,
} from "../../graph/model.ts";
import { useLayout } from "../../graph/view/use-layout.ts";
import { useText } from "../../i18n/language.tsx";

/** What is shown around the state, in the units of the layout: itself, what is before it, and what comes after. */
const padding = 20;
const mostWidth = 1_000;
const mostHeight = 640;

/** The state that waits, and its neighbours, as they are drawn in the whole graph. */
export function HereGraph({
  definition,
  stateKey,
  nodes,
}: {
  readonly definition: string;
  readonly stateKey: string;
  readonly nodes: readonly NodeView[];
}) {
  const { model, layout } = useLayout(definition);
  const here = model.nodes.get(stateKey);
  if (here === undefined) return null;
  const edges = [
    ...[...model.edges.values()].filter(({ target }) => target === stateKey),
    ...waysFrom(model, stateKey),
  ];
  return (
    <div className="flex flex-col gap-3">
      {layout !== undefined && (
        <Drawing model={model} layout={layout} here={here} edges={edges} nodes={nodes} />
      )}
      <LeadsTo model={model} from={stateKey} />
    </div>
  );
}

function Drawing({
  model,
  layout,
  here,
  edges,
  nodes,
}: {
  readonly model: GraphModel;
  readonly layout: GraphLayout;
  readonly here: GraphNode;
  readonly edges: readonly GraphEdge[];
  readonly nodes: readonly NodeView[];
}) {
  const { approvals: text } = useText();
  const view = viewAround(layout, here.key, edges);
  if (view === undefined) return null;
  const entered = new Set(nodes.filter(({ entries }) => entries > 0).map(({ key }) => key));
  const isSeen = (box: Box) =>
    box.x < view.x + view.width &&
    box.x + box.width > view.x &&
    box.y < view.y + view.height &&
    box.y + box.height > view.y;
  return (
    <div className="overflow-x-auto rounded-lg border border-line bg-sunken">
      <svg
        role="img"
        aria-label={text.graphOf(here.name)}
        viewBox={`${view.x} ${view.y} ${view.width} ${view.height}`}
        style={{ maxWidth: view.width * 0.95, maxHeight: 300 }}
        className="mx-auto block w-full"
      >
        {[...layout.edges].map(([id, { points }]) => {
          const edge = model.edges.get(id);
          const isHere = edge !== undefined && edges.includes(edge);
          return (
            <Route
              key={id}
              points={points}
              isCatch={edge?.kind === "catch"}
              look={isHere ? "text-edge" : "text-line-strong"}
            />
          );
        })}
        {[...model.nodes.values()].map((node) => {
          const box = layout.nodes.get(node.key);
          if (box === undefined || !isSeen(box)) return null;
          return (
            <Card
              key={node.key}
              node={node}
              box={box}
              isHere={node.key === here.key}
              isEntered={entered.has(node.key) || node.key === startKey}
            />
          );
        })}
      </svg>
    </div>
  );
}

/** Characters of a name that fit on a card. */
const longestName = 24;

function Card({
  node,
  box,
  isHere,
  isEntered,
}: {
  readonly node: GraphNode;
  readonly box: Box;
  readonly isHere: boolean;
  readonly isEntered: boolean;
}) {
  const { approvals: text } = useText();
  const isPill = node.key === startKey || node.key === endKey;
  const isBox = node.scopes.length > 0;
  const look = isHere
    ? "fill-wait-soft stroke-wait"
    : isBox
      ? "fill-transparent stroke-line-strong"
      : isEntered
        ? "fill-ok-soft stroke-ok"
        : "fill-surface stroke-line-strong";
  const name =
    node.name.length > longestName ? `${node.name.slice(0, longestName - 1)}…` : node.name;
  return (
    <g>
      <title>{node.name}</title>
      <rect
        x={box.x}
        y={box.y}
        width={box.width}
        height={box.height}
        rx={isPill ? box.height / 2 : 8}
        strokeWidth={isHere ? 2.5 : 1}
        className={look}
      />
      <text
        x={box.x + box.width / 2}
        y={isBox ? box.y + 22 : box.y + box.height / 2 + (isHere ? -4 : 5)}
        textAnchor="middle"
        fontSize={13}
        fontWeight={isHere ? 600 : 500}
        className={isPill ? "fill-dim" : "fill-text"}
      >
        {name}
      </text>
      {isHere && !isBox && (
        <text
          x={box.x + box.width / 2}
          y={box.y + box.height / 2 + 15}
          textAnchor="middle"
          fontSize={11.5}
          fontWeight={600}
          className="fill-wait"
        >
          {text.graph}
        </text>
      )}
    </g>
  );
}

/** A way with a head at its end. */
function Route({
  points,
  isCatch,
  look,
}: {
  readonly points: readonly { readonly x: number; readonly y: number }[];
  readonly isCatch: boolean;
  readonly look: string;
}) {
  const end = points.at(-1);
  const before = points.at(-2);
  if (end === undefined || before === undefined) return null;
  const angle = (Math.atan2(end.y - before.y, end.x - before.x) * 180) / Math.PI;
  return (
    <g className={look}>
      <polyline
        points={points.map(({ x, y }) => `${x},${y}`).join(" ")}
        fill="none"
        className="stroke-current"
        strokeWidth={1.5}
        strokeLinejoin="round"
        strokeDasharray={isCatch ? "5 4" : undefined}
      />
      <path
        d="M0 0 L-8 -4 L-8 4 Z"
        transform={`translate(${end.x} ${end.y}) rotate(${angle})`}
        className="fill-current"
      />
    </g>
  );
}

function viewAround(
  layout: GraphLayout,
  key: string,
  edges: readonly GraphEdge[],
): Box | undefined {
  const centre = layout.nodes.get(key);
  if (centre === undefined) return undefined;
  const boxes = edges
    .flatMap(({ source, target }) => [layout.nodes.get(source), layout.nodes.get(target)])
    .filter((box): box is Box => box !== undefined);
  // Neighbours that are far away stay outside; their ways lead out of the picture.
  const near = [...boxes, centre].filter(
    (box) =>
      Math.abs(middle(box).x - middle(centre).x) + box.width / 2 < mostWidth / 2 &&
      Math.abs(middle(box).y - middle(centre).y) + box.height / 2 < mostHeight / 2,
  );
  const all = near.includes(centre) ? near : [centre];
  const left = Math.min(...all.map(({ x }) => x)) - padding;
  const top = Math.min(...all.map(({ y }) => y)) - padding;
  const right = Math.max(...all.map(({ x, width }) => x + width)) + padding;
  const bottom = Math.max(...all.map(({ y, height }) => y + height)) + padding;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function middle({ x, y, width, height }: Box) {
  return { x: x + width / 2, y: y + height / 2 };
}

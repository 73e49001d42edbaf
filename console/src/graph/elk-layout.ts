import type { ELK, ElkExtendedEdge, ElkNode } from "elkjs/lib/elk-api.js";
import { moved, withoutIdlePoints, type Box, type EdgeRoute } from "./geometry.ts";
import type { LayeredGraph, LayeredLayout } from "./scope-graph.ts";

export type ElkEngine = Pick<ELK, "layout">;

const layoutOptions = {
  "elk.algorithm": "layered",
  "elk.direction": "DOWN",
  "elk.edgeRouting": "ORTHOGONAL",
  "elk.padding": "[top=0,left=0,bottom=0,right=0]",
  "elk.separateConnectedComponents": "false",
  // Rules of a Choice from left to right as they are written.
  "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
  // Ten pairs out of order count as one crossing.
  "elk.layered.considerModelOrder.crossingCounterNodeInfluence": "0.1",
  "elk.layered.considerModelOrder.crossingCounterPortInfluence": "0.1",
  // Straighter than network simplex (578 bends in the samples, not 628), which takes 25 s for 1,000.
  "elk.layered.nodePlacement.strategy": "BRANDES_KOEPF",
  "elk.spacing.nodeNode": "28",
  "elk.spacing.edgeNode": "20",
  "elk.spacing.edgeEdge": "14",
  "elk.spacing.edgeLabel": "4",
  "elk.layered.spacing.nodeNodeBetweenLayers": "32",
  "elk.layered.spacing.edgeNodeBetweenLayers": "14",
  "elk.layered.spacing.edgeEdgeBetweenLayers": "10",
};

/** Lays out with ELK: few crossings, rules in order, but slow beyond some hundred nodes. */
export async function elkLayout(elk: ElkEngine, graph: LayeredGraph): Promise<LayeredLayout> {
  const result = await elk.layout({
    id: "scope",
    layoutOptions,
    children: graph.nodes.map(({ width, height, roomAtRight }, index): ElkNode => ({
      id: `n${index}`,
      width,
      height,
      layoutOptions: { "elk.alignment": "TOP" },
      ...(roomAtRight > 0 && {
        // A label outside a node keeps its place free of others.
        labels: [
          {
            text: " ",
            width: roomAtRight,
            height,
            layoutOptions: { "elk.nodeLabels.placement": "OUTSIDE V_CENTER H_RIGHT" },
          },
        ],
      }),
    })),
    edges: graph.edges.map(({ source, target, label }, index): ElkExtendedEdge => ({
      id: `e${index}`,
      sources: [`n${source}`],
      targets: [`n${target}`],
      ...(label && {
        labels: [{ ...label, text: " ", layoutOptions: { "elk.edgeLabels.inline": "true" } }],
      }),
    })),
  });
  return {
    nodes: (result.children ?? []).map(({ x, y, width, height }): Box => ({
      x: given(x),
      y: given(y),
      width: given(width),
      height: given(height),
    })),
    routes: (result.edges ?? []).map(routeOf),
  };
}

function routeOf({ sections, labels }: ElkExtendedEdge): EdgeRoute {
  const [section] = sections ?? [];
  if (!section) throw new Error("ELK returned an edge without a route");
  const [label] = labels ?? [];
  return {
    points: withoutIdlePoints([
      section.startPoint,
      ...(section.bendPoints ?? []),
      section.endPoint,
    ]),
    ...(label && {
      label: moved(
        { x: given(label.width) / 2, y: given(label.height) / 2 },
        { x: given(label.x), y: given(label.y) },
      ),
    }),
    isRail: false,
  };
}

function given(value: number | undefined): number {
  if (value === undefined || !Number.isFinite(value)) throw new Error("ELK left a number out");
  return value;
}

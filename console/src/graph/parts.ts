import { noEdge, noSize, type ScopeGraph } from "./scope-graph.ts";

/** A connected part of a scope, numbered anew. */
export interface Part {
  readonly graph: ScopeGraph;
  /** The number in the whole scope of each node and edge of the part. */
  readonly nodes: readonly number[];
  readonly edges: readonly number[];
}

/** The connected parts of a scope, that with the start first. */
export function partsOf(graph: ScopeGraph): Part[] {
  const neighbours: number[][] = graph.nodes.map(() => []);
  for (const { source, target } of graph.edges) {
    neighbours[source]?.push(target);
    neighbours[target]?.push(source);
  }
  const partOf = new Map<number, number>();
  let count = 0;
  for (const root of [graph.start ?? 0, ...graph.nodes.keys()]) {
    if (partOf.has(root) || root >= graph.nodes.length) continue;
    const open = [root];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (partOf.has(node)) continue;
      partOf.set(node, count);
      open.push(...(neighbours[node] ?? []));
    }
    count++;
  }
  const nodesOf = Map.groupBy(graph.nodes.keys(), (node) => partOf.get(node) ?? 0);
  const edgesOf = Map.groupBy(graph.edges.keys(), (edge) => {
    return partOf.get(graph.edges[edge]?.source ?? 0) ?? 0;
  });
  return Array.from({ length: count }, (_, part): Part => {
    const nodes = nodesOf.get(part) ?? [];
    const edges = edgesOf.get(part) ?? [];
    const local = new Map(nodes.map((node, index) => [node, index]));
    return {
      nodes,
      edges,
      graph: {
        nodes: nodes.map((node) => graph.nodes[node] ?? noSize),
        edges: edges.map((index) => {
          const edge = graph.edges[index] ?? noEdge;
          return {
            ...edge,
            source: local.get(edge.source) ?? 0,
            target: local.get(edge.target) ?? 0,
          };
        }),
        start: graph.start === undefined ? undefined : local.get(graph.start),
      },
    };
  });
}

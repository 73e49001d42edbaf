import type { ScopeEdge, ScopeGraph } from "./scope-graph.ts";

export interface Order {
  /** All nodes as they are met from the start, depth first, along the edges in written order. */
  readonly nodes: readonly number[];
  /** For each edge whether it returns to a state that leads to it. An edge to itself counts too. */
  readonly isBackward: readonly boolean[];
}

/**
 * Which edges return, seen from the start in definition order.
 *
 * A layout that chose by itself would let the way that most executions take run upwards now and then.
 */
export function breakCycles(graph: ScopeGraph): Order {
  const outgoing: number[][] = graph.nodes.map(() => []);
  for (const [index, { source }] of graph.edges.entries()) outgoing[source]?.push(index);

  const nodes: number[] = [];
  const isBackward = graph.edges.map(() => false);
  const state = graph.nodes.map((): "new" | "open" | "done" => "new");
  // A stack of our own: a scope of many thousand states in a row would exhaust the call stack.
  const open: { readonly node: number; next: number }[] = [];
  const enter = (node: number) => {
    state[node] = "open";
    nodes.push(node);
    open.push({ node, next: 0 });
  };
  const roots = graph.start === undefined ? [] : [graph.start];
  for (const root of [...roots, ...graph.nodes.keys()]) {
    if (state[root] !== "new") continue;
    enter(root);
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const index = outgoing[top.node]?.[top.next++];
      if (index === undefined) {
        state[top.node] = "done";
        open.pop();
        continue;
      }
      const target = graph.edges[index]?.target ?? 0;
      if (state[target] === "open") isBackward[index] = true;
      else if (state[target] === "new") enter(target);
    }
  }
  return { nodes, isBackward };
}

/** The rank of each node: one more than the highest of those before it. */
export function ranksOf(
  count: number,
  edges: readonly Pick<ScopeEdge, "source" | "target">[],
): number[] {
  const ranks = Array.from({ length: count }, () => 0);
  const missing = Array.from({ length: count }, () => 0);
  const targets: number[][] = Array.from({ length: count }, () => []);
  for (const { source, target } of edges) {
    missing[target] = (missing[target] ?? 0) + 1;
    targets[source]?.push(target);
  }
  const ready = [...missing.keys()].filter((node) => missing[node] === 0);
  for (let node = ready.pop(); node !== undefined; node = ready.pop()) {
    for (const target of targets[node] ?? []) {
      ranks[target] = Math.max(ranks[target] ?? 0, (ranks[node] ?? 0) + 1);
      missing[target] = (missing[target] ?? 0) - 1;
      if (missing[target] === 0) ready.push(target);
    }
  }
  return ranks;
}

import type { ItemsView, NodeView, TakenEdge, VisitStatus } from "../view-types.ts";
import type { Visit } from "./visit.ts";

type Node = { -readonly [K in keyof NodeView]: NodeView[K] } & {
  changedAt: number;
  /** The visit whose error is shown. */
  errorOf?: number;
};

interface Edge extends Omit<TakenEdge, "count"> {
  count: number;
  changedAt: number;
}

/** What all visits of each state come to together, and which ways were gone: what the graph shows. */
export class RunSums {
  /** The newest public event: what is changed from here on has changed with it. */
  clock = 0;
  readonly #nodes = new Map<string, Node>();
  readonly #edges = new Map<string, Edge>();

  /** States and ways that have changed after that event; 0: all of them. */
  nodesSince(eventId: number): readonly NodeView[] {
    return [...this.#nodes.values()]
      .filter(({ changedAt }) => changedAt > eventId)
      .map(({ changedAt: _changedAt, errorOf: _errorOf, ...node }) => node);
  }

  edgesSince(eventId: number): readonly TakenEdge[] {
    return [...this.#edges.values()]
      .filter(({ changedAt }) => changedAt > eventId)
      .map(({ changedAt: _changedAt, ...edge }) => edge);
  }

  entered(visit: Visit): void {
    const node = this.#node(visit);
    node.entries++;
    node[visit.status]++;
    node.lastVisit = visit.id;
    node.lastAt = Math.max(node.lastAt, visit.enteredAt);
  }

  attempted(visit: Visit): void {
    this.#node(visit).attempts++;
  }

  /** The visit had the status `before`, and has another one now, or another error. */
  changed(visit: Visit, before: VisitStatus): void {
    const node = this.#node(visit);
    node[before]--;
    node[visit.status]++;
    const at = visit.exitedAt ?? visit.attempts.at(-1)?.endedAt ?? visit.enteredAt;
    node.lastAt = Math.max(node.lastAt, at);
    if (visit.error !== undefined) {
      node.error = visit.error;
      node.errorOf = visit.id;
    } else if (node.errorOf === visit.id) {
      delete node.error;
      delete node.errorOf;
    }
  }

  /** A visit has ended after so long, or, with a negative time, has not. */
  took(visit: Visit, milliseconds: number): void {
    this.#node(visit).totalMs += milliseconds;
  }

  /** A node's items are those of all its visits: what this one had is taken off. */
  itemsChanged(visit: Visit, before: ItemsView | undefined): void {
    const node = this.#node(visit);
    const sum = { ...(node.items ?? noItems) };
    for (const name of itemCounts) sum[name] += (visit.items?.[name] ?? 0) - (before?.[name] ?? 0);
    if (visit.items !== undefined) node.items = sum;
  }

  taken(from: string, to: string, kind: TakenEdge["kind"]): void {
    const id = `${kind} ${from} ${to}`;
    const edge = this.#edges.get(id) ?? { from, to, kind, count: 0, changedAt: 0 };
    edge.count++;
    edge.changedAt = this.clock;
    this.#edges.set(id, edge);
  }

  #node(visit: Visit): Node {
    const known = this.#nodes.get(visit.key);
    if (known !== undefined) {
      known.changedAt = this.clock;
      return known;
    }
    const node: Node = {
      key: visit.key,
      entries: 0,
      running: 0,
      waiting: 0,
      retrying: 0,
      succeeded: 0,
      caught: 0,
      failed: 0,
      aborted: 0,
      attempts: 0,
      firstAt: visit.enteredAt,
      lastAt: visit.enteredAt,
      totalMs: 0,
      lastVisit: visit.id,
      changedAt: this.clock,
    };
    this.#nodes.set(visit.key, node);
    return node;
  }
}

export const noItems: ItemsView = { total: 0, started: 0, succeeded: 0, failed: 0, aborted: 0 };
const itemCounts = ["total", "started", "succeeded", "failed", "aborted"] as const;

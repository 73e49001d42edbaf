import type { GraphIndex, StateEntry } from "../../../designer/edits/graph-index.ts";
import { arrayOf } from "../../../graph/json.ts";
import type { GraphModel, NodeKey } from "../../../graph/model.ts";
import { waitsForCallback } from "../../../graph/state-detail.ts";

/** Small signs on a card. The words are `canvas.badges` of the texts. */
export interface StateBadge {
  readonly kind:
    "problem" | "breakpoint" | "retry" | "catch" | "callback" | "timeout" | "unused" | "collapsed";
  /** How many: problems, attempts, Catchers, states within. */
  readonly count?: number;
}

/** Number of problems of each state, by its key. Who knows of problems gives the map to the canvas. */
export type ProblemCounts = ReadonlyMap<NodeKey, number>;

/** The badges of all states that have some. */
export function stateBadges(
  index: GraphIndex,
  model: GraphModel,
  problems: ProblemCounts = new Map(),
  collapsed: ReadonlyMap<NodeKey, number> = new Map(),
  breakpoints: ReadonlySet<NodeKey> = new Set(),
): ReadonlyMap<NodeKey, readonly StateBadge[]> {
  const found = new Map<NodeKey, readonly StateBadge[]>();
  for (const state of index.states.values()) {
    const node = model.nodes.get(state.key);
    if (node === undefined) continue;
    const count = problems.get(state.key) ?? 0;
    const inner = collapsed.get(state.key);
    const badges: readonly StateBadge[] = [
      ...(count > 0 ? [{ kind: "problem", count } as const] : []),
      ...(breakpoints.has(state.key) ? [{ kind: "breakpoint" } as const] : []),
      ...(inner !== undefined ? [{ kind: "collapsed", count: inner } as const] : []),
      ...(node.isReachable ? [] : [{ kind: "unused" } as const]),
      ...(node.retries > 0 ? [{ kind: "retry", count: node.retries } as const] : []),
      ...ownBadges(state),
    ];
    if (badges.length > 0) found.set(state.key, badges);
  }
  return found;
}

function ownBadges({ fields }: StateEntry): readonly StateBadge[] {
  const catchers = arrayOf(fields["Catch"]).length;
  const resource = fields["Resource"];
  const isCallback = typeof resource === "string" && waitsForCallback(resource);
  const isTimed = ["TimeoutSeconds", "TimeoutSecondsPath", "HeartbeatSeconds"].some((name) =>
    Object.hasOwn(fields, name),
  );
  return [
    ...(catchers > 0 ? [{ kind: "catch", count: catchers } as const] : []),
    ...(isCallback ? [{ kind: "callback" } as const] : []),
    ...(isTimed ? [{ kind: "timeout" } as const] : []),
  ];
}

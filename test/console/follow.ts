import {
  ExecutionFollower,
  type FollowerParts,
} from "../../src/console/following/execution-follower.ts";
import { Lines } from "../../src/console/following/lines.ts";
import { ExecutionIndex } from "../../src/console/index/execution-index.ts";
import { StateScope } from "../../src/console/statistics/state-node.ts";
import type { JournalEvent } from "../../src/machine/journal/journal-event.ts";

/** A follower without what a test does not look at. */
export function followerOf(parts: Partial<FollowerParts>): ExecutionFollower {
  return new ExecutionFollower({
    index: new ExecutionIndex(() => Promise.resolve([])),
    statistics: { scopeOf: () => new StateScope() },
    mapRuns: { note: () => {}, forget: () => {} },
    changed: () => {},
    ...parts,
  });
}

/** Where an execution is after these events. */
export function linesOf(events: readonly JournalEvent[]): Lines {
  const lines = new Lines(undefined);
  for (const event of events) lines.apply(event);
  return lines;
}

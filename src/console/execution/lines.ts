import { type BranchId, type EventId, rootBranch } from "../../machine/ids.ts";
import type { ExecutionSnapshot } from "../../machine/snapshot.ts";
import { rootScope } from "./node-key.ts";
import type { Visit } from "./visit.ts";

/** A line of control that has not ended, as the visits need it: there is one for each branch of the snapshot. */
export interface Line {
  /** Where its states are in the definition. */
  readonly scope: string;
  /** The visit that made it; 0: the execution. */
  readonly parent: number;
  readonly lane: number;
  /** The state that it is in, or was in last. */
  visit: Visit | undefined;
  /** What the failure of its Parallel or Map is chained to: the newest event of the branch that failed. */
  failedFrom?: EventId;
}

/** The lines of control of an execution, and in which of them a failure began. */
export class Lines {
  readonly #snapshot: ExecutionSnapshot;
  readonly #lines = new Map<BranchId, Line>([
    [rootBranch, { scope: rootScope, parent: 0, lane: 0, visit: undefined }],
  ]);

  constructor(snapshot: ExecutionSnapshot) {
    this.#snapshot = snapshot;
  }

  of(branch: BranchId): Line {
    const line = this.#lines.get(branch);
    if (line === undefined)
      throw new Error(`the journal names branch ${branch}, which is not there`);
    return line;
  }

  all(): Iterable<Line> {
    return this.#lines.values();
  }

  /** Those that a Parallel or Map holds; they may be ended on the way. */
  *within(holder: number): Generator<readonly [BranchId, Line]> {
    for (const entry of this.#lines) if (entry[1].parent === holder) yield entry;
  }

  begin(branch: BranchId, scope: string, parent: number, lane: number): void {
    this.#lines.set(branch, { scope, parent, lane, visit: undefined });
  }

  end(branch: BranchId): void {
    this.#lines.delete(branch);
  }

  /** The Parallel or Map that the line is in has failed. */
  holderFailed(branch: BranchId, from: EventId): void {
    const line = this.of(branch);
    // A state that tells it twice had found a Catcher, which failed itself.
    line.failedFrom = line.failedFrom === undefined ? from : none;
  }

  /**
   * The line of control in which the failure began that the execution's is chained to: from each Parallel or Map down to
   * the branch that it failed with.
   */
  failed(chainedTo: EventId): Line | undefined {
    let line = this.#at(chainedTo);
    for (let inner = line; inner !== undefined;) {
      line = inner;
      inner = line.failedFrom === undefined ? undefined : this.#at(line.failedFrom, line.visit?.id);
    }
    return line;
  }

  /** The line whose newest event this is. What a redrive begins again hangs on one: then it is what goes wrong first. */
  #at(eventId: EventId, parent?: number): Line | undefined {
    let found: Line | undefined;
    for (const { id, lastEventId } of this.#snapshot.branches.values()) {
      if (lastEventId !== eventId) continue;
      const line = this.#lines.get(id);
      if (line?.visit === undefined || (parent !== undefined && line.parent !== parent)) continue;
      if (line.visit.hasFailed || line.visit.status === "running") return line;
      found ??= line;
    }
    return found;
  }
}

/** No event. */
const none = 0;

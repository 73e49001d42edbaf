import type { BranchId } from "../../machine/ids.ts";
import type { Branch, ExecutionSnapshot } from "../../machine/snapshot.ts";
import { isExit, isStateFailed, type EventChains } from "./event-chains.ts";
import { eventDetails, numberOf, type PublicEvent } from "./history-file.ts";

interface Abort {
  readonly type: string;
  readonly branch: BranchId;
  /** Of an iteration. */
  readonly index?: number;
}

/**
 * Whose the events are that end the branches of a Parallel or Map when one has failed: all are chained to that failure,
 * and only their order tells them apart. It is the order in which the engine ends branches.
 */
export class AbortOrder {
  readonly #snapshot: ExecutionSnapshot;
  readonly #types: ReadonlyMap<BranchId, string>;
  /** What is still to come of each failure, by the event that it is chained to. */
  readonly #expected = new Map<number, Abort[]>();
  readonly #holders = new Map<number, BranchId>();

  constructor(snapshot: ExecutionSnapshot, types: ReadonlyMap<BranchId, string>) {
    this.#snapshot = snapshot;
    this.#types = types;
  }

  /** `failure` is the event that this one is chained to. */
  place(
    event: PublicEvent,
    failure: PublicEvent | undefined,
    failedIn: BranchId | undefined,
  ): Branch | undefined {
    const { type, previousEventId: chain } = event;
    let expected = this.#expected.get(chain);
    if (expected === undefined) {
      const failed = this.#failedBranch(chain, failedIn);
      if (failed === undefined) return undefined;
      // Whoever has told of its failure has ended what it held before.
      const hasEnded = /StateFailed$|^EvaluationFailed$/.test(failure?.type ?? "");
      expected = this.#abortsOf(failed, !hasEnded);
      this.#expected.set(chain, expected);
      if (failed.parent !== undefined) this.#holders.set(chain, failed.parent);
    }
    const index = eventDetails(event)["index"];
    const found = expected.findIndex(
      (each) => each.type === type && (each.index === undefined || each.index === numberOf(index)),
    );
    const [abort] = found < 0 ? [] : expected.splice(found, 1);
    return abort && this.#snapshot.branches.get(abort.branch);
  }

  /** The branch whose Parallel or Map fails with the branch that this event was in. */
  holderOf(chain: number, failedIn: BranchId): BranchId | undefined {
    const known = this.#holders.get(chain);
    if (known !== undefined) return known;
    return this.#failedBranch(chain, failedIn)?.parent;
  }

  /** Whether the failure of one branch ended another one. */
  isTaken(chain: number, failedIn: BranchId, other: BranchId, chains: EventChains): boolean {
    const { branches } = this.#snapshot;
    let failed = branches.get(failedIn);
    for (let at = chain; failed !== undefined;) {
      const next = chains.after(at);
      if (next.some(({ type }) => type === "ExecutionFailed")) return true;
      if (next.some(({ type }) => isExit(type))) return false;
      if (failed.parent === undefined) return false;
      const holder: Branch | undefined = branches.get(failed.parent);
      if (holder === undefined) return false;
      if (this.#isWithin(other, holder.id)) return true;
      const told = next.findLast(({ type }) => isStateFailed(type));
      if (told === undefined) return false;
      at = told.id;
      failed = holder;
    }
    return false;
  }

  #isWithin(branch: BranchId, holder: BranchId): boolean {
    for (let each = this.#snapshot.branches.get(branch); each !== undefined;) {
      if (each.parent === holder) return true;
      each = each.parent === undefined ? undefined : this.#snapshot.branches.get(each.parent);
    }
    return false;
  }

  #failedBranch(chain: number, failedIn: BranchId | undefined): Branch | undefined {
    const { branches } = this.#snapshot;
    const known = failedIn === undefined ? undefined : branches.get(failedIn);
    if (known !== undefined && known.lastEventId === chain) return known;
    return (
      [...branches.values()].findLast(
        ({ lastEventId, state }) => lastEventId === chain && state !== undefined,
      ) ?? known
    );
  }

  #abortsOf(failed: Branch, withOwn: boolean): Abort[] {
    const { branches } = this.#snapshot;
    const aborts: Abort[] = [];
    const end = (branch: Branch): void => {
      const type = this.#types.get(branch.id);
      if (branch.state === undefined) return;
      if (type === "Task" || type === "Wait" || type === "Parallel" || type === "Map") {
        aborts.push({ type: `${type}StateAborted`, branch: branch.id });
      }
    };
    const endWithin = (holder: Branch, except?: Branch): void => {
      for (const child of branches.values()) {
        if (child.parent !== holder.id || child === except) continue;
        endWithin(child);
        if (holder.waiting?.type === "map") {
          aborts.push({ type: "MapIterationAborted", branch: holder.id, index: child.index });
        }
        end(child);
      }
    };
    if (withOwn) endWithin(failed);
    const holder = failed.parent === undefined ? undefined : branches.get(failed.parent);
    if (holder === undefined) return aborts;
    if (holder.waiting?.type === "map") {
      aborts.push({ type: "MapIterationFailed", branch: holder.id, index: failed.index });
    }
    end(failed);
    endWithin(holder, failed);
    return aborts;
  }
}

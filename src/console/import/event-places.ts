import type { BranchId } from "../../machine/ids.ts";
import type { JournalEventType } from "../../machine/journal/journal-event.ts";
import type { Branch, ExecutionSnapshot } from "../../machine/snapshot.ts";
import { AbortOrder } from "./abort-order.ts";
import type { BranchDefinitions } from "./definition-graph.ts";
import {
  type EventChains,
  isAbort,
  isBeginning,
  isEntry,
  isExit,
  isScheduling,
  isStateFailed,
} from "./event-chains.ts";
import { eventDetails, type PublicEvent } from "./history-file.ts";

/** A state is left for one that was never entered: no state has this name. */
export const unknownNext = "";

/** In which branch each event was: it follows from the event that it is chained to, and from what can have happened. */
export class EventPlaces {
  readonly aborts: AbortOrder;
  readonly #chains: EventChains;
  readonly #snapshot: ExecutionSnapshot;
  readonly #definitions: BranchDefinitions;
  readonly #branchOf = new Map<number, BranchId>();
  /** The type of the state that each branch is in. */
  readonly #types = new Map<BranchId, string>();
  readonly #resources = new Map<BranchId, unknown>();
  /** What the first failure of a Parallel or Map was chained to: where one of its Catcher hangs as well. */
  readonly #failedAt = new Map<BranchId, number>();

  constructor(chains: EventChains, snapshot: ExecutionSnapshot, definitions: BranchDefinitions) {
    this.#chains = chains;
    this.#snapshot = snapshot;
    this.#definitions = definitions;
    this.aborts = new AbortOrder(snapshot, this.#types);
  }

  /** The branch of an event that has been placed. */
  of(id: number): BranchId | undefined {
    return this.#branchOf.get(id);
  }

  stateType(branch: BranchId): string | undefined {
    return this.#types.get(branch);
  }

  /** The event turned out to fit. */
  place(id: number, branch: BranchId): void {
    this.#branchOf.set(id, branch);
  }

  /** Takes note of what later events are known by. */
  note(
    { previousEventId }: PublicEvent,
    type: JournalEventType,
    branch: BranchId,
    details: Readonly<Record<string, unknown>>,
  ): void {
    if (isEntry(type)) {
      this.#types.set(branch, type.slice(0, -"StateEntered".length));
      this.#resources.delete(branch);
    }
    if (isEntry(type) || isExit(type)) this.#failedAt.delete(branch);
    if (isScheduling(type)) this.#resources.set(branch, details["resource"]);
    if (isStateFailed(type)) this.#failedAt.set(branch, previousEventId);
  }

  /** The branch that an event can be in; `undefined`: it fits nowhere. */
  find(event: PublicEvent, type: JournalEventType): Branch | undefined {
    const { previousEventId: previous } = event;
    const branches = [...this.#snapshot.branches.values()];
    const root = branches[0];
    if (type.startsWith("Execution")) return root;
    const details = eventDetails(event);
    const fitting = branches.filter((branch) => this.#fits(branch, details, type));
    if (isAbort(type)) {
      const failure = this.#chains.at(previous);
      const ended = this.aborts.place(event, failure, this.#branchOf.get(previous));
      return ended ?? this.#near(event, fitting);
    }
    const exact = fitting.filter((branch) => this.#isChained(branch, previous, type));
    return this.#preferred(exact, event, type) ?? this.#near(event, fitting);
  }

  #isChained(branch: Branch, previous: number, type: JournalEventType): boolean {
    if (type === "MapIterationStarted") {
      return branch.waiting?.type === "map" && branch.waiting.lastInnerEventId === previous;
    }
    if (branch.lastEventId === previous) {
      // A state that has told of its failure tells no more: what follows is of what holds it.
      const isTold = isStateFailed(this.#chains.typeAt(previous));
      return !isTold || !(isBeginning(type) || isStateFailed(type));
    }
    // The failure of a Catcher hangs where the state's own did, and one at the entry where the entry does.
    if (type === "EvaluationFailed" || isStateFailed(type)) {
      if (this.#failedAt.get(branch.id) === previous) return true;
    }
    if (type === "EvaluationFailed") return branch.beforeEnteredEventId === previous;
    // A Parallel or Map fails with what it holds.
    const failed = this.#branchOf.get(previous);
    return isBeginning(type) || isStateFailed(type)
      ? failed !== undefined && this.aborts.holderOf(previous, failed) === branch.id
      : false;
  }

  /** Whether what happened can have happened in the state that the branch is in. */
  #fits(
    branch: Branch,
    { name, state }: Readonly<Record<string, unknown>>,
    type: JournalEventType,
  ): boolean {
    const { waiting } = branch;
    const stateType = branch.state === undefined ? undefined : this.#types.get(branch.id);
    if (isEntry(type)) return branch.state === undefined && waiting === undefined;
    if (stateType === undefined) return false;
    if (isExit(type)) return branch.state === name && type === `${stateType}StateExited`;
    if (isAbort(type) && type.endsWith("StateAborted")) return type === `${stateType}StateAborted`;
    if (isScheduling(type)) return stateType === "Task" && waiting?.type !== "task";
    if (type === "EvaluationFailed") return branch.state === state;
    if (type.startsWith("MapIteration")) return waiting?.type === "map" && branch.state === name;
    if (type.startsWith("Map")) return stateType === "Map";
    if (type.startsWith("Parallel")) return stateType === "Parallel";
    // What is left is a task's.
    if (stateType !== "Task") return false;
    if (type.endsWith("Failed")) return true;
    return waiting?.type === "task" && type.startsWith(taskPrefixes[waiting.kind]);
  }

  #preferred(
    branches: readonly Branch[],
    event: PublicEvent,
    type: JournalEventType,
  ): Branch | undefined {
    if (branches.length < 2) return branches[0];
    const details = eventDetails(event);
    if (isEntry(type)) {
      return (
        branches.find(({ next }) => next === details["name"]) ??
        branches.find((each) => this.#definitions.leadsTo(each, details["name"])) ??
        branches.find(({ next }) => next === undefined || next === unknownNext)
      );
    }
    if (isScheduling(type)) {
      const resource = details["resource"];
      return branches.find(({ id }) => this.#resources.get(id) === resource) ?? branches[0];
    }
    if (type === "ParallelStateStarted" || type === "MapStateStarted") {
      // A redrive begins again what was to be tried again, and not what goes on within.
      const empty = branches.findLast(({ id }) => !this.#holds(id));
      if (empty !== undefined) return empty;
    }
    // What began last is innermost.
    return isStateFailed(type) || isBeginning(type) ? branches.at(-1) : branches[0];
  }

  #holds(branch: BranchId): boolean {
    for (const { parent } of this.#snapshot.branches.values()) {
      if (parent === branch) return true;
    }
    return false;
  }

  /** Where the chain leads elsewhere than ours would: the branch that it leads to, what holds it, or any that fits. */
  #near(event: PublicEvent, fitting: readonly Branch[]): Branch | undefined {
    if (fitting.length < 2) return fitting[0];
    const { branches } = this.#snapshot;
    for (let id = this.#branchOf.get(event.previousEventId); id !== undefined;) {
      const found = fitting.find((branch) => branch.id === id);
      if (found !== undefined) return found;
      id = branches.get(id)?.parent;
    }
    return fitting.at(-1);
  }
}

const taskPrefixes = { service: "Task", lambda: "LambdaFunction", activity: "Activity" } as const;

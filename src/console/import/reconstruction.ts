import { Payload } from "../../expression/payload.ts";
import { matchesError } from "../../machine/failure/failure.ts";
import type { BranchId } from "../../machine/ids.ts";
import type { JournalEvent, JournalEventType } from "../../machine/journal/journal-event.ts";
import type { Branch } from "../../machine/snapshot.ts";
import { ExecutionFold } from "../execution/execution-fold.ts";
import type { VisitView } from "../view-types.ts";
import { AbortOrder } from "./abort-order.ts";
import { graphWithin, stateOf, type DefinitionGraph } from "./definition-graph.ts";
import {
  EventChains,
  isAbort,
  isBeginning,
  isEntry,
  isExit,
  isFailure,
  isScheduling,
  isStateFailed,
  isTimeOut,
} from "./event-chains.ts";
import { eventDetails, type PublicEvent } from "./history-file.ts";
import { contentsOf, journalType } from "./journal-types.ts";

/** Our choice: more items than a document of 256 KiB has. */
const mostItems = 200_000;

/**
 * Finds the journal that a public history is of, event by event, with the fold that is made of it at hand: which branch
 * an event was in follows from the event that it is chained to, and that a state was tried again from what came after
 * its failure.
 */
export class Reconstruction {
  readonly fold = new ExecutionFold();
  /** Events that fit nowhere. */
  unplaced = 0;
  readonly #events: readonly PublicEvent[];
  readonly #byId: ReadonlyMap<number, PublicEvent>;
  readonly #definition: DefinitionGraph | undefined;
  readonly #chains: EventChains;
  readonly #aborts: AbortOrder;
  /** The type of the state that each branch is in, and where each event was. */
  readonly #types = new Map<BranchId, string>();
  readonly #branchOf = new Map<number, BranchId>();
  readonly #resources = new Map<BranchId, unknown>();
  /** What the first failure of a Parallel or Map was chained to: where one of its Catcher hangs as well. */
  readonly #failedAt = new Map<BranchId, number>();
  readonly #lastExit = new Map<BranchId, number>();
  /** Failures whose consequences have not all been seen, by the event after which they have. */
  readonly #due = new Map<number, { readonly at: number; readonly branch: BranchId }[]>();
  readonly #unknownEnds = new Set<number>();
  readonly #unknownRetries = new Map<number, Set<number>>();
  readonly #spareBranches: number;
  readonly #known: ReadonlyMap<number, string>;
  /** Where states led to that were left, as a redrive has told later. */
  readonly found = new Map<number, string>();

  constructor(
    events: readonly PublicEvent[],
    definition?: DefinitionGraph,
    known: ReadonlyMap<number, string> = new Map(),
  ) {
    this.#known = known;
    this.#events = events;
    this.#byId = new Map(events.map((event) => [event.id, event]));
    this.#definition = definition;
    this.#chains = new EventChains(events);
    this.#aborts = new AbortOrder(this.fold.snapshot, this.#types);
    // A branch that had not begun may begin with a redrive.
    this.#spareBranches = events
      .filter(({ type }) => type === "ExecutionRedriven")
      .flatMap(({ id }) => this.#chains.after(id))
      .filter(({ type }) => isEntry(type)).length;
  }

  run(): this {
    for (const [index, event] of this.#events.entries()) {
      const type = journalType(event.type);
      const branch = type && this.#place(event, type);
      if (type === undefined || branch === undefined || !this.#apply(event, type, branch)) {
        this.unplaced++;
      } else {
        this.#branchOf.set(event.id, branch.id);
        this.#expect(event, index, branch.id);
      }
      for (const { at, branch: failed } of this.#due.get(event.id) ?? [])
        this.#resolve(at, failed, event);
      this.#due.delete(event.id);
    }
    return this;
  }

  /** The visits, without what the history does not tell. */
  get visits(): readonly VisitView[] {
    return this.fold.visits(() => true, 0, Infinity).visits.map((visit) => this.#told(visit));
  }

  #told(visit: VisitView): VisitView {
    const { until, ...rest } = visit;
    const unknown = this.#unknownRetries.get(visit.id);
    return {
      ...rest,
      ...(until !== undefined && !this.#unknownEnds.has(visit.id) && { until }),
      attempts: visit.attempts.map((attempt, index) => {
        if (unknown === undefined || attempt.retryAt === undefined) return attempt;
        const { retrier, retryAt, ...known } = attempt;
        return {
          ...known,
          ...(!unknown.has(index) && { retryAt }),
          ...(this.#definition !== undefined && { retrier }),
        };
      }),
    };
  }

  // Where events were

  #place(event: PublicEvent, type: JournalEventType): Branch | undefined {
    const { previousEventId: previous } = event;
    const branches = [...this.fold.snapshot.branches.values()];
    const root = branches[0];
    if (type.startsWith("Execution")) return root;
    const details = eventDetails(event);
    const fitting = branches.filter((branch) => this.#fits(branch, details, type));
    if (isAbort(type)) {
      const failure = this.#eventAt(previous);
      const ended = this.#aborts.place(event, failure, this.#branchOf.get(previous));
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
      const isTold = isStateFailed(this.#eventAt(previous)?.type ?? "");
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
      ? failed !== undefined && this.#aborts.holderOf(previous, failed) === branch.id
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
        branches.find((each) => this.#begins(each, details["name"])) ??
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
    for (const { parent } of this.fold.snapshot.branches.values()) {
      if (parent === branch) return true;
    }
    return false;
  }

  /** Where the chain leads elsewhere than ours would: the branch that it leads to, what holds it, or any that fits. */
  #near(event: PublicEvent, fitting: readonly Branch[]): Branch | undefined {
    if (fitting.length < 2) return fitting[0];
    const { branches } = this.fold.snapshot;
    for (let id = this.#branchOf.get(event.previousEventId); id !== undefined;) {
      const found = fitting.find((branch) => branch.id === id);
      if (found !== undefined) return found;
      id = branches.get(id)?.parent;
    }
    return fitting.at(-1);
  }

  #begins(branch: Branch, name: unknown): boolean {
    const graph = this.#graph(branch);
    if (graph === undefined) return false;
    return (branch.enteredEventId === 0 ? graph.StartAt : branch.next) === name;
  }

  /** The graph that the branch runs in, where the definition is known. */
  #graph(branch: Branch): DefinitionGraph | undefined {
    if (branch.parent === undefined) return this.#definition;
    const parent = this.fold.snapshot.branches.get(branch.parent);
    return parent && graphWithin(stateOf(this.#graph(parent), parent.state), branch.index);
  }

  // What they become

  #apply(event: PublicEvent, type: JournalEventType, branch: Branch): boolean {
    const { id } = event;
    const { details, payload } = contentsOf(event, type);
    const base = {
      type,
      id,
      previousEventId: event.previousEventId,
      at: Math.round(event.timestamp * 1_000),
      branch: branch.id,
      payload: payload ?? (needsDocument(type) ? emptyDocument : undefined),
      details,
      internal: undefined as unknown,
    };
    if (isExit(type)) {
      const next = this.#next(id, branch);
      if (next !== undefined && type !== "SucceedStateExited") base.internal = { next };
      this.#failedAt.delete(branch.id);
      this.#lastExit.set(branch.id, id);
    } else if (type === "ParallelStateStarted") {
      const firstBranch = this.fold.snapshot.nextBranch;
      base.internal = { firstBranch, count: this.#branchCount(id, branch) };
    } else if (type === "MapStateStarted") {
      const length = Number(details["length"]);
      details["length"] = Number.isSafeInteger(length) && length >= 0 ? length : 0;
      if (!this.#isDistributed(id, branch)) {
        const count = Math.min(details["length"] as number, mostItems);
        base.payload = Payload.ofValue(Array.from({ length: count }, () => null));
        base.internal = { maxConcurrency: count, keys: undefined };
      }
    } else if (type === "MapIterationStarted") {
      base.internal = { child: this.fold.snapshot.nextBranch };
    }
    if ("index" in details) details["index"] = Number(details["index"]);
    if (isEntry(type)) {
      if (
        branch.next === unknownNext ||
        (branch.next === undefined && branch.enteredEventId !== 0)
      ) {
        this.found.set(this.#lastExit.get(branch.id) ?? 0, String(details["name"]));
      }
      this.#types.set(branch.id, type.slice(0, -"StateEntered".length));
      this.#resources.delete(branch.id);
      this.#failedAt.delete(branch.id);
    }
    if (isScheduling(type)) {
      if (typeof details["resource"] !== "string") details["resource"] = "";
      this.#resources.set(branch.id, details["resource"]);
    }
    if (isStateFailed(type)) this.#failedAt.set(branch.id, event.previousEventId);
    try {
      this.fold.apply(base as JournalEvent);
    } catch {
      return false;
    }
    if (type === "WaitStateEntered") this.#wait(event, branch);
    if (type === "ExecutionRedriven") this.#waitAgain(event);
    return true;
  }

  /** Where a state that is left leads to; `undefined`: its branch ends with it. */
  #next(exitId: number, branch: Branch): string | undefined {
    const entered = this.#chains.nextState(exitId) ?? this.#known.get(exitId);
    if (entered !== undefined || branch.parent === undefined) return entered;
    const holder = this.fold.snapshot.branches.get(branch.parent);
    const hasEnded =
      holder?.waiting?.type === "map"
        ? this.#chains.has(exitId, (type) => type === "MapIterationSucceeded")
        : // A Catcher always leads on.
          !this.#hasFailed(branch);
    if (hasEnded && !this.#hasFailed(branch)) {
      return holder?.waiting?.type === "map"
        ? undefined
        : stateOf(this.#graph(branch), branch.state)?.Next;
    }
    // Which Catcher led on is not told either.
    if (this.#hasFailed(branch)) return unknownNext;
    return stateOf(this.#graph(branch), branch.state)?.Next ?? unknownNext;
  }

  #hasFailed(branch: Branch): boolean {
    const type = this.#eventAt(branch.lastEventId)?.type ?? "";
    return isFailure(type) || isStateFailed(type);
  }

  #branchCount(started: number, branch: Branch): number {
    const known = stateOf(this.#graph(branch), branch.state)?.Branches?.length;
    const entered = this.#chains.after(started).filter(({ type }) => isEntry(type)).length;
    return Math.max(known ?? 0, entered + (known === undefined ? this.#spareBranches : 0));
  }

  #isDistributed(started: number, branch: Branch): boolean {
    const mode = stateOf(this.#graph(branch), branch.state)?.ItemProcessor?.ProcessorConfig?.Mode;
    if (mode !== undefined) return mode === "DISTRIBUTED";
    return this.#chains.has(started, (type) => type.startsWith("MapRun"));
  }

  /** A Wait waits, unless it failed or was left at once. */
  #wait(event: PublicEvent, branch: Branch): void {
    const state = stateOf(this.#graph(branch), branch.state);
    const seconds = state?.Seconds;
    const time = typeof state?.Timestamp === "string" ? Date.parse(state.Timestamp) : Number.NaN;
    const at = Math.round(event.timestamp * 1_000);
    const known = typeof seconds === "number" ? at + seconds * 1_000 : time;
    const ended = this.#chains.after(event.id).find(({ type }) => isExit(type));
    if (ended !== undefined && ended.timestamp === event.timestamp) return;
    if (this.#chains.has(event.previousEventId, (type) => type === "EvaluationFailed")) return;
    if (Number.isNaN(known)) this.#unknownEnds.add(branch.enteredEventId);
    this.#private("WaitScheduled", at, branch, event.id, {
      resumeAt: Number.isNaN(known) ? at : known,
    });
  }

  /** Waits that had not ended begin again with a redrive. */
  #waitAgain(event: PublicEvent): void {
    for (const branch of this.fold.snapshot.branches.values()) {
      if (branch.state === undefined || this.#types.get(branch.id) !== "Wait") continue;
      this.#wait(event, branch);
    }
  }

  #private(
    type: "WaitScheduled" | "RetryScheduled",
    at: number,
    branch: Branch,
    previousEventId: number,
    internal: object,
  ): void {
    const id = 0;
    const details = {};
    const payload = undefined;
    const event = { type, id, previousEventId, at, branch: branch.id, payload, details, internal };
    this.fold.apply(event as unknown as JournalEvent);
  }

  // What was tried again

  /** Takes note of what may have been a failure, until everything that it led to has been told. */
  #expect(event: PublicEvent, index: number, branch: BranchId): void {
    const { id, type } = event;
    if (type === "ExecutionRedriven" || type === "ExecutionFailed") return;
    const isFresh = isEntry(type) && type !== "FailStateEntered";
    const led = this.#chains.after(id);
    const isPoint =
      isFailure(type) ||
      type.endsWith("Failed") ||
      led.some(
        (each) =>
          isAbort(each.type) || isStateFailed(each.type) || (isBeginning(each.type) && !isFresh),
      ) ||
      (isFresh && led.some((each) => isBeginning(each.type) && this.#isOfHolder(each, event)));
    if (!isPoint) return;
    let until = id;
    for (const each of led) if (isAbort(each.type)) until = Math.max(until, each.id);
    if (isTimeOut(type)) {
      for (let next = index + 1; isTimeOut(this.#events[next]?.type ?? ""); next++) {
        until = Math.max(until, this.#events[next]?.id ?? 0);
      }
    }
    const due = this.#due.get(until) ?? [];
    due.push({ at: id, branch });
    this.#due.set(until, due);
  }

  /** A state that was entered begins itself what is of its own type; what else begins holds it. */
  #isOfHolder(beginning: PublicEvent, entered: PublicEvent): boolean {
    const own = entered.type.slice(0, -"StateEntered".length);
    return isScheduling(beginning.type) ? own !== "Task" : !beginning.type.startsWith(own);
  }

  #resolve(at: number, branchId: BranchId, last: PublicEvent): void {
    const { branches } = this.fold.snapshot;
    const led = this.#chains.after(at);
    const has = (wanted: (type: string) => boolean) => led.some(({ type }) => wanted(type));
    if (this.fold.snapshot.status !== "RUNNING" || has((type) => type === "ExecutionFailed"))
      return;
    if (has((type) => isExit(type) || type === "EvaluationFailed" || isStateFailed(type))) return;
    const holder = this.#aborts.holderOf(at, branchId);
    const own = branches.get(branchId);
    const beginning = led.find(({ type }) => isBeginning(type));
    const ownType = this.#types.get(branchId) ?? "";
    const event = this.#eventAt(at);
    // Its Catcher failed as well, and it told so again.
    if (led.length === 0 && isStateFailed(event?.type ?? "")) return;
    const isOwn =
      own?.state !== undefined &&
      !isStateFailed(event?.type ?? "") &&
      (beginning === undefined
        ? !led.some(({ type }) => isAbort(type)) && ownType !== "Fail"
        : isScheduling(beginning.type)
          ? ownType === "Task"
          : beginning.type === `${ownType}StateStarted`);
    if (isOwn) {
      // Only what can be tried again is; others wait for more to come.
      if (beginning === undefined && !isFailure(event?.type ?? "")) return;
      if (beginning === undefined && this.#isKilled(at, branchId)) return;
      this.#retry(at, own, beginning, last);
      return;
    }
    const held = holder === undefined ? undefined : branches.get(holder);
    if (held !== undefined) this.#retry(at, held, beginning, last);
  }

  /** Whether a task whose time was over at once with this one took it along. */
  #isKilled(at: number, branchId: BranchId): boolean {
    for (let id = at - 1; isTimeOut(this.#eventAt(id)?.type ?? ""); id--) {
      if (
        !this.#chains.has(
          id,
          (type) => isAbort(type) || isStateFailed(type) || type === "ExecutionFailed",
        )
      )
        continue;
      const other = this.#branchOf.get(id);
      if (other !== undefined && this.#aborts.isTaken(id, other, branchId, this.#chains))
        return true;
    }
    return false;
  }

  #retry(at: number, branch: Branch, beginning: PublicEvent | undefined, last: PublicEvent): void {
    const visitId = branch.enteredEventId;
    const attempt = (this.fold.visit(visitId)?.attempts.length ?? 0) - 1;
    const unknown = this.#unknownRetries.get(visitId) ?? new Set();
    if (beginning === undefined) unknown.add(attempt);
    this.#unknownRetries.set(visitId, unknown);
    const error = eventDetails(this.#eventAt(at) ?? last)["error"];
    const failure = { error: typeof error === "string" ? error : undefined, cause: undefined };
    const retriers = stateOf(this.#graph(branch), branch.state)?.Retry ?? [];
    const retrier = retriers.findIndex(({ ErrorEquals = [] }) =>
      matchesError(ErrorEquals, failure),
    );
    this.#private("RetryScheduled", Math.round(last.timestamp * 1_000), branch, at, {
      retrier: Math.max(0, retrier),
      resumeAt: Math.round((beginning ?? last).timestamp * 1_000),
    });
  }

  #eventAt(id: number): PublicEvent | undefined {
    return this.#byId.get(id);
  }
}

/** A state is left for one that was never entered: no state has this name. */
const unknownNext = "";

const taskPrefixes = { service: "Task", lambda: "LambdaFunction", activity: "Activity" } as const;

const emptyDocument = Payload.ofText("{}");

/** Events that are folded by their document; a history without data has none. */
function needsDocument(type: JournalEventType): boolean {
  return (
    isEntry(type) ||
    isExit(type) ||
    isScheduling(type) ||
    /^(?:ExecutionStarted|ParallelStateStarted|MapIterationStarted|MapRunStarted|MapRunRedriven)$/.test(
      type,
    )
  );
}

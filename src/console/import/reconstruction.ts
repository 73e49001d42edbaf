import { Payload } from "../../expression/payload.ts";
import type { BranchId } from "../../machine/ids.ts";
import type { JournalEvent, JournalEventType } from "../../machine/journal/journal-event.ts";
import type { Branch } from "../../machine/snapshot.ts";
import { ExecutionFold } from "../execution/execution-fold.ts";
import type { VisitView } from "../view-types.ts";
import { BranchDefinitions, type DefinitionGraph } from "./definition-graph.ts";
import {
  EventChains,
  isEntry,
  isExit,
  isFailure,
  isScheduling,
  isStateFailed,
} from "./event-chains.ts";
import { EventPlaces, unknownNext } from "./event-places.ts";
import { numberOf, type PublicEvent } from "./history-file.ts";
import { contentsOf, journalType, privateEvent } from "./journal-types.ts";
import { UntoldRetries } from "./untold-retries.ts";

/** Our choice: more items than a document of 256 KiB has. */
const mostItems = 200_000;

/** Finds the journal that a public history is of, event by event, with the fold that is made of it at hand. */
export class Reconstruction {
  readonly fold = new ExecutionFold();
  /** Events that fit nowhere. */
  unplaced = 0;
  readonly #events: readonly PublicEvent[];
  readonly #chains: EventChains;
  readonly #definitions: BranchDefinitions;
  readonly #places: EventPlaces;
  readonly #retries: UntoldRetries;
  readonly #lastExit = new Map<BranchId, number>();
  /** Visits of which it is not told until when they wait. */
  readonly #unknownEnds = new Set<number>();
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
    this.#chains = new EventChains(events);
    this.#definitions = new BranchDefinitions(definition, this.fold.snapshot);
    this.#places = new EventPlaces(this.#chains, this.fold.snapshot, this.#definitions);
    this.#retries = new UntoldRetries(
      events,
      this.#chains,
      this.#places,
      this.#definitions,
      this.fold,
    );
    // A branch that had not begun may begin with a redrive.
    this.#spareBranches = events
      .filter(({ type }) => type === "ExecutionRedriven")
      .flatMap(({ id }) => this.#chains.after(id))
      .filter(({ type }) => isEntry(type)).length;
  }

  run(): this {
    for (const [index, event] of this.#events.entries()) {
      const type = journalType(event.type);
      const branch = type && this.#places.find(event, type);
      if (type === undefined || branch === undefined || !this.#apply(event, type, branch)) {
        this.unplaced++;
      } else {
        this.#places.place(event.id, branch.id);
        this.#retries.expect(event, index, branch.id);
      }
      this.#retries.passed(event);
    }
    return this;
  }

  /** The visits, without what the history does not tell. */
  get visits(): readonly VisitView[] {
    return this.fold.visits(() => true, 0, Infinity).visits.map((visit) => this.#told(visit));
  }

  #told(visit: VisitView): VisitView {
    const { until, ...rest } = visit;
    return {
      ...rest,
      ...(until !== undefined && !this.#unknownEnds.has(visit.id) && { until }),
      attempts: this.#retries.known(visit),
    };
  }

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
      this.#lastExit.set(branch.id, id);
    } else if (type === "ParallelStateStarted") {
      const firstBranch = this.fold.snapshot.nextBranch;
      base.internal = { firstBranch, count: this.#branchCount(id, branch) };
    } else if (type === "MapStateStarted") {
      const length = numberOf(details["length"]);
      details["length"] = Number.isSafeInteger(length) && length >= 0 ? length : 0;
      if (!this.#isDistributed(id, branch)) {
        const count = Math.min(details["length"] as number, mostItems);
        base.payload = Payload.ofValue(Array.from({ length: count }, () => null));
        base.internal = { maxConcurrency: count, keys: undefined };
      }
    } else if (type === "MapIterationStarted") {
      base.internal = { child: this.fold.snapshot.nextBranch };
    }
    if ("index" in details) details["index"] = numberOf(details["index"]);
    if (isEntry(type)) {
      details["name"] ??= "";
      if (leadsToUnknown(branch)) {
        this.found.set(this.#lastExit.get(branch.id) ?? 0, details["name"] as string);
      }
    }
    if (isScheduling(type)) details["resource"] ??= "";
    this.#places.note(event, type, branch.id, details);
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
      return holder?.waiting?.type === "map" ? undefined : this.#definitions.state(branch)?.Next;
    }
    // Which Catcher led on is not told either.
    if (this.#hasFailed(branch)) return unknownNext;
    return this.#definitions.state(branch)?.Next ?? unknownNext;
  }

  #hasFailed(branch: Branch): boolean {
    const type = this.#chains.typeAt(branch.lastEventId);
    return isFailure(type) || isStateFailed(type);
  }

  #branchCount(started: number, branch: Branch): number {
    const known = this.#definitions.state(branch)?.Branches?.length;
    const entered = this.#chains.after(started).filter(({ type }) => isEntry(type)).length;
    return Math.max(known ?? 0, entered + (known === undefined ? this.#spareBranches : 0));
  }

  #isDistributed(started: number, branch: Branch): boolean {
    const mode = this.#definitions.state(branch)?.ItemProcessor?.ProcessorConfig?.Mode;
    if (mode !== undefined) return mode === "DISTRIBUTED";
    return this.#chains.has(started, (type) => type.startsWith("MapRun"));
  }

  /** A Wait waits, unless it failed or was left at once. */
  #wait(event: PublicEvent, branch: Branch): void {
    const state = this.#definitions.state(branch);
    const seconds = state?.Seconds;
    const time = typeof state?.Timestamp === "string" ? Date.parse(state.Timestamp) : Number.NaN;
    const at = Math.round(event.timestamp * 1_000);
    const known = typeof seconds === "number" ? at + seconds * 1_000 : time;
    const ended = this.#chains.after(event.id).find(({ type }) => isExit(type));
    if (ended !== undefined && ended.timestamp === event.timestamp) return;
    if (this.#chains.has(event.previousEventId, (type) => type === "EvaluationFailed")) return;
    if (Number.isNaN(known)) this.#unknownEnds.add(branch.enteredEventId);
    const resumeAt = Number.isNaN(known) ? at : known;
    this.fold.apply(privateEvent("WaitScheduled", at, branch, event.id, { resumeAt }));
  }

  /** Waits that had not ended begin again with a redrive. */
  #waitAgain(event: PublicEvent): void {
    for (const branch of this.fold.snapshot.branches.values()) {
      if (branch.state === undefined || this.#places.stateType(branch.id) !== "Wait") continue;
      this.#wait(event, branch);
    }
  }
}

/** It has left a state, and where that led to is not told. */
function leadsToUnknown({ next, enteredEventId }: Branch): boolean {
  return next === unknownNext || (next === undefined && enteredEventId !== 0);
}

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

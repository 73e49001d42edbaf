import { matchesError } from "../../machine/failure/failure.ts";
import type { BranchId } from "../../machine/ids.ts";
import type { Branch } from "../../machine/snapshot.ts";
import type { ExecutionFold } from "../execution/execution-fold.ts";
import type { VisitView } from "../view-types.ts";
import type { BranchDefinitions } from "./definition-graph.ts";
import {
  type EventChains,
  isAbort,
  isBeginning,
  isEntry,
  isExit,
  isFailure,
  isScheduling,
  isStateFailed,
  isTimeOut,
} from "./event-chains.ts";
import type { EventPlaces } from "./event-places.ts";
import { eventDetails, type PublicEvent } from "./history-file.ts";
import { privateEvent } from "./journal-types.ts";

/** That states were tried again, which a public history does not tell: it follows from what came after their failures. */
export class UntoldRetries {
  readonly #events: readonly PublicEvent[];
  readonly #chains: EventChains;
  readonly #places: EventPlaces;
  readonly #definitions: BranchDefinitions;
  readonly #fold: ExecutionFold;
  /** Failures whose consequences have not all been seen, by the event after which they have. */
  readonly #due = new Map<number, { readonly at: number; readonly branch: BranchId }[]>();
  /** Of each visit that was tried again, the attempts after which it is not known when. */
  readonly #unknown = new Map<number, Set<number>>();

  constructor(
    events: readonly PublicEvent[],
    chains: EventChains,
    places: EventPlaces,
    definitions: BranchDefinitions,
    fold: ExecutionFold,
  ) {
    this.#events = events;
    this.#chains = chains;
    this.#places = places;
    this.#definitions = definitions;
    this.#fold = fold;
  }

  /** The attempts of a visit, without what is not known of them. */
  known({ id, attempts }: VisitView): VisitView["attempts"] {
    const unknown = this.#unknown.get(id);
    if (unknown === undefined) return attempts;
    return attempts.map((attempt, index) => {
      if (attempt.retryAt === undefined) return attempt;
      const { retrier, retryAt, ...known } = attempt;
      return {
        ...known,
        ...(!unknown.has(index) && { retryAt }),
        ...(this.#definitions.isKnown && { retrier }),
      };
    });
  }

  /** Takes note of what may have been a failure, until everything that it led to has been told. */
  expect(event: PublicEvent, index: number, branch: BranchId): void {
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

  /** The event has been placed, and all that is due after it is decided. */
  passed(event: PublicEvent): void {
    for (const { at, branch } of this.#due.get(event.id) ?? []) this.#resolve(at, branch, event);
    this.#due.delete(event.id);
  }

  /** A state that was entered begins itself what is of its own type; what else begins holds it. */
  #isOfHolder(beginning: PublicEvent, entered: PublicEvent): boolean {
    const own = entered.type.slice(0, -"StateEntered".length);
    return isScheduling(beginning.type) ? own !== "Task" : !beginning.type.startsWith(own);
  }

  #resolve(at: number, branchId: BranchId, last: PublicEvent): void {
    const { branches, status } = this.#fold.snapshot;
    const led = this.#chains.after(at);
    const has = (wanted: (type: string) => boolean) => this.#chains.has(at, wanted);
    if (status !== "RUNNING" || has((next) => next === "ExecutionFailed")) return;
    if (has((next) => isExit(next) || next === "EvaluationFailed" || isStateFailed(next))) return;
    const holder = this.#places.aborts.holderOf(at, branchId);
    const own = branches.get(branchId);
    const beginning = led.find(({ type }) => isBeginning(type));
    const ownType = this.#places.stateType(branchId) ?? "";
    const type = this.#chains.typeAt(at);
    // Its Catcher failed as well, and it told so again.
    if (led.length === 0 && isStateFailed(type)) return;
    const isOwn =
      own?.state !== undefined &&
      !isStateFailed(type) &&
      (beginning === undefined
        ? !has(isAbort) && ownType !== "Fail"
        : isScheduling(beginning.type)
          ? ownType === "Task"
          : beginning.type === `${ownType}StateStarted`);
    if (isOwn) {
      // Only what can be tried again is; others wait for more to come.
      if (beginning === undefined && !isFailure(type)) return;
      if (beginning === undefined && this.#isKilled(at, branchId)) return;
      this.#retry(at, own, beginning, last);
      return;
    }
    const held = holder === undefined ? undefined : branches.get(holder);
    if (held !== undefined) this.#retry(at, held, beginning, last);
  }

  /** Whether a task whose time was over at once with this one took it along. */
  #isKilled(at: number, branchId: BranchId): boolean {
    for (let id = at - 1; isTimeOut(this.#chains.typeAt(id)); id--) {
      if (
        !this.#chains.has(
          id,
          (type) => isAbort(type) || isStateFailed(type) || type === "ExecutionFailed",
        )
      )
        continue;
      const other = this.#places.of(id);
      if (other !== undefined && this.#places.aborts.isTaken(id, other, branchId, this.#chains))
        return true;
    }
    return false;
  }

  #retry(at: number, branch: Branch, beginning: PublicEvent | undefined, last: PublicEvent): void {
    const visitId = branch.enteredEventId;
    const attempt = (this.#fold.visit(visitId)?.attempts.length ?? 0) - 1;
    const unknown = this.#unknown.get(visitId) ?? new Set();
    if (beginning === undefined) unknown.add(attempt);
    this.#unknown.set(visitId, unknown);
    const error = eventDetails(this.#chains.at(at) ?? last)["error"];
    const failure = { error: typeof error === "string" ? error : undefined, cause: undefined };
    const retriers = this.#definitions.state(branch)?.Retry ?? [];
    const retrier = retriers.findIndex(({ ErrorEquals = [] }) =>
      matchesError(ErrorEquals, failure),
    );
    const internal = {
      retrier: Math.max(0, retrier),
      resumeAt: Math.round((beginning ?? last).timestamp * 1_000),
    };
    const now = Math.round(last.timestamp * 1_000);
    this.#fold.apply(privateEvent("RetryScheduled", now, branch, at, internal));
  }
}

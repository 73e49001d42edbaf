import type { State, StateGraph } from "../asl/definition.ts";
import type { RandomSource } from "../expression/evaluation.ts";
import type { JsonValue } from "../expression/json.ts";
import { Payload } from "../expression/payload.ts";
import { createRandomSource } from "../expression/random.ts";
import type { Activation } from "./activation.ts";
import type { Command } from "./command.ts";
import { evolve } from "./evolve.ts";
import { type BranchId, type EpochMs, type EventId, rootBranch } from "./ids.ts";
import type {
  EventDetails,
  EventInternals,
  JournalEvent,
  JournalEventType,
} from "./journal/journal-event.ts";
import { bytesPerTurn, eventsPerTurn } from "./limits.ts";
import type { Machine } from "./machine.ts";
import { type Branch, branchOf, type ExecutionSnapshot } from "./snapshot.ts";
import { TurnSteps } from "./turn-steps.ts";

/** Thrown by {@link Turn.emit} when only the execution's failure fits into the history. */
export class HistoryFull extends Error {
  override readonly name = "HistoryFull";
}

/**
 * One activation being decided: the events and commands so far, and the snapshot that the events have already been
 * folded into. Everything in `machine` writes through {@link emit} and {@link command}.
 */
export class Turn {
  readonly machine: Machine;
  readonly snapshot: ExecutionSnapshot;
  readonly activation: Activation;
  readonly events: JournalEvent[] = [];
  readonly commands: Command[] = [];
  /** Branches that can go on, in order. */
  readonly ready: BranchId[] = [];
  /** Branches and iterations that have ended, for the state that made them; it is told before anything else runs. */
  readonly ended: { readonly parent: BranchId; readonly index: number }[] = [];
  readonly #lastPublicId: number;
  #random: RandomSource | undefined;
  readonly steps: TurnSteps;
  /** Of the data in its events; what several of them hand on counts for each. */
  #bytes = 0;

  constructor(
    machine: Machine,
    snapshot: ExecutionSnapshot,
    activation: Activation,
    steps: TurnSteps = new TurnSteps(),
  ) {
    this.steps = steps;
    this.machine = machine;
    this.snapshot = snapshot;
    this.activation = activation;
    this.#lastPublicId =
      machine.type === "STANDARD" ? machine.limits.historyEvents : Number.POSITIVE_INFINITY;
  }

  get at(): number {
    return this.activation.at;
  }

  get random(): RandomSource {
    return (this.#random ??= createRandomSource(this.activation.seed));
  }

  /** A wait or a retry delay as long as this machine makes it. Our choice: whole milliseconds, rounded up. */
  scaledDelay(delayMs: number): number {
    const scale = this.machine.waitTimeScale;
    return scale === undefined ? delayMs : Math.ceil(delayMs * scale);
  }

  /** Whether the thread should be given up after this state. */
  get exhausted(): boolean {
    return (
      this.events.length >= eventsPerTurn || this.#bytes >= bytesPerTurn || this.steps.areManySpent
    );
  }

  /**
   * Records a public event, chained to `previousEventId`, and folds it. Throws {@link HistoryFull} if the history has
   * room only for the event that ends the execution.
   */
  emit<T extends JournalEventType>(
    type: T,
    branch: BranchId,
    previousEventId: EventId,
    payload: Payload | undefined,
    details: EventDetails[T],
    internal: EventInternals[T],
  ): EventId {
    const id = this.snapshot.lastEventId + 1;
    if (id >= this.#lastPublicId && !endsExecution(type)) throw new HistoryFull();
    this.#record({ type, id, previousEventId, at: this.at, branch, payload, details, internal });
    return id;
  }

  /**
   * Records that the execution's time is over. *Observed*: it ended then, however late the timer fires; but never before
   * what was recorded last.
   */
  emitTimedOut(deadline: EpochMs): void {
    this.#record({
      type: "ExecutionTimedOut",
      id: this.snapshot.lastEventId + 1,
      previousEventId: 0,
      at: Math.max(deadline, this.snapshot.lastEventAt),
      branch: rootBranch,
      payload: undefined,
      details: { error: "States.Timeout" },
      internal: undefined,
    });
  }

  /** Records a private event, which has no place in the public history. */
  emitPrivate<T extends "RetryScheduled" | "TaskHeartbeat" | "WaitScheduled">(
    type: T,
    branch: BranchId,
    previousEventId: EventId,
    internal: EventInternals[T],
  ): void {
    const details = {};
    this.#record({
      type,
      id: 0,
      previousEventId,
      at: this.at,
      branch,
      payload: undefined,
      details,
      internal,
    });
  }

  #record(fields: {
    type: JournalEventType;
    id: EventId;
    previousEventId: EventId;
    at: number;
    branch: BranchId;
    payload: Payload | undefined;
    details: unknown;
    internal: unknown;
  }): void {
    // The signatures of emit and emitPrivate tie type, details and internal together.
    const event = fields as JournalEvent;
    this.events.push(event);
    this.#bytes += event.payload?.bytes ?? 0;
    evolve(this.snapshot, event);
  }

  /** A document of our own, for an event that carries one. */
  payloadOf(document: object): Payload {
    return Payload.ofValue(document as JsonValue);
  }

  command(command: Command): void {
    this.commands.push(command);
  }

  branch(id: BranchId): Branch {
    return branchOf(this.snapshot, id);
  }

  /** The graph that a branch runs in. */
  graph(branch: Branch): StateGraph {
    if (branch.parent === undefined) return this.machine.definition;
    const state = this.state(this.branch(branch.parent));
    if (state.Type === "Map") return state.ItemProcessor;
    if (state.Type === "Parallel") return state.Branches[branch.index] as StateGraph;
    throw new Error(
      `branch ${branch.id} hangs on the state '${state.Name}', which has no branches`,
    );
  }

  /** The state that a branch is in. */
  state(branch: Branch): State {
    return this.stateNamed(branch, branch.state as string);
  }

  stateNamed(branch: Branch, name: string): State {
    const state = this.graph(branch).States.get(name);
    if (state === undefined) throw new Error(`the definition has no state '${name}'`);
    return state;
  }
}

function endsExecution(type: JournalEventType): boolean {
  return (
    type === "ExecutionFailed" ||
    type === "ExecutionSucceeded" ||
    type === "ExecutionAborted" ||
    type === "ExecutionTimedOut"
  );
}

import type { PublicEvent } from "./history-file.ts";
import { eventDetails } from "./history-file.ts";

const none: readonly PublicEvent[] = [];

/** A history with its chains: what each event led to. */
export class EventChains {
  readonly #byId = new Map<number, PublicEvent>();
  readonly #next = new Map<number, PublicEvent[]>();

  constructor(events: readonly PublicEvent[]) {
    for (const event of events) {
      this.#byId.set(event.id, event);
      if (event.previousEventId === 0) continue;
      const known = this.#next.get(event.previousEventId);
      if (known === undefined) this.#next.set(event.previousEventId, [event]);
      else known.push(event);
    }
  }

  at(id: number): PublicEvent | undefined {
    return this.#byId.get(id);
  }

  /** The type of that event; empty if it is not there. */
  typeAt(id: number): string {
    return this.at(id)?.type ?? "";
  }

  /** The events that are chained to this one. */
  after(id: number): readonly PublicEvent[] {
    return this.#next.get(id) ?? none;
  }

  has(id: number, wanted: (type: string) => boolean): boolean {
    return this.after(id).some(({ type }) => wanted(type));
  }

  /** The state that is entered next, where one is left by this event. */
  nextState(exitId: number): string | undefined {
    const entered = this.after(exitId).find(({ type }) => isEntry(type));
    const name = entered === undefined ? undefined : eventDetails(entered)["name"];
    return typeof name === "string" ? name : undefined;
  }
}

export const isEntry = (type: string): boolean => type.endsWith("StateEntered");
export const isExit = (type: string): boolean => type.endsWith("StateExited");

/** What ends others, when a branch has failed. */
export const isAbort = (type: string): boolean =>
  type.endsWith("StateAborted") || type === "MapIterationAborted" || type === "MapIterationFailed";

/** A Parallel or Map tells that it failed, after it was not tried again. */
export const isStateFailed = (type: string): boolean =>
  type === "ParallelStateFailed" || type === "MapStateFailed";

/** A try of a state begins. */
export const isBeginning = (type: string): boolean =>
  isScheduling(type) || type === "ParallelStateStarted" || type === "MapStateStarted";

export const isScheduling = (type: string): boolean =>
  type === "TaskScheduled" || type === "LambdaFunctionScheduled" || type === "ActivityScheduled";

/** A task's time was over: tasks whose time is over at once tell so before anything else happens. */
export const isTimeOut = (type: string): boolean =>
  /^(?:Task|LambdaFunction|Activity)TimedOut$/.test(type);

/** What a state can be tried again after. */
export const isFailure = (type: string): boolean =>
  isTimeOut(type) ||
  /^(?:Task|LambdaFunction|Activity|MapRun|Evaluation)Failed$/.test(type) ||
  type === "FailStateEntered";

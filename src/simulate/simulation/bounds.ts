import type { JournalEvent } from "../../machine/journal/journal-event.ts";

/** What a simulation may have too much of: real time, events, or data in them. */
export type Bound = "time" | "events" | "data";

/** It had too much. */
export class SimulationStopped extends Error {
  override readonly name = "SimulationStopped";
  readonly bound: Bound;

  constructor(bound: Bound) {
    super(`the simulation was stopped: ${bound}`);
    this.bound = bound;
  }
}

/** Watches over one simulation. */
export interface Bounded {
  /** Aborted with a {@link SimulationStopped}, or for the reason that was given from outside. */
  readonly signal: AbortSignal;
  note(events: readonly JournalEvent[]): void;
  end(): void;
}

export interface SimulationBounds {
  begin(signal?: AbortSignal): Bounded;
}

/** So much and no more, in all its executions together. */
export function simulationBounds(most: {
  readonly realMs: number;
  readonly events: number;
  readonly bytes: number;
}): SimulationBounds {
  return {
    begin(signal) {
      const controller = new AbortController();
      const stop = (bound: Bound): void => controller.abort(new SimulationStopped(bound));
      const timer = setTimeout(() => stop("time"), most.realMs);
      let events = 0;
      let bytes = 0;
      return {
        signal:
          signal === undefined ? controller.signal : AbortSignal.any([controller.signal, signal]),
        note(batch) {
          events += batch.length;
          for (const { payload } of batch) bytes += payload?.bytes ?? 0;
          if (events > most.events) stop("events");
          else if (bytes > most.bytes) stop("data");
        },
        end: () => clearTimeout(timer),
      };
    },
  };
}

/**
 * Our choice. A person waits for the answer; an execution of AWS has 25,000 events, and this is that and as much in the
 * executions that it starts.
 */
export const usualBounds = simulationBounds({
  realMs: 10_000,
  events: 50_000,
  bytes: 100 * 1024 * 1024,
});

import type { Scheduler } from "./scheduler.ts";

/** What a look at the clock takes. */
const lookMs = 0.001;
const aborted = new Error("aborted");

/** When the simulated world begins: a day like any other. */
export const worldBegan = Date.UTC(2030, 0, 1);

/**
 * Puts the scheduler's time, and its order of what happens, in the place of the machine's, for everything that runs until
 * the result is called: the code that is simulated uses what it always does. Each process has a clock of the day of its own.
 */
export function installVirtualGlobals(scheduler: Scheduler, random: () => number): () => void {
  const real = {
    setTimeout: globalThis.setTimeout,
    clearTimeout: globalThis.clearTimeout,
    setImmediate: globalThis.setImmediate,
    clearImmediate: globalThis.clearImmediate,
    now: Date.now,
    random: Math.random,
  };
  const cancel = (timer: unknown): void => {
    if (typeof timer === "object" && timer !== null && "isCancelled" in timer) {
      timer.isCancelled = true;
    }
  };
  Object.assign(globalThis, {
    setTimeout: (run: (...given: unknown[]) => void, ms = 0, ...given: unknown[]) =>
      // As Node has it: at least a millisecond, and never to the point.
      scheduler.after(scheduler.current, Math.max(1, ms) + random() * 0.5, () => run(...given)),
    clearTimeout: cancel,
    setImmediate: (run: (...given: unknown[]) => void, ...given: unknown[]) =>
      scheduler.inNextTurn(() => run(...given)),
    clearImmediate: cancel,
  });
  const { abort } = AbortController.prototype;
  // Nobody looks at the usual reason, which takes long to make.
  AbortController.prototype.abort = function (reason: unknown = aborted) {
    abort.call(this, reason);
  };
  Date.now = () => worldBegan + Math.floor(scheduler.now) + scheduler.current.skewMs;
  Math.random = random;
  Object.defineProperty(performance, "now", {
    configurable: true,
    // A look at the clock takes its time, so that what waits for the clock in one turn comes to an end.
    value: () => (scheduler.now += lookMs),
  });
  return () => {
    const { now, random: realRandom, ...timers } = real;
    Object.assign(globalThis, timers);
    AbortController.prototype.abort = abort;
    Date.now = now;
    Math.random = realRandom;
    delete (performance as { now?: () => number }).now;
  };
}

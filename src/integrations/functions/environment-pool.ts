import { availableParallelism } from "node:os";
import {
  type Call,
  type Environment,
  type EnvironmentListener,
  type Launch,
  startEnvironment,
} from "./environment.ts";
import { stopped, timedOut } from "./error-document.ts";
import type { Invocation, InvocationOutcome, LocalFunction } from "./invocation.ts";

export interface PoolOptions {
  readonly launch: Launch;
  readonly timeoutSeconds: number;
  /** Most processes at a time. */
  readonly maxConcurrency: number;
  readonly printed: EnvironmentListener["printed"];
}

/** Our choice: a process of a loaded module takes some 40 ms to start, so less waiting than that does not pay for one. */
const startCostMs = 40;
/** How much work may be handed to one process ahead of its answers: a function that takes longer gets one event at a time. */
const windowMs = 2;
/** A call that runs longer than this gives up the calls queued behind it to other processes. */
const recallAfterMs = 10;
/** Our choice: how long a module may take to load. Lambda allows 10 s on machines of known speed. */
const initLimitMs = 60_000;
/** Our choice: an idle process is kept for a while, as Lambda does, the last one longer. */
const idleMs = 60_000;
const lastIdleMs = 600_000;
/** Our choice: a process that does not say for so long what it has not begun is busy with one call. */
const deafMs = 1_000;

/**
 * The processes of one function. It starts with one, and more when calls would wait longer than a start takes.
 *
 * Calls that arrive in one turn of the event loop go out in one write, and quick functions are sent several events
 * ahead, so that a trivial function costs a few microseconds and not a round trip per event. The time-out uses the real
 * clock, not the engine's: code runs in real time even where waits are skipped.
 */
export function createEnvironmentPool(options: PoolOptions): LocalFunction {
  const queue: Call[] = [];
  const environments = new Set<Environment>();
  const timeoutMs = options.timeoutSeconds * 1000;
  let meanMs: number | undefined;
  let dispatching = false;
  let retired = false;
  let closed = false;
  let pressure: NodeJS.Timeout | undefined;
  let watch: { readonly at: number; readonly timer: NodeJS.Timeout } | undefined;
  let reaper: NodeJS.Timeout | undefined;

  const listener: EnvironmentListener = {
    progressed(environment, answered, ranMs) {
      if (answered > 0) {
        // On a busy machine some samples of a quick function are far too long, because its process did not run: quick
        // is believed sooner than slow. A call that really is slow is found by its age.
        const sample = ranMs / answered;
        meanMs ??= sample;
        meanMs += (sample - meanMs) * (sample > meanMs ? 0.1 : 0.5);
      }
      if (environment.inFlight[0]?.abandoned === true) destroy(environment);
      schedule();
    },
    ended(environment, unstarted, initError) {
      environments.delete(environment);
      if (closed) {
        for (const call of unstarted) call.settle(stopped(call.invocation.requestId));
        return;
      }
      queue.unshift(...unstarted.filter(stillWanted));
      // The code cannot be loaded: another process would fail alike, so nobody who is waiting has to wait for one.
      if (initError !== undefined && !anyReady())
        for (const call of queue.splice(0)) call.settle(initError);
      schedule();
    },
    givenBack(environment, calls) {
      queue.unshift(...calls.filter(stillWanted));
      const [running] = environment.inFlight;
      if (running?.abandoned === true && environments.has(environment)) destroy(environment);
      schedule();
    },
    printed: options.printed,
  };

  const stillWanted = (call: Call): boolean => !call.abandoned;
  const anyReady = (): boolean => [...environments].some((environment) => environment.ready);

  function schedule(): void {
    if (dispatching) return;
    dispatching = true;
    // After the callbacks of this turn: the calls that they make go out together.
    setImmediate(dispatch);
  }

  function windowSize(): number {
    if (meanMs === undefined) return 1;
    return Math.max(1, Math.min(options.launch.maxWindow, Math.floor(windowMs / meanMs)));
  }

  function dispatch(): void {
    dispatching = false;
    const window = windowSize();
    for (const environment of environments) {
      if (queue.length === 0) break;
      if (environment.recalling || environment.inFlight[0]?.invocation.tail) continue;
      const calls = takeCalls(environment, window);
      if (calls.length === 0) continue;
      environment.send(calls, timeoutMs);
    }
    if (queue.length > 0) grow();
    if (retired && queue.length === 0) {
      for (const environment of environments)
        if (environment.inFlight.length === 0) destroy(environment);
    }
    arm();
  }

  /** Whether it is with its first call for so long that nothing should wait behind it. */
  function isSlow(environment: Environment): boolean {
    return (
      environment.inFlight.length > 0 && performance.now() - environment.since >= recallAfterMs
    );
  }

  /** A call whose log is wanted runs with no other before or behind it. */
  function takeCalls(environment: Environment, window: number): readonly Call[] {
    const first = queue[0] as Call;
    if (first.invocation.tail) {
      return environment.inFlight.length === 0 ? queue.splice(0, 1) : [];
    }
    const room = isSlow(environment) ? 0 : window - environment.inFlight.length;
    // One that has half a window to do yet is not given a few more with each answer: every write costs both ends.
    if (room < Math.min(queue.length, window / 2)) return [];
    let count = 1;
    while (count < room && queue[count]?.invocation.tail === false) count++;
    return queue.splice(0, count);
  }

  function grow(): void {
    const now = performance.now();
    let starting = 0;
    let oldestMs = 0;
    for (const environment of environments) {
      if (!environment.ready) starting++;
      else if (environment.inFlight.length > 0)
        oldestMs = Math.max(oldestMs, now - environment.since);
    }
    if (environments.size >= options.maxConcurrency || starting >= availableParallelism()) return;
    // Processes of a quick function beyond the cores only take turns, and events spread over them cost a wake-up each:
    // measured, 16 of them made half as many calls as 2. More are for functions that wait for something.
    const slow = (meanMs ?? 0) >= recallAfterMs || oldestMs >= startCostMs;
    if (environments.size >= availableParallelism() && !slow) return;
    if (environments.size > 0) {
      const waitMs = (queue.length * Math.max(meanMs ?? 0, oldestMs)) / environments.size;
      if (starting >= queue.length || waitMs < startCostMs) return;
    }
    const environment = startEnvironment(options.launch, listener);
    environments.add(environment);
    dispatch();
  }

  /** Timers exist only while something may need them, and one serves all calls. */
  function arm(): void {
    let busy = false;
    let crowded = queue.length > 0;
    for (const environment of environments) {
      if (!environment.ready || environment.inFlight.length > 0) busy = true;
      if (environment.inFlight.length > 1) crowded = true;
    }
    if (crowded) pressure ??= setTimeout(relieve, recallAfterMs).unref();
    if (busy) watchUntil(nextDeadline());
    if (environments.size > 0) reaper ??= setTimeout(reap, idleMs / 2).unref();
  }

  function watchUntil(at: number): void {
    if (watch !== undefined && watch.at <= at) return;
    clearTimeout(watch?.timer);
    watch = { at, timer: setTimeout(enforce, Math.max(1, at - performance.now())).unref() };
  }

  /** Calls wait behind one that turns out to be slow: takes them back, and starts more processes if they are worth it. */
  function relieve(): void {
    pressure = undefined;
    for (const environment of environments) {
      if (
        environment.ready &&
        !environment.recalling &&
        environment.inFlight.length > 1 &&
        isSlow(environment)
      ) {
        environment.recall();
      }
    }
    dispatch();
  }

  function deadline(environment: Environment): number {
    return environment.since + (environment.ready ? timeoutMs : initLimitMs);
  }

  function nextDeadline(): number {
    let next = Infinity;
    for (const environment of environments) {
      if (!environment.ready || environment.inFlight.length > 0)
        next = Math.min(next, deadline(environment));
    }
    return Math.min(next, performance.now() + 2 ** 30);
  }

  function enforce(): void {
    watch = undefined;
    const now = performance.now();
    for (const environment of environments) {
      const head = environment.inFlight[0];
      if (now < deadline(environment) || (environment.ready && head === undefined)) continue;
      destroy(
        environment,
        timedOut(
          head?.invocation.requestId ?? "",
          environment.ready ? options.timeoutSeconds : initLimitMs / 1000,
        ),
      );
    }
    arm();
  }

  function reap(): void {
    reaper = undefined;
    const now = performance.now();
    for (const environment of environments) {
      const idle = environment.ready && environment.inFlight.length === 0;
      if (idle && now - environment.since > (environments.size > 1 ? idleMs : lastIdleMs)) {
        destroy(environment);
      }
    }
    arm();
  }

  /** It takes no more calls from here on; its end is reported to {@link listener}. */
  function destroy(environment: Environment, outcome?: InvocationOutcome): void {
    environments.delete(environment);
    environment.kill(outcome);
  }

  /** One that hears nothing is at the call that was abandoned: it has begun no other. */
  function destroyIfDeaf(environment: Environment, call: Call): void {
    setTimeout(() => {
      if (environment.inFlight[0] === call && environments.has(environment)) destroy(environment);
    }, deafMs).unref();
  }

  function abandon(call: Call): void {
    call.abandoned = true;
    call.settle(stopped(call.invocation.requestId));
    const index = queue.indexOf(call);
    if (index !== -1) queue.splice(index, 1);
    for (const environment of environments) {
      const position = environment.inFlight.indexOf(call);
      if (position === -1) continue;
      // While the module loads nothing runs that has to be stopped.
      if (position === 0 && !environment.ready) continue;
      if (environment.inFlight.length === 1) destroy(environment);
      else {
        // Its answer may be on the way, and the next call begun: that one must not be killed in its place.
        if (!environment.recalling) environment.recall();
        if (position === 0) destroyIfDeaf(environment, call);
      }
    }
  }

  return {
    invoke(invocation: Invocation): Promise<InvocationOutcome> {
      return new Promise((resolve) => {
        const { signal } = invocation;
        if (signal.aborted || closed) return resolve(stopped(invocation.requestId));
        const call: Call = { invocation, settle: resolve, abandoned: false };
        // Not taken back when the call is settled: the signal is this call's own and goes with it, and to abandon a call
        // that nobody has any more does nothing.
        signal.addEventListener("abort", () => abandon(call));
        queue.push(call);
        schedule();
      });
    },
    get busy() {
      return environments.size > 0 || queue.length > 0;
    },
    retire() {
      retired = true;
      schedule();
    },
    close() {
      closed = true;
      for (const call of queue.splice(0)) call.settle(stopped(call.invocation.requestId));
      for (const environment of environments)
        environment.kill(stopped(environment.inFlight[0]?.invocation.requestId ?? ""));
      clearTimeout(pressure);
      clearTimeout(watch?.timer);
      clearTimeout(reaper);
    },
  };
}

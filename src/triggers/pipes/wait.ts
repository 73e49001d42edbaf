import type { Clock } from "../../ports/clock.ts";

/** Resolves after this time, or when the signal ends. */
export function wait(clock: Clock, milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<void>();
  const done = (): void => resolve();
  const cancel = clock.schedule(clock.now() + milliseconds, done);
  signal.addEventListener("abort", done, { once: true });
  return promise.finally(() => {
    cancel();
    signal.removeEventListener("abort", done);
  });
}

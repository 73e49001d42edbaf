import type { Clock } from "../../ports/clock.ts";

/** What comes of a call; `undefined`: its time is over. What has been started goes on. */
export async function withinTime<T>(
  clock: Clock,
  timeoutMs: number,
  gone: AbortSignal,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  const ending = new AbortController();
  const over = Promise.withResolvers<undefined>();
  const cancel = clock.schedule(clock.now() + timeoutMs, () => over.resolve(undefined));
  try {
    return await Promise.race([over.promise, call(AbortSignal.any([gone, ending.signal]))]);
  } finally {
    cancel();
    ending.abort();
  }
}

import type { Clock } from "../ports/clock.ts";

/** Our choices. */
const firstMs = 500;
const longestMs = 30_000;

/** Waits before the next attempt: ever longer, up to half a minute, with full jitter; or until the signal. */
export function backOff(
  attempt: number,
  {
    clock,
    random,
    signal,
  }: { readonly clock: Clock; readonly random: () => number; readonly signal: AbortSignal },
): Promise<void> {
  const longest = Math.min(longestMs, firstMs * 2 ** Math.min(attempt, 10));
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const wake = (): void => {
      cancel();
      signal.removeEventListener("abort", wake);
      resolve();
    };
    const cancel = clock.schedule(clock.now() + Math.ceil(random() * longest), wake);
    signal.addEventListener("abort", wake);
  });
}

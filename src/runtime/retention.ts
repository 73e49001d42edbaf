import { type Clock, scheduleRound } from "../ports/clock.ts";
import type { Logger } from "../ports/logger.ts";
import type { Store } from "../ports/store.ts";

/** Documented: how long AWS keeps closed executions. */
export const usualRetentionDays = 90;

const dayMs = 24 * 60 * 60 * 1000;
/** Our choices: how often old executions are looked for, and how many go in one transaction. */
const everyMs = 60 * 60 * 1000;
const deletedAtOnce = 1_000;

/** Deletes executions that closed more than `days` ago, now and then hourly. The result ends that. */
export function startRetention(options: {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly days: number;
}): () => void {
  const { store, clock, logger, days } = options;
  let stopped = false;
  let cancel: (() => void) | undefined;

  async function deleteOld(): Promise<void> {
    const before = clock.now() - days * dayMs;
    let deleted: number;
    do {
      deleted = await store.deleteClosed(before, deletedAtOnce);
    } while (deleted === deletedAtOnce && !stopped);
  }

  function run(): void {
    deleteOld()
      .catch((thrown: unknown) => {
        if (!stopped)
          logger.warn("old executions could not be deleted", { reason: String(thrown) });
      })
      .finally(() => {
        if (!stopped) cancel = scheduleRound(clock, clock.now() + everyMs, run);
      });
  }

  run();
  return () => {
    stopped = true;
    cancel?.();
  };
}

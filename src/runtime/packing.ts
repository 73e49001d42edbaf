import type { Clock } from "../ports/clock.ts";
import type { EpochMs } from "../machine/ids.ts";
import type { Logger } from "../ports/logger.ts";
import type { Store } from "../ports/store.ts";

/** Our choices. How long an execution has been closed: until then its journal is the likeliest to be read or redriven. */
const closedForMs = 60 * 1000;
/** How often it is looked for what has closed. */
const everyMs = 5 * 1000;
/** The most executions in one call of the store, which bounds the time of a call by itself too. */
const packedAtOnce = 32;
/** Between two calls commits have their turn, shorter the longer it takes to catch up with what has closed. */
const pauseMs = { first: 40, shortest: 2 };
const shorterBy = 0.98;

/** Packs the journals of closed executions in the background, if the store does. The result ends that. */
export function startPacking(options: {
  readonly store: Pick<Store, "packClosed">;
  readonly clock: Clock;
  readonly logger: Logger;
}): () => void {
  const { store, clock, logger } = options;
  const pack = store.packClosed?.bind(store);
  if (pack === undefined) return () => undefined;
  let stopped = false;
  let cancel: (() => void) | undefined;
  let pause = pauseMs.first;

  /** Does a part of what there is to do, and tells when to go on. */
  async function packSome(packClosed: NonNullable<typeof pack>): Promise<EpochMs> {
    const worked = await packClosed(clock.now() - closedForMs, packedAtOnce);
    if (worked === 0) {
      pause = pauseMs.first;
      return clock.now() + everyMs;
    }
    pause = Math.max(pauseMs.shortest, pause * shorterBy);
    return clock.now() + pause;
  }

  function run(packClosed: NonNullable<typeof pack>): void {
    void packSome(packClosed)
      .catch((thrown: unknown) => {
        if (!stopped) logger.warn("journals could not be packed", { reason: String(thrown) });
        return clock.now() + closedForMs;
      })
      .then((next) => {
        if (!stopped) cancel = clock.schedule(next, () => run(packClosed));
      });
  }

  run(pack);
  return () => {
    stopped = true;
    cancel?.();
  };
}

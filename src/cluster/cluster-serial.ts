import type { ClusterStore } from "../ports/cluster-store.ts";
import type { Serial } from "../ports/serial.ts";
import { StoreFailure } from "../ports/store.ts";

/** Our choices: for how long a change of one state machine has its lock, and how long another waits for it. */
const lockedMs = 15_000;
const waitMs = 20_000;
const [firstRetryMs, lastRetryMs] = [5, 200];

/**
 * A {@link Serial} of all nodes. `local` does the same for this process, so that its own tasks do not ask the store in
 * vain; `fresh` forgets what is remembered of what another may have changed just before.
 */
export function clusterSerial(
  store: Pick<ClusterStore, "lock" | "unlock">,
  holder: string,
  local: Serial,
  fresh: () => void,
): Serial {
  let taken = 0;
  return (key, task) =>
    local(key, async () => {
      const mine = `${holder} ${++taken}`;
      await lockOf(store, key, mine);
      try {
        fresh();
        return await task();
      } finally {
        // One that is not given back is free after a while.
        await store.unlock(key, mine).catch(() => {});
      }
    });
}

async function lockOf(
  store: Pick<ClusterStore, "lock">,
  name: string,
  holder: string,
): Promise<void> {
  const until = performance.now() + waitMs;
  for (let pauseMs = firstRetryMs; ; pauseMs = Math.min(pauseMs * 2, lastRetryMs)) {
    if (await store.lock(name, holder, lockedMs)) return;
    if (performance.now() > until) {
      throw new StoreFailure("unavailable", `Another node has been changing ${name} for too long.`);
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

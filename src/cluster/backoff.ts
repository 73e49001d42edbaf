import type { EpochMs } from "../machine/ids.ts";

/** Our choices: the first pause, the longest, and how long a partition must have been kept so that it begins anew. */
const firstMs = 500;
const longestMs = 60_000;
const keptMs = 30_000;

interface Loss {
  readonly at: EpochMs;
  readonly pauseMs: number;
}

/** Keeps a partition that is lost again and again, by a mistake of ours, from being taken over without a pause. */
export class Backoff {
  readonly #now: () => EpochMs;
  readonly #losses = new Map<number, Loss>();

  constructor(now: () => EpochMs) {
    this.#now = now;
  }

  lost(partition: number): void {
    const before = this.#losses.get(partition);
    const at = this.#now();
    const isNew = before === undefined || at - before.at > before.pauseMs + keptMs;
    const pauseMs = isNew ? 0 : Math.min(longestMs, Math.max(firstMs, before.pauseMs * 2));
    this.#losses.set(partition, { at, pauseMs });
  }

  mustWait(partition: number): boolean {
    const loss = this.#losses.get(partition);
    return loss !== undefined && this.#now() - loss.at < loss.pauseMs;
  }
}

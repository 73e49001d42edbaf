/** Our choice: failures that are further apart have nothing to do with each other. */
const togetherMs = 5_000;
/** Our choice: how often a node that is asked through the store is tried directly. */
const triedEveryMs = 1_000;

/** Which nodes cannot be reached though they are alive by their leases. */
export class ReachableNodes {
  readonly #unreachableAfterMs: number;
  readonly #failing = new Map<string, { since: number; lastAt: number }>();

  constructor(unreachableAfterMs: number) {
    this.#unreachableAfterMs = unreachableAfterMs;
  }

  /** Whether it is no use to try it now. */
  isUnreachable(nodeId: string): boolean {
    const failing = this.#failing.get(nodeId);
    if (failing === undefined) return false;
    const now = performance.now();
    if (now - failing.since < this.#unreachableAfterMs) return false;
    if (now - failing.lastAt < triedEveryMs) return true;
    // This one tries it; the others wait for what comes of that.
    failing.lastAt = now;
    return false;
  }

  reached(nodeId: string): void {
    this.#failing.delete(nodeId);
  }

  failed(nodeId: string): void {
    const now = performance.now();
    const failing = this.#failing.get(nodeId);
    if (failing === undefined) {
      // Nodes that are gone for ever are forgotten.
      if (this.#failing.size > 100) this.#failing.clear();
      this.#failing.set(nodeId, { since: now, lastAt: now });
      return;
    }
    if (now - failing.lastAt > togetherMs) failing.since = now;
    failing.lastAt = now;
  }
}

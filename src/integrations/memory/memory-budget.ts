/** Our choice: what everything in memory together may take, as it is counted here; Node takes about twice as much. */
export const usualMemoryBytes = 64 * 1024 * 1024;

/** What each thing that is kept costs beside its content. Our choice, roughly measured. */
export const bytesOfEntry = 200;

/** Counts what is kept; where it is full, what may be forgotten makes room. */
export class MemoryBudget {
  readonly mostBytes: number;
  readonly #relievers: (() => boolean)[] = [];
  #usedBytes = 0;

  constructor(mostBytes = usualMemoryBytes) {
    this.mostBytes = mostBytes;
  }

  get usedBytes(): number {
    return this.#usedBytes;
  }

  /** `relieve` forgets the oldest of something, and says whether there was any. */
  onFull(relieve: () => boolean): void {
    this.#relievers.push(relieve);
  }

  /** Whether there is room, which is then taken. */
  take(bytes: number): boolean {
    if (bytes > this.mostBytes) return false;
    while (this.#usedBytes + bytes > this.mostBytes) {
      if (!this.#relievers.some((relieve) => relieve())) return false;
    }
    this.#usedBytes += bytes;
    return true;
  }

  give(bytes: number): void {
    this.#usedBytes -= bytes;
  }
}

/**
 * A node's own knowledge of its lease. The store measures it by its clock; the node by one of its own that only goes
 * forward, from before it asked: so it always believes the lease shorter than it is. What a node does while it may not
 * act any more would be refused by the store; that it does not even begin it keeps calls of tasks from being made twice.
 */
export class Lease {
  readonly lengthMs: number;
  readonly #monotonicNow: () => number;
  #validUntil = Number.NEGATIVE_INFINITY;

  /** `monotonicNow` in milliseconds. */
  constructor(lengthMs: number, monotonicNow: () => number) {
    this.lengthMs = lengthMs;
    this.#monotonicNow = monotonicNow;
  }

  /** Notes a lease that was asked for at `askedAt`. */
  renewed(askedAt: number): void {
    this.#validUntil = Math.max(this.#validUntil, askedAt + this.lengthMs);
  }

  ended(): void {
    this.#validUntil = Number.NEGATIVE_INFINITY;
  }

  get isValid(): boolean {
    return this.#monotonicNow() < this.#validUntil;
  }

  /** Milliseconds until it runs out; negative if it has. */
  get leftMs(): number {
    return this.#validUntil - this.#monotonicNow();
  }
}

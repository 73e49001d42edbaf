import { branchScope, nodeKey, rootScope } from "../execution/node-key.ts";
import { quantileOf } from "../metrics/bucket-quantile.ts";
import type { StateFigures } from "../view-types.ts";
import { bucketBounds, bucketCount, bucketOf } from "./duration-buckets.ts";

const hourMs = 3_600_000;
const hours = 24;

/** What happened in one hour. */
interface Slot {
  hour: number;
  entries: number;
  failures: number;
  caught: number;
  retries: number;
  readonly durations: Uint32Array;
}

/** States that are next to each other: a definition's, a branch's, or those that a Map runs. */
export class StateScope {
  readonly states = new Map<string, StateNode>();
  readonly #scope: string;

  constructor(scope: string = rootScope) {
    this.#scope = scope;
  }

  state(name: string): StateNode {
    let node = this.states.get(name);
    if (node === undefined) {
      node = new StateNode(nodeKey(this.#scope, name));
      this.states.set(name, node);
    }
    return node;
  }
}

/** A state of a definition with its last 24 hours, an hour each. */
export class StateNode {
  readonly key: string;
  readonly #slots: (Slot | undefined)[] = [];
  readonly #branches: StateScope[] = [];
  #inner: StateScope | undefined;

  constructor(key: string) {
    this.key = key;
  }

  branch(index: number): StateScope {
    return (this.#branches[index] ??= new StateScope(branchScope(this.key, index)));
  }

  /** What a Map runs. */
  inner(): StateScope {
    return (this.#inner ??= new StateScope(this.key));
  }

  *all(): Generator<StateNode> {
    yield this;
    for (const scope of [...this.#branches, this.#inner]) {
      if (scope === undefined) continue;
      for (const node of scope.states.values()) yield* node.all();
    }
  }

  entered(at: number): void {
    const slot = this.#slot(at);
    if (slot !== undefined) slot.entries++;
  }

  retried(at: number): void {
    const slot = this.#slot(at);
    if (slot !== undefined) slot.retries++;
  }

  ended(enteredAt: number, at: number, how: "succeeded" | "caught" | "failed"): void {
    const slot = this.#slot(at);
    if (slot === undefined) return;
    const bucket = bucketOf(at - enteredAt);
    slot.durations[bucket] = (slot.durations[bucket] ?? 0) + 1;
    if (how === "succeeded") return;
    slot.failures++;
    if (how === "caught") slot.caught++;
  }

  /** `undefined`: nothing happened in the 24 hours before `now`. */
  figures(now: number): StateFigures | undefined {
    const newest = Math.floor(now / hourMs);
    const sum = { entries: 0, failures: 0, caught: 0, retries: 0 };
    const counts = Array.from({ length: bucketCount }, () => 0);
    let ended = 0;
    for (const slot of this.#slots) {
      if (slot === undefined || slot.hour <= newest - hours) continue;
      for (const name of ["entries", "failures", "caught", "retries"] as const) {
        sum[name] += slot[name];
      }
      for (const [bucket, count] of slot.durations.entries()) {
        counts[bucket] = (counts[bucket] ?? 0) + count;
        ended += count;
      }
    }
    if (sum.entries + ended + sum.retries === 0) return undefined;
    const buckets = { bounds: bucketBounds, counts, count: ended };
    const p50 = quantileOf(buckets, 0.5);
    const p95 = quantileOf(buckets, 0.95);
    return {
      key: this.key,
      ...sum,
      ...(p50 !== undefined && { p50: Math.round(p50) }),
      ...(p95 !== undefined && { p95: Math.round(p95) }),
    };
  }

  /** `undefined` for what is older than the day that is kept. */
  #slot(at: number): Slot | undefined {
    const hour = Math.floor(at / hourMs);
    const index = hour % hours;
    const known = this.#slots[index];
    if (known !== undefined && known.hour >= hour) return known.hour === hour ? known : undefined;
    const slot = {
      hour,
      entries: 0,
      failures: 0,
      caught: 0,
      retries: 0,
      durations: known?.durations.fill(0) ?? new Uint32Array(bucketCount),
    };
    this.#slots[index] = slot;
    return slot;
  }
}

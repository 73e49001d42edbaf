import type { Clock } from "../ports/clock.ts";
import type { ClusterStore, ClusterView, LiveNode, NodeRecord } from "../ports/cluster-store.ts";
import type { Logger } from "../ports/logger.ts";
import { Lease } from "./lease.ts";

export interface MembershipOptions {
  readonly store: ClusterStore;
  readonly node: Omit<NodeRecord, "isLeaving">;
  /** For pauses: one that only goes forward, too, so that a beat is not put off where the day is set back. */
  readonly clock: Clock;
  /** A clock that only goes forward, in milliseconds. */
  readonly monotonicNow: () => number;
  readonly leaseMs: number;
  readonly logger: Logger;
  /** Told of each view of the cluster, in order. */
  readonly seen: (view: ClusterView) => void;
  /** The lease has run out: nothing may be done for any partition any more. */
  readonly leaseLost: () => void;
}

/** Our choice: beats in the time of a lease. Two may be lost before it runs out. */
const beatsPerLease = 3.3;
/** Our choice: how soon a beat that failed is tried again. */
const retryMs = 250;
/** Our choice: how long after another's lease ran out it is looked at. */
const afterLeaseMs = 50;

/** This node as one of the cluster: it keeps its lease, and sees with each beat who else is there. */
export class Membership {
  readonly nodeId: string;
  readonly lease: Lease;
  readonly #options: MembershipOptions;
  #view: ClusterView | undefined;
  #isLeaving = false;
  #isOver = false;
  #beating: Promise<void> | undefined;
  #beatAgain = false;
  #cancelBeat: (() => void) | undefined;
  #cancelEnd: (() => void) | undefined;
  readonly #waiting = new Set<() => void>();

  constructor(options: MembershipOptions) {
    this.#options = options;
    this.nodeId = options.node.nodeId;
    this.lease = new Lease(options.leaseMs, options.monotonicNow);
  }

  /** How the cluster was when it was last looked at. */
  get view(): ClusterView | undefined {
    return this.#view;
  }

  /** The live nodes beside this one, as far as is known. */
  get others(): readonly LiveNode[] {
    return this.#view?.nodes.filter(({ nodeId }) => nodeId !== this.nodeId) ?? [];
  }

  /** Becomes a node of the cluster. Rejects if the store cannot be reached. */
  async join(): Promise<void> {
    await this.#beatOnce();
    this.#schedule();
  }

  /** The live node that has the partition, as far as is known. */
  holderOf(partition: number): LiveNode | undefined {
    const nodeId = this.#view?.partitions[partition]?.nodeId;
    return nodeId === undefined
      ? undefined
      : this.#view?.nodes.find((node) => node.nodeId === nodeId);
  }

  /** Resolves with the next view, or when the signal is aborted. */
  async changed(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        this.#waiting.delete(done);
        signal.removeEventListener("abort", done);
        resolve();
      };
      this.#waiting.add(done);
      signal.addEventListener("abort", done);
    });
  }

  /** Looks at once: something has happened. Resolves when that has been seen; never rejects. */
  async beatNow(): Promise<void> {
    if (this.#isOver) return;
    if (this.#beating !== undefined) {
      // The one under way may have looked before it happened.
      this.#beatAgain = true;
      await this.#beating;
      return;
    }
    this.#cancelBeat?.();
    await this.#beat();
  }

  /** Tells the others that it takes nothing more, and keeps what it has until it is handed over. */
  async beginLeaving(): Promise<void> {
    this.#isLeaving = true;
    await this.beatNow();
  }

  /** The end: what it still has is free for the others. */
  async leave(): Promise<void> {
    this.#isOver = true;
    this.#cancelBeat?.();
    this.#cancelEnd?.();
    await this.#beating;
    this.lease.ended();
    for (const done of this.#waiting) done();
    await this.#options.store.leaveCluster(this.nodeId);
  }

  #beat(): Promise<void> {
    this.#beating = this.#beats().finally(() => {
      this.#beating = undefined;
      this.#schedule();
    });
    return this.#beating;
  }

  async #beats(): Promise<void> {
    do {
      this.#beatAgain = false;
      try {
        await this.#beatOnce();
      } catch (thrown) {
        if (this.#isOver) return;
        this.#options.logger.warn("the lease of this node could not be renewed", {
          reason: thrown instanceof Error ? thrown.message : String(thrown),
          leftMs: Math.round(this.lease.leftMs),
        });
        return;
      }
    } while (this.#beatAgain);
  }

  async #beatOnce(): Promise<void> {
    const { store, node, leaseMs, monotonicNow, seen } = this.#options;
    const askedAt = monotonicNow();
    const view = await store.heartbeat({ ...node, isLeaving: this.#isLeaving }, leaseMs);
    if (this.#isOver) return;
    // One that comes back after its lease has run out has lost what it had.
    if (this.lease.leftMs < 0) this.#options.leaseLost();
    this.lease.renewed(askedAt);
    this.#watchLease();
    this.#view = view;
    seen(view);
    for (const done of this.#waiting) done();
  }

  #watchLease(): void {
    const { clock, leaseLost } = this.#options;
    this.#cancelEnd?.();
    this.#cancelEnd = clock.schedule(clock.now() + Math.max(0, this.lease.leftMs), () => {
      if (this.#isOver || this.lease.isValid) return;
      leaseLost();
    });
  }

  #schedule(): void {
    if (this.#isOver) return;
    const { clock } = this.#options;
    this.#cancelBeat?.();
    this.#cancelBeat = clock.schedule(clock.now() + this.#nextBeatMs(), () => {
      if (this.#beating === undefined) void this.#beat();
    });
  }

  /** Sooner, if the lease of another runs out sooner: its partitions wait. */
  #nextBeatMs(): number {
    const usual = this.#options.leaseMs / beatsPerLease;
    if (this.lease.leftMs < this.#options.leaseMs - usual * 1.5) return Math.min(usual, retryMs);
    const view = this.#view;
    if (view === undefined) return Math.min(usual, retryMs);
    const firstEnd = Math.min(...this.others.map(({ leaseUntil }) => leaseUntil - view.now));
    return Math.min(usual, Math.max(retryMs, firstEnd + afterLeaseMs));
  }
}

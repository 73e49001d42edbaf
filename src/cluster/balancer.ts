import type { ClusterView, LiveNode } from "../ports/cluster-store.ts";
import type { Logger } from "../ports/logger.ts";
import { PartitionLost } from "../ports/partition-lost.ts";
import type { Ownership } from "../runtime/routing/owned-partitions.ts";
import { placement } from "./rendezvous.ts";

export interface BalancerOptions {
  readonly nodeId: string;
  readonly ownership: Ownership;
  readonly logger: Logger;
  /** Tells another node that it may take these partitions now. Only a hint. */
  readonly handedOver: (to: LiveNode, partitions: readonly number[]) => void;
  /** Looks at the cluster at once. */
  readonly look: () => Promise<void>;
}

/** Our choice: partitions that are handed over at a time, so that few calls wait meanwhile. */
const atOnce = 8;
/** Our choice: one whose attempts take longer is handed over later, because a hand-over cuts off what does not end in time. */
const busyMs = 2_000;
const graceMs = 10_000;

/** What a node should take and give, by what it has and how the cluster is. */
export interface Moves {
  /** Those that it should have and nobody alive has, and those that are noted as its own and are not here. */
  readonly take: readonly number[];
  /** Those that it has and another should have, with that one. */
  readonly give: readonly { readonly partition: number; readonly to: LiveNode }[];
  /** Those that it believes to have, and that have been taken since. */
  readonly lost: readonly number[];
}

/** Pure: the same view leads each node to moves that fit those of the others. */
export function movesOf(
  nodeId: string,
  /** The epochs of the partitions that it has. */
  here: ReadonlyMap<number, number>,
  { nodes, partitions }: ClusterView,
): Moves {
  const staying = nodes.filter(({ isLeaving }) => !isLeaving);
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const wanted = placement(
    partitions.length,
    staying.map((node) => node.nodeId),
  );
  const take: number[] = [];
  const give: { partition: number; to: LiveNode }[] = [];
  const lost: number[] = [];
  for (const { partition, epoch, nodeId: holder } of partitions) {
    const to = wanted[partition] ?? "";
    const own = here.get(partition);
    if (own !== undefined) {
      const node = byId.get(to);
      // A view that is older than its own taking says nothing.
      if (epoch > own) lost.push(partition);
      else if (to !== nodeId && node !== undefined) give.push({ partition, to: node });
      continue;
    }
    // What this node had before a commit failed, or its lease ran out, is kept from the others while it lives: it takes
    // it again, wherever it should be, and gives it away then.
    const isFree = holder === undefined || !byId.has(holder);
    if (holder === nodeId || (to === nodeId && isFree)) take.push(partition);
  }
  return { take, give, lost };
}

/**
 * Brings what this node has to what it should have, in small steps. What nobody alive has does not wait for attempts in
 * partitions that are about to be given away.
 */
export class Balancer {
  readonly #options: BalancerOptions;
  /** The newest view, and the one that was seen to last. */
  #newest: ClusterView | undefined;
  #done: ClusterView | undefined;
  #working: Promise<void> | undefined;
  #giving: Promise<void> | undefined;
  /** Partitions that it gives away: the newest view may still say that it has them. */
  readonly #leaving = new Set<number>();
  #isStopped = false;
  #isBalanced = false;

  constructor(options: BalancerOptions) {
    this.#options = options;
  }

  /** Whether it had all that it should have when it looked last. */
  get isBalanced(): boolean {
    return this.#isBalanced;
  }

  /** Sees to what this view asks for; while it is at it, the newest view is what counts next. */
  seen(view: ClusterView): void {
    this.#newest = view;
    if (this.#isStopped) return;
    this.#working ??= this.#work().finally(() => {
      this.#working = undefined;
    });
  }

  /** Resolves when it has done what it could do at once. */
  async settled(): Promise<void> {
    await this.#working;
  }

  /** Takes nothing more, and hands over all that it has. Attempts under way may go on for so long. */
  async leave(attemptsMs: number): Promise<void> {
    this.#isStopped = true;
    await this.#working;
    await this.#giving;
    const { ownership, handedOver } = this.#options;
    if (this.#newest === undefined) return;
    const { give } = this.#moves(this.#newest);
    const next = new Map(give.map(({ partition, to }) => [partition, to]));
    await Promise.all(
      ownership.partitions.map(async (partition) => {
        await ownership.giveUp(partition, attemptsMs);
        const to = next.get(partition);
        if (to !== undefined) handedOver(to, [partition]);
      }),
    );
  }

  async #work(): Promise<void> {
    const { logger } = this.#options;
    while (this.#newest !== this.#done && this.#newest !== undefined && !this.#isStopped) {
      const view = this.#newest;
      this.#done = view;
      try {
        await this.#see(view);
      } catch (thrown) {
        logger.warn("partitions could not be moved; tried again with the next beat", {
          reason: thrown instanceof Error ? thrown.message : String(thrown),
        });
      }
    }
  }

  async #see(view: ClusterView): Promise<void> {
    const { ownership, logger, look } = this.#options;
    const { take: wanted, give, lost } = this.#moves(view);
    const take = wanted.filter((partition) => !this.#leaving.has(partition));
    for (const partition of lost) {
      ownership.lose(partition, new PartitionLost("another node has the partition now"));
    }
    this.#isBalanced = take.length === 0 && give.length === 0;
    if (give.length > 0) {
      this.#giving ??= this.#give().finally(() => {
        this.#giving = undefined;
      });
    }
    if (take.length === 0) return;
    const taken = await ownership.takeOver(take);
    logger.info("took partitions over", { taken: taken.length, wanted: take.length });
    // There may be more to give, and others may have given.
    if (taken.length > 0) await look();
  }

  #moves(view: ClusterView): Moves {
    const { nodeId, ownership } = this.#options;
    const here = new Map(
      ownership.partitions.map((partition) => [partition, ownership.epochOf(partition) ?? 0]),
    );
    return movesOf(nodeId, here, view);
  }

  /** Gives away what others should have, some at a time. Never rejects. */
  async #give(): Promise<void> {
    const { ownership, handedOver, logger, look } = this.#options;
    for (let ready = this.#ready(); ready.length > 0; ready = this.#ready()) {
      for (const { partition } of ready) this.#leaving.add(partition);
      try {
        await Promise.all(
          ready.map(async ({ partition, to }) => {
            await ownership.giveUp(partition, graceMs);
            handedOver(to, [partition]);
          }),
        );
      } catch (thrown) {
        logger.warn("partitions could not be given away", { reason: String(thrown) });
      }
      if (!this.#isStopped) await look();
      this.#leaving.clear();
    }
  }

  /** Those that it gives away next. */
  #ready(): Moves["give"] {
    const { ownership } = this.#options;
    if (this.#newest === undefined || this.#isStopped) return [];
    return this.#moves(this.#newest)
      .give.filter(({ partition }) => ownership.longestAttemptMs(partition) < busyMs)
      .slice(0, atOnce);
  }
}

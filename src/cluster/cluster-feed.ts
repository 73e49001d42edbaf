import type { Clock } from "../ports/clock.ts";
import type { LiveNode } from "../ports/cluster-store.ts";
import type { Feed, FeedItem, FeedSubscriber } from "../ports/feed.ts";
import type { Logger } from "../ports/logger.ts";
import { EventFeed } from "../runtime/feed/event-feed.ts";
import type { PeerClient } from "./peers/peer-client.ts";

export interface ClusterFeedOptions {
  readonly client: Pick<PeerClient, "followFeed">;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Our choices: how long others are followed after somebody looked last, and how soon a cut stream is opened again. */
const followedMs = 60_000;
const reopenMs = 1_000;
/** Our choice: how many attempts later what happens on a node that cannot be followed is read from the store again. */
const attemptsUnseen = 5;
/** Our choice: events of this node that may wait to be told on. */
const capacity = 100_000;

/**
 * What happens on all nodes, for who shows it: this node's events always, those of the others while somebody looks. Whoever
 * subscribes starts again when something may have been missed.
 */
export class ClusterFeed implements Feed {
  readonly #options: ClusterFeedOptions;
  readonly #all: EventFeed;
  readonly #followed = new Map<string, AbortController>();
  #nodes: readonly LiveNode[] = [];
  #lookedAt = Number.NEGATIVE_INFINITY;
  #ownFeed: Feed | undefined;
  #leave: (() => void) | undefined;
  #cancelRest: (() => void) | undefined;

  constructor(options: ClusterFeedOptions) {
    this.#options = options;
    this.#all = new EventFeed(options.logger);
  }

  /** What happens here alone, for the other nodes. */
  readonly own: Feed = {
    subscribe: (subscriber) => this.#ownFeed?.subscribe(subscriber) ?? (() => {}),
  };

  subscribe(subscriber: FeedSubscriber): () => void {
    return this.#all.subscribe(subscriber);
  }

  /** The engine's events are told from now on. */
  begin(own: Feed): void {
    this.#ownFeed = own;
    this.#leave = own.subscribe({
      name: "cluster: events of this node",
      capacity,
      wants: (execution) => this.#all.isWanted(execution),
      receive: (items) => this.#publish(items),
      startAgain: () => this.#all.startAgain(),
    });
  }

  /** Somebody looks: what happens on the other nodes is told, too, for a while. */
  look(): void {
    const wasFollowing = this.#isFollowing;
    this.#lookedAt = this.#options.clock.now();
    if (!wasFollowing) {
      // What is remembered may be of the time when somebody looked last.
      this.#all.startAgain();
      this.#follow();
    }
    this.#cancelRest ??= this.#restLater();
  }

  /** The other live nodes. */
  nodes(nodes: readonly LiveNode[]): void {
    this.#nodes = nodes;
    if (this.#isFollowing) this.#follow();
  }

  close(): void {
    this.#lookedAt = Number.NEGATIVE_INFINITY;
    this.#cancelRest?.();
    this.#leave?.();
    this.#stop();
  }

  get #isFollowing(): boolean {
    return this.#options.clock.now() - this.#lookedAt < followedMs;
  }

  #restLater(): () => void {
    const { clock } = this.#options;
    return clock.schedule(clock.now() + followedMs, () => {
      this.#cancelRest = this.#isFollowing ? this.#restLater() : undefined;
      if (!this.#isFollowing) this.#stop();
    });
  }

  #stop(): void {
    for (const following of this.#followed.values()) following.abort();
    this.#followed.clear();
  }

  #follow(): void {
    const live = new Set(this.#nodes.map(({ nodeId }) => nodeId));
    for (const [nodeId, following] of this.#followed) {
      if (live.has(nodeId)) continue;
      following.abort();
      this.#followed.delete(nodeId);
      // What it did last may not have been told. Nothing more comes from it, and all that did is stored.
      this.#all.startAgain();
    }
    for (const node of this.#nodes) {
      if (this.#followed.has(node.nodeId)) continue;
      const following = new AbortController();
      this.#followed.set(node.nodeId, following);
      void this.#read(node, following.signal);
    }
  }

  async #read(node: LiveNode, signal: AbortSignal): Promise<void> {
    const { client, logger } = this.#options;
    for (let unseen = 0; !signal.aborted; unseen++) {
      const reason = await client.followFeed(
        node,
        {
          // What happened there before it was followed is in the store.
          opened: () => {
            unseen = 0;
            this.#all.startAgain();
          },
          receive: (items) => this.#publish(items),
          startAgain: () => this.#all.startAgain(),
        },
        signal,
      );
      if (signal.aborted) return;
      logger.debug("the events of another node were cut off", { node: node.nodeId, reason });
      if (unseen % attemptsUnseen === 0) this.#all.startAgain();
      await this.#pause(signal);
    }
  }

  /** Until a cut stream may be opened again, or nobody wants it any more. */
  #pause(signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    return new Promise((resolve) => {
      const end = (): void => {
        cancel();
        signal.removeEventListener("abort", end);
        resolve();
      };
      const cancel = clock.schedule(clock.now() + reopenMs, end);
      signal.addEventListener("abort", end);
    });
  }

  #publish(items: readonly FeedItem[]): void {
    for (const item of items) {
      if (this.#all.isWanted(item.execution)) this.#all.publish(item, item.events);
    }
  }
}

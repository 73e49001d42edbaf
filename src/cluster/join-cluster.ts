import type { Clock } from "../ports/clock.ts";
import type { ClusterStore, ClusterView } from "../ports/cluster-store.ts";
import type { Figures } from "../ports/figures.ts";
import type { Ids } from "../ports/ids.ts";
import type { Logger } from "../ports/logger.ts";
import { PartitionLost } from "../ports/partition-lost.ts";
import type { Serial } from "../ports/serial.ts";
import type { EngineOptions } from "../runtime/create-engine.ts";
import type { Engine } from "../runtime/engine.ts";
import { announcingStore } from "./announcing-store.ts";
import { Backoff } from "./backoff.ts";
import { Balancer } from "./balancer.ts";
import { ClusterFeed } from "./cluster-feed.ts";
import { clusterFigures } from "./cluster-figures.ts";
import { clusterSerial } from "./cluster-serial.ts";
import { forwardClock } from "./forward-clock.ts";
import { Membership } from "./membership.ts";
import { OverdueMessages } from "./overdue-messages.ts";
import { AnsweredQuestions } from "./peers/answered.ts";
import { Answerer } from "./peers/answerer.ts";
import type { Holders } from "./peers/holders.ts";
import { Mailbox } from "./peers/mailbox.ts";
import { PeerClient } from "./peers/peer-client.ts";
import { startPeerServer } from "./peers/peer-server.ts";
import { RemoteOwners } from "./peers/remote-owner.ts";
import { steadyClock } from "./steady-clock.ts";

export interface JoinOptions {
  readonly store: ClusterStore;
  /** Unique among all processes that ever were a node. */
  readonly nodeId: string;
  /** Of Stepwell. */
  readonly version: string;
  /** The name or address by which other nodes reach this one. */
  readonly host: string;
  /** The internal port; 0 takes any free one. */
  readonly port: number;
  /** The address that the internal port listens on. */
  readonly listen: string;
  readonly leaseMs: number;
}

/** What a node of a cluster knows of itself. */
export interface NodeStatus {
  readonly nodeId: string;
  readonly leaseMs: number;
  /** Milliseconds until its lease runs out, by its own clock; negative if it has. */
  readonly leaseLeftMs: number;
  /** The newest view. */
  readonly view: ClusterView | undefined;
  /** Partitions that this process took over since it began. */
  readonly takenOver: number;
  /** Partitions that it lost to others, or with its lease. */
  readonly lost: number;
}

/** One node of a cluster: an engine with a part of the store's partitions, and the way to the others. */
export interface ClusterNode {
  /** The store that the engine and the service are to use. */
  readonly store: ClusterStore;
  readonly engineOptions: Required<
    Pick<EngineOptions, "partitions" | "acquire" | "mayAct" | "elsewhere" | "onPartitionLost">
  >;
  /** Serialises changes of one resource over all nodes. */
  readonly serial: Serial;
  /** What happens on all nodes. */
  readonly feed: ClusterFeed;
  /** Whether it has its share, and stays. */
  readonly isReady: () => boolean;
  status(): NodeStatus;
  /** Takes its share of the partitions, and serves the other nodes. Resolves when it has what it could get at once. */
  serve(engine: Engine): Promise<void>;
  /** Gives all that it has to the others; attempts under way may go on for so long. It answers calls as before. */
  handOver(attemptsMs: number): Promise<void>;
  /** The end of the node; the engine and the store are the caller's. */
  leave(): Promise<void>;
}

/** Our choice: how long requests of other nodes may go on at the end. */
const closingMs = 1_000;

/**
 * Opens the internal port and becomes a node of the cluster that shares the store. It has no partition before
 * {@link ClusterNode.serve}. Rejects if the port cannot be had, or the store not be reached.
 */
export async function joinCluster(
  options: JoinOptions & {
    readonly clock: Clock;
    readonly ids: Ids;
    readonly logger: Logger;
    readonly figures: Figures;
    /** Of this process. */
    readonly serial: Serial;
  },
): Promise<ClusterNode> {
  const { store, nodeId, clock, ids, logger } = options;
  const monotonicNow = forwardClock();
  const steady = steadyClock(monotonicNow);
  const secret = await store.secret();
  let engine: Engine | undefined;
  let balancer: Balancer | undefined;
  let isLeaving = false;
  let changes: number | undefined;
  let hasHadShare = false;
  const again = new Backoff(() => clock.now());

  const client = new PeerClient({ secret, now: () => clock.now() });
  const holders: Holders = {
    self: nodeId,
    holderOf: (partition) => membership.holderOf(partition),
    changed: (signal) => membership.changed(signal),
    here: (partition) => engine?.ownership.owner(partition),
  };
  const answerer = new Answerer(holders, new AnsweredQuestions());
  const remote = new RemoteOwners({ holders, client, store, answerer, clock, ids, logger });
  const feed = new ClusterFeed({ client, clock, logger });
  const peers = await startPeerServer({
    host: options.listen,
    port: options.port,
    secret,
    logger,
    serve: {
      nodeId,
      answerer,
      changed: async () => engine?.refresh(),
      handedOver: () => void membership.beatNow(),
      feed: feed.own,
    },
  });
  const membership: Membership = new Membership({
    store,
    node: {
      nodeId,
      url: `http://${options.host.includes(":") ? `[${options.host}]` : options.host}:${peers.port}`,
      version: options.version,
      startedAt: clock.now(),
    },
    clock: steady,
    monotonicNow,
    leaseMs: options.leaseMs,
    logger,
    seen,
    leaseLost,
  });
  const partitionsHere = (): readonly number[] => engine?.ownership.partitions ?? [];
  const mailbox = new Mailbox({
    store,
    partitions: partitionsHere,
    answerer,
    clock: steady,
    logger,
  });
  const overdue = new OverdueMessages({
    store,
    partitions: partitionsHere,
    owner: holders.here,
    clock: steady,
    logger,
  });

  function seen(view: ClusterView): void {
    balancer?.seen(view);
    feed.nodes(membership.others);
    if (changes === view.changes) return;
    // What this node was not told of directly.
    if (changes !== undefined) {
      engine?.refresh().catch((thrown: unknown) => {
        logger.warn("what other nodes changed could not be read", { reason: String(thrown) });
        changes = undefined;
      });
    }
    changes = view.changes;
  }

  function leaseLost(): void {
    if (engine === undefined) return;
    const { ownership } = engine;
    const had = ownership.partitions;
    if (had.length === 0) return;
    logger.warn("the lease of this node has run out: it lets go of what it had", {
      partitions: had.length,
    });
    const reason = new PartitionLost("the lease of this node has run out");
    for (const partition of had) ownership.lose(partition, reason);
  }

  const counters = clusterFigures(options.figures, membership);

  try {
    await membership.join();
  } catch (thrown) {
    await peers.close(0);
    throw thrown;
  }

  const announcing = announcingStore(store, async () => {
    await Promise.all(membership.others.map((node) => client.tellChanged(node, { arns: [] })));
  });

  return {
    store: announcing,
    engineOptions: {
      partitions: [],
      async acquire(partition) {
        if (!membership.lease.isValid || again.mustWait(partition)) return undefined;
        const epoch = await store.claim(partition, nodeId);
        if (epoch === undefined) return undefined;
        counters.takenOver.add();
        return epoch;
      },
      mayAct: () => membership.lease.isValid,
      elsewhere: remote.elsewhere,
      onPartitionLost(partition, reason) {
        counters.lost.add();
        again.lost(partition);
        if (!isLeaving) logger.warn("a partition was lost", { partition, reason: reason.message });
        // It may be free for this node, if the store could not be reached for a while.
        void membership.beatNow();
      },
    },
    serial: clusterSerial(store, nodeId, options.serial, () => engine?.directory.forget()),
    feed,
    isReady() {
      // Once it has had its share it answers every call, whatever moves between nodes.
      hasHadShare ||= balancer?.isBalanced === true;
      return hasHadShare && !isLeaving && membership.lease.isValid;
    },
    status: () => ({
      nodeId,
      leaseMs: options.leaseMs,
      leaseLeftMs: membership.lease.leftMs,
      view: membership.view,
      takenOver: counters.takenOver.value,
      lost: counters.lost.value,
    }),
    async serve(served) {
      engine = served;
      feed.begin(served.feed);
      balancer = new Balancer({
        nodeId,
        ownership: served.ownership,
        logger,
        handedOver(to, partitions) {
          void client.tellHandedOver(to, { nodeId, partitions });
        },
        look: () => membership.beatNow(),
      });
      mailbox.start();
      overdue.start();
      await membership.beatNow();
      await balancer.settled();
    },
    async handOver(attemptsMs) {
      isLeaving = true;
      await membership.beginLeaving();
      await balancer?.leave(attemptsMs);
    },
    async leave() {
      isLeaving = true;
      overdue.close();
      await mailbox.close();
      feed.close();
      remote.close();
      await peers.close(closingMs);
      client.close();
      await membership.leave().catch((thrown: unknown) => {
        logger.warn("the lease of this node was not ended", { reason: String(thrown) });
      });
    },
  };
}

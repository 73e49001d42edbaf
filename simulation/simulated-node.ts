import { Balancer } from "../src/cluster/balancer.ts";
import { forwardClock } from "../src/cluster/forward-clock.ts";
import { Membership } from "../src/cluster/membership.ts";
import { OverdueMessages } from "../src/cluster/overdue-messages.ts";
import { AnsweredQuestions } from "../src/cluster/peers/answered.ts";
import { Answerer } from "../src/cluster/peers/answerer.ts";
import { decodeHints, encodeHintsTaken } from "../src/cluster/peers/hints-codec.ts";
import type { Holders } from "../src/cluster/peers/holders.ts";
import { Mailbox } from "../src/cluster/peers/mailbox.ts";
import type { PeerClient } from "../src/cluster/peers/peer-client.ts";
import { RemoteOwners } from "../src/cluster/peers/remote-owner.ts";
import { steadyClock } from "../src/cluster/steady-clock.ts";
import { awsLimits } from "../src/machine/limits.ts";
import type { ClusterStore, LiveNode } from "../src/ports/cluster-store.ts";
import type { Ids } from "../src/ports/ids.ts";
import type { Logger } from "../src/ports/logger.ts";
import { createEngine, type EngineOptions } from "../src/runtime/create-engine.ts";
import type { Engine } from "../src/runtime/engine.ts";
import { systemClock } from "../src/runtime/system-clock.ts";
import type { TaskHandlers } from "../src/runtime/tasks/dispatcher.ts";
import type { Process } from "./process.ts";
import type { Peer, Serve, SimulatedNetwork } from "./simulated-network.ts";
import { simulatedMapRunIo } from "./simulated-map-run-io.ts";

/** What is put together wrongly, to see that it is found. */
export interface NodeHooks {
  readonly mayAct?: () => boolean;
  readonly monotonicNow?: () => number;
  readonly acquire?: (
    store: ClusterStore,
    partition: number,
    nodeId: string,
  ) => Promise<number | undefined>;
}

export interface SimulatedNodeOptions {
  readonly hooks: NodeHooks;
  readonly nodeId: string;
  readonly process: Process;
  readonly store: ClusterStore;
  readonly network: SimulatedNetwork;
  readonly leaseMs: number;
  readonly ids: Ids;
  readonly logger: Logger;
  readonly compile: NonNullable<EngineOptions["compile"]>;
  readonly find: (nodeId: string) => SimulatedNode | undefined;
  readonly handlers: (node: SimulatedNode) => TaskHandlers;
  /** It can not go on: its process ends. */
  readonly failed: (reason: Error) => void;
}

/** A node of the cluster: everything that it is made of is real but its store, its network and the time. */
export class SimulatedNode implements Peer {
  readonly nodeId: string;
  readonly process: Process;
  readonly #options: SimulatedNodeOptions;
  #engine: Engine | undefined;
  #membership: Membership | undefined;
  #balancer: Balancer | undefined;
  #mailbox: Mailbox | undefined;
  #overdue: OverdueMessages | undefined;
  #remote: RemoteOwners | undefined;
  #isLeaving = false;
  answer: Serve | undefined;
  takeHints: Serve | undefined;

  constructor(options: SimulatedNodeOptions) {
    this.#options = options;
    this.nodeId = options.nodeId;
    this.process = options.process;
  }

  /** Where clients reach it; `undefined`: nobody answers there. */
  get engine(): Engine | undefined {
    return this.#isLeaving ? undefined : this.#engine;
  }

  /** For its own tasks, which go on while it leaves. */
  get ownEngine(): Engine {
    if (this.#engine === undefined) throw new Error("the node has no engine yet");
    return this.#engine;
  }

  get membership(): Membership | undefined {
    return this.#membership;
  }

  async start(): Promise<void> {
    const { nodeId, store, logger, ids, network, process, leaseMs, find, hooks } = this.#options;
    const monotonicNow = hooks.monotonicNow ?? forwardClock();
    const steady = steadyClock(forwardClock());
    const membership = new Membership({
      store,
      node: { nodeId, url: `node:${nodeId}`, version: "1", startedAt: Date.now() },
      clock: steady,
      monotonicNow,
      leaseMs,
      logger,
      seen: (view) => this.#balancer?.seen(view),
      leaseLost: () => this.#loseAll(),
    });
    this.#membership = membership;
    const holders: Holders = {
      self: nodeId,
      holderOf: (partition) => membership.holderOf(partition),
      changed: (signal) => membership.changed(signal),
      here: (partition) => this.#engine?.ownership.owner(partition),
    };
    const answerer = new Answerer(holders, new AnsweredQuestions());
    const remote = new RemoteOwners({
      holders,
      // The two questions that it asks.
      client: network.clientOf(process, find) as unknown as PeerClient,
      store,
      answerer,
      clock: systemClock,
      ids,
      logger,
    });
    this.#remote = remote;
    const engine = await createEngine({
      store,
      clock: systemClock,
      ids,
      logger,
      handlers: this.#options.handlers(this),
      limits: awsLimits,
      compile: this.#options.compile,
      mapRunIo: simulatedMapRunIo,
      partitions: [],
      elsewhere: remote.elsewhere,
      acquire: (partition) =>
        hooks.acquire === undefined
          ? store.claim(partition, nodeId)
          : hooks.acquire(store, partition, nodeId),
      mayAct: hooks.mayAct ?? (() => membership.lease.isValid),
      onPartitionLost: (partition, reason) => {
        logger.warn("a partition is lost", { partition, reason: reason.message });
        void membership.beatNow();
      },
      onFailure: (reason) => this.#options.failed(reason),
    });
    this.#engine = engine;
    this.#balancer = new Balancer({
      nodeId,
      ownership: engine.ownership,
      logger,
      handedOver: (to: LiveNode) => {
        const other = find(to.nodeId);
        if (other === undefined) return;
        network.tell(process, other.process, () => void other.membership?.beatNow());
      },
      look: () => membership.beatNow(),
    });
    this.#mailbox = new Mailbox({
      store,
      partitions: () => engine.ownership.partitions,
      answerer,
      clock: steady,
      logger,
    });
    this.#overdue = new OverdueMessages({
      store,
      partitions: () => engine.ownership.partitions,
      owner: holders.here,
      clock: steady,
      logger,
    });
    await membership.join();
    this.#mailbox.start();
    this.answer = async (text, signal) => (await answerer.answerText(text, signal)).text;
    this.takeHints = async (text) => encodeHintsTaken(answerer.takeHints(decodeHints(text)));
    this.#overdue.start();
  }

  /** Ends in order: hands over what it has, then leaves. */
  async leave(attemptsMs: number): Promise<void> {
    this.#isLeaving = true;
    await this.#membership?.beginLeaving();
    await this.#balancer?.leave(attemptsMs);
    this.#overdue?.close();
    await this.#mailbox?.close();
    this.#remote?.close();
    await this.#membership?.leave();
    await this.#engine?.shutdown(0);
  }

  #loseAll(): void {
    const { ownership } = this.ownEngine;
    for (const partition of ownership.partitions) {
      ownership.lose(partition, new Error("the lease of this node has run out"));
    }
  }
}

import { CustomerKeyUnavailable } from "../../ports/customer-keys.ts";
import { KeyUnavailable } from "../../ports/key-provider.ts";
import { StoreFailure } from "../../ports/store.ts";
import type { Answerer } from "./answerer.ts";
import type { Holders } from "./holders.ts";
import { MovedPartitions } from "./moved-partitions.ts";
import { decodeAnswer, encodeQuestion, type NodeAddress, type OwnerAnswer } from "./owner-codec.ts";
import {
  type Answered,
  type Asked,
  ownerMethods,
  type OwnerMethod,
  type OwnerQuestion,
} from "./owner-questions.ts";
import type { PeerClient, PeerReply } from "./peer-client.ts";
import { ReachableNodes } from "./reachable-nodes.ts";
import type { StoreWay } from "./store-way.ts";
import { NotUnderstood } from "./wire.ts";

export interface AskerOptions {
  readonly holders: Holders;
  readonly client: Pick<PeerClient, "ask">;
  readonly storeWay: StoreWay;
  /** For a partition that has come here while its owner was looked for. */
  readonly answerer: Answerer;
  /** How long an owner that answers is looked for. */
  readonly waitMs: number;
  /** A node that could not be reached for so long is asked through the store. */
  readonly unreachableAfterMs: number;
}

export interface Asking<M extends OwnerMethod> extends OwnerQuestion<M> {
  /** What is asked once an owner that is lost may have done it; absent: the same. */
  readonly askedAgain?: Asked<M>;
  readonly signal?: AbortSignal;
}

/** An answer that was found. */
export interface FoundAnswer<M extends OwnerMethod> {
  readonly answered: Answered<M>;
  /** It may be the second time that it was done: an owner before may have done it, and its answer is lost. */
  readonly mayBeSecond: boolean;
}

/** Our choice: an owner commits within milliseconds; a database that stands still gets some seconds. */
const answerMs = 10_000;
/** Our choice: how long a long poll's answer may be on its way. */
const waitingAnswerMs = 5_000;
/** Our choice: pauses between two attempts, unless there is a new view of the cluster. */
const firstPauseMs = 25;
const longestPauseMs = 250;

/** Finds the owner of a partition and asks it, until it has an answer or nobody had one for too long. */
export class Asker {
  readonly #options: AskerOptions;
  readonly #moved: MovedPartitions;
  readonly #reachable: ReachableNodes;

  constructor(options: AskerOptions) {
    this.#options = options;
    this.#moved = new MovedPartitions(options.holders);
    this.#reachable = new ReachableNodes(options.unreachableAfterMs);
  }

  /** `undefined` if `signal` is aborted. Rejects with a StoreFailure if there is no answer. */
  async ask<M extends OwnerMethod>(asking: Asking<M>): Promise<FoundAnswer<M> | undefined> {
    return new Search(asking, this.#options, this.#moved, this.#reachable).run();
  }
}

/** The way of one question to its answer. */
class Search<M extends OwnerMethod> {
  readonly #asking: Asking<M>;
  readonly #options: AskerOptions;
  readonly #moved: MovedPartitions;
  readonly #reachable: ReachableNodes;
  #until: number;
  /** Nodes that may have done it. */
  readonly #lostAt = new Set<string>();
  #pauseMs = firstPauseMs;
  /** The node that another one says has the partition. */
  #suggested: NodeAddress | undefined;
  #hasFollowed = false;
  #reason = "it is between two owners";

  constructor(
    asking: Asking<M>,
    options: AskerOptions,
    moved: MovedPartitions,
    reachable: ReachableNodes,
  ) {
    this.#asking = asking;
    this.#options = options;
    this.#moved = moved;
    this.#reachable = reachable;
    this.#until = performance.now() + options.waitMs;
  }

  async run(): Promise<FoundAnswer<M> | undefined> {
    const { signal } = this.#asking;
    for (;;) {
      if (signal?.aborted === true) return undefined;
      if (performance.now() >= this.#until) throw this.#nobody();
      const answer = await this.#attempt();
      const found = answer === undefined ? undefined : this.#judge(answer);
      if (found !== undefined) return found;
      if (this.#suggested === undefined) await this.#pause();
    }
  }

  /** `undefined`: there was no answer. */
  async #attempt(): Promise<OwnerAnswer<M> | undefined> {
    const { holders, answerer, storeWay } = this.#options;
    const { partition, signal } = this.#asking;
    const suggested = this.#suggested;
    this.#suggested = undefined;
    if (holders.here(partition) !== undefined) {
      return answerer.answer(this.#question(), signal ?? neverAborted);
    }
    const node = suggested ?? holders.holderOf(partition);
    if (node === undefined || node.nodeId === holders.self) {
      this.#reason = "it is between two owners";
      return undefined;
    }
    if (!this.#reachable.isUnreachable(node.nodeId)) return this.#askDirectly(node);
    this.#reason = `${node.nodeId}, which has it, cannot be reached`;
    const question = this.#question();
    // It answers, or the one after it, which does not know whether it has done it before.
    this.#lostAt.add(node.nodeId);
    return this.#understood(node, () => storeWay.ask(question, this.#until, signal));
  }

  async #askDirectly(node: NodeAddress): Promise<OwnerAnswer<M> | undefined> {
    const question = this.#question();
    const reply = await this.#send(node, question);
    if (reply.type === "answered") {
      this.#reachable.reached(node.nodeId);
      return this.#understood(node, () => decodeAnswer(question.method, reply.text));
    }
    this.#reason = reply.reason;
    if (reply.type === "refused" && reply.status !== 401) {
      this.#reachable.reached(node.nodeId);
      throw new StoreFailure("unavailable", reply.reason);
    }
    if (reply.type === "lost") this.#lostAt.add(node.nodeId);
    // Unless nobody waited for it any more, because another has the partition.
    const { partition } = this.#asking;
    if (this.#options.holders.holderOf(partition)?.nodeId === node.nodeId) {
      this.#reachable.failed(node.nodeId);
    }
    return undefined;
  }

  /** What is no answer that this version knows is an error that passes when all nodes are of one. */
  async #understood<T>(node: NodeAddress, read: () => T | Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (thrown) {
      if (!(thrown instanceof NotUnderstood)) throw thrown;
      throw new StoreFailure(
        "unavailable",
        `The answer of node ${node.nodeId} is none that this version knows: ${thrown.message}`,
      );
    }
  }

  /** Sends it, and waits no longer when another has the partition. */
  async #send(node: NodeAddress, question: OwnerQuestion<M>): Promise<PeerReply> {
    const { partition, signal, method, asked } = this.#asking;
    const { waits } = ownerMethods[method];
    const controller = new AbortController();
    const giveUp = (): void => controller.abort();
    const unwatch = this.#moved.watch(partition, node.nodeId, giveUp);
    signal?.addEventListener("abort", giveUp, { once: true });
    const timeoutMs = waits && "timeoutMs" in asked ? asked.timeoutMs + waitingAnswerMs : answerMs;
    const sentAt = performance.now();
    try {
      return await this.#options.client.ask(node, encodeQuestion(question), {
        timeoutMs,
        signal: controller.signal,
        waits,
      });
    } finally {
      // While it was waited for there was an owner, as far as anybody knew.
      if (waits) this.#until += performance.now() - sentAt;
      unwatch();
      signal?.removeEventListener("abort", giveUp);
    }
  }

  /** `undefined`: it is to be asked again. */
  #judge(answer: OwnerAnswer<M>): FoundAnswer<M> | undefined {
    switch (answer.type) {
      case "done": {
        const { answered, earlier, nodeId } = answer;
        // What a node has done itself before it remembers.
        const isLost = [...this.#lostAt].some((lostAt) => lostAt !== nodeId);
        return { answered, mayBeSecond: earlier === "lost" || isLost };
      }
      case "not the owner":
        if (answer.mayBeDone) this.#lostAt.add(answer.nodeId);
        this.#reason = `${answer.nodeId} has let go of it`;
        this.#follow(answer.holder);
        return undefined;
      case "store failure":
        // The store is one and the same for all; but what ends another node is no reason to end this one.
        if (answer.kind === "unavailable" || answer.kind === "full") {
          throw new StoreFailure(answer.kind, answer.message);
        }
        this.#lostAt.add(answer.nodeId);
        this.#reason = `the store failed for ${answer.nodeId}: ${answer.message}`;
        return undefined;
      case "key unavailable": {
        const { kmsKeyId, problem, state, message } = answer;
        throw new CustomerKeyUnavailable(kmsKeyId, new KeyUnavailable(problem, message, { state }));
      }
      case "mistake":
        throw new Error(answer.message);
      case "not understood":
        throw new StoreFailure(
          "unavailable",
          `Node ${answer.nodeId}, which has partition ${this.#asking.partition}, is of another version: ${answer.message}`,
        );
    }
  }

  /** The first suggestion after a pause is followed at once; two nodes that name each other are not. */
  #follow(holder: NodeAddress | undefined): void {
    if (holder === undefined || this.#hasFollowed) return;
    if (holder.nodeId === this.#options.holders.self) return;
    this.#hasFollowed = true;
    this.#suggested = holder;
  }

  #question(): OwnerQuestion<M> {
    const { id, partition, method, asked, askedAgain } = this.#asking;
    const isAgain = this.#lostAt.size > 0 && askedAgain !== undefined;
    return { id, partition, method, asked: isAgain ? askedAgain : asked };
  }

  /** Until there is a new view, or for a moment. */
  async #pause(): Promise<void> {
    const { holders } = this.#options;
    const { signal } = this.#asking;
    this.#hasFollowed = false;
    const over = new AbortController();
    const end = (): void => over.abort();
    const left = this.#until - performance.now();
    const timer = setTimeout(end, Math.max(0, Math.min(this.#pauseMs, left)));
    this.#pauseMs = Math.min(this.#pauseMs * 2, longestPauseMs);
    signal?.addEventListener("abort", end, { once: true });
    await holders.changed(over.signal);
    clearTimeout(timer);
    signal?.removeEventListener("abort", end);
    end();
  }

  #nobody(): StoreFailure {
    const { partition, method } = this.#asking;
    const waited = `${Math.round(this.#options.waitMs / 1_000)} s`;
    const isUnknown = this.#lostAt.size > 0 && ownerMethods[method].changes;
    const unknown = isUnknown ? " It is not known whether it was done." : "";
    return new StoreFailure(
      "unavailable",
      `Nobody answered for partition ${partition} within ${waited}: ${this.#reason}.${unknown}`,
    );
  }
}

const neverAborted = new AbortController().signal;

import type { ClusterStore } from "../../ports/cluster-store.ts";
import type { Ids } from "../../ports/ids.ts";
import type { Logger } from "../../ports/logger.ts";
import type { ActivityTaskRecord, Message } from "../../ports/store.ts";
import { decodeHintsTaken, encodeHints, type PartitionHints } from "./hints-codec.ts";
import type { Holders } from "./holders.ts";
import { encodeQuestion, type NodeAddress } from "./owner-codec.ts";
import { giveHints, type OwnerHints } from "./owner-questions.ts";
import type { PeerClient } from "./peer-client.ts";

export interface OutgoingHintsOptions {
  readonly holders: Holders;
  readonly client: Pick<PeerClient, "hint">;
  readonly store: Pick<ClusterStore, "postCall">;
  readonly ids: Ids;
  readonly logger: Logger;
}

type Hint = (
  | { readonly message: Message; readonly task?: undefined }
  | { readonly task: ActivityTaskRecord; readonly message?: undefined }
) & { readonly since: number };

/** Our choice: as long as a question waits for an owner. Then the store has it. */
const keptMs = 20_000;
/** Our choice: how soon hints that nobody has taken are tried again. */
const retryMs = 250;
/** Our choice: a node that is alive and takes no hints for so long is told through the store. */
const viaStoreMs = 2_000;
/** Our choice: hints in one request, and hints that wait. */
const sentTogether = 1_000;
const mostWaiting = 50_000;
const answerMs = 5_000;

/**
 * Hints on their way to the owners of other partitions: those of one turn of the event loop, and all that come while a
 * node has not taken the last, go to it in one request. A hint that is lost costs time, and nothing else: the next owner
 * of a partition reads the store, and who has it looks for what was not delivered. But a task of an activity that its
 * owner is not told of is found only by the next one, so that hints are sent again until somebody has taken them.
 */
export class OutgoingHints {
  readonly #options: OutgoingHintsOptions;
  readonly #waiting = new Map<number, Hint[]>();
  #count = 0;
  #dropped = 0;
  readonly #sending = new Set<string>();
  #isScheduled = false;
  #retry: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: OutgoingHintsOptions) {
    this.#options = options;
  }

  /** Hints that nobody has taken yet. */
  get waiting(): number {
    return this.#count;
  }

  hear(partition: number, message: Message): void {
    this.#add(partition, { message, since: performance.now() });
  }

  offer(partition: number, task: ActivityTaskRecord): void {
    this.#add(partition, { task, since: performance.now() });
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#retry);
    this.#waiting.clear();
    this.#count = 0;
  }

  #add(partition: number, hint: Hint): void {
    if (this.#isClosed) return;
    if (this.#count >= mostWaiting) {
      this.#drop(1);
      return;
    }
    this.#count++;
    const waiting = this.#waiting.get(partition);
    if (waiting === undefined) this.#waiting.set(partition, [hint]);
    else waiting.push(hint);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#send();
    });
  }

  #retryLater(): void {
    if (this.#isClosed) return;
    this.#retry ??= setTimeout(() => {
      this.#retry = undefined;
      this.#send();
    }, retryMs);
  }

  #send(): void {
    const { holders } = this.#options;
    const batches = new Map<
      string,
      { node: NodeAddress; hints: Map<number, Hint[]>; count: number }
    >();
    this.#dropOld();
    for (const [partition, waiting] of this.#waiting) {
      const owner = holders.here(partition);
      if (owner !== undefined) {
        this.#take(partition, waiting.length);
        giveHints(owner, together(waiting));
        continue;
      }
      const node = holders.holderOf(partition);
      if (node === undefined || node.nodeId === holders.self) this.#retryLater();
      else if (!this.#sending.has(node.nodeId)) {
        const batch = batches.get(node.nodeId) ?? {
          node,
          hints: new Map<number, Hint[]>(),
          count: 0,
        };
        batches.set(node.nodeId, batch);
        const taken = this.#take(partition, sentTogether - batch.count);
        if (taken.length === 0) continue;
        batch.hints.set(partition, taken);
        batch.count += taken.length;
      }
    }
    for (const { node, hints } of batches.values()) void this.#sendTo(node, hints);
  }

  async #sendTo(node: NodeAddress, batch: ReadonlyMap<number, Hint[]>): Promise<void> {
    this.#sending.add(node.nodeId);
    const hints: PartitionHints[] = [];
    for (const [partition, list] of batch) hints.push({ partition, ...together(list) });
    const left = await this.#leftBy(node, hints);
    this.#sending.delete(node.nodeId);
    if (this.#isClosed) return;
    for (const partition of left ?? batch.keys()) {
      const list = batch.get(partition);
      if (list === undefined) continue;
      if (left === undefined && isOld(list[0], viaStoreMs)) this.#post(partition, list);
      else this.#putBack(partition, list);
    }
    // What came meanwhile goes at once, what was not taken somewhat later.
    if (left?.length === 0) this.#schedule();
    else this.#retryLater();
  }

  /** The partitions whose hints the node has not taken; `undefined`: it may have taken none. */
  async #leftBy(
    node: NodeAddress,
    hints: readonly PartitionHints[],
  ): Promise<readonly number[] | undefined> {
    const reply = await this.#options.client.hint(node, encodeHints(hints), {
      timeoutMs: answerMs,
    });
    if (reply.type !== "answered") return undefined;
    try {
      return decodeHintsTaken(reply.text).elsewhere;
    } catch {
      return undefined;
    }
  }

  /** Leaves them where the owner finds them, whoever that is. */
  #post(partition: number, list: readonly Hint[]): void {
    const { store, ids, logger } = this.#options;
    const id = ids.uuid();
    const request = encodeQuestion({ id, partition, method: "hints", asked: together(list) });
    store.postCall({ id, partition, request }).catch((thrown: unknown) => {
      logger.warn("hints to another node are lost", {
        partition,
        hints: list.length,
        reason: String(thrown),
      });
    });
  }

  #putBack(partition: number, list: readonly Hint[]): void {
    this.#count += list.length;
    this.#waiting.set(partition, [...list, ...(this.#waiting.get(partition) ?? [])]);
  }

  #take(partition: number, most: number): Hint[] {
    const waiting = this.#waiting.get(partition) ?? [];
    const taken = waiting.slice(0, most);
    if (taken.length === waiting.length) this.#waiting.delete(partition);
    else this.#waiting.set(partition, waiting.slice(taken.length));
    this.#count -= taken.length;
    return taken;
  }

  #dropOld(): void {
    for (const [partition, waiting] of this.#waiting) {
      const kept = waiting.findIndex((hint) => !isOld(hint, keptMs));
      if (kept !== 0) this.#drop(this.#take(partition, kept === -1 ? waiting.length : kept).length);
    }
  }

  #drop(count: number): void {
    const { logger } = this.#options;
    if (this.#dropped === 0) {
      setTimeout(() => {
        logger.warn("nobody took hints; what they tell of is in the store", {
          hints: this.#dropped,
        });
        this.#dropped = 0;
      }, retryMs).unref();
    }
    this.#dropped += count;
  }
}

function together(hints: readonly Hint[]): OwnerHints {
  const messages: Message[] = [];
  const tasks: ActivityTaskRecord[] = [];
  for (const { message, task } of hints) {
    if (message !== undefined) messages.push(message);
    else tasks.push(task);
  }
  return { messages, tasks };
}

function isOld(hint: Hint | undefined, ms: number): boolean {
  return hint !== undefined && performance.now() - hint.since >= ms;
}

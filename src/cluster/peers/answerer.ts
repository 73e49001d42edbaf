import { CustomerKeyUnavailable } from "../../ports/customer-keys.ts";
import { StoreFailure } from "../../ports/store.ts";
import type { PartitionOwner } from "../../runtime/routing/partition-owner.ts";
import type { AnsweredQuestions } from "./answered.ts";
import type { HintsTaken, PartitionHints } from "./hints-codec.ts";
import type { Holders } from "./holders.ts";
import {
  decodeQuestion,
  encodeAnswer,
  type NodeAddress,
  type OwnerAnswer,
  type OwnerOutcome,
} from "./owner-codec.ts";
import {
  type Asked,
  giveHints,
  ownerMethods,
  type OwnerMethod,
  type OwnerQuestion,
} from "./owner-questions.ts";
import { NotUnderstood } from "./wire.ts";

/** The partition has left this node: whoever asked is to ask the next owner. Nothing was done. */
export class NotTheOwner extends Error {
  override readonly name = "NotTheOwner";
}

/**
 * Answers questions to the owner of a partition that is here: those of other nodes, whichever way they came, and those
 * of this one that found the partition here when they were asked again. All go by one memory of what was answered.
 */
export class Answerer {
  readonly #holders: Holders;
  readonly #answered: AnsweredQuestions;
  readonly #beingAnswered = new WeakSet<object>();

  constructor(holders: Holders, answered: AnsweredQuestions) {
    this.#holders = holders;
    this.#answered = answered;
  }

  /** Never rejects: an error is an answer, too. */
  async answer<M extends OwnerMethod>(
    question: OwnerQuestion<M>,
    signal: AbortSignal,
  ): Promise<OwnerAnswer<M>> {
    const { self: nodeId } = this.#holders;
    if (!ownerMethods[question.method].changes) {
      return { nodeId, ...(await this.#outcome(question, signal)) };
    }
    // What was answered stays so, whoever has the partition by now.
    const { outcome, ...earlier } = await this.#answered.once(question.id, () =>
      this.#outcome(question, signal),
    );
    return { nodeId, ...earlier, ...outcome };
  }

  /** The same for a question that came as text. `isFinal`: asking the next owner would not tell more. */
  async answerText(
    text: string,
    signal: AbortSignal,
  ): Promise<{ readonly text: string; readonly isFinal: boolean }> {
    let question: OwnerQuestion;
    try {
      question = decodeQuestion(text);
    } catch (thrown) {
      if (!(thrown instanceof NotUnderstood)) throw thrown;
      const { message } = thrown;
      const { self: nodeId } = this.#holders;
      const refusal = { nodeId, type: "not understood", message } as const;
      return { text: encodeAnswer(undefined, refusal), isFinal: true };
    }
    const answer = await this.answer(question, signal);
    return {
      text: encodeAnswer(question.method, answer),
      isFinal: answer.type !== "not the owner",
    };
  }

  /** Gives hints to the partitions that are here. */
  takeHints(hints: readonly PartitionHints[]): HintsTaken {
    const elsewhere: number[] = [];
    for (const { partition, messages, tasks } of hints) {
      const owner = this.#holders.here(partition);
      if (owner === undefined) elsewhere.push(partition);
      else giveHints(owner, { messages, tasks });
    }
    return { nodeId: this.#holders.self, elsewhere };
  }

  /**
   * Whether a start or an event belongs to a question that is answered here. A partition that lets go of one hands it on
   * to the next owner; it goes back to whoever asked instead, who has its id and knows what has become of it before.
   */
  isBeingAnswered(startOrEvent: object): boolean {
    return this.#beingAnswered.has(startOrEvent);
  }

  async #outcome<M extends OwnerMethod>(
    question: OwnerQuestion<M>,
    signal: AbortSignal,
  ): Promise<OwnerOutcome<M>> {
    const { partition, method } = question;
    const owner = this.#holders.here(partition);
    if (owner === undefined) return this.#notTheOwner(partition, false);
    const { perform, saysNothing, waits } = ownerMethods[method];
    try {
      const answered = await perform(owner, this.#marked(question), signal);
      // Nor does a wait tell anything that was cut short, because this node ends.
      const isCut = this.#hasLeft(partition, owner) || (waits && signal.aborted);
      if (isCut && saysNothing(answered)) {
        return this.#notTheOwner(partition, false);
      }
      return { type: "done", answered };
    } catch (thrown) {
      if (thrown instanceof NotTheOwner) return this.#notTheOwner(partition, false);
      // An owner that has lost its partition rejects what it has begun with whatever was the reason.
      if (this.#hasLeft(partition, owner)) return this.#notTheOwner(partition, true);
      if (thrown instanceof StoreFailure) {
        return { type: "store failure", kind: thrown.kind, message: thrown.message };
      }
      if (thrown instanceof CustomerKeyUnavailable) {
        const { kmsKeyId, problem, state, cause } = thrown;
        const { message } = cause as Error;
        return { type: "key unavailable", kmsKeyId, problem, state, message };
      }
      return {
        type: "mistake",
        message: thrown instanceof Error ? thrown.message : String(thrown),
      };
    }
  }

  /** A copy: the object that was given may be somebody's who uses it again for another question. */
  #marked<M extends OwnerMethod>({ method, asked }: OwnerQuestion<M>): Asked<M> {
    const copy = { ...asked };
    if (method === "start") this.#beingAnswered.add(copy);
    if ("event" in copy) {
      const event = { ...copy.event };
      this.#beingAnswered.add(event);
      return { ...copy, event };
    }
    return copy;
  }

  #hasLeft(partition: number, owner: PartitionOwner): boolean {
    return this.#holders.here(partition) !== owner;
  }

  #notTheOwner(
    partition: number,
    mayBeDone: boolean,
  ): Extract<OwnerOutcome, { type: "not the owner" }> {
    const holder = this.#holders.holderOf(partition);
    return {
      type: "not the owner",
      ...(holder === undefined || holder.nodeId === this.#holders.self
        ? {}
        : { holder: addressOf(holder) }),
      mayBeDone,
    };
  }
}

function addressOf({ nodeId, url }: NodeAddress): NodeAddress {
  return { nodeId, url };
}

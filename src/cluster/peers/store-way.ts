import type { ClusterStore } from "../../ports/cluster-store.ts";
import { decodeAnswer, encodeQuestion, type OwnerAnswer } from "./owner-codec.ts";
import type { OwnerMethod, OwnerQuestion } from "./owner-questions.ts";

/** Our choice: how often an answer is looked for, first and at last. */
const firstPauseMs = 50;
const longestPauseMs = 250;
/** Our choice: questions that wait for answers at a time: they load a store that all nodes share. */
const mostAtOnce = 32;

/**
 * Asks the owner of a partition through the store, when it is alive and cannot be reached. Whoever is the owner when it
 * looks for questions answers.
 */
export class StoreWay {
  readonly #store: Pick<ClusterStore, "postCall" | "answerOf">;
  #underWay = 0;
  readonly #queue: (() => void)[] = [];

  constructor(store: Pick<ClusterStore, "postCall" | "answerOf">) {
    this.#store = store;
  }

  /** `undefined`: there is none until `until`, of the clock of `performance`, or `signal` is aborted. */
  async ask<M extends OwnerMethod>(
    question: OwnerQuestion<M>,
    until: number,
    signal: AbortSignal | undefined,
  ): Promise<OwnerAnswer<M> | undefined> {
    if (this.#underWay >= mostAtOnce) {
      await new Promise<void>((resolve) => this.#queue.push(resolve));
    } else this.#underWay++;
    try {
      return await this.#ask(question, until, signal);
    } finally {
      const next = this.#queue.shift();
      if (next === undefined) this.#underWay--;
      else next();
    }
  }

  async #ask<M extends OwnerMethod>(
    question: OwnerQuestion<M>,
    until: number,
    signal: AbortSignal | undefined,
  ): Promise<OwnerAnswer<M> | undefined> {
    const { id, partition, method } = question;
    const isOver = (): boolean => performance.now() >= until || signal?.aborted === true;
    if (isOver()) return undefined;
    await this.#store.postCall({ id, partition, request: encodeQuestion(question) });
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 1.5, longestPauseMs)) {
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      const answer = await this.#store.answerOf({ id, partition });
      if (answer !== undefined) return decodeAnswer(method, answer);
      if (isOver()) return undefined;
    }
  }
}

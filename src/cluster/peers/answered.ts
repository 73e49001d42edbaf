import type { OwnerOutcome } from "./owner-codec.ts";
import type { OwnerMethod } from "./owner-questions.ts";

/** What came of a question, and whether it was asked before. */
export interface OnceAnswered<M extends OwnerMethod> {
  readonly outcome: OwnerOutcome<M>;
  readonly earlier?: "remembered" | "lost";
}

export interface AnsweredOptions {
  /** A clock that only goes forward, in milliseconds; absent: the machine's. */
  readonly monotonicNow?: () => number;
}

/** Our choice: who has lost an answer asks again within seconds; a generation of answers is kept this long at least. */
const keptMs = 2.5 * 60_000;
/** Our choice: answers of a generation, and the characters of documents in them; there are two generations. */
const mostKept = 50_000;
const mostCharacters = 16 * 1024 * 1024;

/** That a question was begun here, and that nobody knows what came of it. */
const lost = Symbol("lost");

/**
 * What was answered to the questions of the last minutes that change something, by their ids: so that a question whose
 * answer was lost on its way can be asked again, and is not done twice. It is bounded: what it forgets early was
 * answered long before most repeats come.
 */
export class AnsweredQuestions {
  readonly #now: () => number;
  readonly #underWay = new Map<string, Promise<OwnerOutcome>>();
  // Two generations, of which the older one goes as a whole.
  #recent = new Map<string, OwnerOutcome | typeof lost>();
  #older = new Map<string, OwnerOutcome | typeof lost>();
  #characters = 0;
  #begunAt: number;

  constructor({ monotonicNow = () => performance.now() }: AnsweredOptions = {}) {
    this.#now = monotonicNow;
    this.#begunAt = monotonicNow();
  }

  /** Answers that are kept at present. */
  get size(): number {
    return this.#recent.size + this.#older.size;
  }

  /** What `answer` gives, or what it gave when it was first called for this id. The same id is the same method. */
  async once<M extends OwnerMethod>(
    id: string,
    answer: () => Promise<OwnerOutcome<M>>,
  ): Promise<OnceAnswered<M>> {
    const underWay = this.#underWay.get(id);
    if (underWay !== undefined) {
      return { outcome: (await underWay) as OwnerOutcome<M>, earlier: "remembered" };
    }
    const known = this.#recent.get(id) ?? this.#older.get(id);
    if (known !== undefined && known !== lost) {
      return { outcome: known as OwnerOutcome<M>, earlier: "remembered" };
    }
    const answering = answer();
    this.#underWay.set(id, answering);
    try {
      const outcome = await answering;
      this.#remember(id, outcome);
      return known === lost ? { outcome, earlier: "lost" } : { outcome };
    } finally {
      this.#underWay.delete(id);
    }
  }

  #remember(id: string, outcome: OwnerOutcome): void {
    switch (outcome.type) {
      case "done":
      case "mistake":
        this.#keep(id, outcome);
        break;
      case "store failure":
        // It may have been written nevertheless.
        this.#keep(id, lost);
        break;
      case "not the owner":
        if (outcome.mayBeDone) this.#keep(id, lost);
        break;
      // It may be there again.
      case "key unavailable":
      case "not understood":
        break;
    }
  }

  #keep(id: string, outcome: OwnerOutcome | typeof lost): void {
    const isFull = this.#recent.size >= mostKept || this.#characters >= mostCharacters;
    if (isFull || this.#now() - this.#begunAt >= keptMs) {
      this.#older = this.#recent;
      this.#recent = new Map();
      this.#characters = 0;
      this.#begunAt = this.#now();
    }
    this.#recent.set(id, outcome);
    if (outcome !== lost) this.#characters += charactersOf(outcome);
  }
}

/** The characters of the document in an answer, if it has one: nothing else of it is large. */
function charactersOf(outcome: OwnerOutcome): number {
  if (outcome.type !== "done" || typeof outcome.answered !== "object") return 0;
  const { answered } = outcome;
  if ("taskInput" in answered) return answered.taskInput?.text.length ?? 0;
  return "taskToken" in answered ? answered.input.text.length : 0;
}

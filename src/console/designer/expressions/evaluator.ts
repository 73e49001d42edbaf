import { Worker } from "node:worker_threads";
import { isJsonObject } from "../../../expression/json.ts";
import { errors } from "../../../service/errors/errors.ts";
import type { FieldResult } from "../../view-types.ts";
import { askThread } from "../ask-thread.ts";
import type { ThreadAnswer, ThreadQuestion } from "./evaluation-thread.ts";
import type { EvaluationPlace } from "./evaluations.ts";

export interface EvaluatorOptions {
  /** How long a request may take in all; then its thread is ended. */
  readonly longestMs?: number;
  /** How long the thread is kept that nobody asks. */
  readonly idleMs?: number;
}

/** Our choices. What takes so long is bounded in steps, but the steps of many expressions in one field add up. */
const usual = { longestMs: 3_000, idleMs: 60_000 } as const;

/** Requests that wait for those before them. Our choice: somebody types faster than all of their fields can be evaluated. */
const mostWaiting = 50;

/** Our choice: megabytes that values may take. */
const mostMegabytes = 512;

/**
 * Evaluates fields on a thread of its own, one request after the other: whatever an expression does, the server goes on. The
 * thread is begun with the first request, ended with one that takes too long, and begun anew with the next.
 */
export class Evaluator {
  readonly #options: Required<EvaluatorOptions>;
  #thread: Thread | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #idle: NodeJS.Timeout | undefined;

  constructor(options: EvaluatorOptions = {}) {
    this.#options = { ...usual, ...options };
  }

  /** Each field's value or error; `signal`: nobody waits any more. */
  async evaluate(
    asked: unknown,
    place: EvaluationPlace,
    signal?: AbortSignal,
  ): Promise<readonly FieldResult[]> {
    if (this.#waiting >= mostWaiting) return withMissing(asked, [], undefined);
    this.#waiting++;
    const results = this.#last.then(() =>
      signal?.aborted === true ? [] : this.#run(asked, place),
    );
    this.#last = results.catch(() => {});
    try {
      return await results;
    } finally {
      this.#waiting--;
    }
  }

  close(): void {
    clearTimeout(this.#idle);
    void this.#thread?.worker.terminate();
    this.#thread = undefined;
  }

  async #run(asked: unknown, place: EvaluationPlace): Promise<readonly FieldResult[]> {
    clearTimeout(this.#idle);
    const { worker, ready } = (this.#thread ??= beginThread());
    // A process may end while the thread has nothing to do.
    worker.ref();
    // Only what the fields take counts.
    await ready;
    const results: FieldResult[] = [];
    const { promise, resolve, reject } = Promise.withResolvers<readonly FieldResult[]>();
    /** The thread is no good any more: what it was at is what was too much. */
    const giveUp = (message: string) => {
      this.close();
      resolve(withMissing(asked, results, message));
    };
    const { longestMs, idleMs } = this.#options;
    const overdue = setTimeout(() => giveUp(`It takes more than ${longestMs} ms`), longestMs);
    const heard = (answer: ThreadAnswer): void => {
      if (answer.type === "result") results.push(answer.result);
      else if (answer.type === "done") resolve(results);
      else if (answer.type === "refused") reject(errors.validation(answer.message));
      else if (answer.type === "failed") reject(new Error(answer.message));
    };
    const broken = (error: Error): void => giveUp(error.message);
    const ended = (): void => giveUp("The thread has ended");
    worker.on("message", heard).on("error", broken).on("exit", ended);
    try {
      askThread(worker, { asked, place } satisfies ThreadQuestion);
      return await promise;
    } finally {
      clearTimeout(overdue);
      worker.off("message", heard).off("error", broken).off("exit", ended);
      worker.unref();
      this.#idle = setTimeout(() => this.close(), idleMs).unref();
    }
  }
}

interface Thread {
  readonly worker: Worker;
  /** It has loaded what it needs, or has failed to, which is found when it is asked. */
  readonly ready: Promise<void>;
}

function beginThread(): Thread {
  // The same folder holds this file and the thread's: as TypeScript in a checkout, compiled in a package.
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  const worker = new Worker(new URL(`./evaluation-thread.${extension}`, import.meta.url), {
    name: "console-expressions",
    resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
  });
  const ready = new Promise<void>((resolve) => {
    worker.once("message", () => resolve());
    worker.once("exit", () => resolve());
    // Stays: what a thread says that has been given up is of no interest, and would end the process.
    worker.on("error", () => resolve());
  });
  return { worker, ready };
}

/** The results with an answer for each field that has none: the first was too much, if any was, and the others were not begun. */
function withMissing(
  asked: unknown,
  results: readonly FieldResult[],
  message: string | undefined,
): readonly FieldResult[] {
  const fields: unknown = isJsonObject(asked) ? asked["fields"] : undefined;
  const left = (Array.isArray(fields) ? fields : []).slice(results.length);
  const answers = left.map((field: unknown, index): FieldResult => {
    const id = isJsonObject(field) && typeof field["id"] === "string" ? field["id"] : "";
    return index === 0 && message !== undefined
      ? { id, error: { code: "tooLong", message } }
      : { id, isSkipped: true };
  });
  return [...results, ...answers];
}

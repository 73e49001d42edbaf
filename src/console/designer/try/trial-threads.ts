import type { Worker } from "node:worker_threads";
import { ApiError } from "../../../service/errors/api-error.ts";
import type { Bound } from "../../../simulate/simulation/bounds.ts";
import type { SimulationHost } from "../../../simulate/simulation/simulate.ts";
import { askThread } from "../ask-thread.ts";
import type { RunSimulation } from "./run-cases.ts";
import { performTrial, type Trial, type TrialView } from "./trial.ts";

/** What a thread is asked. */
export interface TrialQuestion {
  readonly trial: Trial;
  readonly place: TrialPlace;
}

/** Where the executions would be. */
export type TrialPlace = Pick<SimulationHost, "region" | "accountId">;

/** What a thread says: what the trial came to, or why it could not be. */
export type TrialAnswer =
  | { readonly type: "done"; readonly view: TrialView<Trial> }
  | { readonly type: "refused"; readonly error: RefusalData }
  | { readonly type: "failed"; readonly message: string };

/** An error of the API as data. */
export type RefusalData = Pick<ApiError, "code" | "message" | "extra" | "statusCode">;

export interface TrialThreadsOptions {
  /** How long a trial may take; then its thread is ended. */
  readonly longestMs?: { readonly [K in Trial["kind"]]: number };
  /** How long a thread is kept that has nothing to do. */
  readonly idleMs?: number;
}

/**
 * Our choices: more than what a simulation, and all cases, may take by their own bounds, which are looked at between turns and not
 * within one.
 */
const usual = { longestMs: { simulation: 15_000, cases: 75_000 }, idleMs: 60_000 } as const;

/**
 * Tries definitions on threads of their own: whatever a definition computes, the server goes on. There are as many threads as trials
 * at a time; one that takes too long, or too much memory, is ended, and its trial is told as one that this bound has stopped.
 */
export class TrialThreads {
  readonly #begin: () => Worker;
  readonly #options: Required<TrialThreadsOptions>;
  /** Threads that have nothing to do, each with the timer that ends it. */
  readonly #idle = new Map<Worker, NodeJS.Timeout>();

  constructor(begin: () => Worker, options: TrialThreadsOptions = {}) {
    this.#begin = begin;
    this.#options = { ...usual, ...options };
  }

  async perform<T extends Trial>(
    trial: T,
    place: TrialPlace,
    signal?: AbortSignal,
  ): Promise<TrialView<T>> {
    signal?.throwIfAborted();
    const worker = this.#take();
    const { promise, resolve, reject } = Promise.withResolvers<TrialView<T>>();
    const heard = (answer: TrialAnswer): void => {
      this.#keep(worker);
      if (answer.type === "done") resolve(answer.view as TrialView<T>);
      else reject(errorOf(answer));
    };
    const giveUp = (reason: unknown): void => {
      void worker.terminate();
      reject(reason);
    };
    const stop = (bound: Bound): void => {
      void worker.terminate();
      resolve(performTrial(trial, stoppedBy(bound)));
    };
    const overdue = setTimeout(() => stop("time"), this.#options.longestMs[trial.kind]);
    const aborted = (): void => giveUp(signal?.reason);
    const broken = (error: NodeJS.ErrnoException): void =>
      error.code === "ERR_WORKER_OUT_OF_MEMORY" ? stop("data") : giveUp(error);
    const ended = (): void => giveUp(new Error("The thread of a simulation has ended"));
    worker.on("message", heard).on("error", broken).on("exit", ended);
    signal?.addEventListener("abort", aborted);
    try {
      this.#ask(worker, { trial, place });
      return await promise;
    } finally {
      clearTimeout(overdue);
      signal?.removeEventListener("abort", aborted);
      worker.off("message", heard).off("error", broken).off("exit", ended);
    }
  }

  #ask(worker: Worker, question: TrialQuestion): void {
    try {
      askThread(worker, question);
    } catch (error) {
      // It has nothing to do.
      this.#keep(worker);
      throw error;
    }
  }

  close(): void {
    for (const worker of this.#idle.keys()) this.#end(worker);
  }

  #take(): Worker {
    const [worker] = this.#idle.keys();
    if (worker === undefined) return this.#begun();
    clearTimeout(this.#idle.get(worker));
    this.#idle.delete(worker);
    worker.ref();
    return worker;
  }

  #begun(): Worker {
    const worker = this.#begin();
    // What a thread says that has been given up is of no interest, and would end the process.
    worker.on("error", () => {});
    worker.once("exit", () => this.#end(worker));
    return worker;
  }

  #keep(worker: Worker): void {
    // A process may end while the thread has nothing to do.
    worker.unref();
    this.#idle.set(worker, setTimeout(() => this.#end(worker), this.#options.idleMs).unref());
  }

  #end(worker: Worker): void {
    clearTimeout(this.#idle.get(worker));
    this.#idle.delete(worker);
    void worker.terminate();
  }
}

function errorOf(answer: Exclude<TrialAnswer, { readonly type: "done" }>): Error {
  if (answer.type === "failed") return new Error(answer.message);
  const { code, message, extra, statusCode } = answer.error;
  return new ApiError(code, message, extra, statusCode);
}

/** As the bounds say it of a simulation that has nothing to show yet. */
function stoppedBy(stopped: Bound): RunSimulation {
  const nothing = { executionArn: "", events: [], used: [], assumed: [], skippedMs: 0 };
  return async () => ({ stopped, ...nothing });
}

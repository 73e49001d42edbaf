import { shownFailure } from "../../machine/shown-failure.ts";
import type { ExecutionSnapshot } from "../../machine/snapshot.ts";
import type { ExecutionRecord } from "../../ports/store.ts";
import type { DescribedExecution } from "../engine.ts";

/** Ends that are kept for whoever asks right after, as most clients do: the newest this many, and up to as many again. */
const endsKept = 1_000;
/** Executions with larger documents are read from the store instead. */
const largestKept = 4_096;

/** Who waits for which execution's end, and the newest ends themselves. */
export class ClosedExecutions {
  readonly #waiters = new Map<string, Set<() => void>>();
  /** Those who started an execution and get its end as the answer: nobody else asks for it. */
  readonly #starters = new Map<string, PromiseWithResolvers<ExecutionSnapshot>>();
  // Two generations: the older one goes as a whole, which costs nothing. Taking the oldest out of one Map means to pass
  // over the places of all that were taken out before.
  #recent = new Map<string, DescribedExecution>();
  #older = new Map<string, DescribedExecution>();

  /** The end of an execution is durable. `mayKeep`: whoever asks for it may be answered without the store. */
  add(record: ExecutionRecord, snapshot: ExecutionSnapshot, mayKeep = true): void {
    const { executionArn } = record;
    const starter = this.#starters.get(executionArn);
    if (starter !== undefined) {
      this.#starters.delete(executionArn);
      starter.resolve(snapshot);
      return;
    }
    const { status, stoppedAt, redriveCount, countedFrom, input, output, cause } = snapshot;
    const length = input.text.length + (output?.text.length ?? 0) + (cause?.length ?? 0);
    if (mayKeep && length <= largestKept) {
      if (this.#recent.size >= endsKept) {
        this.#older = this.#recent;
        this.#recent = new Map();
      }
      this.#recent.set(executionArn, {
        record: {
          ...record,
          status,
          stopDate: stoppedAt,
          ...(redriveCount === 0 ? {} : { redriveCount, redriveDate: countedFrom }),
        },
        input,
        ...(output === undefined ? {} : { output }),
        ...shownFailure(snapshot),
      });
    }
    const waiters = this.#waiters.get(executionArn);
    if (waiters === undefined) return;
    this.#waiters.delete(executionArn);
    for (const wake of waiters) wake();
  }

  /** It runs again. */
  forget(executionArn: string): void {
    this.#recent.delete(executionArn);
    this.#older.delete(executionArn);
  }

  recent(executionArn: string): DescribedExecution | undefined {
    return this.#recent.get(executionArn) ?? this.#older.get(executionArn);
  }

  /** Resolves with the end of an execution that has not been started yet and that is nobody else's: it is not kept. */
  next(executionArn: string): Promise<ExecutionSnapshot> {
    const starter = Promise.withResolvers<ExecutionSnapshot>();
    this.#starters.set(executionArn, starter);
    return starter.promise;
  }

  /** The execution of a starter will have no end. */
  abandon(executionArn: string, reason: Error): void {
    this.#starters.get(executionArn)?.reject(reason);
    this.#starters.delete(executionArn);
  }

  /** No end comes by here any more: whoever waits is to look elsewhere. */
  close(reason: Error): void {
    for (const executionArn of this.#starters.keys()) this.abandon(executionArn, reason);
    for (const waiters of this.#waiters.values()) for (const wake of waiters) wake();
    this.#waiters.clear();
    this.#recent.clear();
    this.#older.clear();
  }

  /** Resolves at the execution's end, after `timeoutMs`, when `signal` is aborted, or on `cancel`. */
  wait(
    executionArn: string,
    timeoutMs: number,
    signal: AbortSignal,
  ): { readonly promise: Promise<void>; readonly cancel: () => void } {
    let cancel = (): void => {};
    const promise = new Promise<void>((resolve) => {
      const timer = setTimeout(() => cancel(), timeoutMs);
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener("abort", cancel);
        resolve();
      };
      cancel = () => {
        const waiters = this.#waiters.get(executionArn);
        waiters?.delete(wake);
        if (waiters?.size === 0) this.#waiters.delete(executionArn);
        wake();
      };
      this.#add(executionArn, wake);
      if (signal.aborted) cancel();
      else signal.addEventListener("abort", cancel);
    });
    return { promise, cancel };
  }

  #add(executionArn: string, wake: () => void): void {
    const waiters = this.#waiters.get(executionArn);
    if (waiters === undefined) this.#waiters.set(executionArn, new Set([wake]));
    else waiters.add(wake);
  }
}

import { shownFailure } from "../machine/shown-failure.ts";
import type { ExecutionSnapshot } from "../machine/snapshot.ts";
import type { ExecutionRecord } from "../ports/store.ts";
import type { DescribedExecution } from "./engine.ts";

/** Ends that are kept for whoever asks right after: most clients describe an execution once it is closed. */
const endsKept = 2_000;
/** Executions with larger documents are read from the store instead. */
const largestKept = 4_096;

/** Who waits for which execution's end, and the newest ends themselves. */
export class ClosedExecutions {
  readonly #waiters = new Map<string, Set<(snapshot: ExecutionSnapshot | undefined) => void>>();
  readonly #recent = new Map<string, DescribedExecution>();

  /** The end of an execution is durable. */
  add(record: ExecutionRecord, snapshot: ExecutionSnapshot): void {
    const { executionArn } = record;
    const { status, stoppedAt, redriveCount, countedFrom, input, output, cause } = snapshot;
    if (input.text.length + (output?.text.length ?? 0) + (cause?.length ?? 0) <= largestKept) {
      if (this.#recent.size >= endsKept) {
        const [oldest] = this.#recent.keys();
        this.#recent.delete(oldest as string);
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
    for (const wake of waiters) wake(snapshot);
  }

  /** It runs again. */
  forget(executionArn: string): void {
    this.#recent.delete(executionArn);
  }

  recent(executionArn: string): DescribedExecution | undefined {
    return this.#recent.get(executionArn);
  }

  /** Resolves with the end of an execution that has not been started yet. */
  async next(executionArn: string): Promise<ExecutionSnapshot> {
    return new Promise((resolve) => {
      this.#add(executionArn, (snapshot) => resolve(snapshot as ExecutionSnapshot));
    });
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

  #add(executionArn: string, wake: (snapshot: ExecutionSnapshot | undefined) => void): void {
    const waiters = this.#waiters.get(executionArn);
    if (waiters === undefined) this.#waiters.set(executionArn, new Set([wake]));
    else waiters.add(wake);
  }
}

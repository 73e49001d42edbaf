import type { StoreFailure, Store } from "../../ports/store.ts";

/** Methods of the port as a thread performs them: the same, without promises. */
export type Sync<S> = {
  readonly [M in keyof S]: S[M] extends (...parameters: infer P) => Promise<infer R>
    ? (...parameters: P) => R
    : never;
};

/** The methods that the reading thread performs. The writing thread has the others. */
export type ReadMethod =
  | "execution"
  | "executions"
  | "openExecutions"
  | "journal"
  | "journals"
  | "resident"
  | "due"
  | "nextWake"
  | "activityTasks"
  | "messages"
  | "stateMachine"
  | "stateMachines"
  | "revision"
  | "version"
  | "versions"
  | "aliases"
  | "note"
  | "document"
  | "documents"
  | "activity"
  | "activities"
  | "mapRun"
  | "mapRuns"
  | "runningMapRuns"
  | "mapRunChildren"
  | "secret";

export type Reads = Sync<Pick<Store, ReadMethod>>;
export type Writes = Sync<Required<Omit<Store, ReadMethod | "partitions" | "close">>>;

/** How each thread ends: after a failure (`clean` is false) it touches the disk as little as it can. */
export interface Ending {
  close(clean: boolean): void;
}

/** What a thread is told when it is made. */
export interface ThreadOptions {
  readonly role: "writer" | "reader";
  readonly dataDir: string;
  readonly maxBytes?: number;
}

/** A call of a method; several made in one turn of the event loop travel together. */
export type Call = readonly [id: number, method: string, parameters: readonly unknown[]];

export type Reply =
  | readonly [id: number, result: unknown]
  | readonly [id: number, result: undefined, error: ThreadError];

/** An error on its way between threads. */
export interface ThreadError {
  readonly kind?: StoreFailure["kind"];
  readonly message: string;
  readonly stack?: string;
}

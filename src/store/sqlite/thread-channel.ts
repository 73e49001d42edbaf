import { Worker } from "node:worker_threads";
import { StoreFailure } from "../../ports/store.ts";
import type { Call, Reply, ThreadError, ThreadOptions } from "./protocol.ts";

/** Methods that a thread performs, called from another. */
export interface ThreadChannel {
  call(method: string, parameters: readonly unknown[]): Promise<unknown>;
  /** Refuses calls from now on, performs `close` there after `other`, and resolves when the thread has ended. */
  close(other?: Promise<void>): Promise<void>;
}

/** Starts a thread and resolves when it is ready; rejects with the reason why it cannot be. */
export async function openThread(options: ThreadOptions): Promise<ThreadChannel> {
  // The same folder holds this file and the thread's: as TypeScript in a checkout, compiled in a package.
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  const worker = new Worker(new URL(`./thread.${extension}`, import.meta.url), {
    workerData: options,
    name: `store-${options.role}`,
    // `node:sqlite` warns that it is new, once for each thread.
    execArgv: ["--disable-warning=ExperimentalWarning"],
    // What a thread handles is short-lived and small: with V8's usual 48 MiB it is no faster, only larger.
    resourceLimits: { maxYoungGenerationSizeMb: 4 },
  });
  const ended = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let lastId = 0;
  let unsent: Call[] = [];
  let failure: StoreFailure | undefined;

  function expect(id: number): Promise<unknown> {
    const answer = Promise.withResolvers<unknown>();
    waiting.set(id, answer);
    return answer.promise;
  }

  function send(): void {
    const calls = unsent;
    unsent = [];
    worker.postMessage(calls);
  }

  function fail(reason: StoreFailure): void {
    failure ??= reason;
    for (const answer of waiting.values()) answer.reject(reason);
    waiting.clear();
  }

  worker.on("message", (replies: readonly Reply[]) => {
    for (const [id, result, error] of replies) {
      const answer = waiting.get(id);
      waiting.delete(id);
      if (error === undefined) answer?.resolve(result);
      else answer?.reject(errorOf(error));
    }
  });
  worker.on("error", (cause) => {
    fail(new StoreFailure("fatal", "A thread of the store has crashed.", { cause }));
  });
  void ended.then(() => fail(closed()));

  function request(method: string, parameters: readonly unknown[]): Promise<unknown> {
    lastId += 1;
    // Calls made in one turn of the event loop travel as one message.
    if (unsent.length === 0) queueMicrotask(send);
    unsent.push([lastId, method, parameters]);
    return expect(lastId);
  }

  async function end(): Promise<void> {
    await worker.terminate();
    await ended;
  }

  try {
    await expect(0);
  } catch (error) {
    // Only then is the data directory free again.
    await end();
    throw error;
  }
  return {
    async call(method, parameters) {
      if (failure !== undefined) throw failure;
      return request(method, parameters);
    },
    async close(other) {
      const crashed = failure !== undefined;
      failure ??= closed();
      await other?.catch(() => undefined);
      try {
        if (!crashed) await request("close", []);
      } finally {
        await end();
      }
    },
  };
}

function closed(): StoreFailure {
  return new StoreFailure("unavailable", "The store is closed.");
}

function errorOf({ kind, message, stack }: ThreadError): Error {
  const error = kind === undefined ? new Error(message) : new StoreFailure(kind, message);
  if (stack !== undefined) error.stack = stack;
  return error;
}

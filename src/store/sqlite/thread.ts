import { parentPort, workerData } from "node:worker_threads";
import { StoreFailure } from "../../ports/store.ts";
import type { Call, Reply, ThreadError, ThreadOptions } from "./protocol.ts";
import { openReading } from "./reading-thread.ts";
import { failureOf } from "./sqlite-failure.ts";
import { openWriting } from "./writing-thread.ts";

/** Calls that take longer than this are answered without waiting for those that came with them. */
const answerWithinMs = 1;

type Method = (...parameters: readonly unknown[]) => unknown;

/** The whole of a thread: opens its connection, then performs calls one after the other. */
function serve(options: ThreadOptions): void {
  // The reader opens with its first call, so that its thread gets ready while the writer's makes the database.
  let connection = options.role === "writer" ? open(options) : undefined;
  /** After it, what the disk holds or takes is in doubt: nothing more is tried. */
  let failure: StoreFailure | undefined;

  function guard<T>(work: () => T): T {
    if (failure !== undefined) throw failure;
    try {
      return work();
    } catch (error) {
      const meaning = failureOf(error, options.dataDir);
      if (
        meaning instanceof StoreFailure &&
        (meaning.kind === "full" || meaning.kind === "fatal")
      ) {
        failure = meaning;
      }
      throw meaning;
    }
  }

  function perform(name: string, parameters: readonly unknown[]): unknown {
    if (name === "close") {
      const closing = connection;
      connection = undefined;
      try {
        return closing?.methods["close"]?.(failure === undefined);
      } catch (error) {
        throw failureOf(error, options.dataDir);
      }
    }
    return guard(() => {
      connection ??= open(options);
      const method = connection.methods[name];
      if (method === undefined) throw new Error(`the store has no method ${name}`);
      return method(...parameters);
    });
  }

  parentPort?.on("message", (calls: readonly Call[]) => {
    let replies: Reply[] = [];
    let since = performance.now();
    for (const [id, name, parameters] of calls) {
      try {
        replies.push([id, perform(name, parameters)]);
      } catch (error) {
        replies.push([id, undefined, threadError(error)]);
      }
      if (performance.now() - since < answerWithinMs) continue;
      parentPort?.postMessage(replies);
      replies = [];
      since = performance.now();
    }
    if (replies.length > 0) parentPort?.postMessage(replies);
    try {
      guard(() => connection?.afterwards());
    } catch (error) {
      // Kept in `failure`: the next call is answered with it.
      if (!(error instanceof StoreFailure)) throw error;
    }
  });
}

function open(options: ThreadOptions): {
  readonly methods: { readonly [name: string]: Method | undefined };
  afterwards(): void;
} {
  if (options.role === "reader") {
    return { methods: methodsOf(openReading(options)), afterwards: () => undefined };
  }
  const writing = openWriting(options);
  return { methods: methodsOf(writing.calls), afterwards: () => writing.afterwards() };
}

/** The calls as the channel sees them: names and parameters are checked where they are sent. */
function methodsOf(calls: object): { readonly [name: string]: Method | undefined } {
  return Object.assign(Object.create(null), calls) as { [name: string]: Method };
}

function threadError(error: unknown): ThreadError {
  if (!(error instanceof Error)) return { message: String(error) };
  const { message, stack = message } = error;
  return error instanceof StoreFailure ? { kind: error.kind, message, stack } : { message, stack };
}

const options = workerData as ThreadOptions;
try {
  serve(options);
  parentPort?.postMessage([[0, undefined]] satisfies Reply[]);
} catch (error) {
  const meaning = threadError(failureOf(error, options.dataDir));
  parentPort?.postMessage([[0, undefined, meaning]] satisfies Reply[]);
  parentPort?.close();
}

/**
 * Runs one function of Lambda's Node runtime in a process of its own. Standalone: it imports nothing of the engine.
 *
 * Arguments: the module's path and the export's name. Events come as lines on descriptor 3; answers go out as lines on
 * descriptor 4, written at once and before the next event starts, so that after a crash the engine knows exactly which
 * event was running. `environment.ts` is the other end.
 */
import { writeSync } from "node:fs";
import { Socket } from "node:net";
import { pathToFileURL } from "node:url";
import { types } from "node:util";
import { noteResponseUrls } from "./custom-resource-answers.ts";

type Callback = (error?: unknown, result?: unknown) => void;
type Handler = (event: unknown, context: object, callback: Callback) => unknown;
interface EventLine {
  /** Request id. */
  readonly r: string;
  /** Milliseconds that the call may take. */
  readonly t: number;
  /** ARN that was invoked. */
  readonly a: string;
  /** Client context. */
  readonly c?: unknown;
  /** The trace in X-Ray's form, and in W3C's. */
  readonly x?: string;
  readonly w?: string;
  /** The event. */
  readonly e: unknown;
}

const input = 3;
const output = 4;
const [modulePath = "", exportName = ""] = process.argv.slice(2);

// Read once: each look into the environment is a call out of JavaScript.
const functionVersion = process.env["AWS_LAMBDA_FUNCTION_VERSION"];
const functionName = process.env["AWS_LAMBDA_FUNCTION_NAME"];
const memoryLimitInMB = process.env["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"];
const logGroupName = process.env["AWS_LAMBDA_LOG_GROUP_NAME"];
const logStreamName = process.env["AWS_LAMBDA_LOG_STREAM_NAME"];

const queue: string[] = [];
let running = false;
/** The call that runs, or ran last. */
let current = "";
/** Answers the call that is running: `+` with its result, `-` with the error document. */
let answer: ((kind: "+" | "-", document: string) => void) | undefined;
/** Answers the call that is running with null: nothing is left that could ever answer it. As on Lambda. */
let giveUp: (() => void) | undefined;

/**
 * What is printed is read apart from the answers, and calls follow each other without the engine: what a call prints first
 * is preceded by a mark with its id, and followed by one with none (`marked-output.ts`).
 */
const nobody = "00000000-0000-0000-0000-000000000000";
const unmarkers = [process.stdout, process.stderr].map((stream) => {
  const print = stream.write.bind(stream) as (text: string) => boolean;
  let marked = "";
  const mark = (id: string): void => {
    marked = id;
    print(`\0${id}\0`);
  };
  stream.write = ((...given: [string]) => {
    if (current !== marked && current !== "") mark(current);
    return print(...given);
  }) as typeof stream.write;
  return () => {
    if (marked !== "" && marked !== nobody) mark(nobody);
  };
});

function write(line: string): void {
  let rest = Buffer.from(`${line}\n`);
  while (rest.length > 0) rest = rest.subarray(writeSync(output, rest));
}

/** *Observed*: the error document of Lambda's Node runtime, members in this order. */
function errorDocument(error: unknown): string {
  if (types.isNativeError(error)) {
    return JSON.stringify({
      errorType: error.name,
      errorMessage: error.message,
      trace: (error.stack ?? "").split("\n"),
    });
  }
  return JSON.stringify({ errorType: typeof error, errorMessage: String(error), trace: [] });
}

function initError(errorType: string, error: unknown): never {
  const message = types.isNativeError(error) ? `${error.name}: ${error.message}` : String(error);
  const trace = types.isNativeError(error) ? (error.stack ?? "").split("\n") : [];
  write(`!${JSON.stringify({ errorType, errorMessage: message, trace })}`);
  process.exit(1);
}

async function loadHandler(): Promise<Handler> {
  let module: Record<string, unknown>;
  try {
    module = (await import(pathToFileURL(modulePath).href)) as Record<string, unknown>;
  } catch (error) {
    const missing =
      types.isNativeError(error) && /MODULE_NOT_FOUND/.test(String(Reflect.get(error, "code")));
    const syntax = error instanceof SyntaxError;
    return initError(
      missing
        ? "Runtime.ImportModuleError"
        : syntax
          ? "Runtime.UserCodeSyntaxError"
          : "Runtime.ImportModuleError",
      error,
    );
  }
  // A CommonJS module that sets its exports in a way that Node cannot see has them in `default` only.
  const found = member(module, exportName) ?? member(module["default"], exportName);
  if (typeof found !== "function") {
    const name = `${modulePath.replace(/^.*\//, "").replace(/\.[^.]*$/, "")}.${exportName}`;
    write(
      `!${JSON.stringify({ errorType: "Runtime.HandlerNotFound", errorMessage: `${name} is undefined or not exported`, trace: [] })}`,
    );
    process.exit(1);
  }
  return found as Handler;
}

function member(holder: unknown, path: string): unknown {
  let value = holder;
  for (const name of path.split(".")) {
    if ((typeof value !== "object" && typeof value !== "function") || value === null)
      return undefined;
    value = Reflect.get(value, name);
  }
  return value;
}

function context(line: EventLine, callback: Callback, usesCallback: () => void): object {
  const deadline = Date.now() + line.t;
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionVersion,
    functionName,
    memoryLimitInMB,
    logGroupName,
    logStreamName,
    clientContext: line.c,
    identity: undefined,
    invokedFunctionArn: line.a,
    awsRequestId: line.r,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    // The oldest style; reading one of them says that the answer will come this way.
    get done() {
      usesCallback();
      return callback;
    },
    get succeed() {
      usesCallback();
      return (result: unknown) => callback(null, result);
    },
    get fail() {
      usesCallback();
      return (error: unknown) => callback(error ?? new Error("handled"));
    },
  };
}

/** The trace that the process's environment names. */
let traced: string | undefined;

/**
 * *Documented*: `_X_AMZN_TRACE_ID` is set for each call. *Our choice*: W3C's form beside it, by the name that OpenTelemetry has for
 * environments. Written where it changes, because each write is a call out of JavaScript.
 */
function setTrace({ x, w }: EventLine): void {
  if (x === traced) return;
  traced = x;
  if (x === undefined || w === undefined) {
    delete process.env["_X_AMZN_TRACE_ID"];
    delete process.env["TRACEPARENT"];
  } else {
    process.env["_X_AMZN_TRACE_ID"] = x;
    process.env["TRACEPARENT"] = w;
  }
}

/**
 * Calls the handler and writes its answer. *Documented*: a promise settles the call; a handler without one answers
 * through its callback. *Our choice*: a handler that declares no callback and returns a plain value has answered with it.
 */
function invoke(handler: Handler, text: string): Promise<void> {
  return new Promise((done) => {
    const began = performance.now();
    const line = JSON.parse(text) as EventLine;
    noteResponseUrls(text);
    current = line.r;
    setTrace(line);
    answer = (kind, document) => {
      answer = undefined;
      for (const unmark of unmarkers) unmark();
      // How long it ran, in microseconds, tells the engine how many events to hand over at a time.
      write(`${kind}${Math.round((performance.now() - began) * 1000)} ${document}`);
      done();
    };
    const settle = answer;
    giveUp = () => succeed(null);
    let settled = false;
    keepAlive.unref();
    const finish = (kind: "+" | "-", document: () => string): void => {
      if (settled) return;
      settled = true;
      keepAlive.ref();
      let serialized: string;
      try {
        serialized = document();
      } catch {
        settle("-", errorDocument(new Error("Unable to stringify response body")));
        return;
      }
      settle(kind, serialized);
    };
    const succeed = (result: unknown): void => finish("+", () => JSON.stringify(result) ?? "null");
    const fail = (error: unknown): void => finish("-", () => errorDocument(error));
    const callback: Callback = (error, result) =>
      error === undefined || error === null ? succeed(result) : fail(error);
    let callbackStyle = handler.length >= 3;
    try {
      const result = handler(
        line.e,
        context(line, callback, () => (callbackStyle = true)),
        callback,
      );
      if (
        typeof result === "object" &&
        result !== null &&
        typeof Reflect.get(result, "then") === "function"
      ) {
        (result as PromiseLike<unknown>).then(succeed, fail);
      } else if (!callbackStyle) succeed(result);
    } catch (error) {
      fail(error);
    }
  });
}

const handler = await loadHandler();
const socket = new Socket({ fd: input, readable: true, writable: false });
// Holds the process while no call is running; during a call only what the handler started does.
socket.unref();
const keepAlive = setInterval(() => {}, 2 ** 30);

async function drain(): Promise<void> {
  running = true;
  for (let line = queue.shift(); line !== undefined; line = queue.shift()) {
    await invoke(handler, line);
  }
  running = false;
}

process.on("beforeExit", () => giveUp?.());
let rest = "";
socket.setEncoding("utf8");
socket.on("data", (chunk: string) => {
  const lines = (rest + chunk).split("\n");
  rest = lines.pop() ?? "";
  for (const line of lines) {
    // The engine asks back what has not started: it may run elsewhere.
    if (line === "?") write(`?${queue.splice(0).length}`);
    else queue.push(line);
  }
  if (!running) void drain();
});
socket.on("close", () => process.exit(0));

process.on("uncaughtException", (error) => {
  console.error(error);
  answer?.("-", errorDocument(error));
  process.exit(129);
});
process.on("unhandledRejection", (reason) => {
  console.error(reason);
  const trace = types.isNativeError(reason) ? (reason.stack ?? "").split("\n") : [];
  const errorType = "Runtime.UnhandledPromiseRejection";
  answer?.("-", JSON.stringify({ errorType, errorMessage: String(reason), trace }));
  process.exit(128);
});
write("*");

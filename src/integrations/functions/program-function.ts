import { spawn } from "node:child_process";
import { killGroup } from "./environment.ts";
import { exited, notStarted, returned, stopped, timedOut } from "./error-document.ts";
import {
  type FunctionLogSink,
  type Invocation,
  type InvocationOutcome,
  type LocalFunction,
  maxResponseBytes,
} from "./invocation.ts";
import { asJson, jsonObject } from "./json-text.ts";

export interface ProgramOptions {
  readonly functionName: string;
  readonly command: readonly string[];
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly timeoutSeconds: number;
  readonly maxConcurrency: number;
  readonly printed: FunctionLogSink;
}

/** Our choice: how much of stderr goes into the error of a program that failed. */
const traceCharacters = 4_096;

/**
 * A program as a function: the event on stdin, the result on stdout, its log on stderr; a process for each call. A result
 * that is not JSON is taken as a string. An exit status other than 0 fails the call, with the error document that the
 * program printed if it is one. *Our choice* throughout: Lambda has no such runtime.
 */
export function createProgramFunction(options: ProgramOptions): LocalFunction {
  const waiting: (() => void)[] = [];
  const kills = new Set<() => void>();
  let running = 0;

  async function invoke(invocation: Invocation): Promise<InvocationOutcome> {
    if (running >= options.maxConcurrency)
      await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return invocation.signal.aborted ? stopped(invocation.requestId) : await run(invocation);
    } finally {
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  }

  function run(invocation: Invocation): Promise<InvocationOutcome> {
    const { requestId, signal, trace } = invocation;
    return new Promise((resolve) => {
      const [command = "", ...args] = options.command;
      const child = spawn(command, args, {
        cwd: options.folder,
        env: {
          ...options.environment,
          AWS_REQUEST_ID: requestId,
          ...(trace && { _X_AMZN_TRACE_ID: trace.traceHeader, TRACEPARENT: trace.traceparent }),
        },
        stdio: ["pipe", "pipe", "pipe"],
        detached: true,
      });
      let stdout = "";
      let stderr = "";
      let verdict: InvocationOutcome | undefined;
      const kill = (outcome: InvocationOutcome): void => {
        verdict ??= outcome;
        killGroup(child);
      };
      const onAbort = (): void => kill(stopped(requestId));
      const onClose = (): void => kill(stopped(requestId));
      const timer = setTimeout(
        () => kill(timedOut(requestId, options.timeoutSeconds)),
        options.timeoutSeconds * 1000,
      );
      const finish = (outcome: InvocationOutcome): void => {
        clearTimeout(timer);
        signal.removeEventListener("abort", onAbort);
        kills.delete(onClose);
        resolve(invocation.tail ? { ...outcome, log: stderr.slice(-traceCharacters) } : outcome);
      };
      signal.addEventListener("abort", onAbort);
      kills.add(onClose);
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        stdout += text;
        if (stdout.length > maxResponseBytes) kill(returned(stdout));
      });
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        stderr = (stderr + text).slice(-traceCharacters);
        options.printed(options.functionName, "stderr", text, invocation.owner);
      });
      // A program need not read its event.
      child.stdin.on("error", () => {});
      child.stdin.end(invocation.event);
      child.on("error", (error) =>
        finish(notStarted(requestId, `${command} could not be started: ${error.message}`)),
      );
      child.on("close", (status, signalName) => {
        if (verdict !== undefined) finish(verdict);
        else if (status === 0) finish(returned(asJson(stdout)));
        else finish(failure(stdout, stderr, exited(requestId, status, signalName)));
      });
    });
  }

  return {
    invoke,
    get busy() {
      return running > 0;
    },
    retire() {},
    close() {
      for (const kill of kills) kill();
    },
  };
}

function failure(stdout: string, stderr: string, outcome: InvocationOutcome): InvocationOutcome {
  const own = jsonObject(stdout);
  if (own !== undefined && Object.hasOwn(own, "errorType"))
    return { type: "failed", document: stdout.trim() };
  if (outcome.type !== "failed" || stderr === "") return outcome;
  const document = jsonObject(outcome.document);
  return {
    type: "failed",
    document: JSON.stringify({ ...document, trace: stderr.trimEnd().split("\n") }),
  };
}

import { type ChildProcess, spawn } from "node:child_process";
import type { Socket } from "node:net";
import type { Writable } from "node:stream";
import { exited, notStarted, returned, stopped } from "./error-document.ts";
import type { Invocation, InvocationOutcome, InvocationOwner } from "./invocation.ts";
import { createLineBuffer } from "./line-buffer.ts";
import { MarkedOutput } from "./marked-output.ts";

/** How to start a process that serves a function's events. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  /** The function's folder: relative paths in its code work as they do on Lambda. */
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Most events to hand over before the first of them is answered; 1 where the runtime cannot give them back. */
  readonly maxWindow: number;
  /** What to tell the user if the command does not exist. */
  readonly missing: string;
}

/** A call that waits or runs. */
export interface Call {
  readonly invocation: Invocation;
  /** Only the first outcome counts. */
  readonly settle: (outcome: InvocationOutcome) => void;
  /** Nobody waits for it any more. */
  abandoned: boolean;
}

export interface EnvironmentListener {
  /** The first calls in flight were answered, after they ran for `ranMs` together, or the runtime is ready. */
  progressed(environment: Environment, answered: number, ranMs: number): void;
  /** The process has ended; the calls that it had not started. `initError` if it never became ready. */
  ended(
    environment: Environment,
    unstarted: readonly Call[],
    initError: InvocationOutcome | undefined,
  ): void;
  /** Calls that the process gave back without having started them, on `recall`; there may be none. */
  givenBack(environment: Environment, calls: readonly Call[]): void;
  /** `owner` is who called for it: absent where several calls were under way and the output does not say. */
  printed(stream: "stdout" | "stderr", text: string, owner: InvocationOwner | undefined): void;
}

/**
 * One process that runs a function's code: what Lambda calls an execution environment. It runs one event at a time, in
 * the order in which they were sent, and answers each before it starts the next, so the first call in flight is the
 * only one that can be running.
 */
export interface Environment {
  readonly inFlight: readonly Call[];
  readonly ready: boolean;
  /** When the first call in flight became the first, or the last one ended, or the process was started; `performance.now()`. */
  readonly since: number;
  /** Whether it was asked to give back what it has not started, and has not answered yet. */
  readonly recalling: boolean;
  send(calls: readonly Call[], timeoutMs: number): void;
  recall(): void;
  /** Kills the process; `outcome` answers the call that runs. */
  kill(outcome?: InvocationOutcome): void;
}

const tailBytes = 4096;
/** Calls that were answered and whose output may come after their answers: as many as a process is handed ahead, twice. */
const lateOwners = 128;

export function startEnvironment(launch: Launch, listener: EnvironmentListener): Environment {
  // A process group of its own: Ctrl-C in a terminal is for the engine, which lets running calls finish.
  const child = spawn(launch.command, [...launch.args], {
    cwd: launch.folder,
    env: launch.environment,
    stdio: ["ignore", "pipe", "pipe", "pipe", "pipe"],
    detached: true,
  });
  const events = child.stdio[3] as Writable;
  const answers = child.stdio[4] as Socket;
  const inFlight: Call[] = [];
  let ready = false;
  let since = performance.now();
  let recalling = false;
  let ended = false;
  let verdict: InvocationOutcome | undefined;
  let initError: InvocationOutcome | undefined;
  let tail = "";
  /** The call that was handed over alone: what comes without a mark is its. */
  let sole: InvocationOwner | undefined;
  const answeredOwners: (InvocationOwner | undefined)[] = [];
  const outputs = [outputOf("stdout"), outputOf("stderr")];
  let answered = 0;
  /** How long the calls ran that were answered, by the runtime's own clock. */
  let ranMs = 0;

  const environment: Environment = {
    inFlight,
    get ready() {
      return ready;
    },
    get since() {
      return since;
    },
    get recalling() {
      return recalling;
    },
    send(calls, timeoutMs) {
      if (inFlight.length === 0) {
        if (ready) since = performance.now();
        tail = "";
        for (const output of outputs) output.flush();
        sole = calls.length === 1 ? calls[0]?.invocation.owner : undefined;
      } else sole = undefined;
      let lines = "";
      for (const call of calls) {
        inFlight.push(call);
        lines += eventLine(call.invocation, timeoutMs);
      }
      events.write(lines);
    },
    recall() {
      recalling = true;
      events.write("?\n");
    },
    kill(outcome) {
      verdict ??= outcome;
      killGroup(child);
    },
  };

  function receive(line: string): void {
    const kind = line.charCodeAt(0);
    if (kind === 0x2b || kind === 0x2d) {
      const call = inFlight.shift();
      if (call === undefined) return environment.kill();
      answeredOwners[answered++ % lateOwners] = call.invocation.owner;
      const blank = line.indexOf(" ");
      ranMs += Number(line.slice(1, blank)) / 1000;
      const document = line.slice(blank + 1);
      const outcome: InvocationOutcome =
        kind === 0x2b ? returned(document) : { type: "failed", document };
      if (call.invocation.tail) settleWithLog(call, outcome, since);
      else call.settle(outcome);
    } else if (line === "*") ready = true;
    else if (kind === 0x21) initError = { type: "failed", document: line.slice(1) };
    else if (kind === 0x3f) {
      recalling = false;
      const count = Number(line.slice(1));
      listener.givenBack(environment, count > 0 ? inFlight.splice(-count) : []);
    } else environment.kill();
  }

  /** What was printed before the answer is readable by now, but may come after it in this turn of the event loop. */
  function settleWithLog(call: Call, outcome: InvocationOutcome, startedAt: number): void {
    const durationMs = performance.now() - startedAt;
    const version = launch.environment["AWS_LAMBDA_FUNCTION_VERSION"] ?? "$LATEST";
    setImmediate(() => {
      call.settle({
        ...outcome,
        log: logTail(call.invocation.requestId, tail, durationMs, version),
      });
    });
  }

  let rest = "";
  answers.setEncoding("utf8");
  answers.on("data", (chunk: string) => {
    const lines = (rest === "" ? chunk : rest + chunk).split("\n");
    rest = lines.pop() as string;
    const before = answered;
    const ranBefore = ranMs;
    const wasReady = ready;
    for (const line of lines) receive(line);
    if (answered === before && ready === wasReady) return;
    since = performance.now();
    // What was printed before the answer is read in this turn: a line that did not end has ended now.
    if (inFlight.length === 0 && outputs.some((output) => output.hasRest)) {
      setImmediate(() => inFlight.length === 0 && outputs.forEach((output) => output.flush()));
    }
    listener.progressed(environment, answered - before, ranMs - ranBefore);
  });
  function outputOf(stream: "stdout" | "stderr") {
    let marked: InvocationOwner | undefined;
    const lines = createLineBuffer((text) => listener.printed(stream, text, marked ?? sole));
    const output = new MarkedOutput(
      (text) => {
        tail = (tail + text).slice(-tailBytes);
        lines.push(text);
      },
      (requestId) => {
        lines.end();
        marked = ownerOf(requestId);
      },
    );
    child[stream]?.setEncoding("utf8").on("data", (text: string) => output.push(text));
    return {
      get hasRest() {
        return lines.hasRest;
      },
      flush: () => lines.end(),
      end() {
        output.end();
        lines.end();
      },
    };
  }

  function ownerOf(requestId: string): InvocationOwner | undefined {
    const running = inFlight.find(({ invocation }) => invocation.requestId === requestId);
    if (running !== undefined) return running.invocation.owner;
    return answeredOwners.find((owner) => owner?.requestId === requestId);
  }

  // Writing to a process that is gone fails; its end is reported by `close`.
  events.on("error", () => {});
  answers.on("error", () => {});

  function end(
    status: number | null,
    signal: string | null,
    cause: InvocationOutcome | undefined,
  ): void {
    if (ended) return;
    ended = true;
    for (const output of outputs) output.end();
    const head = inFlight[0];
    const unstarted = inFlight.splice(0);
    if (ready && head !== undefined) {
      unstarted.shift();
      head.settle(
        verdict ??
          (head.abandoned
            ? stopped(head.invocation.requestId)
            : exited(head.invocation.requestId, status, signal)),
      );
    }
    const failure = initError ?? cause ?? verdict;
    listener.ended(
      environment,
      unstarted,
      ready ? undefined : (failure ?? exited(head?.invocation.requestId ?? "", status, signal)),
    );
  }
  child.on("error", (error: NodeJS.ErrnoException) => {
    const message = error.code === "ENOENT" ? launch.missing : error.message;
    end(null, null, notStarted(inFlight[0]?.invocation.requestId ?? "", message));
  });
  // `close` comes after the last answer and the last of the output were read.
  child.on("close", (status, signal) => end(status, signal, undefined));
  // A grandchild that holds the pipes must not keep the call waiting.
  child.on("exit", (status, signal) =>
    setTimeout(() => end(status, signal, undefined), 100).unref(),
  );
  child.unref();
  return environment;
}

function eventLine(invocation: Invocation, timeoutMs: number): string {
  // Line breaks between the tokens of a JSON text mean nothing; within strings they are escaped.
  const event = /[\n\r]/.test(invocation.event)
    ? invocation.event.replace(/[\n\r]/g, " ")
    : invocation.event;
  const client =
    invocation.clientContext === undefined
      ? ""
      : `,"c":${JSON.stringify(JSON.parse(invocation.clientContext))}`;
  const { trace } = invocation;
  const traced =
    trace === undefined
      ? ""
      : `,"x":${JSON.stringify(trace.traceHeader)},"w":"${trace.traceparent}"`;
  return `{"r":"${invocation.requestId}","t":${timeoutMs},"a":${JSON.stringify(invocation.functionArn)}${client}${traced},"e":${event}}\n`;
}

/** *Documented*: the last 4 KB of the log. */
function logTail(requestId: string, printed: string, durationMs: number, version: string): string {
  const duration = durationMs.toFixed(2);
  const text =
    `START RequestId: ${requestId} Version: ${version}\n${printed}END RequestId: ${requestId}\n` +
    `REPORT RequestId: ${requestId}\tDuration: ${duration} ms\tBilled Duration: ${Math.ceil(durationMs)} ms\n`;
  return text.slice(-tailBytes);
}

/** Ends the process and what it has started. */
export function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    child.kill("SIGKILL");
  }
}

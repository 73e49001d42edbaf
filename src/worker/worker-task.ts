import type { Clock } from "../ports/clock.ts";
import { type ActivityClient, ServiceRefusal, type WorkerOperation } from "./activity-client.ts";
import { backOff } from "./back-off.ts";

/** How a task is ended. */
export type WorkerResult =
  /** JSON text. */
  | { readonly type: "success"; readonly output: string }
  | { readonly type: "failure"; readonly error: string; readonly cause: string };

/** A task that a worker has taken. */
export interface TakenTask {
  readonly taskToken: string;
  /** JSON text. */
  readonly input: string;
}

export interface TaskContext {
  readonly client: ActivityClient;
  readonly clock: Clock;
  readonly random: () => number;
  readonly heartbeatSeconds: number;
  readonly log: (text: string) => void;
  /** Aborted when the worker's time is over: the task is failed, if there is still time to say so. */
  readonly stopped: AbortSignal;
  /** Does the work; aborted when nobody waits for it any more. */
  readonly perform: (task: TakenTask, signal: AbortSignal) => Promise<WorkerResult>;
}

/** *Documented*: SendTaskFailure, lengths of `error` and `cause`. */
const longestError = 256;
const longestCause = 32_768;

/** Our choice: how long a worker that stops tries to say so. */
const lastWordMs = 5_000;

/** The service has ended the task, or has never known it: whatever is sent for it is refused. */
const isOver = (code: string): boolean =>
  ["TaskTimedOut", "TaskDoesNotExist", "InvalidToken"].includes(code);

/** Works on one task, says meanwhile that it is alive, and sends its result until the service has it. */
export async function performTask(task: TakenTask, context: TaskContext): Promise<void> {
  const { clock, heartbeatSeconds, log, stopped } = context;
  const name = shortName(task);
  const over = new AbortController();
  const ending = AbortSignal.any([over.signal, stopped]);
  let cancelBeat: (() => void) | undefined;
  const beat = (): void => {
    cancelBeat = clock.schedule(clock.now() + heartbeatSeconds * 1_000, () => {
      void send("SendTaskHeartbeat", { taskToken: task.taskToken }, context, over.signal).then(
        (answer) => {
          if (answer === "over") {
            log(`${name}: the task has timed out or its execution has ended; the work is stopped`);
            over.abort();
          } else if (!over.signal.aborted && cancelBeat !== undefined) beat();
        },
      );
    });
  };
  beat();
  try {
    log(`${name}: begun`);
    const result = await context.perform(task, ending);
    // Nobody waits for it any more.
    if (over.signal.aborted) return;
    const said = stopped.aborted ? stoppedResult : result;
    log(`${name}: ${said.type === "success" ? "done" : `failed with ${said.error}`}`);
    await tell(task, said, context, over.signal);
  } finally {
    cancelBeat?.();
    cancelBeat = undefined;
    over.abort();
  }
}

const stoppedResult: WorkerResult = {
  type: "failure",
  error: "Worker.Stopped",
  cause: "The worker was stopped before it had ended the task.",
};

/** Sends the result until the service has it, or says that it is too late. */
async function tell(
  { taskToken, ...task }: TakenTask,
  result: WorkerResult,
  context: TaskContext,
  over: AbortSignal,
): Promise<void> {
  const { log, stopped } = context;
  const name = shortName({ taskToken, ...task });
  const lastWord = new AbortController();
  const until = (): void => {
    context.clock.schedule(context.clock.now() + lastWordMs, () => lastWord.abort());
  };
  if (stopped.aborted) until();
  else stopped.addEventListener("abort", until, { once: true });
  const answer = await send(
    result.type === "success" ? "SendTaskSuccess" : "SendTaskFailure",
    result.type === "success"
      ? { taskToken, output: result.output }
      : {
          taskToken,
          error: result.error.slice(0, longestError),
          cause: result.cause.slice(0, longestCause),
        },
    context,
    AbortSignal.any([over, lastWord.signal]),
    true,
  );
  stopped.removeEventListener("abort", until);
  if (answer === "over") {
    log(`${name}: the service has ended the task before, or had this result already`);
  } else if (answer !== "sent") {
    log(`${name}: the result could not be sent: ${answer}`);
  }
}

/** `sent`, `over`, or why it could not be sent. With `persists` what may pass is tried again until the signal. */
async function send(
  operation: WorkerOperation,
  input: { readonly [name: string]: string },
  { client, clock, random, log }: TaskContext,
  signal: AbortSignal,
  persists = false,
): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    try {
      await client.call(operation, input, signal);
      return "sent";
    } catch (thrown) {
      const problem = thrown instanceof Error ? thrown.message : String(thrown);
      if (thrown instanceof ServiceRefusal && isOver(thrown.code)) return "over";
      if (signal.aborted || !persists || !mayPass(thrown)) return problem;
      log(`${operation}: ${problem}; tried again`);
      await backOff(attempt, { clock, random, signal });
    }
  }
}

/** Whether the same call may succeed later: no answer, throttled, or a mistake of the service. */
export function mayPass(thrown: unknown): boolean {
  if (!(thrown instanceof ServiceRefusal)) return true;
  const { code, statusCode } = thrown;
  return statusCode >= 500 || statusCode === 429 || /Throttl|TooManyRequests/.test(code);
}

/** A token is a secret; its end is enough to tell tasks apart. */
function shortName({ taskToken }: TakenTask): string {
  return `task …${taskToken.slice(-6)}`;
}

import type { JournalEvent, JournalEventOf } from "../machine/journal/journal-event.ts";
import { systemClock } from "../runtime/system-clock.ts";
import { createStepwell } from "../server/stepwell-server.ts";
import { ApiError } from "../service/errors/api-error.ts";
import type { Service } from "../service/service.ts";
import { createMemoryStore } from "../store/memory/memory-store.ts";
import { consoleLogger, functionLogLines } from "./console-logger.ts";
import { CommandFailure } from "./errors.ts";
import { everyEvent } from "./every-event.ts";
import { createMapRunIdleness } from "./map-run-idleness.ts";
import { createProgress } from "./progress.ts";
import { createRunningTasks } from "./running-tasks.ts";
import { progressText } from "./run-report.ts";
import type { Settings } from "./settings.ts";
import { createSkippingClock, type SkippingClock } from "./skipping-clock.ts";
import { createTokenAnswers } from "./token-answers.ts";

/** One execution of one definition. */
export interface RunRequest {
  readonly path: string;
  readonly name: string;
  readonly definition: string;
  readonly input: string;
  readonly type: "STANDARD" | "EXPRESS";
  readonly skipWaits: boolean;
  readonly settings: Settings;
  readonly verbose: boolean;
}

export type LastEvent = JournalEventOf<
  "ExecutionSucceeded" | "ExecutionFailed" | "ExecutionAborted" | "ExecutionTimedOut"
>;

/** How an execution ended. */
export interface FinishedRun {
  readonly executionArn: string;
  readonly status: "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED";
  readonly last: LastEvent;
  readonly events: readonly JournalEvent[];
}

const executionName = "run";

/** Runs the definition with the real engine over a store in memory, and shows its progress on stderr. */
export async function executeDefinition(request: RunRequest): Promise<FinishedRun> {
  const { settings } = request;
  const skipping: { clock?: SkippingClock } = {};
  const busyChanged = (): void => skipping.clock?.busyChanged();
  const tasks = createRunningTasks(busyChanged);
  const answers = createTokenAnswers({
    tasks,
    input: process.stdin,
    tell: (text) => process.stderr.write(`${text}\n`),
    changed: busyChanged,
  });
  const mapRuns = createMapRunIdleness();
  if (request.skipWaits) {
    skipping.clock = createSkippingClock(
      () => tasks.running() > 0 || mapRuns.busy() || answers.awaited(),
    );
  }

  const ended = Promise.withResolvers<FinishedRun>();
  // A failure can come before anybody waits for the end.
  ended.promise.catch(() => {});
  const events: JournalEvent[] = [];
  const progress = createProgress();
  const { engine, service, handlers } = await createStepwell({
    ...settings,
    store: createMemoryStore(),
    clock: skipping.clock ?? systemClock,
    logger: consoleLogger(request.verbose),
    functionLogs: functionLogLines,
    around: (found) => tasks.watch(found),
    onFailure: ended.reject,
    subscribers: [
      everyEvent((record, batch) => {
        tasks.note(record.executionArn, batch);
        mapRuns.note(record, batch);
        if (record.name === executionName) {
          events.push(...batch);
          for (const line of progress(batch)) process.stderr.write(progressText(line));
          const last = batch.find(isLast);
          const { executionArn } = record;
          if (last !== undefined)
            ended.resolve({ executionArn, status: statusOf(last), last, events });
        }
        answers.ask(engine);
        busyChanged();
      }),
    ],
  });
  const close = (): void => {
    answers.close();
    handlers.close();
  };
  const interrupted = (): void => {
    close();
    process.exit(130);
  };
  process.once("SIGINT", interrupted);
  try {
    await start(service, request);
    return await ended.promise;
  } finally {
    process.off("SIGINT", interrupted);
    close();
    await engine.shutdown(0);
  }
}

async function start(service: Service, request: RunRequest): Promise<void> {
  const { name, definition, type, input, settings, path } = request;
  try {
    const { stateMachineArn } = await service.call("CreateStateMachine", {
      name,
      definition,
      type,
      roleArn: `arn:aws:iam::${settings.accountId}:role/stepwell`,
    });
    await service.call("StartExecution", { stateMachineArn, name: executionName, input });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const hint =
      error.code === "InvalidDefinition" ? `\nTo see where: stepwell validate ${path}` : "";
    throw new CommandFailure(`${error.message}${hint}`, { cause: error });
  }
}

/** Whether the event ends an execution. */
export function isLast(event: JournalEvent): event is LastEvent {
  switch (event.type) {
    case "ExecutionSucceeded":
    case "ExecutionFailed":
    case "ExecutionAborted":
    case "ExecutionTimedOut":
      return true;
    default:
      return false;
  }
}

export function statusOf(last: LastEvent): FinishedRun["status"] {
  switch (last.type) {
    case "ExecutionSucceeded":
      return "SUCCEEDED";
    case "ExecutionFailed":
      return "FAILED";
    case "ExecutionAborted":
      return "ABORTED";
    case "ExecutionTimedOut":
      return "TIMED_OUT";
  }
}

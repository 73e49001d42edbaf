import type { JsonObject } from "../expression/json.ts";
import type { TaskRequest } from "../ports/task-handler.ts";
import type { Engine } from "../runtime/engine.ts";
import { everyEvent } from "../simulate/every-event.ts";
import { createMapRunIdleness } from "../simulate/map-run-idleness.ts";
import { createRunningTasks } from "../simulate/running-tasks.ts";
import { createSkippingClock, type SkippingClock } from "../simulate/skipping-clock.ts";
import { callsOne, isOfLambda } from "./in-process-functions.ts";
import { createOpenWork } from "./open-work.ts";
import { createStateMocks, type MockDesk, type Mocks } from "./state-mocks.ts";
import { openStepwell, type Stepwell, type StepwellOptions } from "./stepwell.ts";

export { TaskFailed } from "../worker/worker.ts";
export type { ExecutionResult } from "./workflows.ts";
export type { Mock, MockDesk, MockedCall, Mocks } from "./state-mocks.ts";

export interface TestOptions extends Pick<
  StepwellOptions,
  "region" | "accountId" | "functions" | "functionsFolder" | "logger"
> {
  /** State machines that are there from the start, by their names. */
  readonly machines?: { readonly [name: string]: JsonObject | string };
  /** What states' tasks come to, instead of being performed. */
  readonly mocks?: Mocks;
  /** Absent or true: waits and retry delays take no time. False: time passes as it does. */
  readonly skipsWaits?: boolean;
  /** True: a state without a mock calls its service. Absent: it fails with States.Runtime, so that no test calls AWS by mistake. */
  readonly callServices?: boolean;
}

/** What a client of the AWS SDK is made with: `new SFNClient(clientOptions)`. */
export interface ClientOptions {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** There is no host `sync-127.0.0.1`. */
  readonly disableHostPrefix: true;
}

/** A server of Step Functions for tests, all in memory. */
export interface TestStepwell extends Omit<Stepwell, "url"> {
  readonly endpoint: string;
  readonly clientOptions: ClientOptions;
  readonly mocks: MockDesk;
  /**
   * Lets this much time pass at once: what is due until then happens, time-outs and heartbeats of what waits for the test among it.
   * Waits need no help, as long as nothing in the server waits for an answer from outside.
   */
  readonly skipTime: (seconds: number) => Promise<void>;
}

/**
 * Starts a server for tests: `import { startStepwell } from "stepwell/testing"`.
 *
 * Time jumps to the next deadline whenever nothing but a deadline can go on. It does not while a task runs, waits for its
 * token, or waits for a worker: nothing times out that would not have.
 */
export async function startStepwell(options: TestOptions = {}): Promise<TestStepwell> {
  const { functions = {}, functionsFolder, machines = {}, callServices = false } = options;
  const mayCall = (request: TaskRequest): boolean =>
    callServices ||
    callsOne(functions, request) ||
    (functionsFolder !== undefined && isOfLambda(request.resource));
  const mocks = createStateMocks({ mocks: options.mocks ?? {}, mayCall });
  const time: { clock?: SkippingClock } = {};
  const changed = (): void => time.clock?.busyChanged();
  const tasks = createRunningTasks(changed);
  const mapRuns = createMapRunIdleness();
  const work = createOpenWork();
  const isBusy = (): boolean =>
    options.skipsWaits === false ||
    work.executions() === 0 ||
    work.activityTasks() > 0 ||
    tasks.running() > 0 ||
    tasks.openTokens().length > 0 ||
    mapRuns.busy();
  const clock = createSkippingClock(isBusy);
  time.clock = clock;
  const made = Promise.withResolvers<Engine>();
  const { stepwell, parts } = await openStepwell(
    { ...options, listen: {} },
    {
      clock,
      around: (handlers) => tasks.watch(mocks.around(handlers, () => made.promise)),
      subscribers: [
        everyEvent((record, events) => {
          tasks.note(record.executionArn, events);
          mapRuns.note(record, events);
          work.note(record, events);
          changed();
        }),
      ],
    },
  );
  made.resolve(parts.engine);
  const { url = "", ...rest } = stepwell;
  try {
    for (const [name, definition] of Object.entries(machines)) {
      await stepwell.deploy(name, definition);
    }
  } catch (error) {
    await stepwell.close(0);
    throw error;
  }
  return {
    ...rest,
    endpoint: url,
    clientOptions: {
      endpoint: url,
      region: parts.region,
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      disableHostPrefix: true,
    },
    mocks,
    skipTime: (seconds) => clock.pass(seconds * 1_000),
    close: (graceMs = 0) => stepwell.close(graceMs),
  };
}

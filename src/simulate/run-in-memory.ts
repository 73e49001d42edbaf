import type { JournalEvent } from "../machine/journal/journal-event.ts";
import type { Clock } from "../ports/clock.ts";
import type { Ids } from "../ports/ids.ts";
import type { MapRunIo } from "../ports/map-run-io.ts";
import type { ExecutionRecord, StateMachineType, Store } from "../ports/store.ts";
import type { TaskMocks } from "../ports/task-mocks.ts";
import { systemClock } from "../runtime/system-clock.ts";
import type { TaskHandlers } from "../integrations/task-handlers.ts";
import { ApiError } from "../service/errors/api-error.ts";
import { createMemoryStore } from "../store/memory/memory-store.ts";
import { everyEvent } from "./every-event.ts";
import { type FinishedRun, isLast, statusOf } from "./finished-run.ts";
import { createMapRunIdleness } from "./map-run-idleness.ts";
import type { OpenEngine, OpenedEngine } from "./open-engine.ts";
import { createRunningTasks, type RunningTasks } from "./running-tasks.ts";
import { createSkippingClock, type SkippingClock } from "./skipping-clock.ts";
import type { TokenAnswers } from "./token-answers.ts";

/** A state machine that is there for the run. */
export interface RunMachine {
  readonly name: string;
  readonly definition: string;
  readonly type: StateMachineType;
}

/** One execution, over a store of its own in memory. */
export interface MemoryRun {
  readonly open: OpenEngine;
  readonly region: string;
  readonly accountId: string;
  /** Those that may be started; a mistake in one rejects with a {@link RefusedMachine}. */
  readonly machines: readonly RunMachine[];
  readonly stateMachineName: string;
  readonly executionName: string;
  readonly testCase?: string;
  /** JSON text. */
  readonly input: string;
  /** The execution role; absent: one that the account could have. */
  readonly roleArn?: string;
  /** Whether waits and retry delays take no time. */
  readonly skipsTime: boolean;
  /** What time is when nothing is skipped; absent: the machine's clock. */
  readonly clock?: Clock;
  readonly ids?: Ids;
  readonly mocks?: TaskMocks;
  /** What task tokens are sealed with; absent: a new one. */
  readonly secret?: string;
  /** Activities that Tasks may name. */
  readonly activityArns?: readonly string[];
  /** Performs tasks instead of the handlers that the engine would have. */
  readonly around?: (handlers: TaskHandlers) => Pick<TaskHandlers, "find">;
  readonly aroundMapRuns?: (usual: MapRunIo) => MapRunIo;
  /** Who completes tasks that wait for their token. `changed` is to be called when the answer of `awaited` may have changed. */
  readonly answers: (tasks: RunningTasks, changed: () => void) => TokenAnswers;
  /** Sees what happens, in this execution and in those that it starts. */
  readonly seen?: (
    record: ExecutionRecord,
    events: readonly JournalEvent[],
    isMain: boolean,
  ) => void;
  /** Ends it at once: it rejects with the reason. */
  readonly signal?: AbortSignal;
}

/** A state machine that cannot be made, or started; `cause` is the error of the API. */
export class RefusedMachine extends Error {
  override readonly name = "RefusedMachine";
  readonly stateMachineName: string;

  constructor(stateMachineName: string, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.stateMachineName = stateMachineName;
  }
}

/**
 * Runs an execution with the real engine: what `stepwell run`, `stepwell test` and the console's simulations have in common.
 * Everything is gone when it resolves.
 */
export async function runInMemory(run: MemoryRun): Promise<FinishedRun> {
  const { region, accountId, signal } = run;
  signal?.throwIfAborted();
  const skipping: { clock?: SkippingClock } = {};
  /** Until then time goes as it does: modules are loaded, and nothing waits but what the engine does now and then. */
  let hasBegun = false;
  const changed = (): void => skipping.clock?.busyChanged();
  const tasks = createRunningTasks(changed);
  const mapRuns = createMapRunIdleness();
  const answers = run.answers(tasks, changed);
  if (run.skipsTime) {
    const isBusy = (): boolean =>
      !hasBegun || tasks.running() > 0 || mapRuns.busy() || answers.awaited();
    skipping.clock = createSkippingClock(isBusy, run.clock);
  }
  const store = createMemoryStore(run.secret === undefined ? {} : { secret: run.secret });
  await putActivities(store, run.activityArns ?? []);
  const ended = Promise.withResolvers<FinishedRun>();
  // A failure can come before anybody waits for the end.
  ended.promise.catch(() => {});
  const isMain = mainExecution(run);
  const events: JournalEvent[] = [];
  const opened = await run.open({
    store,
    clock: skipping.clock ?? run.clock ?? systemClock,
    ...(run.ids && { ids: run.ids }),
    region,
    accountId,
    ...(run.mocks && { mocks: run.mocks }),
    ...(run.aroundMapRuns && { aroundMapRuns: run.aroundMapRuns }),
    // Where time is skipped, waits that are shorter as well would only change what times out.
    ...(run.skipsTime && { waitTimeScale: 1 }),
    around: (found) => tasks.watch(run.around?.(found) ?? found),
    onFailure: ended.reject,
    subscribers: [
      everyEvent((record, batch) => {
        tasks.note(record.executionArn, batch);
        mapRuns.note(record, batch);
        const main = isMain(record);
        if (main) events.push(...batch);
        run.seen?.(record, batch, main);
        const last = main ? batch.find(isLast) : undefined;
        if (last !== undefined) {
          const { executionArn } = record;
          ended.resolve({ executionArn, status: statusOf(last), last, events });
        }
        answers.ask(opened.engine);
        changed();
      }),
    ],
  });
  const close = (): void => {
    answers.close();
    opened.handlers.close();
  };
  const stopped = (): void => {
    close();
    ended.reject(signal?.reason);
  };
  signal?.addEventListener("abort", stopped);
  try {
    await begin(opened, run);
    hasBegun = true;
    changed();
    if (signal?.aborted === true) stopped();
    return await ended.promise;
  } finally {
    signal?.removeEventListener("abort", stopped);
    close();
    await opened.shutdown(0);
  }
}

/** Which execution it is: the first of that name. */
function mainExecution(run: MemoryRun): (record: ExecutionRecord) => boolean {
  const stateMachineArn = machineArn(run, run.stateMachineName);
  let executionArn: string | undefined;
  return (record) => {
    if (executionArn === undefined && record.name === run.executionName) {
      if (record.stateMachineArn === stateMachineArn) ({ executionArn } = record);
    }
    return record.executionArn === executionArn;
  };
}

async function begin({ service }: OpenedEngine, run: MemoryRun): Promise<void> {
  const { stateMachineName, testCase, executionName: name, input } = run;
  const { roleArn = `arn:aws:iam::${run.accountId}:role/stepwell` } = run;
  for (const machine of run.machines) {
    await orRefused(machine.name, service.call("CreateStateMachine", { ...machine, roleArn }));
  }
  const arn = machineArn(run, stateMachineName);
  const stateMachineArn = testCase === undefined ? arn : `${arn}#${testCase}`;
  await orRefused(
    stateMachineName,
    service.call("StartExecution", { stateMachineArn, name, input }),
  );
}

function machineArn({ region, accountId }: MemoryRun, name: string): string {
  return `arn:aws:states:${region}:${accountId}:stateMachine:${name}`;
}

async function orRefused(stateMachineName: string, answer: Promise<unknown>): Promise<void> {
  try {
    await answer;
  } catch (error) {
    if (error instanceof ApiError) throw new RefusedMachine(stateMachineName, error);
    throw error;
  }
}

async function putActivities(
  store: Pick<Store, "putActivity">,
  activityArns: readonly string[],
): Promise<void> {
  for (const activityArn of activityArns) {
    const name = activityArn.slice(activityArn.lastIndexOf(":") + 1);
    await store.putActivity({ activityArn, name, createdAt: 0, tags: {} });
  }
}

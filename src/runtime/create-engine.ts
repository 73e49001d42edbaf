import { expressExecutionArn, standardExecutionArn } from "../machine/arns.ts";
import type { JournalEvent } from "../machine/journal/journal-event.ts";
import { decodeEvents } from "../machine/journal/journal-codec.ts";
import { isPublic } from "../machine/journal/history.ts";
import type { Environment } from "../machine/machine.ts";
import type { Limits } from "../machine/limits.ts";
import type { ExecutionSnapshot } from "../machine/snapshot.ts";
import { branchWaitingFor } from "../machine/task-activation.ts";
import type { Clock } from "../ports/clock.ts";
import type { ExecutionLog } from "../ports/execution-log.ts";
import type { Ids } from "../ports/ids.ts";
import type { Logger } from "../ports/logger.ts";
import type { ItemReader, ResultWriter } from "../ports/map-run-io.ts";
import type { ActivityTaskRecord, ExecutionRecord, JournalChunk, Store } from "../ports/store.ts";
import type { TaskMocks } from "../ports/task-mocks.ts";
import { ActivityQueues } from "./tasks/activity-queues.ts";
import { billing, type Billing } from "./express/billing.ts";
import { ClosedExecutions } from "./closed-executions.ts";
import type { TaskHandlers } from "./tasks/dispatcher.ts";
import type {
  ActivityTask,
  DescribedExecution,
  Engine,
  StartRequest,
  StartResult,
  SyncResult,
} from "./engine.ts";
import {
  ExpressHistories,
  type ExpressHistoryLimits,
  usualExpressHistoryLimits,
} from "./express/express-histories.ts";
import { createMachineFactory } from "./machines/machine-factory.ts";
import { type Event, Partition } from "./partition/partition.ts";
import { MapRuns } from "./map-run/map-runs.ts";
import { newResident, type Resident } from "./partition/resident.ts";
import { startRetention, usualRetentionDays } from "./retention.ts";
import { createDirectory } from "./machines/state-machine-directory.ts";
import { createTaskTokens } from "./tasks/task-token.ts";

export interface EngineOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  readonly handlers: TaskHandlers;
  /** Answer the tasks of executions that are started as test cases. */
  readonly mocks?: TaskMocks;
  /** What waits and retry delays are multiplied by; absent: 1. Time-outs stay as they are. */
  readonly waitTimeScale?: number;
  readonly region: string;
  readonly limits: Limits;
  readonly refuseParameters?: Environment["refuseParameters"];
  /** Told of every event of every execution, in order, once it is durable. */
  readonly onEvents?: (record: ExecutionRecord, events: readonly JournalEvent[]) => void;
  /** Where the events go that logging configurations ask for; absent: nowhere. */
  readonly executionLog?: ExecutionLog;
  readonly expressHistoryLimits?: ExpressHistoryLimits;
  /** Where distributed Maps read items and write results. */
  readonly mapRunIo: { readonly reader: ItemReader; readonly writer: ResultWriter };
  /** How long closed executions are kept; AWS's 90 days if absent. */
  readonly retentionDays?: number;
  /** The engine can not go on (disk full, partition lost): the process should say so and stop. */
  readonly onFailure: (reason: Error) => void;
}

/** Chunks of a journal that are read at a time for a page of history. */
const chunksRead = 50;

/** Makes an engine over a store and takes up what was under way in it. Resolves when it can serve. */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const { store, clock, ids, logger } = options;
  const tokens = createTaskTokens(await store.secret());
  const directory = createDirectory(store);
  const activities = new ActivityQueues(store);
  const knownActivities = await loadActivities(store);
  const closed = new ClosedExecutions();
  const expressHistories = new ExpressHistories(
    options.expressHistoryLimits ?? usualExpressHistoryLimits,
  );
  const environment: Environment = {
    taskToken: (executionArn, taskId) => tokens.seal(executionArn, taskId),
    activityExists: (activityArn) => knownActivities.has(activityArn),
    refuseParameters: options.refuseParameters ?? (() => undefined),
  };
  const machines = createMachineFactory(directory, { ...options, environment });

  let isStopping = false;
  const onFailure = (reason: Error): void => {
    isStopping = true;
    options.onFailure(reason);
  };

  const mapRuns = new MapRuns({
    store,
    clock,
    ids,
    ...options.mapRunIo,
    async startChild(record, input) {
      const machine = await machines.forExecution(record);
      const resident = newResident(record, machine);
      await partitionOf(record.executionArn).start(resident, input);
    },
    async redriveChild(executionArn) {
      closed.forget(executionArn);
      await deliver(executionArn, { type: "Redriven" });
    },
    async stopChild(executionArn) {
      await deliver(executionArn, { type: "StopRequested" });
    },
    async describeChildren(records) {
      const read = await store.journals(records.map(({ executionArn }) => executionArn));
      const chunks = new Map(read.map((entry) => [entry.record.executionArn, entry.chunks]));
      return records.map((record) => documentsIn(record, chunks.get(record.executionArn) ?? []));
    },
    async finished(parent, mapRunArn, outcome) {
      if (outcome === undefined) return;
      const { executionArn } = parent.record;
      await deliver(executionArn, { type: "MapRunFinished", mapRunArn, outcome });
    },
    logger,
    onFailure,
    isStopping: () => isStopping,
  });

  const partitions: Partition[] = [];
  for (let index = 0; index < store.partitions; index++) {
    partitions.push(
      new Partition({
        index,
        epoch: await store.acquire(index),
        store,
        clock,
        ids,
        logger,
        handlers: options.handlers,
        mocks: options.mocks,
        tokens,
        activities,
        machines,
        mapRuns: () => mapRuns,
        onEvents: options.onEvents,
        executionLog: options.executionLog,
        expressHistories,
        onClosed: (record, snapshot) => {
          closed.add(record, snapshot);
          mapRuns.childClosed(record, snapshot);
        },
        route: (message) => {
          partitionOf(message.to)
            .deliverMessage(message)
            .catch((thrown: unknown) =>
              logger.warn("a message stays in the store", { reason: String(thrown) }),
            );
        },
        onFailure,
      }),
    );
  }
  for (const partition of partitions) await partition.recover();
  await mapRuns.endAbandoned();
  const stopRetention = startRetention({
    store,
    clock,
    logger,
    days: options.retentionDays ?? usualRetentionDays,
  });

  /** One partition in the embedded stores; a distributed store will hash machine and name. */
  function partitionOf(_executionArn: string): Partition {
    return partitions[0] as Partition;
  }

  /** Starts whose names are being checked or made durable, so that two of one name never race. */
  const starting = new Map<string, Promise<void>>();

  function recordOf(request: StartRequest, executionArn: string, name: string): ExecutionRecord {
    const { stateMachine, traceHeader, stateMachineVersionArn, stateMachineAliasArn, parent } =
      request;
    const { testCase } = request;
    return {
      executionArn,
      stateMachineArn: stateMachine.record.stateMachineArn,
      revisionId: stateMachine.revision.revisionId,
      name,
      status: "RUNNING",
      startDate: clock.now(),
      ...(traceHeader === undefined ? {} : { traceHeader }),
      ...(stateMachineVersionArn === undefined ? {} : { stateMachineVersionArn }),
      ...(stateMachineAliasArn === undefined ? {} : { stateMachineAliasArn }),
      ...(parent === undefined ? {} : { parent }),
      ...(testCase === undefined ? {} : { testCase }),
    };
  }

  function residentOf(
    request: StartRequest,
    record: ExecutionRecord,
    stored: Resident["stored"],
  ): Resident {
    const { stateMachine } = request;
    const machine = machines.of(record, stateMachine, stateMachine.record.type);
    return newResident(record, machine, undefined, { stored });
  }

  /** The same start again, if the execution still runs; else the name is taken. */
  async function startAgain(
    request: StartRequest,
    executionArn: string,
  ): Promise<StartResult | undefined> {
    const found = await describe(executionArn);
    if (found === undefined) return undefined;
    const same =
      found.record.status === "RUNNING" &&
      found.input.text === request.input.text &&
      found.record.testCase === request.testCase;
    return same
      ? { type: "started", executionArn, startDate: found.record.startDate }
      : { type: "exists", executionArn };
  }

  async function startNamed(
    request: StartRequest,
    executionArn: string,
    name: string,
  ): Promise<StartResult> {
    for (let other = starting.get(executionArn); other; other = starting.get(executionArn))
      await other;
    let done = (): void => {};
    starting.set(executionArn, new Promise((resolve) => (done = resolve)));
    try {
      const again = await startAgain(request, executionArn);
      if (again !== undefined) return again;
      return await startFresh(request, executionArn, name);
    } finally {
      starting.delete(executionArn);
      done();
    }
  }

  async function startFresh(
    request: StartRequest,
    executionArn: string,
    name: string,
  ): Promise<StartResult> {
    const record = recordOf(request, executionArn, name);
    const stored = request.stateMachine.record.type === "EXPRESS" ? "ends" : "journal";
    await partitionOf(executionArn).start(residentOf(request, record, stored), request.input);
    return { type: "started", executionArn, startDate: record.startDate };
  }

  async function describe(executionArn: string): Promise<DescribedExecution | undefined> {
    const recent = closed.recent(executionArn);
    if (recent !== undefined) return recent;
    const record = await store.execution(executionArn);
    if (record === undefined) return undefined;
    return { record, ...(await documentsOf(record)) };
  }

  async function documentsOf(record: ExecutionRecord): Promise<Omit<DescribedExecution, "record">> {
    const { executionArn } = record;
    const first = await store.journal(executionArn, { limit: 1 });
    if (record.status === "RUNNING") return documentsIn(record, first);
    const last = await store.journal(executionArn, { limit: 1, reverse: true });
    return documentsIn(record, [...first, ...last]);
  }

  async function deliver(executionArn: string, event: Event) {
    return partitionOf(executionArn).deliver(executionArn, event);
  }

  /** The task as its worker sees it, once its start is durable; `undefined` if it is over. */
  async function startActivityTask(
    task: ActivityTaskRecord,
    workerName: string | undefined,
  ): Promise<ActivityTask | undefined> {
    const { executionArn, taskId } = task;
    try {
      const delivered = await deliver(executionArn, {
        type: "ActivityStarted",
        taskId,
        ...(workerName === undefined ? {} : { workerName }),
      });
      if (delivered === undefined || delivered.decision.stale) return undefined;
      const waiting = branchWaitingFor(delivered.resident.snapshot, taskId)?.waiting;
      if (waiting?.type !== "task") return undefined;
      return { taskToken: tokens.seal(executionArn, taskId), input: waiting.parameters };
    } finally {
      activities.settled(task);
    }
  }

  return {
    directory,
    expressHistories,

    async startExecution(request) {
      const { stateMachine } = request;
      const arn = stateMachine.record.stateMachineArn;
      const name = request.name ?? ids.uuid();
      if (stateMachine.record.type === "EXPRESS") {
        return startFresh(request, expressExecutionArn(arn, name, ids.uuid()), name);
      }
      const executionArn = standardExecutionArn(arn, name);
      return request.name === undefined
        ? startFresh(request, executionArn, name)
        : startNamed(request, executionArn, name);
    },

    async startSyncExecution(request) {
      const name = request.name ?? ids.uuid();
      const { stateMachineArn } = request.stateMachine.record;
      const executionArn = expressExecutionArn(stateMachineArn, name, ids.uuid());
      const record = recordOf(request, executionArn, name);
      const end = closed.next(executionArn);
      const resident = residentOf(request, record, "nothing");
      await partitionOf(executionArn).start(resident, request.input);
      const snapshot = await end;
      const billed = billing({
        durationMs: snapshot.stoppedAt - record.startDate,
        definitionCharacters: request.stateMachine.revision.definition.length,
        documentCharacters: resident.trace?.characters ?? 0,
      });
      return syncResult(record, snapshot, billed);
    },

    async redriveExecution(executionArn, clientToken) {
      await mapRuns.cancelled(executionArn);
      closed.forget(executionArn);
      const delivered = await deliver(executionArn, {
        type: "Redriven",
        ...(clientToken === undefined ? {} : { clientToken }),
      });
      if (delivered === undefined || delivered.decision.stale) return undefined;
      return delivered.resident.snapshot.countedFrom;
    },

    pendingRedrives: (mapRunArn) => mapRuns.pendingRedrives(mapRunArn),
    mapRun: (mapRunArn) => mapRuns.describe(mapRunArn),
    updateMapRun: (mapRunArn, changes) => mapRuns.update(mapRunArn, changes),

    async stopExecution(executionArn, reason) {
      const delivered = await deliver(executionArn, { type: "StopRequested", ...reason });
      return delivered?.resident.snapshot.stoppedAt;
    },

    describeExecution: describe,

    async waitUntilClosed(executionArn, timeoutMs, signal) {
      // Quick ones have ended before somebody asks: no timer, no question to the store.
      if (closed.recent(executionArn) !== undefined) return;
      const { promise, cancel } = closed.wait(executionArn, timeoutMs, signal);
      if (partitionOf(executionArn).resident(executionArn) === undefined) {
        const record = await store.execution(executionArn);
        if (record === undefined || record.status !== "RUNNING") cancel();
      }
      await promise;
    },

    async history(executionArn, { from, limit, reverse }) {
      const events: JournalEvent[] = [];
      let next = from;
      for (;;) {
        const chunks = await store.journal(executionArn, {
          reverse,
          limit: chunksRead,
          ...(next === undefined ? {} : { from: next }),
        });
        for (const chunk of chunks) {
          const decoded = decodeEvents(chunk.data).filter(isPublic);
          if (reverse) decoded.reverse();
          for (const event of decoded) {
            if (next !== undefined && (reverse ? event.id > next : event.id < next)) continue;
            if (events.length === limit) return { events, more: true };
            events.push(event);
            next = reverse ? event.id - 1 : event.id + 1;
          }
        }
        if (chunks.length < chunksRead || (reverse && next === 0)) break;
      }
      if (events.length === 0 && (await store.execution(executionArn)) === undefined)
        return undefined;
      return { events, more: false };
    },

    taskOf: (taskToken) => tokens.open(taskToken),

    async completeTask(taskToken, result) {
      const address = tokens.open(taskToken);
      if (address === undefined) return "invalid";
      const { executionArn, taskId } = address;
      const delivered = await deliver(executionArn, outcomeEvent(taskId, result));
      if (delivered === undefined) return "unknown";
      return delivered.decision.stale ? "timedOut" : "accepted";
    },

    async takeActivityTask(activityArn, workerName, timeoutMs, signal) {
      const until = clock.now() + timeoutMs;
      for (;;) {
        const left = until - clock.now();
        if (left <= 0 || signal.aborted) return undefined;
        const task = await activities.take(activityArn, left, signal);
        if (task === undefined) return undefined;
        const started = await startActivityTask(task, workerName);
        if (started !== undefined) return started;
      }
    },

    activityChanged(activityArn, exists) {
      if (exists) knownActivities.add(activityArn);
      else knownActivities.delete(activityArn);
    },

    async abortExecutionsOf(stateMachineArn) {
      for (;;) {
        const page = await store.executions({ stateMachineArn, status: "RUNNING" }, { limit: 500 });
        if (page.items.length === 0) return;
        await Promise.all(
          page.items.map(({ executionArn }) => deliver(executionArn, { type: "StopRequested" })),
        );
      }
    },

    async shutdown(graceMs) {
      isStopping = true;
      stopRetention();
      await Promise.all(partitions.map((partition) => partition.shutdown(graceMs)));
      await store.close();
    },
  };
}

async function loadActivities(store: Store): Promise<Set<string>> {
  const known = new Set<string>();
  let after: string | undefined;
  do {
    const page = await store.activities({
      limit: 1_000,
      ...(after === undefined ? {} : { after }),
    });
    for (const { activityArn } of page.items) known.add(activityArn);
    after = page.next;
  } while (after !== undefined);
  return known;
}

function outcomeEvent(taskId: number, result: Parameters<Engine["completeTask"]>[1]): Event {
  switch (result.type) {
    case "success":
      return { type: "TaskSucceeded", taskId, output: result.output };
    case "failure": {
      const { error, cause } = result;
      return {
        type: "TaskFailed",
        taskId,
        ...(error === undefined ? {} : { error }),
        ...(cause === undefined ? {} : { cause }),
      };
    }
    case "heartbeat":
      return { type: "TaskHeartbeat", taskId };
  }
}

/** What the first and the last event of an execution say of it. `chunks` begin and end with those that hold them. */
function documentsIn(
  record: ExecutionRecord,
  chunks: readonly JournalChunk[],
): Omit<DescribedExecution, "record"> {
  const [first] = chunks;
  const last = chunks.at(-1);
  const started = first === undefined ? [] : decodeEvents(first.data);
  const input = started[0]?.payload;
  if (input === undefined || last === undefined) {
    throw new Error(`the journal of ${record.executionArn} has no start`);
  }
  if (record.status === "RUNNING") return { input };
  const ended = first === last ? started : decodeEvents(last.data);
  return { input, ...endOf(ended.at(-1)) };
}

function endOf(ended: JournalEvent | undefined): Partial<DescribedExecution> {
  switch (ended?.type) {
    case "ExecutionSucceeded":
      return ended.payload === undefined ? {} : { output: ended.payload };
    case "ExecutionFailed":
    case "ExecutionAborted":
      return ended.details;
    default:
      return {};
  }
}

function syncResult(
  record: ExecutionRecord,
  snapshot: ExecutionSnapshot,
  billed: Billing,
): SyncResult {
  const { status, input, output, error, cause, stoppedAt } = snapshot;
  if (status === "RUNNING" || status === "ABORTED") throw new Error(`ended as ${status}`);
  return {
    executionArn: record.executionArn,
    name: record.name,
    startDate: record.startDate,
    stopDate: stoppedAt,
    status,
    input,
    ...(output === undefined ? {} : { output }),
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
    billed,
  };
}

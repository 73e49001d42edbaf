import type { Environment } from "../machine/machine.ts";
import type { Limits } from "../machine/limits.ts";
import type { Clock } from "../ports/clock.ts";
import { type CustomerKeys, noCustomerKeys } from "../ports/customer-keys.ts";
import type { ExecutionMetrics } from "../ports/execution-metrics.ts";
import type { FeedSubscriber } from "../ports/feed.ts";
import type { Figures } from "../ports/figures.ts";
import type { Ids } from "../ports/ids.ts";
import type { Logger } from "../ports/logger.ts";
import { type Authorizer, everybodyMay } from "../ports/authorizer.ts";
import type { MapRunIo } from "../ports/map-run-io.ts";
import type { Store } from "../ports/store.ts";
import type { TaskMocks } from "../ports/task-mocks.ts";
import type { ActivityTask, Engine, TaskResult } from "./engine.ts";
import { describeExecution } from "./executions/describe-execution.ts";
import { readHistory } from "./executions/read-history.ts";
import { startExecution, startSyncExecution } from "./executions/start-execution.ts";
import {
  ExpressHistories,
  type ExpressHistoryLimits,
  usualExpressHistoryLimits,
} from "./express/express-histories.ts";
import { EventFeed } from "./feed/event-feed.ts";
import { EngineFigures } from "./figures/engine-figures.ts";
import { FigureRegistry } from "./figures/figure-registry.ts";
import { createMachineFactory } from "./machines/machine-factory.ts";
import { type Compile, createDirectory } from "./machines/state-machine-directory.ts";
import { describeMapRun, ownerOfMapRun } from "./map-run/find-map-run.ts";
import { MapRunParents } from "./map-run/map-run-parents.ts";
import type { Event } from "./partition/event.ts";
import { startPacking } from "./packing.ts";
import { startRetention, usualRetentionDays } from "./retention.ts";
import { deliverToOwner, waitAtOwner } from "./routing/ask-owner.ts";
import { OwnedPartitions } from "./routing/owned-partitions.ts";
import { type Elsewhere, Router } from "./routing/router.ts";
import type { TaskHandlers } from "./tasks/dispatcher.ts";
import { KnownActivities } from "./tasks/known-activities.ts";
import { createTaskTokens } from "./tasks/task-token.ts";

export interface EngineOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  /** The keys of customers, with which the store seals; absent: there are none. */
  readonly customerKeys?: CustomerKeys | undefined;
  readonly handlers: TaskHandlers;
  /** Answer the tasks of executions that are started as test cases. */
  readonly mocks?: TaskMocks;
  /** What waits and retry delays are multiplied by; absent: 1. Time-outs stay as they are. */
  readonly waitTimeScale?: number;
  readonly limits: Limits;
  readonly refuseParameters?: Environment["refuseParameters"];
  /** Parses and compiles definitions; absent: each engine for itself. Engines of one process may share what was compiled. */
  readonly compile?: Compile;
  /** Told of what happens from the first moment on; others may join later. */
  readonly subscribers?: readonly FeedSubscriber[];
  /** Where it counts what it does; absent: for itself. */
  readonly figures?: Figures;
  /** Counts what executions come to; absent: nobody does. */
  readonly metrics?: ExecutionMetrics | undefined;
  readonly expressHistoryLimits?: ExpressHistoryLimits;
  /** Says what the roles of state machines may for the engine's own work, their Map Runs; absent: everything. */
  readonly authorizer?: Authorizer;
  /** Where distributed Maps read items and write results. */
  readonly mapRunIo: MapRunIo;
  /** How long closed executions are kept; AWS's 90 days if absent. */
  readonly retentionDays?: number;
  /** The partitions that it takes over at its start; absent: all that the store has. */
  readonly partitions?: readonly number[];
  /** Who has the others; absent: nobody. */
  readonly elsewhere?: Elsewhere;
  /** Takes a partition in the store; see {@link OwnedPartitions}. Absent: it is taken from whoever has it. */
  readonly acquire?: (partition: number) => Promise<number | undefined>;
  /** Whether this process may act for its partitions at this moment; absent: always. */
  readonly mayAct?: () => boolean;
  /** A partition was lost to another process; absent: that is a failure. */
  readonly onPartitionLost?: (partition: number, reason: Error) => void;
  /** The engine can not go on (disk full, partition lost): the process should say so and stop. */
  readonly onFailure: (reason: Error) => void;
}

/** What is durable is told to subscribers even if nothing else is waited for. Our choice. */
const leastDeliveryMs = 1_000;

/** Executions that are stopped at a time when their state machine is deleted. */
const stoppedAtOnce = 500;

/** Makes an engine over a store and takes up what was under way in it. Resolves when it can serve. */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const { store, clock, ids, logger } = options;
  const tokens = createTaskTokens(await store.secret());
  const directory = createDirectory(store, options.compile);
  const knownActivities = await KnownActivities.load(store);
  const expressHistories = new ExpressHistories(
    options.expressHistoryLimits ?? usualExpressHistoryLimits,
  );
  const environment: Environment = {
    taskToken: (executionArn, taskId) => tokens.seal(executionArn, taskId),
    activityExists: (activityArn) => knownActivities.has(activityArn),
    refuseParameters: options.refuseParameters ?? (() => undefined),
  };
  const feed = new EventFeed(logger);
  for (const subscriber of options.subscribers ?? []) feed.subscribe(subscriber);
  const router = new Router(store.partitions, options.elsewhere);
  const owned = new OwnedPartitions({
    store,
    clock,
    ids,
    logger,
    customerKeys: options.customerKeys ?? noCustomerKeys,
    handlers: options.handlers,
    mocks: options.mocks,
    tokens,
    machines: createMachineFactory(directory, { ...options, environment }),
    authorizer: options.authorizer ?? everybodyMay,
    mapRunIo: options.mapRunIo,
    mapRunParents: new MapRunParents(store),
    router,
    feed,
    metrics: options.metrics,
    figures: engineFigures(options.figures ?? new FigureRegistry(), router, feed),
    expressHistories,
    acquire: options.acquire,
    mayAct: options.mayAct,
    onLost: options.onPartitionLost,
    onFailure: options.onFailure,
  });
  await owned.takeOver(options.partitions ?? Array.from({ length: store.partitions }, (_, i) => i));
  const stopRetention = startRetention({
    store,
    clock,
    logger,
    days: options.retentionDays ?? usualRetentionDays,
  });
  const stopPacking = startPacking({ store, clock, logger });

  const deliver = (executionArn: string, event: Event) =>
    deliverToOwner({ router, store, clock }, executionArn, event);

  return {
    directory,
    ownership: owned,
    feed,
    expressHistories,
    startExecution: (request) => startExecution({ router, store, clock, ids }, request),
    startSyncExecution: (request) => startSyncExecution({ router, clock, ids }, request),

    async redriveExecution(executionArn, { clientToken, by } = {}) {
      const delivered = await deliver(executionArn, {
        type: "Redriven",
        ...(clientToken !== undefined && { clientToken }),
        ...(by !== undefined && { by }),
      });
      return delivered?.stale === false ? delivered.countedFrom : undefined;
    },

    async stopExecution(executionArn, reason) {
      return (await deliver(executionArn, { type: "StopRequested", ...reason }))?.stoppedAt;
    },

    async describeExecution(executionArn) {
      // Who has it meanwhile may have redriven it.
      const mayKnow = options.mayAct?.() !== false;
      const here = mayKnow ? router.partitionHere(executionArn) : undefined;
      const recent = here?.recentlyClosed(executionArn);
      return recent ?? describeExecution(store, executionArn);
    },

    waitUntilClosed: (executionArn, timeoutMs, signal) =>
      waitAtOwner({ router, clock }, executionArn, timeoutMs, signal),
    history: (executionArn, range) => readHistory(store, executionArn, range),

    mapRun: (mapRunArn) => describeMapRun(store, router, mapRunArn),
    async updateMapRun(mapRunArn, changes) {
      const owner = await ownerOfMapRun(store, router, mapRunArn);
      return (await owner?.mapRuns.update(mapRunArn, changes)) ?? false;
    },
    async pendingRedrives(mapRunArn) {
      const owner = await ownerOfMapRun(store, router, mapRunArn);
      return (await owner?.mapRuns.pendingRedrives(mapRunArn)) ?? new Set();
    },

    taskToken: (executionArn, taskId) => tokens.seal(executionArn, taskId),
    taskOf: (taskToken) => tokens.open(taskToken),
    async completeTask(taskToken, result) {
      const address = tokens.open(taskToken);
      if (address === undefined) return "invalid";
      const { executionArn, taskId } = address;
      const delivered = await deliver(executionArn, outcomeEvent(taskId, result));
      if (delivered === undefined) return "unknown";
      return delivered.stale ? "timedOut" : "accepted";
    },

    async takeActivityTask(activityArn, workerName, timeoutMs, signal) {
      const until = clock.now() + timeoutMs;
      for (;;) {
        const owner = router.ownerOf(activityArn);
        const left = until - clock.now();
        const task: ActivityTask | undefined = await owner.activities.take(
          activityArn,
          workerName,
          left,
          signal,
        );
        // Its queue may have moved to another owner meanwhile.
        if (task !== undefined || router.ownerOf(activityArn) === owner) return task;
      }
    },
    activityChanged: (activityArn, exists) => knownActivities.changed(activityArn, exists),
    async refresh() {
      directory.forget();
      await knownActivities.reload(store);
    },

    async abortExecutionsOf(stateMachineArn) {
      const running = { stateMachineArn, status: "RUNNING" } as const;
      for (;;) {
        const page = await store.executions(running, { limit: stoppedAtOnce });
        if (page.items.length === 0) return;
        await Promise.all(
          page.items.map(({ executionArn }) => deliver(executionArn, { type: "StopRequested" })),
        );
      }
    },

    async shutdown(graceMs) {
      stopRetention();
      stopPacking();
      await owned.shutdown(graceMs);
      await feed.close(Math.max(graceMs, leastDeliveryMs));
      await store.close();
    },
  };
}

/** What the engine counts, and what it can be asked at any time. */
function engineFigures(figures: Figures, router: Router, feed: EventFeed): EngineFigures {
  figures.gauge("stepwell_partitions", "Partitions that are here", () => router.here.size);
  figures.gauge("stepwell_executions_resident", "Running executions that are in memory", () => {
    let residents = 0;
    for (const partition of router.here.values()) residents += partition.residents;
    return residents;
  });
  figures.gauge("stepwell_feed_waiting_events", "Events that wait for a subscriber", () =>
    feed.waiting().map(({ name, events }) => ({ labels: { subscriber: name }, value: events })),
  );
  return new EngineFigures(figures);
}

function outcomeEvent(taskId: number, result: TaskResult): Event {
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

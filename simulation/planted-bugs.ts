import { Lease } from "../src/cluster/lease.ts";
import { AnsweredQuestions } from "../src/cluster/peers/answered.ts";
import { openTasks } from "../src/machine/recover.ts";
import type { ClusterStore } from "../src/ports/cluster-store.ts";
import type { CommitBatch, CommitResult, ExecutionWrite } from "../src/ports/store.ts";
import { ClosedExecutions } from "../src/runtime/executions/closed-executions.ts";
import { MapRunProgress } from "../src/runtime/map-run/map-run-progress.ts";
import { MapRuns } from "../src/runtime/map-run/map-runs.ts";
import { Committer } from "../src/runtime/partition/committer.ts";
import { Parking } from "../src/runtime/partition/parking.ts";
import { Partition } from "../src/runtime/partition/partition.ts";
import type { Resident } from "../src/runtime/partition/resident.ts";
import { TimerQueue } from "../src/runtime/partition/timer-queue.ts";
import { CommandPerformer } from "../src/runtime/tasks/command-performer.ts";
import type { NodeHooks } from "./simulated-node.ts";

/** A mistake that is made on purpose, to see that the simulation finds it. */
export interface PlantedBug {
  readonly name: string;
  /** In the database. */
  readonly database?: (store: ClusterStore) => ClusterStore;
  /** In what a node makes of the database. */
  readonly client?: (store: ClusterStore) => ClusterStore;
  /** In how a node is put together. */
  readonly node?: NodeHooks;
  /** In the code of all nodes; the result takes it out again. */
  readonly plant?: () => () => void;
}

export const plantedBugs: readonly PlantedBug[] = [
  {
    name: "the fence is not checked",
    database(store) {
      const places = new Map<number, { epoch: number; sequence: number }>();
      return changed(store, {
        async claim(partition, nodeId) {
          const epoch = await store.claim(partition, nodeId);
          if (epoch !== undefined) places.set(partition, { epoch, sequence: 0 });
          return epoch;
        },
        commit(batch) {
          const place = places.get(batch.partition);
          if (place === undefined) return store.commit(batch);
          place.sequence += 1;
          return store.commit({ ...batch, ...place });
        },
      });
    },
  },
  {
    name: "a partition is taken from a node that lives",
    database: (store) => changed(store, { claim: (partition) => store.acquire(partition) }),
  },
  {
    name: "an epoch is given twice",
    database(store) {
      const given = new Map<number, number>();
      return changed(store, {
        async claim(partition, nodeId) {
          const epoch = await store.claim(partition, nodeId);
          if (epoch === undefined) return undefined;
          const again = given.get(partition);
          given.set(partition, epoch);
          return again ?? epoch;
        },
      });
    },
  },
  {
    name: "a commit is answered before it is written",
    database: (store) =>
      changed(store, {
        async commit(batch) {
          setTimeout(() => void store.commit(batch), 20);
          return "committed";
        },
      }),
  },
  {
    name: "leases are shorter in the database than nodes believe",
    database: (store) =>
      changed(store, { heartbeat: (node, leaseMs) => store.heartbeat(node, leaseMs * 0.5) }),
  },
  {
    name: "what is read is old",
    database(store) {
      const read = new Map<string, { readonly at: number; readonly record: unknown }>();
      return changed(store, {
        async execution(executionArn) {
          const before = read.get(executionArn);
          const now = performance.now();
          if (before !== undefined && now - before.at < 2_000) return before.record as never;
          const record = await store.execution(executionArn);
          read.set(executionArn, { at: now, record });
          return record;
        },
      });
    },
  },
  {
    name: "messages are only hints, and not stored",
    database: (store) =>
      changed(store, { commit: (batch) => store.commit({ ...batch, messagesSent: [] }) }),
  },
  {
    name: "a message is gone before what it led to is written",
    database(store) {
      const told = new Set<string>();
      return changed(store, {
        async messages(partition, limit) {
          const messages = await store.messages(partition, limit);
          const fresh = messages.filter(({ id }) => !told.has(id));
          for (const { id } of fresh) told.add(id);
          return fresh;
        },
        async overdueMessages(partitions, waitedMs, limit) {
          const messages = await store.overdueMessages(partitions, waitedMs, limit);
          const fresh = messages.filter(({ id }) => !told.has(id));
          for (const { id } of fresh) told.add(id);
          return fresh;
        },
      });
    },
  },
  {
    name: "the row does not hear of a redrive",
    client: (store) => withWrites(store, (write) => omit(write, "redriven")),
  },
  {
    name: "the row does not hear of the end",
    client: (store) => withWrites(store, (write) => omit(write, "closed")),
  },
  {
    name: "the row says for ever that it is parked",
    client: (store) =>
      withWrites(store, ({ parked, ...write }) => (parked ? { ...write, parked } : write)),
  },
  {
    name: "a page begins one too late",
    client: (store) =>
      changed(store, {
        async executions(filter, page) {
          const found = await store.executions(filter, page);
          return page.after === undefined ? found : { ...found, items: found.items.slice(1) };
        },
      }),
  },
  {
    name: "an unknown commit is taken for done",
    client: (store) =>
      changed(store, {
        async commit(batch) {
          const result = await store.commit(batch);
          return result === "unknown" ? "committed" : result;
        },
      }),
  },
  {
    name: "an unknown commit is made once more",
    client(store) {
      let more = 0;
      return changed(store, {
        async commit(batch) {
          const commit = (): Promise<CommitResult> =>
            store.commit({ ...batch, sequence: batch.sequence + more });
          const result = await commit();
          if (result !== "unknown") return result;
          more += 1;
          return commit();
        },
      });
    },
  },
  {
    name: "resolve says that everything has happened",
    client: (store) =>
      changed(store, {
        async resolve() {
          return "committed";
        },
      }),
  },
  {
    name: "an activity's queue does not read what is stored",
    client: (store) =>
      changed(store, {
        async activityTasks() {
          return [];
        },
      }),
  },
  {
    name: "a node does not ask whether it may act",
    node: { mayAct: () => true },
  },
  {
    name: "the clock of a lease stands still",
    node: { monotonicNow: () => 0 },
  },
  {
    name: "a partition is served without being taken",
    node: {
      async acquire(store, partition) {
        const { partitions } = await store.clusterView();
        return (partitions[partition]?.epoch ?? 0) + 1;
      },
    },
  },
  {
    name: "a lease counts from its answer",
    plant: () =>
      patched(Lease.prototype, "renewed", (renewed) => {
        return function (this: Lease) {
          renewed.call(this, Number.MAX_SAFE_INTEGER);
        };
      }),
  },
  {
    name: "effects do not wait for their commit",
    plant: () =>
      patched(Committer.prototype, "after", () => {
        return function (effect) {
          queueMicrotask(() => effect.perform());
        };
      }),
  },
  {
    name: "a start does not look whether its name is taken",
    plant: () =>
      patched(Partition.prototype, "start", (start) => {
        return function (this: Partition, asked) {
          return start.call(this, { ...asked, isNamed: false });
        };
      }),
  },
  {
    name: "a stale event is told to be done",
    plant: () =>
      patched(Partition.prototype, "deliver", (deliver) => {
        return async function (this: Partition, executionArn, event) {
          const delivered = await deliver.call(this, executionArn, event);
          return delivered && { ...delivered, stale: false };
        };
      }),
  },
  {
    name: "parked executions are not woken by the next owner",
    plant: () => patched(Parking.prototype, "begin", () => async () => {}),
  },
  {
    name: "what was in memory is not taken up by the next owner",
    plant: () => patched(Partition.prototype, "recover", () => async () => {}),
  },
  {
    name: "the next owner makes calls again that were under way",
    plant: () =>
      patched(CommandPerformer.prototype, "takeUp", () => {
        return function (this: CommandPerformer, resident: Resident) {
          for (const task of openTasks(resident.machine, resident.snapshot)) {
            const { Resource: resource, Name: stateName } = task.state;
            if (resource.kind === "activity") continue;
            this.perform(resident, { type: "InvokeTask", stateName, resource, ...task });
          }
        };
      }),
  },
  {
    name: "the next owner forgets calls that were under way",
    plant: () => patched(CommandPerformer.prototype, "takeUp", () => () => {}),
  },
  {
    name: "timers of executions that are read are forgotten",
    plant: () =>
      patched(TimerQueue.prototype as TimerQueue<Resident>, "set", (set) => {
        return function (this: TimerQueue<Resident>, timed, deadline) {
          if (!timed.parked) set.call(this, timed, deadline);
        };
      }),
  },
  {
    name: "timers go off two seconds late",
    plant: () =>
      patched(TimerQueue.prototype as TimerQueue<Resident>, "set", (set) => {
        return function (this: TimerQueue<Resident>, timed, deadline) {
          set.call(this, timed, deadline && ((deadline + 2_000) as typeof deadline));
        };
      }),
  },
  {
    name: "a Map Run is begun twice",
    plant: () =>
      patched(MapRuns.prototype, "start", (start) => {
        return function (this: MapRuns, parent, command) {
          start.call(this, parent, command);
          start.call(this, parent, command);
        };
      }),
  },
  {
    name: "a Map Run starts as many children as there are",
    plant: () =>
      patched(MapRuns.prototype, "start", (start) => {
        return function (this: MapRuns, parent, { settings, ...command }) {
          start.call(this, parent, { ...command, settings: { ...settings, maxConcurrency: 0 } });
        };
      }),
  },
  {
    name: "an end is remembered after a redrive",
    plant: () => patched(ClosedExecutions.prototype, "forget", () => () => {}),
  },
  {
    name: "a question that comes twice is answered twice",
    plant: () =>
      patched(AnsweredQuestions.prototype, "once", () => {
        return async function (_id, answer) {
          return { outcome: await answer() };
        };
      }),
  },
  {
    name: "an end of a child counts although the child runs again",
    plant: () =>
      patched(MapRunProgress.prototype, "ended", (ended) => {
        return function (this: MapRunProgress, { executionArn, status }) {
          return ended.call(this, { executionArn, status });
        };
      }),
  },
  {
    name: "a change of a Map Run is told to be done",
    plant: () => patched(MapRuns.prototype, "update", () => async () => true),
  },
  {
    name: "a Map Run that is taken up has the limits that it began with",
    database(store) {
      const began = new Map<string, number>();
      return changed(store, {
        async mapRun(mapRunArn) {
          const run = await store.mapRun(mapRunArn);
          if (run?.status !== "RUNNING") return run;
          return { ...run, maxConcurrency: began.get(mapRunArn) ?? run.maxConcurrency };
        },
        async putMapRun(run, epoch) {
          if (!began.has(run.mapRunArn)) began.set(run.mapRunArn, run.maxConcurrency);
          return store.putMapRun(run, epoch);
        },
      });
    },
  },
  {
    name: "a child's end that is told twice is counted twice",
    plant: () =>
      patched(MapRunProgress.prototype, "ended", (ended) => {
        return function (this: MapRunProgress, child) {
          if (ended.call(this, child)) return true;
          this.items.succeeded += 1;
          return true;
        };
      }),
  },
];

/** The store with some methods of its own. */
function changed(store: ClusterStore, methods: Partial<ClusterStore>): ClusterStore {
  return new Proxy(store, {
    get: (target, name) => Reflect.get(Object.hasOwn(methods, name) ? methods : target, name),
  });
}

/** The store with each write of a commit changed before it is made. */
function withWrites(
  store: ClusterStore,
  change: (write: ExecutionWrite) => ExecutionWrite,
): ClusterStore {
  return changed(store, {
    commit: (batch: CommitBatch) => store.commit({ ...batch, writes: batch.writes.map(change) }),
  });
}

function omit(write: ExecutionWrite, member: keyof ExecutionWrite): ExecutionWrite {
  return Object.fromEntries(
    Object.entries(write).filter(([name]) => name !== member),
  ) as unknown as ExecutionWrite;
}

/** Puts another method in the place of one of a class. */
function patched<T extends object, K extends keyof T>(
  prototype: T,
  name: K,
  change: (real: T[K] & Function) => T[K],
): () => void {
  const real = prototype[name];
  prototype[name] = change(real as T[K] & Function);
  return () => {
    prototype[name] = real;
  };
}

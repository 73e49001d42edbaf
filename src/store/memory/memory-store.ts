import { randomBytes } from "node:crypto";
import type { EpochMs } from "../../machine/ids.ts";
import type { ClusterStore } from "../../ports/cluster-store.ts";
import { partitionOf } from "../../ports/partition-of.ts";
import type { StoreDump } from "../../ports/store-dump.ts";
import {
  StoreFailure,
  type ActivityRecord,
  type CommitBatch,
  type RevisionRecord,
  type StateMachineRecord,
} from "../../ports/store.ts";
import { checkLimit } from "../page-position.ts";
import { createCluster } from "./cluster.ts";
import { applyBatch, checkBatch } from "./commit.ts";
import { createHeldDocuments, documentsOf } from "./documents.ts";
import { createMemoryDump } from "./dump.ts";
import { createNamedRecords } from "./named-records.ts";
import {
  countOpen,
  createHeldExecutions,
  type HeldPartition,
  listExecutions,
  listResident,
} from "./executions.ts";
import { selectChunks } from "./journal.ts";
import { type HeldMapRuns, listChildren, listMapRuns } from "./map-runs.ts";
import { messagesTo } from "./messages.ts";
import { findNote, type HeldNotes, putNote } from "./notes.ts";
import * as ownership from "./ownership.ts";
import { removeClosed } from "./retention.ts";
import {
  addVersion,
  createHeldVersions,
  findVersion,
  listAliases,
  listVersions,
  putAlias,
  removeVersion,
  removeVersionsAndAliases,
} from "./versions.ts";

/**
 * What goes wrong with one commit: it is written and the answer lost, or lost before it is written, or it fails. After
 * a failure that is `full` or `fatal` the store writes nothing more, as the one on disk does.
 */
export type CommitFault = "unknown, written" | "unknown, not written" | StoreFailure;

export interface MemoryStoreOptions {
  /** Absent: 1. */
  readonly partitions?: number;
  /** As {@link MemoryStore.secret} answers it; absent: a new one. */
  readonly secret?: string;
  /** The clock that leases and waiting messages are measured by. Absent: this machine's. */
  readonly now?: () => EpochMs;
  /** Asked before each commit that owns its partition; the wait for its answer stands for the disk's. */
  readonly beforeCommit?: (
    batch: CommitBatch,
  ) => CommitFault | undefined | Promise<CommitFault | undefined>;
}

export interface MemoryStore extends ClusterStore {
  /** All of it as records; nobody may use the store meanwhile. */
  dump(): StoreDump;
}

/**
 * A store that lives as long as the process: for tests, `stepwell run`, and as the oracle for the others. Several nodes
 * of the process may share it.
 */
export function createMemoryStore(options: MemoryStoreOptions = {}): MemoryStore {
  const { partitions = 1, now = Date.now } = options;
  const owners = Array.from({ length: partitions }, ownership.createOwnership);
  const executions = createHeldExecutions(partitions);
  const machines = createNamedRecords<StateMachineRecord>();
  const revisions = new Map<string, Map<string, RevisionRecord>>();
  const versions = createHeldVersions();
  const notes: HeldNotes = new Map();
  const documents = createHeldDocuments();
  const mapRuns: HeldMapRuns = new Map();
  const activities = createNamedRecords<ActivityRecord>();
  const secret = { value: options.secret ?? randomBytes(32).toString("base64") };
  let closed = false;
  let failure: StoreFailure | undefined;
  let lastCommit: Promise<unknown> = Promise.resolve();

  function checkOpen(): void {
    if (closed) throw new StoreFailure("unavailable", "The store is closed.");
  }

  function checkWritable(): void {
    checkOpen();
    if (failure !== undefined) throw failure;
  }

  function ownerOf(partition: number): ownership.Ownership {
    checkOpen();
    return owners[partition] ?? unknownPartition(partition);
  }

  function heldIn(partition: number): HeldPartition {
    checkOpen();
    return executions.partitions[partition] ?? unknownPartition(partition);
  }

  async function commitNow(batch: CommitBatch): Promise<"committed" | "fenced" | "unknown"> {
    const owner = ownerOf(batch.partition);
    if (!ownership.mayCommit(owner, batch.epoch, batch.sequence)) return "fenced";
    const fault = await options.beforeCommit?.(batch);
    checkWritable();
    if (fault instanceof StoreFailure) {
      if (fault.kind === "full" || fault.kind === "fatal") failure = fault;
      throw fault;
    }
    if (fault === "unknown, not written") return "unknown";
    if (!ownership.mayCommit(owner, batch.epoch, batch.sequence)) return "fenced";
    checkBatch(executions, batch);
    applyBatch(executions, batch, now());
    ownership.noteCommit(owner, batch.epoch, batch.sequence);
    return fault === undefined ? "committed" : "unknown";
  }

  /** Revisions outlive their state machine until the last execution that may name them is gone. */
  function dropRevisionsWithoutUse(stateMachineArn: string): void {
    if (machines.get(stateMachineArn) === undefined && !executions.byMachine.has(stateMachineArn)) {
      revisions.delete(stateMachineArn);
    }
  }

  const cluster = createCluster({ owners, executions, now, checkOpen, checkWritable, ownerOf });

  return {
    partitions,
    ...cluster,
    dump: () =>
      createMemoryDump({
        owners,
        executions,
        machines,
        revisions,
        versions,
        notes,
        documents,
        activities,
        mapRuns,
        secret,
        liveNodes: async () => (await cluster.clusterView()).nodes,
      }),

    async acquire(partition) {
      checkWritable();
      return ownership.acquire(ownerOf(partition));
    },
    async release(partition, epoch) {
      checkWritable();
      ownership.release(ownerOf(partition), epoch);
    },

    commit(batch) {
      // One after the other, as on a disk, however long the hook takes.
      const result = lastCommit.then(() => {
        checkWritable();
        return commitNow(batch);
      });
      lastCommit = result.catch(() => undefined);
      return result;
    },
    async resolve(partition, epoch, sequence) {
      checkWritable();
      return ownership.resolve(ownerOf(partition), epoch, sequence);
    },
    async execution(executionArn) {
      checkOpen();
      return executions.byArn.get(executionArn)?.record;
    },
    async executions(filter, page) {
      checkOpen();
      return listExecutions(executions, filter, page);
    },
    async openExecutions(stateMachineArns) {
      checkOpen();
      return stateMachineArns.map((arn) => countOpen(executions, arn));
    },
    async journal(executionArn, range) {
      checkOpen();
      return selectChunks(executions.byArn.get(executionArn)?.chunks ?? [], range);
    },
    async journals(executionArns) {
      checkOpen();
      return executionArns.flatMap((executionArn) => {
        const held = executions.byArn.get(executionArn);
        return held === undefined ? [] : [{ record: held.record, chunks: [...held.chunks] }];
      });
    },

    async resident(partition, page) {
      return listResident(heldIn(partition), page);
    },
    async due(partition, until, limit) {
      checkLimit(limit);
      const { sleeping } = heldIn(partition);
      const end = sleeping.firstIndex((each) => (each.wakeAt ?? 0) > until);
      return sleeping.items.slice(0, Math.min(end, limit)).map((each) => each.record.executionArn);
    },
    async nextWake(partition) {
      return heldIn(partition).sleeping.items[0]?.wakeAt;
    },
    async activityTasks(activityArn, limit) {
      checkOpen();
      checkLimit(limit);
      return [...executions.activityTasks.values()]
        .filter((task) => task.activityArn === activityArn)
        .slice(0, limit);
    },
    async messages(partition, limit) {
      checkLimit(limit);
      heldIn(partition);
      return messagesTo(executions, partition, limit);
    },

    async putStateMachine(record, revision, version) {
      checkWritable();
      if (version && findVersion(versions, version.stateMachineArn, version.version)) {
        throw new Error(`version ${version.version} is stored already`);
      }
      if (revision !== undefined) {
        const known = revisions.get(revision.stateMachineArn) ?? new Map<string, RevisionRecord>();
        if (known.has(revision.revisionId)) {
          throw new Error(`revision ${revision.revisionId} is stored already`);
        }
        revisions.set(revision.stateMachineArn, known.set(revision.revisionId, { ...revision }));
      }
      if (version !== undefined) addVersion(versions, version);
      machines.put(record.stateMachineArn, record);
    },
    async stateMachine(stateMachineArn) {
      checkOpen();
      return machines.get(stateMachineArn);
    },
    async stateMachines(arnPrefix, page) {
      checkOpen();
      return machines.list(arnPrefix, page);
    },
    async deleteStateMachine(stateMachineArn) {
      checkWritable();
      machines.remove(stateMachineArn);
      removeVersionsAndAliases(versions, stateMachineArn);
      notes.delete(stateMachineArn);
      dropRevisionsWithoutUse(stateMachineArn);
    },
    async revision(stateMachineArn, revisionId) {
      checkOpen();
      return revisions.get(stateMachineArn)?.get(revisionId);
    },
    async version(stateMachineArn, version) {
      checkOpen();
      return findVersion(versions, stateMachineArn, version);
    },
    async versions(stateMachineArn, page) {
      checkOpen();
      return listVersions(versions, stateMachineArn, page);
    },
    async deleteVersion(stateMachineArn, version) {
      checkWritable();
      removeVersion(versions, stateMachineArn, version);
    },
    async putAlias(record) {
      checkWritable();
      putAlias(versions, record);
    },
    async aliases(stateMachineArn) {
      checkOpen();
      return listAliases(versions, stateMachineArn);
    },
    async deleteAlias(stateMachineArn, name) {
      checkWritable();
      versions.aliases.get(stateMachineArn)?.delete(name);
    },
    async note(stateMachineArn, kind) {
      checkOpen();
      return findNote(notes, stateMachineArn, kind);
    },
    async putNote(record) {
      checkWritable();
      return putNote(notes, record, machines.get(record.stateMachineArn) !== undefined);
    },
    ...documentsOf(documents, { checkOpen, checkWritable }),
    async putActivity(record) {
      checkWritable();
      activities.put(record.activityArn, record);
    },
    async activity(activityArn) {
      checkOpen();
      return activities.get(activityArn);
    },
    async activities(arnPrefix, page) {
      checkOpen();
      return activities.list(arnPrefix, page);
    },
    async deleteActivity(activityArn) {
      checkWritable();
      activities.remove(activityArn);
    },

    async putMapRun(record, epoch) {
      checkWritable();
      const owner = ownerOf(partitionOf(record.executionArn, partitions));
      if (epoch !== undefined && !ownership.isOwner(owner, epoch)) return false;
      mapRuns.set(record.mapRunArn, { ...record });
      return true;
    },
    async mapRun(mapRunArn) {
      checkOpen();
      return mapRuns.get(mapRunArn);
    },
    async mapRuns(executionArn, page) {
      checkOpen();
      return listMapRuns(mapRuns, executionArn, page);
    },
    async runningMapRuns(partition) {
      heldIn(partition);
      return [...mapRuns.values()].filter(
        ({ status, executionArn }) =>
          status === "RUNNING" && partitionOf(executionArn, partitions) === partition,
      );
    },
    async mapRunChildren(filter, page) {
      checkOpen();
      return listChildren(executions, filter, page);
    },

    async secret() {
      checkOpen();
      return secret.value;
    },
    async deleteClosed(before, limit) {
      checkWritable();
      const removed = removeClosed(executions, before, limit);
      for (const each of removed) dropRevisionsWithoutUse(each.record.stateMachineArn);
      const gone = new Set(removed.map((each) => each.record.executionArn));
      for (const run of mapRuns.values())
        if (gone.has(run.executionArn)) mapRuns.delete(run.mapRunArn);
      return removed.length;
    },
    async close() {
      closed = true;
    },
  };
}

function unknownPartition(partition: number): never {
  throw new RangeError(`there is no partition ${partition}`);
}

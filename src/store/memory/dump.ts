import { createHash } from "node:crypto";
import type { LiveNode } from "../../ports/cluster-store.ts";
import { partitionOf } from "../../ports/partition-of.ts";
import {
  type DumpKind,
  type DumpRecords,
  RestoreConflict,
  type StoreDump,
} from "../../ports/store-dump.ts";
import type { RevisionRecord, StateMachineRecord, ActivityRecord } from "../../ports/store.ts";
import { canonicalRecord, recordName } from "../canonical-record.ts";
import { checkLimit } from "../page-position.ts";
import { allDocuments, type HeldDocuments, restoreDocument } from "./documents.ts";
import { enlist, type HeldExecutions, taskKey } from "./executions.ts";
import type { HeldMapRuns } from "./map-runs.ts";
import type { NamedRecords } from "./named-records.ts";
import { type HeldNotes, restoreNote } from "./notes.ts";
import type { Ownership } from "./ownership.ts";
import { addVersion, type HeldVersions, putAlias } from "./versions.ts";

/** Everything that the store holds. */
export interface DumpParts {
  readonly owners: readonly Ownership[];
  readonly executions: HeldExecutions;
  readonly machines: NamedRecords<StateMachineRecord>;
  /** By state machine and id. */
  readonly revisions: Map<string, Map<string, RevisionRecord>>;
  readonly versions: HeldVersions;
  readonly notes: HeldNotes;
  readonly documents: HeldDocuments;
  readonly activities: NamedRecords<ActivityRecord>;
  readonly mapRuns: HeldMapRuns;
  readonly secret: { value: string };
  readonly liveNodes: () => Promise<readonly LiveNode[]>;
}

type Kinds = { readonly [K in DumpKind]: HeldKind<DumpRecords[K]> };

interface HeldKind<R> {
  readonly all: () => readonly R[];
  /** What may not be twice. Absent: only its place tells a record from others. */
  readonly keyOf?: (record: R) => string;
  /** Adds one that is not there; false if what it belongs to is missing. */
  readonly add: (record: R) => boolean;
}

/** The store as records: the oracle of the others. */
export function createMemoryDump(parts: DumpParts): StoreDump {
  const kinds = kindsOf(parts);
  const { executions, owners, secret } = parts;
  let marker: string | undefined;

  /** Restores the record at a place among those of its kind, from 0; false if something else is there. */
  function restoreOne<K extends DumpKind>(kind: K, record: DumpRecords[K], place: number): boolean {
    const { all, keyOf, add } = kinds[kind] as HeldKind<DumpRecords[K]>;
    const key = keyOf?.(record);
    const present = keyOf === undefined ? all()[place] : all().find((each) => keyOf(each) === key);
    if (present === undefined) return add(record);
    if (canonicalRecord(kind, present) === canonicalRecord(kind, record)) return true;
    return kind === "secret" && executions.byArn.size === 0 && add(record);
  }

  return {
    name: "memory",
    schemaVersion: 1,
    async records<K extends DumpKind>(
      kind: K,
      { limit, after = "0" }: { limit: number; after?: string },
    ) {
      checkLimit(limit);
      const all = kinds[kind].all() as readonly DumpRecords[K][];
      const end = Number(after) + limit;
      const items = all.slice(Number(after), end);
      return end < all.length ? { items, next: String(end) } : { items };
    },
    count: async (kind) => kinds[kind].all().length,
    async restore(kind, records, before) {
      for (const [index, record] of records.entries()) {
        if (restoreOne(kind, record, before + index)) continue;
        const name = recordName(kind, record);
        throw new RestoreConflict(
          `The memory has something else in the place of ${name}, or lacks what it belongs to.`,
        );
      }
    },
    async finish() {},
    async identity() {
      const epochs = owners.reduce((sum, { epoch }) => sum + epoch, 0);
      return createHash("sha256").update(`${secret.value} ${epochs}`).digest("hex");
    },
    marker: async () => marker,
    async mark(text) {
      marker = text;
    },
    users: parts.liveNodes,
    findings: async () => [],
    async close() {},
  };
}

function kindsOf(parts: DumpParts): Kinds {
  const { executions, machines, revisions, versions, notes, documents } = parts;
  const { activities, mapRuns, secret } = parts;
  const kinds: Kinds = {
    secret: {
      all: () => [{ secret: secret.value }],
      keyOf: () => "",
      add(record) {
        secret.value = record.secret;
        return true;
      },
    },
    stateMachine: {
      all: () => machines.list("", { limit: Number.MAX_SAFE_INTEGER }).items,
      keyOf: ({ stateMachineArn }) => stateMachineArn,
      add: (record) => (machines.put(record.stateMachineArn, record), true),
    },
    revision: {
      all: () => [...revisions.values()].flatMap((some) => [...some.values()]),
      keyOf: ({ stateMachineArn, revisionId }) => `${stateMachineArn} ${revisionId}`,
      add(record) {
        const known = revisions.get(record.stateMachineArn) ?? new Map<string, RevisionRecord>();
        revisions.set(record.stateMachineArn, known.set(record.revisionId, { ...record }));
        return true;
      },
    },
    version: {
      all: () => [...versions.versions.values()].flat(),
      keyOf: ({ stateMachineArn, version }) =>
        `${stateMachineArn} ${String(version).padStart(16, "0")}`,
      add: (record) => (addVersion(versions, record), true),
    },
    alias: {
      all: () => [...versions.aliases.values()].flatMap((some) => [...some.values()]),
      keyOf: ({ stateMachineArn, name }) => `${stateMachineArn} ${name}`,
      add: (record) => (putAlias(versions, record), true),
    },
    note: {
      all: () => [...notes.values()].flatMap((some) => [...some.values()]),
      keyOf: ({ stateMachineArn, kind }) => `${stateMachineArn} ${kind}`,
      add: (record) => (restoreNote(notes, record), true),
    },
    document: {
      all: () => allDocuments(documents),
      keyOf: ({ collection, id }) => `${collection} ${id}`,
      add: (record) => (restoreDocument(documents, record), true),
    },
    activity: {
      all: () => activities.list("", { limit: Number.MAX_SAFE_INTEGER }).items,
      keyOf: ({ activityArn }) => activityArn,
      add: (record) => (activities.put(record.activityArn, record), true),
    },
    execution: {
      all: () =>
        [...executions.byArn.values()].map(({ record, parked, wakeAt }) => ({
          record,
          ...(parked && { parked: { wakeAt } }),
        })),
      keyOf: ({ record }) => record.executionArn,
      add({ record, parked }) {
        executions.lastId += 1;
        const held = {
          id: executions.lastId,
          partition: partitionOf(record.executionArn, executions.partitions.length),
          record: { ...record },
          chunks: [],
          parked: parked !== undefined,
          wakeAt: parked?.wakeAt,
        };
        executions.byArn.set(record.executionArn, held);
        enlist(executions, held);
        return true;
      },
    },
    journal: {
      all: () =>
        [...executions.byArn.values()].flatMap(({ record, chunks }) =>
          chunks.map((chunk) => ({ executionArn: record.executionArn, ...chunk })),
        ),
      add({ executionArn, ...chunk }) {
        const held = executions.byArn.get(executionArn);
        held?.chunks.push({ ...chunk });
        return held !== undefined;
      },
    },
    activityTask: {
      all: () =>
        [...executions.activityTasks.values()].sort((left, right) =>
          compareBytes(left.activityArn, right.activityArn),
        ),
      keyOf: ({ executionArn, taskId }) => taskKey(executionArn, taskId),
      add(task) {
        executions.activityTasks.set(taskKey(task.executionArn, task.taskId), { ...task });
        return executions.byArn.has(task.executionArn);
      },
    },
    mapRun: {
      all: () => [...mapRuns.values()],
      keyOf: ({ mapRunArn }) => mapRunArn,
      add: (record) => (mapRuns.set(record.mapRunArn, { ...record }), true),
    },
    message: {
      all: () => [...executions.messages.values()].map(({ message }) => message),
      keyOf: ({ id }) => id,
      // It has waited long enough for anybody to look for it.
      add: (message) => (executions.messages.set(message.id, { message, sentAt: 0 }), true),
    },
  };
  // The others are listed in their order of arrival.
  const byName = [
    "stateMachine",
    "revision",
    "version",
    "alias",
    "note",
    "document",
    "activity",
  ] as const;
  return {
    ...kinds,
    ...Object.fromEntries(byName.map((kind) => [kind, sorted(kinds[kind] as HeldKind<unknown>)])),
  };
}

/** A kind whose records come in the order of their keys. */
function sorted<R>(kind: HeldKind<R>): HeldKind<R> {
  const keyOf = (record: R): string => kind.keyOf?.(record) ?? "";
  return {
    ...kind,
    all: () => kind.all().toSorted((left, right) => compareBytes(keyOf(left), keyOf(right))),
  };
}

/** The order of databases, which is not that of UTF-16. */
function compareBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

import type { DocumentRecord } from "../../src/ports/document-store.ts";
import type { MapRunRecord } from "../../src/ports/map-run-store.ts";
import type {
  ActivityRecord,
  AliasRecord,
  CommitBatch,
  CommitResult,
  ExecutionRecord,
  ExecutionWrite,
  JournalChunk,
  Message,
  NoteRecord,
  Page,
  PageRequest,
  RevisionRecord,
  StateMachineRecord,
  Store,
  VersionRecord,
} from "../../src/ports/store.ts";

const prefix = "arn:aws:states:us-east-1:123456789012";

export function machineArn(name = "orders"): string {
  return `${prefix}:stateMachine:${name}`;
}

export function executionArn(name: string, machine = "orders"): string {
  return `${prefix}:execution:${machine}:${name}`;
}

export function activityArn(name: string): string {
  return `${prefix}:activity:${name}`;
}

export function mapRunArn(name: string): string {
  return `${prefix}:mapRun:orders/All:${name}`;
}

/** The row of an execution that starts. */
export function started(name: string, more: Partial<ExecutionRecord> = {}): ExecutionRecord {
  return {
    executionArn: executionArn(name),
    stateMachineArn: machineArn(),
    revisionId: "revision-1",
    name,
    status: "RUNNING",
    startDate: 1000,
    ...more,
  };
}

export function start(record: ExecutionRecord, more: Partial<ExecutionWrite> = {}): ExecutionWrite {
  return { executionArn: record.executionArn, start: record, ...more };
}

export function write(name: string, more: Partial<ExecutionWrite>): ExecutionWrite {
  return { executionArn: executionArn(name), ...more };
}

/** A chunk of the events `first` to `last`; its text tells which. */
export function chunk(first: number, last = first): JournalChunk {
  return { firstEventId: first, lastEventId: last, data: `["${first}–${last}"]` };
}

export function privateChunk(label: string): JournalChunk {
  return { firstEventId: 0, lastEventId: 0, data: `["private ${label}"]` };
}

export function stateMachine(
  name: string,
  more: Partial<StateMachineRecord> = {},
): StateMachineRecord {
  return {
    stateMachineArn: machineArn(name),
    name,
    type: "STANDARD",
    status: "ACTIVE",
    createdAt: 500,
    revisionId: "revision-1",
    tags: {},
    ...more,
  };
}

export function revision(name: string, more: Partial<RevisionRecord> = {}): RevisionRecord {
  return {
    stateMachineArn: machineArn(name),
    revisionId: "revision-1",
    initial: true,
    createdAt: 500,
    definition: `{"Comment":"${name}"}`,
    roleArn: "arn:aws:iam::123456789012:role/Orders",
    ...more,
  };
}

export function version(
  name: string,
  number: number,
  more: Partial<VersionRecord> = {},
): VersionRecord {
  return {
    stateMachineArn: machineArn(name),
    version: number,
    revisionId: "revision-1",
    createdAt: 600,
    ...more,
  };
}

export function alias(machine: string, name: string, more: Partial<AliasRecord> = {}): AliasRecord {
  return {
    stateMachineArn: machineArn(machine),
    name,
    routes: [{ version: 1, weight: 100 }],
    createdAt: 600,
    updatedAt: 600,
    ...more,
  };
}

export function note(machine: string, kind: string, more: Partial<NoteRecord> = {}): NoteRecord {
  return { stateMachineArn: machineArn(machine), kind, version: 1, body: "[]", ...more };
}

export function document(id: string, more: Partial<DocumentRecord> = {}): DocumentRecord {
  return { collection: "iam.user", id, version: 1, body: "{}", ...more };
}

export function activity(name: string, more: Partial<ActivityRecord> = {}): ActivityRecord {
  return { activityArn: activityArn(name), name, createdAt: 700, tags: {}, ...more };
}

export function mapRun(name: string, more: Partial<MapRunRecord> = {}): MapRunRecord {
  const counts = {
    pending: 0,
    running: 0,
    succeeded: 0,
    failed: 0,
    timedOut: 0,
    aborted: 0,
    total: 0,
    resultsWritten: 0,
    failuresNotRedrivable: 0,
    pendingRedrive: 0,
  };
  return {
    mapRunArn: mapRunArn(name),
    executionArn: executionArn("parent"),
    status: "RUNNING",
    startDate: 1000,
    maxConcurrency: 10,
    toleratedFailureCount: 0,
    toleratedFailurePercentage: 0,
    itemCounts: counts,
    executionCounts: counts,
    redriveCount: 0,
    ...more,
  };
}

/** Commits as the one owner of a partition does: with its epoch, counting. */
export interface Owner {
  readonly epoch: number;
  commit(writes: readonly ExecutionWrite[], more?: Partial<CommitBatch>): Promise<CommitResult>;
  send(...messages: readonly Message[]): Promise<CommitResult>;
}

export async function own(store: Store, partition = 0): Promise<Owner> {
  const epoch = await store.acquire(partition);
  let sequence = 0;

  function commit(
    writes: readonly ExecutionWrite[],
    more: Partial<CommitBatch> = {},
  ): Promise<CommitResult> {
    sequence = more.sequence ?? sequence + 1;
    return store.commit(batch(epoch, sequence, writes, { partition, ...more }));
  }

  return { epoch, commit, send: (...messagesSent) => commit([], { messagesSent }) };
}

export function batch(
  epoch: number,
  sequence: number,
  writes: readonly ExecutionWrite[] = [],
  more: Partial<CommitBatch> = {},
): CommitBatch {
  const empty = { messagesSent: [], messagesDelivered: [] };
  return { partition: 0, epoch, sequence, writes, ...empty, ...more };
}

/** All pages of a listing, each as its items; fails if the listing does not come to its end. */
export async function pages<T>(
  list: (page: PageRequest) => Promise<Page<T>>,
  limit: number,
): Promise<readonly (readonly T[])[]> {
  const all: (readonly T[])[] = [];
  let page = await list({ limit });
  all.push(page.items);
  while (page.next !== undefined) {
    if (all.length > 100) throw new Error("the listing does not end");
    page = await list({ limit, after: page.next });
    all.push(page.items);
  }
  return all;
}

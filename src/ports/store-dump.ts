import type { EpochMs, EventId } from "../machine/ids.ts";
import type { LiveNode } from "./cluster-store.ts";
import type { DocumentRecord } from "./document-store.ts";
import type { MapRunRecord } from "./map-run-store.ts";
import type {
  ActivityRecord,
  ActivityTaskRecord,
  AliasRecord,
  ExecutionRecord,
  Message,
  NoteRecord,
  Page,
  PageRequest,
  RevisionRecord,
  StateMachineRecord,
  VersionRecord,
} from "./store.ts";

/** Everything that a store holds, by kind, but for what is only of the store itself: its ids, epochs and leases. */
export interface DumpRecords {
  /** One record. */
  readonly secret: { readonly secret: string };
  readonly stateMachine: StateMachineRecord;
  readonly revision: RevisionRecord;
  readonly version: VersionRecord;
  readonly alias: AliasRecord;
  readonly note: NoteRecord;
  readonly document: DocumentRecord;
  readonly activity: ActivityRecord;
  /** In an order that keeps those of one start date as listings have them. */
  readonly execution: DumpedExecution;
  /** Of one execution after the other, in their order, each journal from its beginning. */
  readonly journal: DumpedChunk;
  /** Of one activity after the other, each queue from the oldest. */
  readonly activityTask: ActivityTaskRecord;
  /** In the order they were first put. */
  readonly mapRun: MapRunRecord;
  /** The oldest first. */
  readonly message: Message;
}

export type DumpKind = keyof DumpRecords;

/** Every kind, in an order in which they may be restored. */
export const dumpKinds = [
  "secret",
  "stateMachine",
  "revision",
  "version",
  "alias",
  "note",
  "document",
  "activity",
  "execution",
  "journal",
  "activityTask",
  "mapRun",
  "message",
] as const satisfies readonly DumpKind[];

export interface DumpedExecution {
  readonly record: ExecutionRecord;
  /** Present while it is parked. */
  readonly parked?: { readonly wakeAt: EpochMs | undefined };
}

export interface DumpedChunk {
  readonly executionArn: string;
  readonly firstEventId: EventId;
  readonly lastEventId: EventId;
  readonly data: string;
}

/** What a store finds out about itself: data that are wrong, or how it is set up badly. */
export interface Finding {
  readonly severity: "wrong" | "risky";
  readonly text: string;
}

/**
 * A store as logical records, to copy and to check it while nobody uses it. Records of a kind have an order; where a
 * store puts them, in its own ids, follows from their places in it.
 */
export interface StoreDump {
  /** What it is, for people: without a password. */
  readonly name: string;
  readonly schemaVersion: number;
  /**
   * A page of a kind. It may be shorter than the limit though another follows, where records are large. Rejects with a
   * {@link DamagedJournal} where chunks cannot be read.
   */
  records<K extends DumpKind>(kind: K, page: PageRequest): Promise<Page<DumpRecords[K]>>;
  /** How many records there are; `undefined` where that would take long to find out. */
  count(kind: DumpKind): Promise<number | undefined>;
  /**
   * Writes records that follow `before` others of their kind, all or none. One that is there already is left alone;
   * rejects with a {@link RestoreConflict} if it differs. The secret is replaced, while there are no executions.
   */
  restore<K extends DumpKind>(
    kind: K,
    records: readonly DumpRecords[K][],
    before: number,
  ): Promise<void>;
  /** After everything was restored: makes it durable, and what is written later come after it. */
  finish(): Promise<void>;
  /** Another text once somebody else may have written to the store. */
  identity(): Promise<string>;
  /** What {@link mark} has left. While there is something, no server opens the store. */
  marker(): Promise<string | undefined>;
  mark(text: string | undefined): Promise<void>;
  /** Nodes that use the store now. */
  users(): Promise<readonly LiveNode[]>;
  /** What can be seen only here: rows that belong to nothing, a damaged file, an unsafe server. */
  findings(): Promise<readonly Finding[]>;
  close(): Promise<void>;
}

/** A record is to be restored and another is in its place. */
export class RestoreConflict extends Error {
  override readonly name = "RestoreConflict";
}

/** Some chunks of an execution cannot be read; `next` goes on after them, and is absent if nothing follows. */
export class DamagedJournal extends Error {
  override readonly name = "DamagedJournal";
  readonly next: string | undefined;

  constructor(message: string, next: string | undefined, options?: { cause?: unknown }) {
    super(message, options);
    this.next = next;
  }
}

import type { EpochMs } from "../machine/ids.ts";
import type { JournalEvent } from "../machine/journal/journal-event.ts";
import type { ExecutionIdentity } from "../machine/machine.ts";
import type { LoggingSettings } from "./execution-log.ts";
import type { ExecutionRecord, ExecutionStatus, StateMachineType } from "./store.ts";

/** The execution that something has happened to. */
export interface FeedExecution {
  /** Its row as it started. */
  readonly record: ExecutionRecord;
  readonly type: StateMachineType;
  readonly identity: ExecutionIdentity;
  /** What its state machine's logging configuration asks for. */
  readonly logging: LoggingSettings | undefined;
}

/** What one commit says of an execution, once it is durable; of an Express execution, which has no journal, once it has happened. */
export interface FeedItem {
  /** Counts what this process has fed, from 1: of one execution in the order of its events. */
  readonly sequence: number;
  readonly execution: FeedExecution;
  readonly events: readonly JournalEvent[];
  /** How the execution is after these events. */
  readonly status: ExecutionStatus;
  /** When it ended; 0 while it runs. */
  readonly stoppedAt: EpochMs;
  readonly redriveCount: number;
}

/** Somebody who is told of what happens, and can not hold it up. */
export interface FeedSubscriber {
  /** Names it in the log. */
  readonly name: string;
  /** Events that may wait for it. One that has more waiting for it is too slow: it loses them, and starts again. */
  readonly capacity: number;
  /** Whether it wants to know of an execution; absent: of every one. Asked often: it must be quick, and not throw. */
  wants?(execution: FeedExecution): boolean;
  /** Takes what has happened since the last call. The next call comes when the promise that it gave has resolved. */
  receive(items: readonly FeedItem[]): void | Promise<void>;
  /**
   * It has missed something: what it knows is to be read from the store anew. All that it has missed is in the store
   * when it is called; what is fed after the call comes after it.
   */
  startAgain(): void | Promise<void>;
}

/** Where everything that has happened is told. */
export interface Feed {
  /** Tells it from now on, until the result is called. */
  subscribe(subscriber: FeedSubscriber): () => void;
}

import type { JournalEvent } from "../machine/journal/journal-event.ts";
import type { FeedExecution } from "./feed.ts";

/** Counts what executions come to: starts, ends, transitions and tasks. */
export interface ExecutionMetrics {
  /**
   * What one activation has led to, in the order in which it happened. `characters` are those of all documents that an
   * Express execution has had so far. Called for every activation, Express executions' too: it must be quick, and not throw.
   */
  happened(
    execution: FeedExecution,
    events: readonly JournalEvent[],
    characters: number | undefined,
  ): void;
  /** All events so far of an execution that has come into memory: nothing is counted, but what goes on in it is known. */
  recalled(executionArn: string, events: readonly JournalEvent[]): void;
}

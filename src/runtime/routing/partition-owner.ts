import type { Payload } from "../../expression/payload.ts";
import type { MapRunRecord } from "../../ports/map-run-store.ts";
import type { ActivityTaskRecord, ExecutionRecord, Message } from "../../ports/store.ts";
import type { ActivityTask, StartResult } from "../engine.ts";
import type { MapRunChanges } from "../map-run/current-record.ts";
import type { Delivered, Event } from "../partition/event.ts";

/** An execution that is to be started. */
export interface ExecutionStart {
  readonly record: ExecutionRecord;
  readonly input: Payload;
  /** Its name was chosen by somebody: it may be taken. */
  readonly isNamed: boolean;
}

/**
 * Whoever has a partition: this process, or another one that is asked to do the same. All that is asked and answered is
 * plain data. Another's promise resolves when it is done there; while a partition goes from one owner to the next it
 * waits for the next, and rejects with a StoreFailure only if nobody takes it.
 */
export interface PartitionOwner {
  /** Resolves when the start is durable, or when it is known that the name is taken. */
  start(start: ExecutionStart): Promise<StartResult>;
  /** Gives an execution an event. Resolves when what it led to is durable; `undefined`: no such execution. */
  deliver(executionArn: string, event: Event): Promise<Delivered | undefined>;
  /** A message of which the store knows that it is to be delivered. Only a hint: the owner finds it there, too. */
  hear(message: Message): void;
  /** Resolves when the execution is closed, unknown, or `timeoutMs` have passed, or `signal` is aborted. */
  waitUntilClosed(executionArn: string, timeoutMs: number, signal: AbortSignal): Promise<void>;
  readonly activities: {
    /** A task whose scheduling is durable. Only a hint: the store has it. */
    offer(task: ActivityTaskRecord): void;
    /**
     * A scheduled task of the activity, started for this worker; `undefined` if none came in time, or if the activity's
     * queue has moved to another owner.
     */
    take(
      activityArn: string,
      workerName: string | undefined,
      timeoutMs: number,
      signal: AbortSignal,
    ): Promise<ActivityTask | undefined>;
  };
  /** Map Runs that are under way; each belongs to the partition of the execution that started it. */
  readonly mapRuns: {
    /** With its counts of this moment; `undefined`: it is not under way. */
    describe(mapRunArn: string): Promise<MapRunRecord | undefined>;
    /** False: it is not under way. */
    update(mapRunArn: string, changes: MapRunChanges): Promise<boolean>;
    /** Children that failed before it was redriven, and have not begun again. */
    pendingRedrives(mapRunArn: string): Promise<ReadonlySet<string>>;
  };
}

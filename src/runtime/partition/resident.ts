import type { ExecutionSnapshot } from "../../machine/snapshot.ts";
import type { KeyInUse } from "../../ports/customer-keys.ts";
import type { FeedExecution } from "../../ports/feed.ts";
import type { ExecutionRecord } from "../../ports/store.ts";
import type { ExpressTrace } from "../express/express-histories.ts";
import type { LoggedMachine } from "../machines/machine-factory.ts";
import type { TaskAttempts } from "../tasks/task-attempts.ts";
import type { Timed } from "./timer-queue.ts";

/** An execution in memory: it takes one activation at a time, because deciding is synchronous. */
export interface Resident extends Timed {
  readonly record: ExecutionRecord;
  readonly machine: LoggedMachine;
  /** What seals it; absent: its customer has no key of his own. */
  readonly key: KeyInUse | undefined;
  /** The same as the feed's subscribers know it. */
  readonly execution: FeedExecution;
  readonly snapshot: ExecutionSnapshot;
  /**
   * What of it is stored: its whole journal (Standard), its start and its end (Express), or nothing (Express that
   * somebody waits for).
   */
  readonly stored: "journal" | "ends" | "nothing";
  /** Task attempts that this process is performing; an execution with any stays in memory. */
  running: number;
  /** Whether its row says that it is parked. */
  parked: boolean;
  /** For the child of a Map Run of another partition: the execution that started the run. */
  readonly mapRunElsewhere: string | undefined;
  /** Present if it runs as a test case. */
  readonly attempts: TaskAttempts | undefined;
  /** What is remembered of an Express execution. */
  trace: ExpressTrace | undefined;
}

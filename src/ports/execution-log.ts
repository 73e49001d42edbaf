import type { LogLevel } from "../machine/journal/log-record.ts";
import type { EpochMs } from "../machine/ids.ts";

/** What a state machine's logging configuration asks for; there is none where the level is OFF. */
export interface LoggingSettings {
  readonly level: LogLevel;
  readonly includeExecutionData: boolean;
  /** Ends with `:*`. */
  readonly logGroupArn: string | undefined;
}

/** One record of an execution's log, on its way out. */
export interface ExecutionLogEntry {
  /** Names the log's stream. */
  readonly stateMachineName: string;
  readonly logGroupArn: string | undefined;
  readonly at: EpochMs;
  /** The record as JSON text, on one line. */
  readonly text: string;
}

/**
 * Where the records of executions' logs go. *Documented*: best effort; executions neither wait for it nor fail by it.
 * So `write` returns at once and never throws, what is queued is bounded, and what does not fit is dropped.
 */
export interface ExecutionLog {
  /** Entries of one execution, in the order of its events. */
  write(entries: readonly ExecutionLogEntry[]): void;
  /** Sends what is queued for at most `graceMs`, and lets go of files and connections. */
  close(graceMs: number): Promise<void>;
}

/** The log groups that logging configurations name. */
export interface LogGroups {
  /** `undefined` if nobody can tell: the ARN's service cannot be reached, or is not configured. */
  exists(logGroupArn: string): Promise<boolean | undefined>;
}

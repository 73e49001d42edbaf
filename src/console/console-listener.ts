import type { LiveExecution } from "./execution/live-executions.ts";
import type { IndexedExecution } from "./index/execution-index.ts";

/** Told of what changes; it must be quick, and not throw. */
export interface ConsoleListener {
  executionChanged(live: LiveExecution): void;
  rowsChanged(rows: readonly IndexedExecution[]): void;
  /** Any row may have changed. */
  rowsLost(): void;
}

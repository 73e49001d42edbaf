import type { IndexedExecution } from "../index/execution-index.ts";
import { isFailure } from "../index/summaries.ts";
import type { TimeWindow } from "../view-types.ts";

/** The executions that started within a window, and how they are. */
export class Outcomes {
  readonly window: TimeWindow;
  readonly all: IndexedExecution[] = [];
  readonly failed: IndexedExecution[] = [];
  running = 0;
  succeeded = 0;

  constructor(window: TimeWindow) {
    this.window = window;
  }

  /** Those that did not start within the window are left out. */
  add(execution: IndexedExecution): void {
    const { startDate, status } = execution;
    if (startDate < this.window.from || startDate >= this.window.to) return;
    this.all.push(execution);
    if (status === "SUCCEEDED") this.succeeded++;
    else if (status === "RUNNING") this.running++;
    else if (isFailure(execution)) this.failed.push(execution);
  }
}

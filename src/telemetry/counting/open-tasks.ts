import type { EpochMs, EventId } from "../../machine/ids.ts";
import type { TaskName } from "./workflow-counts.ts";

/** A task that has been scheduled and has not ended. */
export interface OpenTask {
  readonly name: TaskName;
  readonly scheduledAt: EpochMs;
  /** Until then nothing but a missed heartbeat can time it out. */
  readonly timeoutAt: EpochMs;
  startedAt: EpochMs | undefined;
  /** The newest event of it: what the next one is chained to. */
  lastEventId: EventId;
}

/** Our choice: executions whose open tasks are remembered. */
const mostExecutions = 100_000;

/** What ends a task does not say what it was, nor when it began; this does, for executions whose tasks go on. */
export class OpenTasks {
  readonly #byExecution = new Map<string, OpenTask[]>();

  has(executionArn: string): boolean {
    return this.#byExecution.has(executionArn);
  }

  opened(executionArn: string, task: OpenTask): void {
    const open = this.#byExecution.get(executionArn);
    if (open !== undefined) {
      open.push(task);
      return;
    }
    if (this.#byExecution.size >= mostExecutions) this.#forgetOldest();
    this.#byExecution.set(executionArn, [task]);
  }

  /** The task whose newest event this was. */
  find(executionArn: string, lastEventId: EventId): OpenTask | undefined {
    const open = this.#byExecution.get(executionArn);
    return open?.find((task) => task.lastEventId === lastEventId);
  }

  closed(executionArn: string, task: OpenTask): void {
    const open = this.#byExecution.get(executionArn);
    if (open === undefined) return;
    if (open.length === 1) this.#byExecution.delete(executionArn);
    else open.splice(open.indexOf(task), 1);
  }

  executionEnded(executionArn: string): void {
    if (this.#byExecution.size > 0) this.#byExecution.delete(executionArn);
  }

  #forgetOldest(): void {
    const [oldest] = this.#byExecution.keys();
    if (oldest !== undefined) this.#byExecution.delete(oldest);
  }
}

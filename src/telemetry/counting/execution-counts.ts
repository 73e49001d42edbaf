import type { JournalEvent, JournalEventType } from "../../machine/journal/journal-event.ts";
import type { ExecutionMetrics } from "../../ports/execution-metrics.ts";
import type { FeedExecution } from "../../ports/feed.ts";
import { billing } from "../../runtime/express/billing.ts";
import { type OpenTask, OpenTasks } from "./open-tasks.ts";
import { type EndStatus, type TaskName, WorkflowCounts } from "./workflow-counts.ts";

/** Events that only say that a task goes on or has ended, and how. */
const taskSteps = {
  TaskStarted: "started",
  LambdaFunctionStarted: "started",
  ActivityStarted: "started",
  TaskSubmitted: "submitted",
  TaskSucceeded: "succeeded",
  LambdaFunctionSucceeded: "succeeded",
  ActivitySucceeded: "succeeded",
  TaskFailed: "failed",
  LambdaFunctionFailed: "failed",
  ActivityFailed: "failed",
  TaskTimedOut: "timedOut",
  LambdaFunctionTimedOut: "timedOut",
  ActivityTimedOut: "timedOut",
} as const satisfies Partial<Record<JournalEventType, string>>;
type TaskStep = (typeof taskSteps)[keyof typeof taskSteps];

/** How an event is counted; those that are not here are not. */
type Counted = "transition" | "started" | "scheduled" | "redriven" | "mapRun" | EndStatus | "task";
const counted: { readonly [T in JournalEventType]?: Counted } = {
  ExecutionStarted: "started",
  PassStateEntered: "transition",
  TaskStateEntered: "transition",
  ChoiceStateEntered: "transition",
  WaitStateEntered: "transition",
  SucceedStateEntered: "transition",
  FailStateEntered: "transition",
  ParallelStateEntered: "transition",
  MapStateEntered: "transition",
  // Documented: a state that is tried again is another transition, and so is one that a redrive begins again.
  RetryScheduled: "transition",
  ExecutionRedriven: "redriven",
  MapRunStarted: "mapRun",
  TaskScheduled: "scheduled",
  LambdaFunctionScheduled: "scheduled",
  ActivityScheduled: "scheduled",
  ...(Object.fromEntries(Object.keys(taskSteps).map((type) => [type, "task"])) as {
    readonly [T in keyof typeof taskSteps]: "task";
  }),
  ExecutionSucceeded: "SUCCEEDED",
  ExecutionFailed: "FAILED",
  ExecutionTimedOut: "TIMED_OUT",
  ExecutionAborted: "ABORTED",
};

/** Our choice: redriven executions that are known as such until they end. */
const mostRedriven = 10_000;

/** Counts since the last {@link take}. To count an event costs a look into a table and an addition. */
export class ExecutionCounts implements ExecutionMetrics {
  #workflows = new Map<string, WorkflowCounts>();
  readonly #open = new OpenTasks();
  readonly #redriven = new Set<string>();

  happened(
    execution: FeedExecution,
    events: readonly JournalEvent[],
    characters: number | undefined,
  ): void {
    let counts: WorkflowCounts | undefined;
    for (const event of events) {
      const how = counted[event.type];
      if (how === undefined) continue;
      counts ??= this.#of(execution);
      switch (how) {
        case "transition":
          counts.transitions++;
          break;
        case "started":
          counts.started++;
          break;
        case "scheduled":
          this.#scheduled(counts, execution, event);
          break;
        case "task":
          this.#task(counts, execution, event);
          break;
        case "mapRun":
          counts.mapRuns++;
          break;
        case "redriven":
          counts.redriven++;
          counts.transitions++;
          if (this.#redriven.size < mostRedriven) {
            this.#redriven.add(execution.record.executionArn);
          }
          break;
        default:
          this.#ended(counts, execution, how, { at: event.at, characters: characters ?? 0 });
      }
    }
  }

  recalled(executionArn: string, events: readonly JournalEvent[]): void {
    if (this.#open.has(executionArn)) return;
    for (const event of events) {
      const how = counted[event.type];
      if (how === "scheduled") this.#opened(executionArn, event);
      if (how !== "task") continue;
      const task = this.#open.find(executionArn, event.previousEventId);
      if (task !== undefined) this.#follow(executionArn, task, event);
    }
  }

  /** What has been counted; counting begins anew. */
  take(): readonly WorkflowCounts[] {
    const taken = this.counts;
    this.#workflows = new Map();
    return taken;
  }

  /** What has been counted so far. */
  get counts(): readonly WorkflowCounts[] {
    return [...this.#workflows.values()];
  }

  #of({ record, type }: FeedExecution): WorkflowCounts {
    const { stateMachineArn, stateMachineVersionArn, stateMachineAliasArn } = record;
    const key =
      stateMachineVersionArn === undefined && stateMachineAliasArn === undefined
        ? stateMachineArn
        : `${stateMachineArn} ${stateMachineVersionArn} ${stateMachineAliasArn}`;
    let counts = this.#workflows.get(key);
    if (counts === undefined) {
      counts = new WorkflowCounts({
        stateMachineArn,
        stateMachineVersionArn,
        stateMachineAliasArn,
        type,
      });
      this.#workflows.set(key, counts);
    }
    return counts;
  }

  #scheduled(counts: WorkflowCounts, { record }: FeedExecution, event: JournalEvent): void {
    const name = this.#opened(record.executionArn, event);
    if (name !== undefined) counts.task(name).scheduled++;
  }

  #opened(executionArn: string, event: JournalEvent): TaskName | undefined {
    const name = scheduledTask(event);
    if (name === undefined) return undefined;
    const { timeoutInSeconds = Number.POSITIVE_INFINITY } =
      "timeoutInSeconds" in event.details ? event.details : {};
    this.#open.opened(executionArn, {
      name,
      scheduledAt: event.at,
      timeoutAt: event.at + timeoutInSeconds * 1_000,
      startedAt: undefined,
      lastEventId: event.id,
    });
    return name;
  }

  /** The newest event of a task: what it says of it, and whether it is over. */
  #follow(executionArn: string, task: OpenTask, event: JournalEvent): TaskStep {
    const step: TaskStep = taskSteps[event.type as keyof typeof taskSteps];
    task.lastEventId = event.id;
    if (step === "started") task.startedAt = event.at;
    else if (step !== "submitted") this.#open.closed(executionArn, task);
    return step;
  }

  #task(
    workflow: WorkflowCounts,
    { record: { executionArn } }: FeedExecution,
    event: JournalEvent,
  ): void {
    const task = this.#open.find(executionArn, event.previousEventId);
    if (task === undefined) return;
    const step = this.#follow(executionArn, task, event);
    if (step === "submitted") return;
    const counts = workflow.task(task.name);
    const { scheduledAt, startedAt = scheduledAt } = task;
    if (step === "started") {
      counts.started++;
      counts.scheduleTime.add(event.at - scheduledAt);
      return;
    }
    // The event of a missed heartbeat looks like that of any other time-out.
    const isHeartbeat = step === "timedOut" && event.at < task.timeoutAt;
    counts[isHeartbeat ? "heartbeatTimedOut" : step]++;
    counts.time.add(event.at - scheduledAt);
    counts.runTime.add(event.at - startedAt);
  }

  #ended(
    counts: WorkflowCounts,
    { record, type }: FeedExecution,
    status: EndStatus,
    { at, characters }: { readonly at: number; readonly characters: number },
  ): void {
    const { executionArn, startDate, redriveCount = 0 } = record;
    const durationMs = Math.max(0, at - startDate);
    counts.ended[status]++;
    counts.executionTime.add(durationMs);
    if (this.#redriven.size > 0 && this.#redriven.delete(executionArn)) {
      counts.redrivenEnded[status]++;
    } else if (redriveCount > 0) counts.redrivenEnded[status]++;
    this.#open.executionEnded(executionArn);
    if (type !== "EXPRESS") return;
    // The definition is left out: at most 1 MB of it would change the billed memory of few executions.
    const billed = billing({ durationMs, definitionCharacters: 0, documentCharacters: characters });
    counts.billedDuration.add(billed.durationMs);
    counts.billedMemory.add(billed.memoryMB);
    counts.gbSeconds += (billed.memoryMB / 1_024) * (billed.durationMs / 1_000);
  }
}

function scheduledTask(event: JournalEvent): TaskName | undefined {
  switch (event.type) {
    case "TaskScheduled":
      return {
        kind: "service",
        group: event.details.resourceType,
        resource: event.details.resource,
      };
    case "LambdaFunctionScheduled":
      return { kind: "lambda", group: "(function)", resource: event.details.resource };
    case "ActivityScheduled":
      return { kind: "activity", group: "(activity)", resource: event.details.resource };
    default:
      return undefined;
  }
}

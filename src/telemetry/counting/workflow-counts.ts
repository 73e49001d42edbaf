import type { ExecutionStatus, StateMachineType } from "../../ports/store.ts";
import { Tally } from "./tally.ts";

export type EndStatus = Exclude<ExecutionStatus, "RUNNING">;

/** What the executions of one workflow, by one version and alias, came to since somebody last took the counts. */
export class WorkflowCounts {
  /** As executions have it: for children of a Map Run with the label of their Map. */
  readonly stateMachineArn: string;
  readonly stateMachineVersionArn: string | undefined;
  readonly stateMachineAliasArn: string | undefined;
  readonly type: StateMachineType;
  started = 0;
  redriven = 0;
  /** States that were entered, attempts that were repeated and redrives: what Standard workflows are billed for. */
  transitions = 0;
  mapRuns = 0;
  readonly ended: { [S in EndStatus]: number } = noEnds();
  /** Of these, those that had been redriven. */
  readonly redrivenEnded: { [S in EndStatus]: number } = noEnds();
  readonly executionTime = new Tally();
  /** Only Express executions have these: milliseconds, and megabytes as billed and as estimated. */
  readonly billedDuration = new Tally();
  readonly billedMemory = new Tally();
  readonly memory = new Tally();
  gbSeconds = 0;
  /** By the kind of task and what it names. */
  readonly tasks = new Map<string, TaskCounts>();

  constructor(identity: {
    readonly stateMachineArn: string;
    readonly stateMachineVersionArn?: string | undefined;
    readonly stateMachineAliasArn?: string | undefined;
    readonly type: StateMachineType;
  }) {
    this.stateMachineArn = identity.stateMachineArn;
    this.stateMachineVersionArn = identity.stateMachineVersionArn;
    this.stateMachineAliasArn = identity.stateMachineAliasArn;
    this.type = identity.type;
  }

  task(task: TaskName): TaskCounts {
    let counts = this.tasks.get(task.key);
    if (counts === undefined) {
      counts = new TaskCounts(task);
      this.tasks.set(task.key, counts);
    }
    return counts;
  }
}

export type TaskKind = "activity" | "lambda" | "service";

/** What a task calls. */
export interface TaskName {
  readonly kind: TaskKind;
  /** An ARN; of an integration `sqs:sendMessage`. */
  readonly resource: string;
  /** Kind and resource as one text: the key that they are found by. */
  readonly key: string;
}

/** What tasks of one activity, function or integration came to. */
export class TaskCounts {
  readonly name: TaskName;
  scheduled = 0;
  started = 0;
  succeeded = 0;
  failed = 0;
  timedOut = 0;
  heartbeatTimedOut = 0;
  /** From its start to its end, from when it was scheduled to its start, and both together, in milliseconds. */
  readonly runTime = new Tally();
  readonly scheduleTime = new Tally();
  readonly time = new Tally();

  constructor(name: TaskName) {
    this.name = name;
  }
}

function noEnds(): { [S in EndStatus]: number } {
  return { SUCCEEDED: 0, FAILED: 0, TIMED_OUT: 0, ABORTED: 0 };
}

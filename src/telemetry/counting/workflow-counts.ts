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
  /** Only Express executions have these: milliseconds and megabytes as they are billed. */
  readonly billedDuration = new Tally();
  readonly billedMemory = new Tally();
  gbSeconds = 0;
  readonly #tasks = new Map<string, Map<string, TaskCounts>>();

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

  task(name: TaskName): TaskCounts {
    let group = this.#tasks.get(name.group);
    if (group === undefined) this.#tasks.set(name.group, (group = new Map()));
    let counts = group.get(name.resource);
    if (counts === undefined) group.set(name.resource, (counts = new TaskCounts(name)));
    return counts;
  }

  get tasks(): readonly TaskCounts[] {
    return [...this.#tasks.values()].flatMap((group) => [...group.values()]);
  }
}

export type TaskKind = "activity" | "lambda" | "service";

/** What a task calls. Both texts are those of the definition, whose hashes are known: joined, they would be hashed for each task. */
export interface TaskName {
  readonly kind: TaskKind;
  /** Of an integration its service, `sqs`; else something that no service is called. */
  readonly group: string;
  /** An ARN; of an integration its action, `sendMessage`. */
  readonly resource: string;
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

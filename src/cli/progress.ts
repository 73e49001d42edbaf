import { rootBranch, type BranchId, type EpochMs } from "../machine/ids.ts";
import type { JournalEvent } from "../machine/journal/journal-event.ts";
import { failureText, type Failure } from "./failure-text.ts";
import { durationText } from "./terminal.ts";

/** One line about an execution under way. */
export interface ProgressLine {
  readonly kind: "entered" | "waiting" | "retry" | "caught" | "done" | "failed";
  /** How many Parallel and Map states are around it. */
  readonly depth: number;
  readonly text: string;
}

/** A line of control as it is shown. */
interface Lane {
  readonly parent: Lane | undefined;
  readonly depth: number;
  /** `[2]`, the number of the branch or item, with those around it before. */
  readonly label: string;
  state: LaneState | undefined;
}

interface LaneState {
  readonly name: string;
  readonly type: string;
  readonly enteredAt: EpochMs;
  /** It has been shown as entered; one that is left at once is only shown as done. */
  shown: boolean;
  retries: number;
  /** What it failed with last, while it has neither been retried nor left. */
  failure: Failure | undefined;
}

/**
 * Turns the events of one execution into lines for people, as they come. A state that ends within one batch of events
 * is one line; another gets a line when it is entered and one when it is left.
 */
export function createProgress(): (events: readonly JournalEvent[]) => ProgressLine[] {
  const lanes = new Map<BranchId, Lane>([
    [rootBranch, { parent: undefined, depth: 0, label: "", state: undefined }],
  ]);
  /** Of the branch or iteration that failed last: its Parallel or Map state fails because of it. */
  let lastFailure: Failure | undefined;
  let lines: ProgressLine[] = [];

  function show(lane: Lane, kind: ProgressLine["kind"], text: string): void {
    lines.push({
      kind,
      depth: lane.depth,
      text: lane.label === "" ? text : `${lane.label} ${text}`,
    });
  }

  function showEntered(): void {
    for (const lane of lanes.values()) {
      const { state } = lane;
      if (state === undefined || state.shown) continue;
      state.shown = true;
      show(lane, "entered", `${state.name} (${state.type})`);
    }
  }

  function addLane(child: BranchId, parent: Lane, index: number): void {
    const label = `${parent.label}[${index}]`;
    lanes.set(child, { parent, depth: parent.depth + 1, label, state: undefined });
  }

  function dropChildren(lane: Lane): void {
    for (const [id, other] of lanes) {
      for (let around = other.parent; around !== undefined; around = around.parent) {
        if (around === lane) lanes.delete(id);
      }
    }
  }

  function enter(lane: Lane, event: JournalEvent, name: string): void {
    const type = event.type.replace("StateEntered", "");
    lane.state = {
      name,
      type,
      enteredAt: event.at,
      shown: false,
      retries: 0,
      failure: undefined,
    };
    if (type !== "Fail") return;
    lane.state.shown = true;
    show(lane, "failed", `${name} (Fail)`);
    lastFailure = { error: `the Fail state ${name}`, cause: undefined };
  }

  function exit(lane: Lane, event: JournalEvent): void {
    const { state } = lane;
    if (state === undefined) return;
    const retries = state.retries === 0 ? "" : `, ${state.retries + 1} attempts`;
    const took = `${durationText(event.at - state.enteredAt)}${retries}`;
    if (state.failure === undefined) show(lane, "done", `${state.name}  ${took}`);
    else show(lane, "caught", `${state.name}  ${took}, caught ${failureText(state.failure)}`);
    lane.state = undefined;
    if (state.type === "Parallel" || state.type === "Map") dropChildren(lane);
    if (event.internal === undefined && event.branch !== rootBranch) lanes.delete(event.branch);
  }

  function retry(lane: Lane, at: EpochMs, resumeAt: EpochMs): void {
    const { state } = lane;
    if (state === undefined) return;
    showEntered();
    dropChildren(lane);
    const attempt = ++state.retries;
    const failed = `${state.name} attempt ${attempt} failed: ${failureText(state.failure ?? lastFailure)}`;
    show(lane, "retry", `${failed}; attempt ${attempt + 1} in ${durationText(resumeAt - at)}`);
    state.failure = undefined;
  }

  function fail(lane: Lane, failure: Failure | undefined): void {
    if (lane.state !== undefined) lane.state.failure = failure;
    lastFailure = failure;
  }

  /** The execution ends without success: what the states that hold it came to. */
  function end(at: EpochMs): void {
    for (const lane of lanes.values()) {
      const { state } = lane;
      if (state === undefined || state.type === "Fail") continue;
      if (state.failure === undefined && lane.parent !== undefined) continue;
      const failure = state.failure === undefined ? "" : `, ${failureText(state.failure)}`;
      show(lane, "failed", `${state.name}  ${durationText(at - state.enteredAt)}${failure}`);
      lane.state = undefined;
    }
  }

  function take(event: JournalEvent): void {
    const lane = lanes.get(event.branch);
    if (lane === undefined) return;
    switch (event.type) {
      case "PassStateEntered":
      case "TaskStateEntered":
      case "ChoiceStateEntered":
      case "WaitStateEntered":
      case "SucceedStateEntered":
      case "FailStateEntered":
      case "ParallelStateEntered":
      case "MapStateEntered":
        enter(lane, event, event.details.name);
        break;
      case "PassStateExited":
      case "TaskStateExited":
      case "ChoiceStateExited":
      case "WaitStateExited":
      case "SucceedStateExited":
      case "ParallelStateExited":
      case "MapStateExited":
        exit(lane, event);
        break;
      case "ParallelStateStarted":
        showEntered();
        for (let index = 0; index < event.internal.count; index++) {
          addLane(event.internal.firstBranch + index, lane, index);
        }
        break;
      case "MapIterationStarted":
        showEntered();
        addLane(event.internal.child, lane, event.details.index);
        break;
      case "WaitScheduled":
        if (lane.state === undefined) break;
        lane.state.shown = true;
        show(
          lane,
          "entered",
          `${lane.state.name} (Wait) until ${timeText(event.internal.resumeAt)}`,
        );
        break;
      case "TaskSubmitted":
        if (lane.state === undefined || !event.details.resource.endsWith(".waitForTaskToken"))
          break;
        showEntered();
        show(lane, "waiting", `${lane.state.name} waits for its task token`);
        break;
      case "RetryScheduled":
        retry(lane, event.at, event.internal.resumeAt);
        break;
      case "TaskFailed":
      case "TaskTimedOut":
      case "LambdaFunctionFailed":
      case "LambdaFunctionTimedOut":
      case "ActivityFailed":
      case "ActivityTimedOut":
      case "EvaluationFailed": {
        const { error = "an error without a name", cause } = event.details;
        fail(lane, { error, cause });
        break;
      }
      case "ParallelStateFailed":
      case "MapStateFailed":
        fail(lane, lastFailure);
        break;
      case "ExecutionFailed":
      case "ExecutionTimedOut":
      case "ExecutionAborted":
        end(event.at);
        break;
      default:
        break;
    }
  }

  return (events) => {
    lines = [];
    for (const event of events) take(event);
    showEntered();
    return lines;
  };
}

function timeText(at: EpochMs): string {
  return new Date(at).toISOString();
}

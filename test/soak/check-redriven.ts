import type { HistoryEvent } from "./history.ts";
import type { StepCall } from "./redrive-machines.ts";

/** What is known of an execution that was redriven, from outside of its history. */
export interface RedriveEvidence {
  /** Steps that must have succeeded, each once. */
  readonly steps: readonly string[];
  readonly calls: readonly StepCall[];
  /** How often RedriveExecution was sent. */
  readonly sent: number;
  /** The dates that RedriveExecution has answered. */
  readonly answered: readonly number[];
  /** What DescribeExecution shows. */
  readonly redriveCount: number;
}

const unsuccessfulEnds = new Set(["ExecutionFailed", "ExecutionAborted", "ExecutionTimedOut"]);

/** Whether each redrive has happened once and gone on where the execution was; gives what is wrong. */
export function checkRedriven(
  events: readonly HistoryEvent[],
  evidence: RedriveEvidence,
): readonly string[] {
  return [
    ...checkChain(events),
    ...checkRedrives(events, evidence),
    ...checkSteps(events, evidence),
  ];
}

function* checkChain(events: readonly HistoryEvent[]): Generator<string> {
  for (const [index, event] of events.entries()) {
    if (event.id !== index + 1) yield `event ${index + 1} has the id ${event.id}`;
    if (event.previousEventId >= event.id) yield `event ${event.id} follows a later one`;
    const after = events[index + 1]?.type;
    if (unsuccessfulEnds.has(event.type) && after !== "ExecutionRedriven") {
      yield `event ${event.id} ends it, and ${after ?? "nothing"} comes after`;
    }
    if (after === "ExecutionRedriven" && !unsuccessfulEnds.has(event.type)) {
      yield `a redrive comes after ${event.type}`;
    }
  }
  if (events.at(-1)?.type !== "ExecutionSucceeded") yield `it ends with ${events.at(-1)?.type}`;
}

function* checkRedrives(
  events: readonly HistoryEvent[],
  { sent, answered, redriveCount }: RedriveEvidence,
): Generator<string> {
  const redrives = events.filter(({ type }) => type === "ExecutionRedriven");
  for (const [index, { executionRedrivenEventDetails: details }] of redrives.entries()) {
    if (details?.redriveCount !== index + 1) yield `redrive ${index + 1} has another number`;
  }
  if (redrives.length !== redriveCount) {
    yield `it has ${redrives.length} redrives, and shows ${redriveCount}`;
  }
  if (redrives.length > sent) yield `it was redriven ${redrives.length} times, and asked ${sent}`;
  const dates = new Set(redrives.map(({ timestamp }) => timestamp));
  if (new Set(answered).size !== answered.length) yield "two redrives were answered alike";
  for (const date of answered) {
    if (!dates.has(date)) yield `the redrive that was answered with ${date} is lost`;
  }
}

function* checkSteps(
  events: readonly HistoryEvent[],
  { steps, calls }: RedriveEvidence,
): Generator<string> {
  const scheduled = new Set<string>();
  const succeeded: string[] = [];
  for (const event of events) {
    if (event.type === "LambdaFunctionScheduled") {
      const call = JSON.parse(event.lambdaFunctionScheduledEventDetails?.input ?? "") as StepCall;
      if (scheduled.has(attemptOf(call))) yield `scheduled twice: ${attemptOf(call)}`;
      scheduled.add(attemptOf(call));
    } else if (event.type === "LambdaFunctionSucceeded") {
      const output = event.lambdaFunctionSucceededEventDetails?.output ?? "";
      const { state, index } = JSON.parse(output) as StepCall;
      succeeded.push(`${state} ${index}`);
    } else if (event.type === "LambdaFunctionFailed") {
      const error = event.lambdaFunctionFailedEventDetails?.error ?? "";
      if (error !== "Early" && error !== "Lambda.Unknown") yield `event ${event.id}: ${error}`;
    }
  }
  if (succeeded.sort().join() !== [...steps].sort().join()) {
    yield `succeeded: ${succeeded.join()}; it has ${steps.join()}`;
  }
  const called = new Set<string>();
  for (const call of calls) {
    if (called.has(attemptOf(call))) yield `called twice: ${attemptOf(call)}`;
    called.add(attemptOf(call));
    if (!scheduled.has(attemptOf(call))) yield `called without being scheduled: ${attemptOf(call)}`;
  }
}

function attemptOf({ state, index, redrive }: Omit<StepCall, "execution">): string {
  return `${state} ${index} redrive ${redrive}`;
}

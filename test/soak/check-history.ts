import type { HistoryEvent } from "./history.ts";

/** One line of the file that the functions write: a call that happened. */
export interface Call {
  readonly execution: string;
  readonly state: string;
  /** Of the Map iteration; -1 outside of a Map. */
  readonly index: number;
  readonly retry: number;
  readonly nonce: string;
}

/** What the history of one execution is compared with, and where differences go. */
export interface Evidence {
  /** Calls by {@link attemptKey}. */
  readonly calls: ReadonlyMap<string, readonly Call[]>;
  /** Attempts that some history has; calls of others had no durable intent. */
  readonly scheduled: Set<string>;
  /** How often each result that was sent from outside is in a history. */
  readonly results: Map<string, number>;
  readonly violation: (text: string) => void;
}

export function attemptKey(call: Omit<Call, "nonce">): string {
  return `${call.execution} ${call.state} ${call.index} ${call.retry}`;
}

const endTypes = new Set([
  "ExecutionSucceeded",
  "ExecutionFailed",
  "ExecutionAborted",
  "ExecutionTimedOut",
]);

/** Whether an execution has happened once: one end, no gaps, and each attempt with the outcome that its call had. */
export function checkHistory(
  executionArn: string,
  status: string,
  events: readonly HistoryEvent[],
  evidence: Evidence,
): void {
  const violation = (text: string): void => evidence.violation(`${executionArn}: ${text}`);
  const ends = events.filter(({ type }) => endTypes.has(type));
  if (ends.length !== 1 || ends[0] !== events.at(-1)) {
    violation(`it ends ${ends.length} times: ${events.map(({ type }) => type).join(" ")}`);
  }
  if (ends[0] !== undefined && statusOf(ends[0].type) !== status) {
    violation(`it is ${status}, and its history ends with ${ends[0].type}`);
  }
  events.forEach((event, index) => {
    if (event.id !== index + 1) violation(`event ${index + 1} has the id ${event.id}`);
    if (event.previousEventId >= event.id) violation(`event ${event.id} follows a later one`);
  });
  for (const event of events) {
    const result =
      event.activitySucceededEventDetails?.output ??
      (event.taskSucceededEventDetails?.resource === "invoke.waitForTaskToken"
        ? event.taskSucceededEventDetails.output
        : undefined);
    if (result !== undefined) {
      const nonce = nonceIn(result);
      evidence.results.set(nonce, (evidence.results.get(nonce) ?? 0) + 1);
    }
    if (isCall(event)) checkAttempt(executionArn, event, events, evidence, violation);
  }
}

function statusOf(endType: string): string {
  return endType === "ExecutionTimedOut"
    ? "TIMED_OUT"
    : endType.slice("Execution".length).toUpperCase();
}

/** Whether it schedules one of our functions. */
function isCall({ type, taskScheduledEventDetails }: HistoryEvent): boolean {
  if (type === "LambdaFunctionScheduled") return true;
  return taskScheduledEventDetails?.resource === "invoke.waitForTaskToken";
}

function checkAttempt(
  execution: string,
  scheduled: HistoryEvent,
  events: readonly HistoryEvent[],
  evidence: Evidence,
  violation: (text: string) => void,
): void {
  const key = attemptKey({ execution, ...addressOf(scheduled, events) });
  evidence.scheduled.add(key);
  const calls = evidence.calls.get(key) ?? [];
  if (calls.length > 1) violation(`the attempt of event ${scheduled.id} was called twice`);
  const call = calls[0];
  const outcomes = outcomesOf(scheduled, events);
  for (const outcome of outcomes) {
    const { type } = outcome;
    if (type === "LambdaFunctionSucceeded" || type === "TaskSubmitted") {
      const nonce = nonceIn(
        outcome.lambdaFunctionSucceededEventDetails?.output ??
          (outcome.taskSubmittedEventDetails?.output as string),
      );
      if (nonce !== call?.nonce) violation(`event ${outcome.id} has a result that no call gave`);
    } else if (type === "LambdaFunctionFailed" || type === "TaskFailed") {
      const { error, cause } = outcome.lambdaFunctionFailedEventDetails ??
        outcome.taskFailedEventDetails ?? { error: "", cause: "" };
      const thrown = error === "Flaky" && call?.retry === 0;
      const cut = error === "Lambda.Unknown";
      if (!thrown && !cut) violation(`event ${outcome.id} fails with ${error}: ${cause}`);
    }
  }
  const ended = outcomes.filter(({ type }) => type !== "TaskSubmitted").length;
  if (ended !== 1) violation(`the attempt of event ${scheduled.id} has ${ended} outcomes`);
}

/** Which call an attempt is: its state, its Map iteration, and how many attempts of the state came before. */
function addressOf(
  scheduled: HistoryEvent,
  events: readonly HistoryEvent[],
): Pick<Call, "state" | "index" | "retry"> {
  let retry = 0;
  let event = scheduled;
  while (event.type !== "TaskStateEntered") {
    event = events[event.previousEventId - 1] as HistoryEvent;
    if (isCall(event)) retry++;
  }
  const before = events[event.previousEventId - 1];
  return {
    state: event.stateEnteredEventDetails?.name ?? "",
    index: before?.mapIterationStartedEventDetails?.index ?? -1,
    retry,
  };
}

const outcomeTypes =
  /^(LambdaFunction|Task)(Succeeded|Failed|TimedOut|StartFailed|SubmitFailed)$|^TaskSubmitted$/;

/** The events that say how an attempt went: those that follow from its scheduling, up to the next attempt. */
function outcomesOf(
  scheduled: HistoryEvent,
  events: readonly HistoryEvent[],
): readonly HistoryEvent[] {
  const following = new Set([scheduled.id]);
  const outcomes: HistoryEvent[] = [];
  for (const event of events.slice(scheduled.id)) {
    if (!following.has(event.previousEventId) || isCall(event)) continue;
    if (!/^(LambdaFunction|Task)/.test(event.type) || event.type.startsWith("TaskState")) continue;
    following.add(event.id);
    if (outcomeTypes.test(event.type)) outcomes.push(event);
  }
  return outcomes;
}

/** The nonce of a result; `lambda:invoke` wraps what the function returned. */
function nonceIn(output: string): string {
  const value = JSON.parse(output) as { nonce?: string; Payload?: { nonce?: string } };
  return value.nonce ?? value.Payload?.nonce ?? "";
}

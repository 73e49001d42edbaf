import type { JournalEvent, JournalEventOf } from "../../machine/journal/journal-event.ts";
import type { Attempt, Visit } from "./visit.ts";

/** The events that schedule a try of a task. */
export type Scheduled = JournalEventOf<
  "LambdaFunctionScheduled" | "ActivityScheduled" | "TaskScheduled"
>;

export function attemptScheduled(visit: Visit, event: Scheduled): void {
  visit.resource =
    event.type === "TaskScheduled"
      ? `${event.details.resourceType}:${event.details.resource}`
      : event.details.resource;
  visit.attempts.push({ id: event.id, scheduledAt: event.at, status: "scheduled" });
}

export function attemptStarted(visit: Visit, { at }: JournalEvent): void {
  const attempt = visit.attempts.at(-1);
  if (attempt === undefined) return;
  attempt.startedAt = at;
  attempt.status = "running";
}

export function attemptSubmitted(visit: Visit, event: JournalEventOf<"TaskSubmitted">): void {
  const attempt = visit.attempts.at(-1);
  if (attempt !== undefined) {
    attempt.submittedAt = event.at;
    attempt.status = "waiting";
  }
  const arn = childArnIn(event);
  if (arn !== undefined) visit.childArn = arn;
}

export function attemptSucceeded(visit: Visit, event: JournalEvent): void {
  endAttempt(visit, event, "succeeded");
  const arn = event.type === "TaskSucceeded" ? childArnIn(event) : undefined;
  if (arn !== undefined) visit.childArn ??= arn;
}

/** Ends the try that is under way, if one is. */
export function endAttempt(visit: Visit, event: JournalEvent, status: Attempt["status"]): void {
  const attempt = visit.attempts.at(-1);
  if (attempt === undefined || attempt.endedAt !== undefined) return;
  attempt.endedAt = event.at;
  attempt.endEventId = event.id;
  attempt.status = status;
  if (status !== "failed") return;
  if (visit.error !== undefined) attempt.error = visit.error;
  if (visit.cause !== undefined) attempt.cause = visit.cause;
}

/** The failed try will be followed by another. */
export function retryScheduled(visit: Visit, event: JournalEventOf<"RetryScheduled">): void {
  endAttempt(visit, event, "failed");
  const attempt = visit.attempts.at(-1);
  if (attempt === undefined) return;
  attempt.retryAt = event.internal.resumeAt;
  attempt.retrier = event.internal.retrier;
}

/** The execution that a task has started, as its answer names it. */
function childArnIn(event: JournalEventOf<"TaskSubmitted" | "TaskSucceeded">): string | undefined {
  if (event.details.resourceType !== "states") return undefined;
  // A part never holds what ends it: however long an answer is, the search goes through it once.
  return /"ExecutionArn"\s*:\s*"(arn:[^":]+:states:[^":]+:[^":]+:(?:execution|express):[^"]+)"/.exec(
    event.payload?.text ?? "",
  )?.[1];
}

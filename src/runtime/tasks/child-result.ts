import { shownFailure } from "../../machine/shown-failure.ts";
import type { JsonValue } from "../../expression/json.ts";
import { Payload } from "../../expression/payload.ts";
import type { Activation } from "../../machine/activation.ts";
import { redriveStatus } from "../../machine/redrive/redrive-status.ts";
import type { ExecutionSnapshot } from "../../machine/snapshot.ts";
import type { ExecutionRecord, Message, ParentTask } from "../../ports/store.ts";

/** An activation without its time and seed, which are those of its delivery. */
export type Outcome =
  | Omit<Extract<Activation, { type: "TaskSucceeded" }>, "at" | "seed">
  | Omit<Extract<Activation, { type: "TaskFailed" }>, "at" | "seed">;

/** The message that tells a waiting task how its child execution ended. One per child, however often it is sent. */
export function childResultMessage(
  record: ExecutionRecord,
  parent: ParentTask,
  snapshot: ExecutionSnapshot,
): Message {
  return {
    id: `child ${record.executionArn}`,
    to: parent.executionArn,
    body: JSON.stringify(childResult(record, parent, snapshot)),
  };
}

/** What is in the body of such a message. */
interface ChildResult {
  readonly taskId: number;
  readonly succeeded: boolean;
  /** JSON text: the task's output, or the cause of its failure. */
  readonly text: string;
}

export function outcomeOf(message: Message): Outcome {
  const { taskId, succeeded, text } = JSON.parse(message.body) as ChildResult;
  return succeeded
    ? { type: "TaskSucceeded", taskId, output: Payload.ofText(text) }
    : { type: "TaskFailed", taskId, error: "States.TaskFailed", cause: text };
}

/**
 * Observed: members in alphabetical order, times in milliseconds, `Input` and `Output` as text with `.sync` and as
 * values with `.sync:2`; a child that failed, timed out or was aborted fails the task with all of it as the cause.
 */
function childResult(
  record: ExecutionRecord,
  parent: ParentTask,
  snapshot: ExecutionSnapshot,
): ChildResult {
  const document = (payload: Payload): JsonValue =>
    parent.pattern === "sync" || snapshot.status !== "SUCCEEDED" ? payload.text : payload.value;
  const { output } = snapshot;
  const { cause, error } = shownFailure(snapshot);
  const shown: Record<string, JsonValue> = {};
  if (cause !== undefined) shown["Cause"] = cause;
  if (error !== undefined) shown["Error"] = error;
  shown["ExecutionArn"] = record.executionArn;
  shown["Input"] = document(snapshot.input);
  shown["InputDetails"] = { Included: true };
  shown["Name"] = record.name;
  if (output !== undefined) {
    shown["Output"] = document(output);
    shown["OutputDetails"] = { Included: true };
  }
  shown["RedriveCount"] = 0;
  const redrive = redriveStatus(snapshot.status, snapshot.stoppedAt, snapshot.stoppedAt);
  shown["RedriveStatus"] = redrive.status;
  if (redrive.reason !== undefined) shown["RedriveStatusReason"] = redrive.reason;
  shown["StartDate"] = record.startDate;
  shown["StateMachineArn"] = record.stateMachineArn;
  shown["Status"] = snapshot.status;
  shown["StopDate"] = snapshot.stoppedAt;
  return {
    taskId: parent.taskId,
    succeeded: snapshot.status === "SUCCEEDED",
    text: JSON.stringify(shown),
  };
}

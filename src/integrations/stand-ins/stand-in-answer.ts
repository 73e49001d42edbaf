import { Payload } from "../../expression/payload.ts";
import type { TaskOutcome } from "../../ports/task-handler.ts";
import { asJson, jsonObject } from "../functions/json-text.ts";

/** The outcome of text that a stand-in gave as its result: JSON, or else a string. */
export function succeededWith(text: string): TaskOutcome {
  return { type: "succeeded", output: Payload.ofText(asJson(text)) };
}

/**
 * How a stand-in failed: by the error that it names itself in a document `{ "errorType", "errorMessage" }`, as functions do, or
 * as any task that fails.
 */
export function failedWith(document: string, otherwise: string): TaskOutcome {
  const own = jsonObject(document);
  const { errorType, errorMessage } = own ?? {};
  if (typeof errorType !== "string" || errorType === "") return taskFailed(otherwise);
  return {
    type: "failed",
    error: errorType,
    ...(typeof errorMessage === "string" && { cause: errorMessage }),
  };
}

export function taskFailed(cause: string): TaskOutcome {
  return { type: "failed", error: "States.TaskFailed", cause };
}

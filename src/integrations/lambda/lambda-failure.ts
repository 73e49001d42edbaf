import type { TaskOutcome } from "../../ports/task-handler.ts";
import { jsonObject } from "../functions/json-text.ts";

/**
 * What a failed function's error document makes of the task: its `errorType` is the error, the document the cause.
 *
 * *Observed*. Without an `errorType` the error is `Lambda.Unknown`: *documented*.
 */
export function functionFailure(document: string, spacing: "compact" | "as it came"): TaskOutcome {
  const error = jsonObject(document);
  const errorType = error?.["errorType"];
  if (error === undefined || typeof errorType !== "string" || errorType === "") {
    return {
      type: "failed",
      error: "Lambda.Unknown",
      cause: `The cause could not be determined because Lambda did not return an error type. Returned payload: ${document}`,
    };
  }
  return {
    type: "failed",
    error: errorType,
    cause: spacing === "compact" ? JSON.stringify(error) : document,
  };
}

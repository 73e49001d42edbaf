import { Payload } from "../expression/payload.ts";
import type { TaskOutcome } from "../ports/task-handler.ts";
import { TaskFailed } from "../worker/worker.ts";

/** What a task comes to that a function of the user's does: its result, or the error that it throws. */
export async function performed(
  work: () => unknown,
): Promise<Extract<TaskOutcome, { type: "succeeded" | "failed" }>> {
  try {
    // What JSON has no text for (undefined, a function) is null, as for Lambda.
    const text = JSON.stringify(await work()) ?? "null";
    return { type: "succeeded", output: Payload.ofText(text) };
  } catch (thrown) {
    if (thrown instanceof TaskFailed) {
      return { type: "failed", error: thrown.error, cause: thrown.message };
    }
    return thrown instanceof Error
      ? { type: "failed", error: thrown.name, cause: thrown.message }
      : { type: "failed", error: "Error", cause: String(thrown) };
  }
}

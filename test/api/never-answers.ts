import type { TaskHandler } from "../../src/ports/task-handler.ts";

/** A function that is called, and answers when it is told that nobody waits any more. */
export const neverAnswers: TaskHandler = {
  handles: () => true,
  run: (_, { signal }) =>
    new Promise((resolve) =>
      signal.addEventListener("abort", () => resolve({ type: "failed", error: "Aborted" })),
    ),
};

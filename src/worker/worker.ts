import { runWorker, type Worker, type WorkerSettings, type WorkerWorld } from "./run-worker.ts";
import type { WorkerResult } from "./worker-task.ts";

export type { Worker, WorkerSettings } from "./run-worker.ts";

/** What a handler knows of its task beside its input. */
export interface ActivityTask {
  readonly taskToken: string;
  /** The input as it was written: numbers of more digits than JavaScript has are there. */
  readonly inputText: string;
  /** Aborted when nobody waits for the result any more: the task has timed out, or the worker has to stop. */
  readonly signal: AbortSignal;
}

/** Does the work of one task: its result is the task's output, what it throws fails the task. */
export type ActivityHandler = (input: unknown, task: ActivityTask) => unknown;

/** Thrown by a handler: fails its task with this error, which Retriers and Catchers name. */
export class TaskFailed extends Error {
  override readonly name = "TaskFailed";
  readonly error: string;

  constructor(error: string, cause = "") {
    super(cause);
    this.error = error;
  }
}

/**
 * Starts a worker of an activity, here or in AWS: `import { startWorker } from "stepwell/worker"`.
 *
 * An error that is thrown fails the task with its name and its message; a {@link TaskFailed} with the error that it has.
 */
export function startWorker(
  options: WorkerSettings & { readonly handler: ActivityHandler },
  world: WorkerWorld = {},
): Worker {
  const { handler, ...settings } = options;
  return runWorker(
    settings,
    async ({ taskToken, input }, signal) => {
      try {
        const result = await handler(JSON.parse(input), { taskToken, inputText: input, signal });
        return { type: "success", output: JSON.stringify(result) ?? "null" };
      } catch (thrown) {
        return failureOf(thrown);
      }
    },
    world,
  );
}

function failureOf(thrown: unknown): WorkerResult {
  if (thrown instanceof TaskFailed) {
    return { type: "failure", error: thrown.error, cause: thrown.message };
  }
  return thrown instanceof Error
    ? { type: "failure", error: thrown.name, cause: thrown.message }
    : { type: "failure", error: "Error", cause: String(thrown) };
}

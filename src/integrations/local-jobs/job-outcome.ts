import type { TaskOutcome, TaskRequest } from "../../ports/task-handler.ts";
import type { FunctionLogSink } from "../functions/invocation.ts";
import type { ExitStatus } from "./job-folder.ts";
import type { LocalJob, LocalJobs } from "./local-jobs.ts";

/** Lets a task's command run to its end: what it prints goes to the log, and `outcomeOf` reads the status it ended with. */
export async function jobOutcome(
  jobs: Pick<LocalJobs, "run">,
  job: LocalJob,
  signal: AbortSignal,
  how: {
    /** Whether it goes on when the server leaves. */
    readonly outlives: boolean;
    readonly printed: FunctionLogSink;
    readonly outcomeOf: (status: ExitStatus) => TaskOutcome;
  },
  { resource, executionArn, taskId }: Pick<TaskRequest, "resource" | "executionArn" | "taskId">,
): Promise<TaskOutcome> {
  const name =
    resource.kind === "service" ? `${resource.resourceType}:${resource.action}` : resource.arn;
  const owner = { executionArn, taskId, requestId: job.id };
  const end = await jobs.run(job, signal, {
    outlives: how.outlives,
    printed: (stream, text) => how.printed(name, stream, text, owner),
  });
  switch (end.type) {
    case "exited":
      return how.outcomeOf(end.status);
    case "left":
      return { type: "pending" };
    case "timedOut":
      return failed(
        `It ran for longer than ${job.timeLimitSeconds} s, and was ended. Its timeoutSeconds in the configuration gives it more.`,
      );
    case "elsewhere":
      return failed(
        "It was begun on the machine of another node: whether it still runs there, or how it ended, is not known here.",
      );
    case "lost":
      return failed(
        "It is gone and did not say how it ended: the machine was restarted, or somebody killed it.",
      );
  }
}

function failed(cause: string): TaskOutcome {
  return { type: "failed", error: "States.TaskFailed", cause };
}

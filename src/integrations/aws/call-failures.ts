import type { TaskOutcome, TaskRequest } from "../../ports/task-handler.ts";

/** *Our wording*: no `Retry` helps until somebody installs it. */
export function notInstalled({ resource }: TaskRequest, packageName: string): TaskOutcome {
  return {
    type: "rejected",
    cause: `The resource '${resource.arn}' is called with the package ${packageName}, which is not installed. Install it beside Stepwell: npm install ${packageName}`,
  };
}

/** *Observed* wording, as for any result that is too long. */
export function resultTooLong({ resource }: TaskRequest): TaskOutcome {
  const subject = resource.kind === "service" ? resource.resourceType : resource.arn;
  return {
    type: "failed",
    error: "States.DataLimitExceeded",
    cause: `The state/task '${subject}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  };
}

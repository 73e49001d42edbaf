import type { TaskOutcome, TaskRequest } from "../../ports/task-handler.ts";
import { sdkServiceName } from "./service-names.ts";

/** *Our wording*: no `Retry` helps until somebody installs it. */
export function notInstalled({ resource }: TaskRequest, packageName: string): TaskOutcome {
  return {
    type: "rejected",
    cause: `The resource '${resource.arn}' is called with the package ${packageName}, which is not installed. Install it: ${installCommand(packageName)}`,
  };
}

/** *Our wording*. */
export function clientTooOld({ resource }: TaskRequest): TaskOutcome {
  return {
    type: "rejected",
    cause: `The resource '${resource.arn}' is called with a client package of the AWS SDK that is too old: it does not describe what its operations take. Install one that fits: ${addCommand(resource)}`,
  };
}

/** What installs the client of a service, or of a package. */
export function installCommand(packageName: string): string {
  return `stepwell add ${sdkServiceName(packageName)}`;
}

function addCommand(resource: TaskRequest["resource"]): string {
  return resource.kind === "service"
    ? `stepwell add ${sdkServiceName(resource.resourceType)}`
    : "stepwell add lambda";
}

/** *Documented*: `States.TaskFailed`. */
export function roleNotAssumed(cause: string): TaskOutcome {
  return { type: "failed", error: "States.TaskFailed", cause };
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

import type { IntegrationActions } from "../integration-action.ts";
import { job } from "../patterns.ts";

/** Documented: seven of these in 2023, with no limit since; the others are the API's, and what the CDK generates. */
export const glue = {
  startJobRun: {
    patterns: job,
    parameters: {
      JobName: "text!",
      AllocatedCapacity: "number",
      Arguments: "object",
      ExecutionClass: "text",
      ExecutionRoleSessionPolicy: "text",
      JobRunId: "text",
      JobRunQueuingEnabled: "boolean",
      MaxCapacity: "number",
      NotificationProperty: "object",
      NumberOfWorkers: "number",
      SecurityConfiguration: "text",
      Timeout: "number",
      WorkerType: "text",
    },
  },
} as const satisfies IntegrationActions;

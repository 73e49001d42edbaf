import type { IntegrationActions } from "../integration-action.ts";
import { job } from "../patterns.ts";

/** Documented: `Role` and `Settings` are required, and what else CreateJobRequest has may be given. */
export const mediaconvert = {
  createJob: {
    patterns: job,
    parameters: {
      Role: "text!",
      Settings: "object!",
      AccelerationSettings: "object",
      BillingTagsSource: "text",
      ClientRequestToken: "text",
      HopDestinations: "list",
      JobEngineVersion: "text",
      JobTemplate: "text",
      Priority: "number",
      Queue: "text",
      SimulateReservedQueue: "text",
      StatusUpdateInterval: "text",
      Tags: "object",
      UserMetadata: "object",
    },
  },
} as const satisfies IntegrationActions;

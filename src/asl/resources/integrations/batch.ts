import type { IntegrationActions } from "../integration-action.ts";
import { jobOrCallback } from "../patterns.ts";

/**
 * Documented: the page of the integration had ten of these in 2023, and has named no limit since; the others are the API's,
 * SubmitJob. Older documentation allows the token form, for a job that reports through its parameters.
 */
export const batch = {
  submitJob: {
    patterns: jobOrCallback,
    parameters: {
      JobName: "text!",
      JobQueue: "text!",
      JobDefinition: "text!",
      ArrayProperties: "object",
      ConsumableResourcePropertiesOverride: "object",
      ContainerOverrides: "object",
      DependsOn: "list",
      EcsPropertiesOverride: "object",
      EksPropertiesOverride: "object",
      NodeOverrides: "object",
      Parameters: "object",
      PropagateTags: "boolean",
      RetryStrategy: "object",
      SchedulingPriorityOverride: "number",
      ShareIdentifier: "text",
      Tags: "object",
      Timeout: "object",
    },
  },
} as const satisfies IntegrationActions;

import type { IntegrationActions } from "../integration-action.ts";
import { jobOrCallback } from "../patterns.ts";

/**
 * Documented, and what the CDK generates; the others are the API's, RunTask. `Count` and `StartedBy` are the service's own: a
 * task waits for one container task, whose starter it is.
 */
export const ecs = {
  runTask: {
    patterns: jobOrCallback,
    parameters: {
      TaskDefinition: "text!",
      CapacityProviderStrategy: "list",
      ClientToken: "text",
      Cluster: "text",
      EnableECSManagedTags: "boolean",
      EnableExecuteCommand: "boolean",
      Group: "text",
      LaunchType: "text",
      NetworkConfiguration: "object",
      Overrides: "object",
      PlacementConstraints: "list",
      PlacementStrategy: "list",
      PlatformVersion: "text",
      PropagateTags: "text",
      ReferenceId: "text",
      Tags: "list",
      VolumeConfigurations: "list",
    },
  },
} as const satisfies IntegrationActions;

import type { IntegrationActions } from "../integration-action.ts";
import { job } from "../patterns.ts";

const application = { ApplicationId: "text!" } as const;

/** Documented: requests are the API's. */
export const emrServerless = {
  createApplication: {
    patterns: job,
    parameters: {
      ReleaseLabel: "text!",
      Type: "text!",
      Architecture: "text",
      AutoStartConfiguration: "object",
      AutoStopConfiguration: "object",
      ClientToken: "text",
      DiskEncryptionConfiguration: "object",
      IdentityCenterConfiguration: "object",
      ImageConfiguration: "object",
      InitialCapacity: "object",
      InteractiveConfiguration: "object",
      JobLevelCostAllocationConfiguration: "object",
      MaximumCapacity: "object",
      MonitoringConfiguration: "object",
      Name: "text",
      NetworkConfiguration: "object",
      RuntimeConfiguration: "list",
      SchedulerConfiguration: "object",
      Tags: "object",
      WorkerTypeSpecifications: "object",
    },
  },
  startApplication: { patterns: job, parameters: application },
  stopApplication: { patterns: job, parameters: application },
  deleteApplication: { patterns: job, parameters: application },
  startJobRun: {
    patterns: job,
    parameters: {
      ...application,
      ExecutionRoleArn: "text!",
      ClientToken: "text",
      ConfigurationOverrides: "object",
      ExecutionIamPolicy: "object",
      ExecutionTimeoutMinutes: "number",
      JobDriver: "object",
      Mode: "text",
      Name: "text",
      RetryPolicy: "object",
      Tags: "object",
    },
  },
  cancelJobRun: {
    patterns: job,
    parameters: { ...application, JobRunId: "text!", ShutdownGracePeriodInSeconds: "number" },
  },
} as const satisfies IntegrationActions;

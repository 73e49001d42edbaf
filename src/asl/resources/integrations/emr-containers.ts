import type { IntegrationActions } from "../integration-action.ts";
import { job, request } from "../patterns.ts";

/** Documented: the parameters are the API's. `ClientToken` is made where it is not given. */
export const emrContainers = {
  createVirtualCluster: {
    patterns: request,
    parameters: {
      ContainerProvider: "object!",
      Name: "text!",
      ClientToken: "text",
      SecurityConfigurationId: "text",
      Tags: "object",
    },
  },
  deleteVirtualCluster: { patterns: job, parameters: { Id: "text!" } },
  startJobRun: {
    patterns: job,
    parameters: {
      VirtualClusterId: "text!",
      ClientToken: "text",
      ConfigurationOverrides: "object",
      ExecutionRoleArn: "text",
      JobDriver: "object",
      JobTemplateId: "text",
      JobTemplateParameters: "object",
      Name: "text",
      ReleaseLabel: "text",
      RetryPolicyConfiguration: "object",
      Tags: "object",
    },
  },
} as const satisfies IntegrationActions;

import type { IntegrationActions } from "../integration-action.ts";
import { callback, job } from "../patterns.ts";

/** Documented: the fields are the API's, and `Input` and `Output` beside them, which are the integration's own. */
export const bedrock = {
  invokeModel: {
    patterns: callback,
    parameters: {
      ModelId: "text!",
      Accept: "text",
      Body: "json",
      ContentType: "text",
      GuardrailIdentifier: "text",
      GuardrailVersion: "text",
      Input: "object",
      Output: "object",
      PerformanceConfigLatency: "text",
      RequestMetadata: "text",
      ServiceTier: "text",
      Trace: "text",
    },
  },
  createModelCustomizationJob: {
    patterns: job,
    parameters: {
      BaseModelIdentifier: "text!",
      CustomModelName: "text!",
      JobName: "text!",
      OutputDataConfig: "object!",
      RoleArn: "text!",
      TrainingDataConfig: "object!",
      ClientRequestToken: "text",
      CustomModelKmsKeyId: "text",
      CustomModelTags: "list",
      CustomizationConfig: "object",
      CustomizationType: "text",
      HyperParameters: "object",
      JobTags: "list",
      ValidationDataConfig: "object",
      VpcConfig: "object",
    },
  },
} as const satisfies IntegrationActions;

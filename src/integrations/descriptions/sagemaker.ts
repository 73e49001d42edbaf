import { isJsonArray, type JsonObject, ownMember } from "../../expression/json.ts";
import type { sagemaker as actions } from "../../asl/resources/integrations/sagemaker.ts";
import type { TaskRequest } from "../../ports/task-handler.ts";
import { isJob } from "../described/described-action.ts";
import type { ActionDescription, ServiceDescription } from "../described/description.ts";
import { statusAt } from "../jobs/status-at.ts";
import { oldWording } from "./old-wording.ts";

/**
 * `arn:aws:states:::sagemaker:…`: jobs, also with `.sync`, models and endpoints.
 *
 * *Documented*: the words by which jobs end are the same for all of them. SageMaker knows a job that is submitted twice by its
 * name, and refuses the second.
 */
export const sagemaker: ServiceDescription<keyof typeof actions> = {
  service: "sagemaker",
  calls: { client: "sagemaker" },
  wording: oldWording("SageMaker", "AmazonSageMaker", "json"),
  actions: {
    createTrainingJob: jobOf("TrainingJob", "training-job"),
    createTransformJob: jobOf("TransformJob", "transform-job"),
    createProcessingJob: jobOf("ProcessingJob", "processing-job"),
    createLabelingJob: jobOf("LabelingJob", "labeling-job"),
    createHyperParameterTuningJob: jobOf("HyperParameterTuningJob", "hyper-parameter-tuning-job"),
    createModel: creation("CreateModel", "ModelName", "model"),
    createEndpoint: creation("CreateEndpoint", "EndpointName", "endpoint"),
    createEndpointConfig: creation("CreateEndpointConfig", "EndpointConfigName", "endpoint-config"),
    updateEndpoint: creation("UpdateEndpoint", "EndpointName", "endpoint"),
  },
};

function creation(operation: string, parameter: string, type: string): ActionDescription {
  return {
    permission: {
      action: `sagemaker:${operation}`,
      resource: {
        parameters: [parameter],
        as: "name",
        arn: `arn:{partition}:sagemaker:{region}:{account}:${type}/{name}`,
      },
    },
  };
}

function jobOf(what: string, type: string): ActionDescription {
  const name = `${what}Name`;
  return {
    ...creation(`Create${what}`, name, type),
    complete: withTag,
    job: {
      ends: "by look",
      key: { [name]: `parameters.${name}` },
      look: { operation: `describe${what}`, permission: `sagemaker:Describe${what}` },
      status: statusAt(`${what}Status`, {
        succeeded: ["Completed"],
        failed: ["Failed", "Stopped"],
      }),
      cancel: { operation: `stop${what}`, permission: `sagemaker:Stop${what}` },
    },
  };
}

/** The jobs that Step Functions waits for are tagged. Our choice, where only that there are tags is known. */
function withTag(parameters: JsonObject, { resource }: TaskRequest): JsonObject {
  const tags = ownMember(parameters, "Tags") ?? [];
  if (!isJob(resource) || !isJsonArray(tags)) return parameters;
  const tag = { Key: "MANAGED_BY_AWS", Value: "STARTED_BY_STEP_FUNCTIONS" };
  return { ...parameters, Tags: [...tags, tag] };
}

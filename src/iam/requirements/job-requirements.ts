import { isJsonObject, ownMember } from "../../expression/json.ts";
import { scopeOfArn, splitQualifiedArn } from "../../machine/arns.ts";
import type { Requirement } from "./requirement.ts";
import type { CalledTask } from "./task-requirements.ts";
import { knownResource, unknownValue } from "./written-value.ts";

/**
 * What a job (`.sync`) needs at AWS that it does not need here: the rule by which Step Functions is told about its end. It is
 * asked for all the same, so that a policy which is written here is good there. *Documented*: the pages of the integrations.
 */
const rules: { readonly [action: string]: string } = {
  "batch:submitJob": "StepFunctionsGetEventsForBatchJobsRule",
  "codebuild:startBuild": "StepFunctionsGetEventForCodeBuildStartBuildRule",
  "codebuild:startBuildBatch": "StepFunctionsGetEventForCodeBuildStartBuildBatchRule",
  "ecs:runTask": "StepFunctionsGetEventsForECSTaskRule",
  "elasticmapreduce:addStep": "StepFunctionsGetEventForEMRAddJobFlowStepsRule",
  "elasticmapreduce:createCluster": "StepFunctionsGetEventForEMRRunJobFlowRule",
  "elasticmapreduce:terminateCluster": "StepFunctionsGetEventForEMRTerminateJobFlowsRule",
  "mediaconvert:createJob": "StepFunctionsGetEventsForMediaConvertJobRule",
  "sagemaker:createHyperParameterTuningJob": "StepFunctionsGetEventsForSageMakerTuningJobsRule",
  "sagemaker:createLabelingJob": "StepFunctionsGetEventsForSageMakerLabelingJobsRule",
  "sagemaker:createProcessingJob": "StepFunctionsGetEventsForSageMakerProcessingJobsRule",
  "sagemaker:createTrainingJob": "StepFunctionsGetEventsForSageMakerTrainingJobsRule",
  "sagemaker:createTransformJob": "StepFunctionsGetEventsForSageMakerTransformJobsRule",
  "states:startExecution": "StepFunctionsGetEventsForStepFunctionsExecutionRule",
};

/** What a task needs in order to wait for the end of its job, beside what its service's description says. */
export function jobRequirements(task: CalledTask): readonly Requirement[] {
  const { resource, stateMachineArn } = task;
  if (resource.kind !== "service" || !resource.pattern.startsWith("sync")) return [];
  const { resourceType, action } = resource;
  const key = `${resourceType}:${action}`;
  const rule = Object.hasOwn(rules, key) ? rules[key] : undefined;
  const { partition, region, accountId } = scopeOfArn(stateMachineArn);
  return [
    ...(resourceType === "states" ? childRequirements(task) : []),
    ...(rule === undefined
      ? []
      : ["events:DescribeRule", "events:PutRule", "events:PutTargets"].map((one) => ({
          action: one,
          resource: `arn:${partition}:events:${region}:${accountId}:rule/${rule}`,
        }))),
  ];
}

/** *Documented*: the executions of the machine that it starts, whatever version of it. */
function childRequirements({ parameters }: CalledTask): readonly Requirement[] {
  const given = isJsonObject(parameters) ? ownMember(parameters, "StateMachineArn") : undefined;
  const arn = typeof given === "string" ? given : unknownValue;
  const machine = splitQualifiedArn(arn)?.stateMachineArn ?? arn;
  const resource = machine.includes(":stateMachine:")
    ? { resource: `${machine.replace(":stateMachine:", ":execution:")}:*` }
    : knownResource(unknownValue);
  return ["states:DescribeExecution", "states:StopExecution"].map((action) => ({
    action,
    ...resource,
  }));
}

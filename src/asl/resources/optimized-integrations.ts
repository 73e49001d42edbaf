import type { IntegrationAction, IntegrationActions } from "./integration-action.ts";
import { athena } from "./integrations/athena.ts";
import { dynamodb } from "./integrations/dynamodb.ts";
import { events } from "./integrations/events.ts";
import { lambda } from "./integrations/lambda.ts";
import { sns } from "./integrations/sns.ts";
import { sqs } from "./integrations/sqs.ts";
import { states } from "./integrations/states.ts";
import { callback, job, jobOrCallback, request } from "./patterns.ts";
import type { IntegrationPattern } from "./resource.ts";

/** The same for actions of which nothing more is known than their patterns. */
interface Patterns {
  readonly [action: string]: readonly IntegrationPattern[];
}

/**
 * The optimized integrations of the service. An action of another name is "not recognized".
 *
 * Documented: integrating optimized services, support matrix. `aws-sdk` takes any service and action, and is not
 * in this table. A service whose parameters are known has a file in `integrations/`.
 */
const optimizedIntegrations: { readonly [service: string]: IntegrationActions } = {
  apigateway: only({ invoke: callback }),
  athena,
  // Older documentation allows the token form for a job that reports through its parameters.
  batch: only({ submitJob: jobOrCallback }),
  bedrock: only({ invokeModel: callback, createModelCustomizationJob: job }),
  codebuild: only({
    startBuild: job,
    stopBuild: request,
    batchDeleteBuilds: request,
    batchGetReports: request,
    startBuildBatch: job,
    stopBuildBatch: request,
    retryBuildBatch: job,
    deleteBuildBatch: request,
  }),
  databrew: only({ startJobRun: job }),
  dynamodb,
  ecs: { runTask: { patterns: jobOrCallback, required: ["TaskDefinition"] } },
  eks: only({
    call: callback,
    runJob: jobOrCallback,
    createCluster: job,
    deleteCluster: job,
    createNodegroup: job,
    deleteNodegroup: job,
    createFargateProfile: job,
    deleteFargateProfile: job,
  }),
  elasticmapreduce: only({
    createCluster: job,
    terminateCluster: job,
    addStep: job,
    cancelStep: request,
    setClusterTerminationProtection: request,
    modifyInstanceFleetByName: request,
    modifyInstanceGroupByName: request,
  }),
  "emr-containers": only({
    createVirtualCluster: request,
    deleteVirtualCluster: job,
    startJobRun: job,
  }),
  "emr-serverless": only({
    createApplication: job,
    startApplication: job,
    stopApplication: job,
    deleteApplication: job,
    startJobRun: job,
    cancelJobRun: job,
  }),
  events,
  glue: { startJobRun: { patterns: job, required: ["JobName"] } },
  http: only({ invoke: request }),
  lambda,
  mediaconvert: only({ createJob: job }),
  sagemaker: only({
    createTrainingJob: job,
    createTransformJob: job,
    createProcessingJob: job,
    createLabelingJob: job,
    createHyperParameterTuningJob: job,
    createModel: request,
    createEndpoint: request,
    createEndpointConfig: request,
    updateEndpoint: request,
  }),
  sns,
  sqs,
  states,
};

/** The action of a service; `undefined` if there is none of that name. */
export function integrationAction(service: string, action: string): IntegrationAction | undefined {
  if (!Object.hasOwn(optimizedIntegrations, service)) return undefined;
  const actions = optimizedIntegrations[service] as IntegrationActions;
  return Object.hasOwn(actions, action) ? actions[action] : undefined;
}

/** Whether the service has the action, and the action the pattern. */
export function isOptimizedIntegration(
  service: string,
  action: string,
  pattern: IntegrationPattern,
): boolean {
  return integrationAction(service, action)?.patterns.includes(pattern) === true;
}

function only(patterns: Patterns): IntegrationActions {
  return Object.fromEntries(
    Object.entries(patterns).map(([action, allowed]) => [action, { patterns: allowed }]),
  );
}

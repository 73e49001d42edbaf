import type { IntegrationPattern } from "./resource.ts";

/** What a service's optimized integration offers: its actions, by the patterns that each can be called with. */
type Actions = { readonly [action: string]: readonly IntegrationPattern[] };

const request = ["requestResponse"] as const;
const job = ["requestResponse", "sync"] as const;
const callback = ["requestResponse", "waitForTaskToken"] as const;
const jobOrCallback = ["requestResponse", "sync", "waitForTaskToken"] as const;

/**
 * The optimized integrations of the service. An action of another name is "not recognized".
 *
 * Documented: integrating optimized services, support matrix. `aws-sdk` takes any service and action, and is not
 * in this table.
 */
const optimizedIntegrations: { readonly [service: string]: Actions } = {
  apigateway: { invoke: callback },
  athena: {
    startQueryExecution: job,
    stopQueryExecution: request,
    getQueryExecution: request,
    getQueryResults: request,
  },
  // Older documentation allows the token form for a job that reports through its parameters.
  batch: { submitJob: jobOrCallback },
  bedrock: { invokeModel: callback, createModelCustomizationJob: job },
  codebuild: {
    startBuild: job,
    stopBuild: request,
    batchDeleteBuilds: request,
    batchGetReports: request,
    startBuildBatch: job,
    stopBuildBatch: request,
    retryBuildBatch: job,
    deleteBuildBatch: request,
  },
  databrew: { startJobRun: job },
  dynamodb: { getItem: request, putItem: request, updateItem: request, deleteItem: request },
  ecs: { runTask: jobOrCallback },
  eks: {
    call: callback,
    runJob: jobOrCallback,
    createCluster: job,
    deleteCluster: job,
    createNodegroup: job,
    deleteNodegroup: job,
    createFargateProfile: job,
    deleteFargateProfile: job,
  },
  elasticmapreduce: {
    createCluster: job,
    terminateCluster: job,
    addStep: job,
    cancelStep: request,
    setClusterTerminationProtection: request,
    modifyInstanceFleetByName: request,
    modifyInstanceGroupByName: request,
  },
  "emr-containers": { createVirtualCluster: request, deleteVirtualCluster: job, startJobRun: job },
  "emr-serverless": {
    createApplication: job,
    startApplication: job,
    stopApplication: job,
    deleteApplication: job,
    startJobRun: job,
    cancelJobRun: job,
  },
  events: { putEvents: callback },
  glue: { startJobRun: job },
  http: { invoke: request },
  lambda: { invoke: callback },
  mediaconvert: { createJob: job },
  sagemaker: {
    createTrainingJob: job,
    createTransformJob: job,
    createProcessingJob: job,
    createLabelingJob: job,
    createHyperParameterTuningJob: job,
    createModel: request,
    createEndpoint: request,
    createEndpointConfig: request,
    updateEndpoint: request,
  },
  sns: { publish: callback },
  sqs: { sendMessage: callback },
  states: { startExecution: ["requestResponse", "sync", "sync:2", "waitForTaskToken"] },
};

/** Whether the service has the action, and the action the pattern. */
export function isOptimizedIntegration(
  service: string,
  action: string,
  pattern: IntegrationPattern,
): boolean {
  if (!Object.hasOwn(optimizedIntegrations, service)) return false;
  const actions = optimizedIntegrations[service] as Actions;
  return Object.hasOwn(actions, action) && (actions[action] as readonly string[]).includes(pattern);
}

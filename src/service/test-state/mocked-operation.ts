import type { TaskResource } from "../../asl/resources/resource.ts";

/** The API operation whose answer is a task's result. */
export interface MockedOperation {
  /** As the ARNs of SDK integrations name it. */
  readonly service: string;
  /** As the API names it: `PutEvents`. */
  readonly operation: string;
  /** Members follow the naming of SDK integrations (`SsekmsKeyId`), not that of the API. */
  readonly renamesMembers: boolean;
  /** Members that the integration has made a document of. */
  readonly documents: readonly string[];
}

/** Optimized integrations that are named differently from the SDK's. */
const services: { readonly [resourceType: string]: string } = {
  states: "sfn",
  events: "eventbridge",
  elasticmapreduce: "emr",
  "emr-containers": "emrcontainers",
  "emr-serverless": "emrserverless",
  bedrock: "bedrockruntime",
};

/** The operation that a `.sync` integration asks until the job is done. Documented: its answer is the result. */
const polled: { readonly [resource: string]: string } = {
  "athena:startQueryExecution": "GetQueryExecution",
  "batch:submitJob": "DescribeJobs",
  "codebuild:startBuild": "BatchGetBuilds",
  "codebuild:startBuildBatch": "BatchGetBuildBatches",
  "databrew:startJobRun": "DescribeJobRun",
  "ecs:runTask": "DescribeTasks",
  "eks:createCluster": "DescribeCluster",
  "eks:createFargateProfile": "DescribeFargateProfile",
  "eks:createNodegroup": "DescribeNodegroup",
  "elasticmapreduce:addStep": "DescribeStep",
  "elasticmapreduce:createCluster": "DescribeCluster",
  "elasticmapreduce:terminateCluster": "DescribeCluster",
  "emr-containers:createVirtualCluster": "DescribeVirtualCluster",
  "emr-containers:deleteVirtualCluster": "DescribeVirtualCluster",
  "emr-containers:startJobRun": "DescribeJobRun",
  "emr-serverless:createApplication": "GetApplication",
  "emr-serverless:deleteApplication": "GetApplication",
  "emr-serverless:startApplication": "GetApplication",
  "emr-serverless:startJobRun": "GetJobRun",
  "emr-serverless:stopApplication": "GetApplication",
  "glue:startJobRun": "GetJobRun",
  "mediaconvert:createJob": "GetJob",
  "sagemaker:createHyperParameterTuningJob": "DescribeHyperParameterTuningJob",
  "sagemaker:createLabelingJob": "DescribeLabelingJob",
  "sagemaker:createProcessingJob": "DescribeProcessingJob",
  "sagemaker:createTrainingJob": "DescribeTrainingJob",
  "sagemaker:createTransformJob": "DescribeTransformJob",
  "states:startExecution": "DescribeExecution",
};

/** What an integration parses for the state: then any JSON may be there. */
const documents: { readonly [resource: string]: readonly string[] } = {
  "bedrock:invokeModel": ["Body"],
  "lambda:invoke": ["Payload"],
  "states:startExecution.sync:2": ["Input", "Output"],
};

/** Operations of EMR that the integration names in its own way. */
const operations: { readonly [resource: string]: string } = {
  "elasticmapreduce:addStep": "AddJobFlowSteps",
  "elasticmapreduce:cancelStep": "CancelSteps",
  "elasticmapreduce:createCluster": "RunJobFlow",
  "elasticmapreduce:modifyInstanceFleetByName": "ModifyInstanceFleet",
  "elasticmapreduce:modifyInstanceGroupByName": "ModifyInstanceGroups",
  "elasticmapreduce:setClusterTerminationProtection": "SetTerminationProtection",
  "elasticmapreduce:terminateCluster": "TerminateJobFlows",
};

/**
 * The operation that a mocked result has to look like the answer of; `undefined` where the result is nobody's answer:
 * a function's own, a worker's, or an HTTP endpoint's.
 */
export function mockedOperation(resource: TaskResource): MockedOperation | undefined {
  if (resource.kind !== "service" || resource.pattern === "waitForTaskToken") return undefined;
  const { resourceType, action, pattern } = resource;
  const isSdk = resourceType.startsWith("aws-sdk:");
  if (isSdk) {
    const service = resourceType.slice("aws-sdk:".length).toLowerCase();
    return { service, operation: capitalised(action), renamesMembers: true, documents: [] };
  }
  const name = `${resourceType}:${action}`;
  // Documented: results of HTTP tasks, API Gateway and these calls of EKS are not checked.
  if (resourceType === "http" || resourceType === "apigateway") return undefined;
  if (name === "eks:call" || name === "eks:runJob") return undefined;
  const operation = pattern === "requestResponse" ? undefined : own(polled, name);
  const customization = name === "bedrock:createModelCustomizationJob";
  return {
    service: customization ? "bedrock" : (own(services, resourceType) ?? resourceType),
    operation:
      operation ??
      (customization && pattern !== "requestResponse"
        ? "GetModelCustomizationJob"
        : (own(operations, name) ?? capitalised(action))),
    renamesMembers: false,
    documents: own(documents, `${resourceType}:${resource.resource}`) ?? [],
  };
}

export function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function own<T>(table: { readonly [name: string]: T }, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

import { typeOfArn } from "../../../../src/machine/arns.ts";

/** Where a task's output is that is no function of this server. */
export type LogPlace =
  | { readonly kind: "activity" | "http" | "execution" }
  | { readonly kind: "service"; readonly service: string; readonly group?: string };

/** Names that the services have, where the resource's is not one that people say. */
const serviceNames: Readonly<Record<string, string>> = {
  batch: "AWS Batch",
  codebuild: "AWS CodeBuild",
  dynamodb: "Amazon DynamoDB",
  ecs: "Amazon ECS",
  eks: "Amazon EKS",
  elasticmapreduce: "Amazon EMR",
  "emr-containers": "Amazon EMR on EKS",
  "emr-serverless": "Amazon EMR Serverless",
  events: "Amazon EventBridge",
  glue: "AWS Glue",
  sagemaker: "Amazon SageMaker",
  sns: "Amazon SNS",
  sqs: "Amazon SQS",
};

/** Documented: the log groups of services that have one for all of an account, unless they are configured otherwise. */
const groups: Readonly<Record<string, string>> = {
  "glue:startJobRun": "/aws-glue/jobs/output",
  "batch:submitJob": "/aws/batch/job",
  "sagemaker:createTrainingJob": "/aws/sagemaker/TrainingJobs",
  "sagemaker:createTransformJob": "/aws/sagemaker/TransformJobs",
  "sagemaker:createProcessingJob": "/aws/sagemaker/ProcessingJobs",
};

/** Whether a visit's resource is a function, by ARN, by Lambda's Invoke or by the short form. */
export function isFunction(resource: string): boolean {
  return /^lambda:/i.test(resource) || /^arn:[^:]+:lambda:/.test(resource);
}

/** `resource` as a visit has it: `glue:startJobRun.sync`, or an ARN; `sent` is what the task was sent, as JSON text. */
export function logPlaceOf(resource: string, sent: string | undefined): LogPlace {
  if (typeOfArn(resource) === "activity") return { kind: "activity" };
  const [type = "", action = ""] = resource.replace(/^aws-sdk:/, "").split(":");
  if (type === "http") return { kind: "http" };
  if ((type === "states" || type === "sfn") && /^start(Sync)?Execution/.test(action)) {
    return { kind: "execution" };
  }
  const service = serviceNames[type] ?? type;
  const name = `${type}:${action.replace(/\..*$/, "")}`;
  const group = name === "codebuild:startBuild" ? groupOfBuild(sent) : groups[name];
  return { kind: "service", service, ...(group !== undefined && { group }) };
}

function groupOfBuild(sent: string | undefined): string | undefined {
  try {
    const { ProjectName: name } = JSON.parse(sent ?? "") as { readonly ProjectName?: unknown };
    return typeof name === "string" ? `/aws/codebuild/${name}` : undefined;
  } catch {
    return undefined;
  }
}

import { descriptions } from "../descriptions/descriptions.ts";

/** A service of AWS that something here calls. */
export interface CalledService {
  /** As people know it. */
  readonly name: string;
  /** Its client, as SDK integrations name it. */
  readonly client: string;
  readonly usedFor: "task" | "map data" | "logs";
  /** What answers where neither AWS nor a stand-in does. */
  readonly otherwise: "local functions" | "local folder" | "failure" | "nothing";
  /** Other clients that some of its actions call. */
  readonly others?: readonly string[];
  /** In the ARNs of optimized integrations, where tasks call it. */
  readonly integration?: string;
}

const others: readonly CalledService[] = [
  {
    name: "Lambda",
    client: "lambda",
    usedFor: "task",
    otherwise: "local functions",
    integration: "lambda",
  },
  { name: "S3", client: "s3", usedFor: "map data", otherwise: "local folder" },
  { name: "CloudWatch Logs", client: "cloudwatchlogs", usedFor: "logs", otherwise: "nothing" },
];

/** Services of optimized integrations as people know them. */
export const serviceTitles: Readonly<Record<string, string>> = {
  athena: "Athena",
  batch: "Batch",
  bedrock: "Bedrock",
  codebuild: "CodeBuild",
  databrew: "Glue DataBrew",
  dynamodb: "DynamoDB",
  ecs: "ECS",
  eks: "EKS",
  elasticmapreduce: "EMR",
  "emr-containers": "EMR on EKS",
  "emr-serverless": "EMR Serverless",
  events: "EventBridge",
  glue: "Glue",
  mediaconvert: "MediaConvert",
  sagemaker: "SageMaker",
  sns: "SNS",
  sqs: "SQS",
};

/** The services that tasks of optimized integrations, Map Runs and logs call, by name. */
export function calledServices(): readonly CalledService[] {
  const described = descriptions.flatMap(({ service, calls, actions }): CalledService[] =>
    calls === "this engine"
      ? []
      : [
          {
            name: serviceTitles[service] ?? service,
            client: calls.client,
            others: [...new Set(Object.values(actions).flatMap(({ client }) => client ?? []))],
            usedFor: "task",
            otherwise: "failure",
            integration: service,
          },
        ],
  );
  return [...others, ...described].sort((a, b) => a.name.localeCompare(b.name));
}

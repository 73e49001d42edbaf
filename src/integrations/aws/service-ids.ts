/**
 * The service ids of APIs by their clients, as the clients that are installed with Stepwell have them: so that it is known
 * what a service's endpoint is named by without loading its client, which takes some 50 ms.
 */
export const serviceIds: { readonly [client: string]: string } = {
  athena: "Athena",
  batch: "Batch",
  bedrock: "Bedrock",
  bedrockruntime: "Bedrock Runtime",
  cloudwatchlogs: "CloudWatch Logs",
  codebuild: "CodeBuild",
  databrew: "DataBrew",
  dynamodb: "DynamoDB",
  ecs: "ECS",
  eks: "EKS",
  emr: "EMR",
  emrserverless: "EMR Serverless",
  eventbridge: "EventBridge",
  glue: "Glue",
  lambda: "Lambda",
  mediaconvert: "MediaConvert",
  s3: "S3",
  sagemaker: "SageMaker",
  sns: "SNS",
  sqs: "SQS",
  sts: "STS",
};

/** Services that IAM names in another way than SDK integrations do. *Documented*: Service Authorization Reference. */
const prefixes: { readonly [service: string]: string } = {
  accessanalyzer: "access-analyzer",
  acmpca: "acm-pca",
  apigatewaymanagementapi: "execute-api",
  apigatewayv2: "apigateway",
  appconfigdata: "appconfig",
  applicationautoscaling: "application-autoscaling",
  bedrockagent: "bedrock",
  bedrockagentruntime: "bedrock",
  bedrockruntime: "bedrock",
  cloudwatchlogs: "logs",
  cognitoidentity: "cognito-identity",
  cognitoidentityprovider: "cognito-idp",
  configservice: "config",
  costexplorer: "ce",
  databasemigration: "dms",
  docdb: "rds",
  dynamodbstreams: "dynamodb",
  ecrpublic: "ecr-public",
  efs: "elasticfilesystem",
  elasticloadbalancingv2: "elasticloadbalancing",
  elasticsearch: "es",
  emr: "elasticmapreduce",
  emrcontainers: "emr-containers",
  emrserverless: "emr-serverless",
  eventbridge: "events",
  neptune: "rds",
  networkfirewall: "network-firewall",
  opensearch: "es",
  pinpoint: "mobiletargeting",
  rdsdata: "rds-data",
  redshiftdata: "redshift-data",
  resourcegroups: "resource-groups",
  resourcegroupstaggingapi: "tag",
  s3control: "s3",
  sagemakerruntime: "sagemaker",
  sesv2: "ses",
  sfn: "states",
  ssoadmin: "sso",
  timestreamquery: "timestream",
  timestreamwrite: "timestream",
};

/** Operations that IAM has another action for. *Documented*: Amazon S3 API operations and required permissions. */
const actions: { readonly [operation: string]: string } = {
  "s3:CompleteMultipartUpload": "s3:PutObject",
  "s3:CopyObject": "s3:PutObject",
  "s3:CreateMultipartUpload": "s3:PutObject",
  "s3:DeleteObjects": "s3:DeleteObject",
  "s3:GetBucketLifecycleConfiguration": "s3:GetLifecycleConfiguration",
  "s3:HeadBucket": "s3:ListBucket",
  "s3:HeadObject": "s3:GetObject",
  "s3:ListBuckets": "s3:ListAllMyBuckets",
  "s3:ListMultipartUploads": "s3:ListBucketMultipartUploads",
  "s3:ListObjects": "s3:ListBucket",
  "s3:ListObjectsV2": "s3:ListBucket",
  "s3:ListObjectVersions": "s3:ListBucketVersions",
  "s3:ListParts": "s3:ListMultipartUploadParts",
  "s3:PutBucketLifecycleConfiguration": "s3:PutLifecycleConfiguration",
  "s3:SelectObjectContent": "s3:GetObject",
  "s3:UploadPart": "s3:PutObject",
  "s3:UploadPartCopy": "s3:PutObject",
};

/** The IAM action of an operation as SDK integrations name it: `emr`, `runJobFlow` is `elasticmapreduce:RunJobFlow`. */
export function iamAction(service: string, operation: string): string {
  const prefix = Object.hasOwn(prefixes, service) ? prefixes[service] : service;
  const named = `${prefix}:${operation.charAt(0).toUpperCase()}${operation.slice(1)}`;
  return (Object.hasOwn(actions, named) ? actions[named] : undefined) ?? named;
}

import type { Permission, PermissionResource } from "../described/permission.ts";

/** Services that IAM names in another way than SDK integrations do. *Documented*: Service Authorization Reference. */
const iamPrefixes: { readonly [service: string]: string } = {
  cloudwatchlogs: "logs",
  cognitoidentityprovider: "cognito-idp",
  efs: "elasticfilesystem",
  emr: "elasticmapreduce",
  eventbridge: "events",
  rdsdata: "rds-data",
  redshiftdata: "redshift-data",
  sfn: "states",
};

/** Operations that IAM has under another name. *Documented*: Amazon S3, required permissions for its API operations. */
const iamActions: { readonly [operation: string]: string } = {
  "s3:abortMultipartUpload": "AbortMultipartUpload",
  "s3:completeMultipartUpload": "PutObject",
  "s3:copyObject": "PutObject",
  "s3:createMultipartUpload": "PutObject",
  "s3:deleteObjects": "DeleteObject",
  "s3:headBucket": "ListBucket",
  "s3:headObject": "GetObject",
  "s3:listBuckets": "ListAllMyBuckets",
  "s3:listMultipartUploads": "ListBucketMultipartUploads",
  "s3:listObjectVersions": "ListBucketVersions",
  "s3:listObjects": "ListBucket",
  "s3:listObjectsV2": "ListBucket",
  "s3:listParts": "ListMultipartUploadParts",
  "s3:uploadPart": "PutObject",
  "s3:uploadPartCopy": "PutObject",
  // IAM has one action for all ways to call a function.
  "lambda:invoke": "InvokeFunction",
};

/**
 * The parameter that names what all operations of a service act on, where one does. *Documented*: Service Authorization Reference,
 * resource types. Of a service that is not here, and of an operation without the parameter, it is everything.
 */
const resources: { readonly [service: string]: PermissionResource } = {
  dynamodb: named("TableName", "dynamodb", "table/{name}"),
  eventbridge: named("EventBusName", "events", "event-bus/{name}"),
  firehose: named("DeliveryStreamName", "firehose", "deliverystream/{name}"),
  glue: named("JobName", "glue", "job/{name}"),
  kinesis: named("StreamName", "kinesis", "stream/{name}"),
  // Our choice: the form that policies mostly have, for the group and for its streams.
  cloudwatchlogs: named("LogGroupName", "logs", "log-group:{name}:*"),
  lambda: { parameters: ["FunctionName"], as: "function", qualifier: "Qualifier" },
  s3: { parameters: ["Bucket"], as: "bucket" },
  // Documented: AWS puts six characters after the name of a secret, which nobody knows here.
  secretsmanager: named("SecretId", "secretsmanager", "secret:{name}-??????"),
  sns: { parameters: ["TopicArn", "TargetArn"], as: "arn" },
  sqs: { parameters: ["QueueUrl"], as: "queue URL" },
  ssm: named("Name", "ssm", "parameter/{name}"),
};

function named(parameter: string, service: string, resource: string): PermissionResource {
  return {
    parameters: [parameter],
    as: "name",
    arn: `arn:{partition}:${service}:{region}:{account}:${resource}`,
  };
}

/** What a role has to be allowed for an operation of the AWS SDK. `service` is as SDK integrations name it. */
export function sdkPermission(service: string, operation: string): Permission {
  const prefix = Object.hasOwn(iamPrefixes, service) ? iamPrefixes[service] : service;
  const key = `${service}:${operation}`;
  const action = Object.hasOwn(iamActions, key)
    ? iamActions[key]
    : `${operation.charAt(0).toUpperCase()}${operation.slice(1)}`;
  const resource = Object.hasOwn(resources, service) ? resources[service] : undefined;
  return { action: `${prefix}:${action}`, ...(resource && { resource }) };
}

import type { Permission, PermissionResource } from "../described/permission.ts";
import { iamAction } from "./iam-names.ts";

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
  const isCall = service === "lambda" && operation === "invoke";
  const resource = Object.hasOwn(resources, service) ? resources[service] : undefined;
  return {
    // IAM has one action for all ways to call a function.
    action: isCall ? "lambda:InvokeFunction" : iamAction(service, operation),
    ...(resource && { resource }),
  };
}

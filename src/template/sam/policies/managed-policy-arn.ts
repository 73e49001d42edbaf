/** AWS's policies for service roles, which have a path. Documented: "AWS managed policy reference". */
const serviceRolePolicies = new Set([
  "AWSLambdaBasicExecutionRole",
  "AWSLambdaDynamoDBExecutionRole",
  "AWSLambdaENIManagementAccess",
  "AWSLambdaKinesisExecutionRole",
  "AWSLambdaMSKExecutionRole",
  "AWSLambdaRole",
  "AWSLambdaSQSQueueExecutionRole",
  "AWSLambdaVPCAccessExecutionRole",
  "AWSBatchServiceRole",
  "AWSGlueServiceRole",
  "AmazonAPIGatewayPushToCloudWatchLogs",
  "AmazonECSTaskExecutionRolePolicy",
]);

/** The ARN of a managed policy that is named; an ARN is itself. */
export function managedPolicyArn(name: string, partition: string): string {
  if (name.startsWith("arn:")) return name;
  const path = serviceRolePolicies.has(name) ? "service-role/" : "";
  return `arn:${partition}:iam::aws:policy/${path}${name}`;
}

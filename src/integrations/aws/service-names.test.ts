import { expect, test } from "vitest";
import { clientPackage, serviceErrorPrefix } from "./service-names.ts";

test.each([
  ["sqs", "client-sqs"],
  ["cloudwatchlogs", "client-cloudwatch-logs"],
  ["secretsmanager", "client-secrets-manager"],
  ["cognitoidentityprovider", "client-cognito-identity-provider"],
  ["databasemigration", "client-database-migration-service"],
  ["config", "client-config-service"],
  ["applicationdiscovery", "client-application-discovery-service"],
  ["lexruntime", "client-lex-runtime-service"],
  ["lexruntimev2", "client-lex-runtime-v2"],
  ["resourceexplorer2", "client-resource-explorer-2"],
  ["directory", "client-directory-service"],
  ["directoryservicedata", "client-directory-service-data"],
  ["somethingnew", "client-somethingnew"],
])("aws-sdk:%s is called with %s", (service, name) => {
  expect(clientPackage(service)).toBe(`@aws-sdk/${name}`);
});

// The service ids of the API models, and what AWS's list of SDK integrations names their errors.
test.each([
  ["DynamoDB", "DynamoDb"],
  ["SQS", "Sqs"],
  ["SFN", "Sfn"],
  ["S3 Control", "S3Control"],
  ["CloudWatch Logs", "CloudWatchLogs"],
  ["Secrets Manager", "SecretsManager"],
  ["SESv2", "SesV2"],
  ["WAFV2", "Wafv2"],
  ["Elastic Load Balancing v2", "ElasticLoadBalancingV2"],
  ["IoT Wireless", "IotWireless"],
  ["IoTSiteWise", "IoTSiteWise"],
  ["FSx", "FSx"],
  ["MemoryDB", "MemoryDb"],
  ["MTurk", "MTurk"],
  ["SageMaker A2I Runtime", "SageMakerA2IRuntime"],
  ["Sagemaker Edge", "SagemakerEdge"],
  ["savingsplans", "Savingsplans"],
  ["WorkSpaces", "WorkSpaces"],
  ["XRay", "XRay"],
  ["API Gateway", "ApiGateway"],
  ["Database Migration Service", "DatabaseMigration"],
])("the errors of %s begin with %s", (serviceId, prefix) => {
  expect(serviceErrorPrefix(serviceId)).toBe(prefix);
});

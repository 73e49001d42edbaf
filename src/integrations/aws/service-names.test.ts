import { expect, test } from "vitest";
import { clientPackage, sdkServiceName, serviceErrorPrefix } from "./service-names.ts";

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

// Every name that the reference lists with its prefix: as ARNs have it, its package, the service id of its API.
test.each([
  ["dynamodb", "dynamodb", "DynamoDB", "DynamoDb"],
  ["sfn", "sfn", "SFN", "Sfn"],
  ["sqs", "sqs", "SQS", "Sqs"],
  ["sns", "sns", "SNS", "Sns"],
  ["cloudwatchlogs", "cloudwatch-logs", "CloudWatch Logs", "CloudWatchLogs"],
  ["eventbridge", "eventbridge", "EventBridge", "EventBridge"],
  ["ec2", "ec2", "EC2", "Ec2"],
  ["ecs", "ecs", "ECS", "Ecs"],
  ["eks", "eks", "EKS", "Eks"],
  ["emr", "emr", "EMR", "Emr"],
  ["emrserverless", "emr-serverless", "EMR Serverless", "EmrServerless"],
  ["efs", "efs", "EFS", "Efs"],
  ["iam", "iam", "IAM", "Iam"],
  ["kms", "kms", "KMS", "Kms"],
  ["rds", "rds", "RDS", "Rds"],
  ["rdsdata", "rds-data", "RDS Data", "RdsData"],
  ["ssm", "ssm", "SSM", "Ssm"],
  ["sts", "sts", "STS", "Sts"],
  ["s3", "s3", "S3", "S3"],
  ["s3control", "s3-control", "S3 Control", "S3Control"],
  ["ses", "ses", "SES", "Ses"],
  ["sesv2", "sesv2", "SESv2", "SesV2"],
  ["apigateway", "api-gateway", "API Gateway", "ApiGateway"],
  ["appsync", "appsync", "AppSync", "AppSync"],
  ["appflow", "appflow", "Appflow", "Appflow"],
  ["autoscaling", "auto-scaling", "Auto Scaling", "AutoScaling"],
  [
    "cognitoidentityprovider",
    "cognito-identity-provider",
    "Cognito Identity Provider",
    "CognitoIdentityProvider",
  ],
  ["costexplorer", "cost-explorer", "Cost Explorer", "CostExplorer"],
  [
    "codestarnotifications",
    "codestar-notifications",
    "codestar notifications",
    "CodestarNotifications",
  ],
  ["codeartifact", "codeartifact", "codeartifact", "Codeartifact"],
  ["billingconductor", "billingconductor", "billingconductor", "Billingconductor"],
  [
    "databasemigration",
    "database-migration-service",
    "Database Migration Service",
    "DatabaseMigration",
  ],
  ["directory", "directory-service", "Directory Service", "Directory"],
  ["docdb", "docdb", "DocDB", "DocDb"],
  [
    "elasticloadbalancing",
    "elastic-load-balancing",
    "Elastic Load Balancing",
    "ElasticLoadBalancing",
  ],
  [
    "elasticloadbalancingv2",
    "elastic-load-balancing-v2",
    "Elastic Load Balancing v2",
    "ElasticLoadBalancingV2",
  ],
  ["elasticsearch", "elasticsearch-service", "Elasticsearch Service", "Elasticsearch"],
  ["fsx", "fsx", "FSx", "FSx"],
  ["imagebuilder", "imagebuilder", "imagebuilder", "Imagebuilder"],
  ["iotwireless", "iot-wireless", "IoT Wireless", "IotWireless"],
  ["iotsitewise", "iotsitewise", "IoTSiteWise", "IoTSiteWise"],
  ["ivschat", "ivschat", "ivschat", "Ivschat"],
  ["identitystore", "identitystore", "identitystore", "Identitystore"],
  ["kafka", "kafka", "Kafka", "Kafka"],
  ["macie2", "macie2", "Macie2", "Macie2"],
  ["memorydb", "memorydb", "MemoryDB", "MemoryDb"],
  ["mturk", "mturk", "MTurk", "MTurk"],
  ["opensearch", "opensearch", "OpenSearch", "OpenSearch"],
  ["resiliencehub", "resiliencehub", "resiliencehub", "Resiliencehub"],
  ["sagemakera2iruntime", "sagemaker-a2i-runtime", "SageMaker A2I Runtime", "SageMakerA2IRuntime"],
  ["sagemakeredge", "sagemaker-edge", "Sagemaker Edge", "SagemakerEdge"],
  ["savingsplans", "savingsplans", "savingsplans", "Savingsplans"],
  ["secretsmanager", "secrets-manager", "Secrets Manager", "SecretsManager"],
  ["swf", "swf", "SWF", "Swf"],
  ["transcribe", "transcribe", "Transcribe", "Transcribe"],
  ["wafv2", "wafv2", "WAFV2", "Wafv2"],
  ["workspaces", "workspaces", "WorkSpaces", "WorkSpaces"],
  ["xray", "xray", "XRay", "XRay"],
])("aws-sdk:%s is client-%s, whose errors begin with its name", (service, name, id, prefix) => {
  expect(clientPackage(service)).toBe(`@aws-sdk/client-${name}`);
  expect(sdkServiceName(`@aws-sdk/client-${name}`)).toBe(service);
  expect(serviceErrorPrefix(id)).toBe(prefix);
});

test.each([
  ["Rekognition", "rekognition"],
  ["events", "eventbridge"],
  ["elasticmapreduce", "emr"],
  ["emr-serverless", "emrserverless"],
  ["aws-sdk:rdsdata", "rdsdata"],
  ["client-rds-data", "rdsdata"],
  ["client-config-service", "config"],
])("%s is known as aws-sdk:%s", (name, service) => {
  expect(sdkServiceName(name)).toBe(service);
});

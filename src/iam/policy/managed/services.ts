import type { ManagedPolicyPage } from "./managed-policy.ts";

/** Policies for what workflows call, and for what calls them. */
export const servicePolicies = {
  AWSLambdaRole: {
    path: "/service-role/",
    description: "Default policy for AWS Lambda service role.",
    statements: [{ Effect: "Allow", Action: ["lambda:InvokeFunction"], Resource: ["*"] }],
  },
  AWSLambdaBasicExecutionRole: {
    path: "/service-role/",
    description: "Provides write permissions to CloudWatch Logs.",
    statements: [
      {
        Effect: "Allow",
        Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: "*",
      },
    ],
  },
  AmazonEventBridgeFullAccess: {
    description: "Provides full access to Amazon EventBridge.",
    statements: [
      {
        Sid: "EventBridgeActions",
        Effect: "Allow",
        Action: ["events:*", "schemas:*", "scheduler:*", "pipes:*"],
        Resource: "*",
      },
      {
        Sid: "IAMCreateServiceLinkedRoleForApiDestinations",
        Effect: "Allow",
        Action: "iam:CreateServiceLinkedRole",
        Resource:
          "arn:aws:iam::*:role/aws-service-role/AmazonEventBridgeApiDestinationsServiceRolePolicy",
        Condition: {
          StringEquals: { "iam:AWSServiceName": "apidestinations.events.amazonaws.com" },
        },
      },
      {
        Sid: "IAMCreateServiceLinkedRoleForAmazonEventBridgeSchemas",
        Effect: "Allow",
        Action: "iam:CreateServiceLinkedRole",
        Resource:
          "arn:aws:iam::*:role/aws-service-role/schemas.amazonaws.com/AWSServiceRoleForSchemas",
        Condition: { StringEquals: { "iam:AWSServiceName": "schemas.amazonaws.com" } },
      },
      {
        Sid: "SecretsManagerAccessForApiDestinations",
        Effect: "Allow",
        Action: [
          "secretsmanager:CreateSecret",
          "secretsmanager:UpdateSecret",
          "secretsmanager:DeleteSecret",
          "secretsmanager:GetSecretValue",
          "secretsmanager:PutSecretValue",
        ],
        Resource: "arn:aws:secretsmanager:*:*:secret:events!*",
      },
      {
        Sid: "IAMPassRoleAccessForEventBridge",
        Effect: "Allow",
        Action: "iam:PassRole",
        Resource: "arn:aws:iam::*:role/*",
        Condition: { StringLike: { "iam:PassedToService": "events.amazonaws.com" } },
      },
      {
        Sid: "IAMPassRoleAccessForScheduler",
        Effect: "Allow",
        Action: "iam:PassRole",
        Resource: "arn:aws:iam::*:role/*",
        Condition: { StringLike: { "iam:PassedToService": "scheduler.amazonaws.com" } },
      },
      {
        Sid: "IAMPassRoleAccessForPipes",
        Effect: "Allow",
        Action: "iam:PassRole",
        Resource: "arn:aws:iam::*:role/*",
        Condition: { StringLike: { "iam:PassedToService": "pipes.amazonaws.com" } },
      },
    ],
  },
  CloudWatchLogsFullAccess: {
    description: "Provides full access to CloudWatch Logs",
    statements: [
      {
        Sid: "CloudWatchLogsFullAccess",
        Effect: "Allow",
        Action: ["logs:*", "cloudwatch:GenerateQuery", "cloudwatch:GenerateQueryResultsSummary"],
        Resource: "*",
      },
    ],
  },
  AWSXRayDaemonWriteAccess: {
    description:
      "Allow the AWS X-Ray Daemon to relay raw trace segments data to the service's API and retrieve sampling data (rules, targets, etc.) to be used by the X-Ray SDK.",
    statements: [
      {
        Sid: "AWSXRayDaemonWriteAccess",
        Effect: "Allow",
        Action: [
          "xray:PutTraceSegments",
          "xray:PutTelemetryRecords",
          "xray:GetSamplingRules",
          "xray:GetSamplingTargets",
          "xray:GetSamplingStatisticSummaries",
        ],
        Resource: ["*"],
      },
    ],
  },
  AmazonS3FullAccess: {
    description: "Provides full access to all buckets via the AWS Management Console.",
    statements: [{ Effect: "Allow", Action: ["s3:*", "s3-object-lambda:*"], Resource: "*" }],
  },
  AmazonSQSFullAccess: {
    description: "Provides full access to Amazon SQS via the AWS Management Console.",
    statements: [{ Effect: "Allow", Action: ["sqs:*"], Resource: "*" }],
  },
  AmazonSNSFullAccess: {
    description: "Provides full access to Amazon SNS via the AWS Management Console.",
    statements: [
      { Sid: "SNSFullAccess", Effect: "Allow", Action: "sns:*", Resource: "*" },
      {
        Sid: "SMSAccessViaSNS",
        Effect: "Allow",
        Action: [
          "sms-voice:DescribeVerifiedDestinationNumbers",
          "sms-voice:CreateVerifiedDestinationNumber",
          "sms-voice:SendDestinationNumberVerificationCode",
          "sms-voice:SendTextMessage",
          "sms-voice:DeleteVerifiedDestinationNumber",
          "sms-voice:VerifyDestinationNumber",
          "sms-voice:DescribeAccountAttributes",
          "sms-voice:DescribeSpendLimits",
          "sms-voice:DescribePhoneNumbers",
          "sms-voice:SetTextMessageSpendLimitOverride",
          "sms-voice:DescribeOptedOutNumbers",
          "sms-voice:DeleteOptedOutNumber",
        ],
        Resource: "*",
        Condition: { StringEquals: { "aws:CalledViaLast": "sns.amazonaws.com" } },
      },
    ],
  },
} satisfies { readonly [name: string]: ManagedPolicyPage };

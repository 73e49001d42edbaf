import { describe, expect, test } from "vitest";
import { parseResource } from "./parse-resource.ts";

test.each([
  "arn:aws:lambda:us-east-1:123456789012:function:f",
  "arn:aws:lambda:us-east-1:123456789012:function:my-function_1:$LATEST",
  "arn:aws-cn:lambda:cn-north-1:123456789012:function:f:3",
  "arn:aws:lambda:us-east-1:123456789012:function:f:live",
  "123456789012:function:f",
  "function:f",
  "Lambda:f",
  "lambda:f:1",
])("%s is a function", (text) => {
  expect(parseResource(text)).toEqual({ resource: { kind: "lambda", arn: text } });
});

test("an activity has a name of its own", () => {
  const arn = "arn:aws:states:us-east-1:123456789012:activity:a b";
  expect(parseResource(arn)).toEqual({ resource: { kind: "activity", arn } });
});

describe("a service integration", () => {
  test.each([
    ["arn:aws:states:::sqs:sendMessage", "sqs", "sendMessage", "requestResponse"],
    ["arn:aws:states:::sqs:sendMessage.waitForTaskToken", "sqs", "sendMessage", "waitForTaskToken"],
    ["arn:aws:states:::states:startExecution.sync:2", "states", "startExecution", "sync:2"],
    ["arn:aws:states:::glue:startJobRun.sync", "glue", "startJobRun", "sync"],
    ["arn:aws-us-gov:states:::http:invoke", "http", "invoke", "requestResponse"],
    ["arn:aws:states:::aws-sdk:s3:listBuckets", "aws-sdk:s3", "listBuckets", "requestResponse"],
    [
      "arn:aws:states:::aws-sdk:securitylake:createDataLake",
      "aws-sdk:securitylake",
      "createDataLake",
      "requestResponse",
    ],
    [
      "arn:aws:states:us-east-1:123456789012:aws-sdk:dynamodb:putItem.waitForTaskToken",
      "aws-sdk:dynamodb",
      "putItem",
      "waitForTaskToken",
    ],
  ])("%s", (arn, resourceType, action, pattern) => {
    const resource = pattern === "requestResponse" ? action : `${action}.${pattern}`;
    expect(parseResource(arn).resource).toEqual({
      kind: "service",
      arn,
      resourceType,
      action,
      pattern,
      resource,
    });
  });

  test.each([
    "arn:aws:states:::dynamodb:query",
    "arn:aws:states:::lambda:invoke.sync",
    "arn:aws:states:::glue:startJobRun.sync:2",
    "arn:aws:states:::glue:startJobRun.waitForTaskToken",
    "arn:aws:states:::nothing:invoke",
    "arn:aws:states:::__proto__:invoke",
    "arn:aws:states:::lambda:toString",
    "arn:aws:states:::aws-sdk:s3:listBuckets.sync",
    "arn:aws:states:::aws-sdk:sts:assumeRole",
    "arn:aws:states:::aws-sdk:s3:selectObjectContent",
    "arn:aws:states:::aws-sdk:kinesis:subscribeToShard.waitForTaskToken",
    "arn:aws:states:::aws-sdk:securitylake:createDatalake",
    "arn:aws:states:::aws-sdk:mobile:listBundles",
    "arn:aws:states:::aws-sdk:cloudwatchlogs:CreateLogStream",
    "arn:aws:states:::lambda",
    "arn:aws:s3:::bucket",
    "arn:aws:lambda:us-east-1:123456789012:function:",
  ])("%s is not recognized", (text) => {
    expect(parseResource(text)).toEqual({
      resource: undefined,
      message: `The resource provided ${text} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.`,
    });
  });
});

test.each(["", "createToken", "arn:aws", "https://example.com/f"])("'%s' is no ARN", (text) => {
  expect(parseResource(text)).toEqual({
    resource: undefined,
    message: "Value is not a valid resource ARN",
  });
});

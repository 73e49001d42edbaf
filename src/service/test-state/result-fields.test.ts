import { expect, test } from "vitest";
import { parseResource } from "../../asl/resources/parse-resource.ts";
import type { JsonValue } from "../../expression/json.ts";
import { checkResultFields } from "./result-fields.ts";

/** The refusal, without what all of them begin with; nothing if the result is accepted. */
async function refusal(
  arn: string,
  result: JsonValue,
  mode: "STRICT" | "PRESENT" | "NONE" = "STRICT",
): Promise<string | undefined> {
  const { resource } = parseResource(arn);
  try {
    await checkResultFields(resource!, result, mode);
    return undefined;
  } catch (thrown) {
    return (thrown as Error).message.replace("Mock result schema validation error: ", "");
  }
}

const start = "arn:aws:states:::states:startExecution";
const getObject = "arn:aws:states:::aws-sdk:s3:getObject";

test("STRICT wants what the API always answers, PRESENT only checks what is there, NONE nothing", async () => {
  expect(await refusal(start, {})).toBe("Required field 'ExecutionArn' is missing");
  expect(await refusal(start, {}, "PRESENT")).toBeUndefined();
  expect(await refusal(start, { ExecutionArn: 1 }, "PRESENT")).toBe(
    "Field 'ExecutionArn' must be a string",
  );
  expect(await refusal(start, { ExecutionArn: 1 }, "NONE")).toBeUndefined();
});

test("every kind of value is checked, at any depth", async () => {
  const put = "arn:aws:states:::aws-sdk:eventbridge:putEvents";
  expect(await refusal(put, { Entries: {} })).toBe("Field 'Entries' must be an array");
  expect(await refusal(put, { Entries: [{ EventId: 1 }] })).toBe(
    "Field 'EventId' must be a string",
  );
  expect(await refusal(put, { FailedEntryCount: "1" })).toBe(
    "Field 'FailedEntryCount' must be a number",
  );
  expect(await refusal(getObject, { DeleteMarker: "no" })).toBe(
    "Field 'DeleteMarker' must be a boolean",
  );
  expect(await refusal(getObject, { Metadata: { a: 1 } })).toBe(
    "Field 'Metadata' must be a string",
  );
  expect(await refusal(getObject, { StorageClass: "WARM" })).toBe(
    "Field 'StorageClass' is not an expected value",
  );
  expect(await refusal(getObject, [])).toBe("Mocked result must be a JSON object.");
});

test("SDK integrations name members their own way; what the API does not have is not minded", async () => {
  expect(await refusal(getObject, { SsekmsKeyId: 1 })).toBe("Field 'SsekmsKeyId' must be a string");
  expect(await refusal(getObject, { SSEKMSKeyId: 1, Unheard: 1 })).toBeUndefined();
  const send = "arn:aws:states:::sqs:sendMessage";
  expect(await refusal(send, { MD5OfMessageBody: 1 })).toBe(
    "Field 'MD5OfMessageBody' must be a string",
  );
});

test("the result of a .sync task is the answer of the operation that it asks", async () => {
  const described = {
    ExecutionArn: "a",
    StateMachineArn: "m",
    Status: "SUCCEEDED",
    StartDate: "d",
  };
  expect(await refusal(`${start}.sync`, { ...described, Output: {} })).toBe(
    "Field 'Output' must be a string",
  );
  expect(await refusal(`${start}.sync:2`, { ...described, Output: {} })).toBeUndefined();
  expect(await refusal(`${start}.sync:2`, { ...described, Status: "DONE" })).toBe(
    "Field 'Status' is not an expected value",
  );
});

test.each([
  ["a callback", `${start}.waitForTaskToken`],
  ["a function's own result", "arn:aws:lambda:eu-west-1:123456789012:function:f"],
  ["a worker's result", "arn:aws:states:eu-west-1:123456789012:activity:a"],
  ["an HTTP task", "arn:aws:states:::http:invoke"],
  ["API Gateway", "arn:aws:states:::apigateway:invoke"],
])("%s may be anything", async (_name, arn) => {
  expect(await refusal(arn, [1])).toBeUndefined();
});

test("the payload of a function is what the function made it", async () => {
  const invoke = "arn:aws:states:::lambda:invoke";
  expect(await refusal(invoke, { Payload: { a: 1 }, StatusCode: 200 })).toBeUndefined();
  expect(await refusal(invoke, { StatusCode: "200" })).toBe("Field 'StatusCode' must be a number");
});

/** Every operation of the integrations that have a page of their own in the guide. */
test.each([
  "athena:getQueryResults",
  "athena:startQueryExecution.sync",
  "batch:submitJob.sync",
  "bedrock:invokeModel",
  "bedrock:createModelCustomizationJob.sync",
  "codebuild:startBuild.sync",
  "codebuild:batchGetReports",
  "databrew:startJobRun.sync",
  "dynamodb:updateItem",
  "ecs:runTask.sync",
  "eks:createCluster.sync",
  "eks:deleteNodegroup",
  "elasticmapreduce:addStep.sync",
  "elasticmapreduce:createCluster",
  "elasticmapreduce:terminateCluster.sync",
  "emr-containers:startJobRun.sync",
  "emr-serverless:startJobRun.sync",
  "events:putEvents",
  "glue:startJobRun.sync",
  "lambda:invoke",
  "mediaconvert:createJob.sync",
  "sagemaker:createTrainingJob.sync",
  "sagemaker:createModel",
  "sns:publish",
  "sqs:sendMessage",
])("%s has a known answer, which is an object", async (name) => {
  expect(await refusal(`arn:aws:states:::${name}`, [], "PRESENT")).toMatch(
    /^Mocked result must be a JSON object\.$/,
  );
});

import { expect, test } from "vitest";
import type { JsonObject } from "../../src/expression/json.ts";
import type { ServiceMembers } from "../../src/ports/service-api.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import { accountId, region } from "../api/start-server.ts";
import { stackTester } from "../deploy/stack-tester.ts";

const template = `
Transform: AWS::Serverless-2016-10-31
Resources:
  In: {Type: AWS::SQS::Queue, Properties: {QueueName: in, VisibilityTimeout: 1}}
  Worker:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: worker
      Runtime: nodejs22.x
      Handler: index.handler
      InlineCode: |
        exports.handler = async ({ Records }) => {
          console.log(JSON.stringify(Records.map(({ body, attributes, eventSource, eventSourceARN }) => (
            { body, count: attributes.ApproximateReceiveCount, eventSource, eventSourceARN }))));
          const bad = Records.filter(({ body, attributes }) => body === "bad" && attributes.ApproximateReceiveCount === "1");
          return { batchItemFailures: bad.map(({ messageId }) => ({ itemIdentifier: messageId })) };
        };
      Events:
        Queue:
          Type: SQS
          Properties:
            Queue: !GetAtt In.Arn
            BatchSize: 5
            FunctionResponseTypes: [ReportBatchItemFailures]
            FilterCriteria: {Filters: [{Pattern: '{"body":[{"anything-but":"ignored"}]}'}]}
`;

const queueArn = `arn:aws:sqs:${region}:${accountId}:in`;

test("a queue's messages are given to SAM's function, what it has not taken comes again, and the mapping goes with the stack", async () => {
  let printed = "";
  const { deploy, call, settled, reasons, mistakes } = await stackTester(createMemoryStore(), {
    functionLogs: (_name, _stream, text) => (printed += text),
  });
  const taken = (): readonly JsonObject[] =>
    printed
      .split("\n")
      .filter((line) => line.startsWith("["))
      .flatMap((line) => JSON.parse(line) as readonly JsonObject[]);
  const stack = await deploy("app", template);
  expect([stack["StackStatus"], await reasons("app")]).toEqual(["CREATE_COMPLETE", []]);
  const { QueueUrl } = await call("sqs", "GetQueueUrl", { QueueName: "in" });
  const send = (MessageBody: string) =>
    call("sqs", "SendMessage", { QueueUrl, MessageBody } as JsonObject);
  for (const body of ["good", "ignored", "bad"]) await send(body);
  await expect
    .poll(
      () =>
        taken()
          .map(({ body, count }) => `${body as string} ${count as string}`)
          .sort(),
      { timeout: 15_000 },
    )
    .toEqual(["bad 1", "bad 2", "good 1"]);
  expect(taken()[0]).toMatchObject({ eventSource: "aws:sqs", eventSourceARN: queueArn });
  const count = async () => {
    const { Attributes } = await call("sqs", "GetQueueAttributes", {
      QueueUrl,
      AttributeNames: ["All"],
    } as JsonObject);
    const { ApproximateNumberOfMessages: seen, ApproximateNumberOfMessagesNotVisible: hidden } =
      Attributes as { readonly [name: string]: string };
    return [Number(seen), Number(hidden)];
  };
  await expect.poll(count).toEqual([0, 0]);
  await call("cloudformation", "DeleteStack", { StackName: "app" });
  expect(await settled(stack["StackId"] as string)).toMatchObject({
    StackStatus: "DELETE_COMPLETE",
  });
  expect(await call("lambda", "ListEventSourceMappings")).toMatchObject({
    EventSourceMappings: [],
  });
  expect(mistakes).toEqual([]);
});

test("mappings are made, shown, listed, changed and deleted as Lambda's API has them, and refused in its words", async () => {
  const { deploy, call } = await stackTester();
  await deploy("app", template.replace(/      Events:[^]*/, ""));
  const functionArn = `arn:aws:lambda:${region}:${accountId}:function:worker`;
  const given = { FunctionName: "worker", EventSourceArn: queueArn };
  const made = await call("lambda", "CreateEventSourceMapping", given);
  const { UUID = "" } = made as { readonly UUID?: string };
  const shown: ServiceMembers = {
    UUID,
    EventSourceMappingArn: `arn:aws:lambda:${region}:${accountId}:event-source-mapping:${UUID}`,
    EventSourceArn: queueArn,
    FunctionArn: functionArn,
    BatchSize: 10,
    MaximumBatchingWindowInSeconds: 0,
    State: "Enabled",
    StateTransitionReason: "USER_INITIATED",
    FunctionResponseTypes: [],
  };
  expect(made).toMatchObject(shown);
  expect(await call("lambda", "GetEventSourceMapping", { UUID })).toMatchObject(shown);
  const changed = { BatchSize: 100, MaximumBatchingWindowInSeconds: 5, Enabled: false };
  expect(await call("lambda", "UpdateEventSourceMapping", { UUID, ...changed })).toMatchObject({
    BatchSize: 100,
    MaximumBatchingWindowInSeconds: 5,
    State: "Disabled",
  });
  const list = async (members: JsonObject) =>
    (
      (await call("lambda", "ListEventSourceMappings", members))[
        "EventSourceMappings"
      ] as readonly unknown[]
    ).length;
  expect(await list({ FunctionName: "worker" })).toBe(1);
  expect(await list({ EventSourceArn: `${queueArn}2` })).toBe(0);
  const refused = (members: JsonObject) => call("lambda", "CreateEventSourceMapping", members);
  await expect(refused(given)).rejects.toThrow(
    "already exists. Please update or delete the existing mapping",
  );
  await expect(refused({ ...given, FunctionName: "none" })).rejects.toThrow("Function not found");
  const other = { ...given, EventSourceArn: `${queueArn}2` };
  await expect(refused({ ...other, BatchSize: 11 })).rejects.toThrow(
    "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10",
  );
  await expect(
    refused({ ...other, FilterCriteria: { Filters: [{ Pattern: "[]" }] } }),
  ).rejects.toThrow("Invalid filter pattern definition");
  await expect(
    refused({ ...given, EventSourceArn: `arn:aws:kinesis:${region}:${accountId}:stream/s` }),
  ).rejects.toThrow("the messages of SQS queues and of no other source");
  expect(await call("lambda", "DeleteEventSourceMapping", { UUID })).toMatchObject({
    State: "Deleting",
  });
  await expect(call("lambda", "GetEventSourceMapping", { UUID })).rejects.toThrow(
    "The resource you requested does not exist.",
  );
});

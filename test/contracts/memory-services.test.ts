import { createHash } from "node:crypto";
import { describe, expect, test, vi } from "vitest";
import type { JsonObject, JsonValue } from "../../src/expression/json.ts";
import { mostMessages } from "../../src/integrations/memory/sqs/queue.ts";
import { sendMessage } from "../../src/integrations/memory/sqs/send-message.ts";
import { systemIds } from "../../src/runtime/system-ids.ts";
import { type MemoryTasks, memoryTasks } from "./memory-tasks.ts";

const account = "123456789012";
const queueUrl = (name: string) => `https://sqs.us-east-1.amazonaws.com/${account}/${name}`;
const queueArn = (name: string) => `arn:aws:sqs:us-east-1:${account}:${name}`;
const topicArn = (name: string) => `arn:aws:sns:us-east-1:${account}:${name}`;
const md5 = (text: string) => createHash("md5").update(text).digest("hex");

interface Received {
  readonly Body: string;
  readonly ReceiptHandle: string;
  readonly MessageId: string;
}

async function receive(tasks: MemoryTasks, name: string, more: JsonObject = {}) {
  const { Messages = [] } = await tasks.result("aws-sdk:sqs:receiveMessage", {
    QueueUrl: queueUrl(name),
    MaxNumberOfMessages: 10,
    ...more,
  });
  return Messages as unknown as readonly Received[];
}

const bodies = (messages: readonly Received[]) => messages.map(({ Body }) => Body);

describe("SQS", () => {
  test("a message is taken and answered as AWS answers it, and is there to be received", async () => {
    const tasks = memoryTasks();
    const result = await tasks.result("sqs:sendMessage", {
      QueueUrl: queueUrl("orders"),
      MessageBody: { id: 1 },
      MessageAttributes: { Kind: { DataType: "String", StringValue: "new" } },
    });
    expect(result).toMatchObject({
      MD5OfMessageBody: md5('{"id":1}'),
      MessageId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      SdkHttpMetadata: {
        HttpStatusCode: 200,
        HttpHeaders: { "Content-Type": "application/x-amz-json-1.0", connection: "keep-alive" },
      },
    });
    // From the documentation's algorithm, computed by hand: lengths, name, type, kind, value.
    const bytes = Buffer.concat(
      ["Kind", "String"].flatMap((text) => [
        Buffer.from([0, 0, 0, text.length]),
        Buffer.from(text),
      ]),
    );
    const hash = createHash("md5")
      .update(bytes)
      .update(Buffer.from([1, 0, 0, 0, 3]))
      .update("new");
    expect(result["MD5OfMessageAttributes"]).toBe(hash.digest("hex"));
    expect(await receive(tasks, "orders", { MessageAttributeNames: ["All"] })).toMatchObject([
      { Body: '{"id":1}', MessageAttributes: { Kind: { StringValue: "new" } } },
    ]);
  });

  test("a received message comes again after its visibility time-out, until it is deleted", async () => {
    const tasks = memoryTasks();
    await tasks.result("sqs:sendMessage", { QueueUrl: queueUrl("q"), MessageBody: "a" });
    const [first] = await receive(tasks, "q", { VisibilityTimeout: 5 });
    expect(await receive(tasks, "q")).toEqual([]);
    tasks.clock.advance(5_000);
    const [again] = await receive(tasks, "q");
    expect(again?.MessageId).toBe(first?.MessageId);
    // The first receipt is over: it deletes nothing.
    for (const handle of [first, again]) {
      await tasks.result("aws-sdk:sqs:deleteMessage", {
        QueueUrl: queueUrl("q"),
        ReceiptHandle: handle?.ReceiptHandle ?? "",
      });
      const { Attributes } = await tasks.result("aws-sdk:sqs:getQueueAttributes", {
        QueueUrl: queueUrl("q"),
        AttributeNames: ["ApproximateNumberOfMessagesNotVisible"],
      });
      expect(Attributes).toEqual({
        ApproximateNumberOfMessagesNotVisible: handle === first ? "1" : "0",
      });
    }
  });

  test("a delayed message is not there yet", async () => {
    const tasks = memoryTasks();
    await tasks.result("sqs:sendMessage", {
      QueueUrl: queueUrl("q"),
      MessageBody: "a",
      DelaySeconds: 9,
    });
    expect(await receive(tasks, "q")).toEqual([]);
    tasks.clock.advance(9_000);
    expect(bodies(await receive(tasks, "q"))).toEqual(["a"]);
  });

  test("a long poll ends when a message comes, when its time is over, or when its task is stopped", async () => {
    const tasks = memoryTasks();
    const coming = receive(tasks, "q", { WaitTimeSeconds: 20 });
    await vi.waitFor(() => expect(tasks.memory.queues.all()).toHaveLength(1));
    await tasks.result("sqs:sendMessage", { QueueUrl: queueUrl("q"), MessageBody: "a" });
    expect(bodies(await coming)).toEqual(["a"]);
    const nothing = receive(tasks, "other", { WaitTimeSeconds: 20 });
    await vi.waitFor(() => expect(tasks.memory.queues.all()).toHaveLength(2));
    tasks.clock.advance(20_000);
    expect(await nothing).toEqual([]);
    const control = new AbortController();
    const parameters = { QueueUrl: queueUrl("third"), WaitTimeSeconds: 20 };
    const stopped = tasks.run("aws-sdk:sqs:receiveMessage", parameters, control.signal);
    await vi.waitFor(() => expect(tasks.memory.queues.all()).toHaveLength(3));
    control.abort();
    expect((await stopped).type).toBe("succeeded");
  });

  test("a FIFO queue keeps the order of a group, one at a time, and takes an id once in five minutes", async () => {
    const tasks = memoryTasks();
    const send = (MessageBody: string, MessageGroupId: string, MessageDeduplicationId: string) =>
      tasks.result("sqs:sendMessage", {
        QueueUrl: queueUrl("q.fifo"),
        MessageBody,
        MessageGroupId,
        MessageDeduplicationId,
      });
    const first = await send("a1", "a", "1");
    const twice = await send("again", "a", "1");
    expect(twice["SequenceNumber"]).toBe(first["SequenceNumber"]);
    await send("a2", "a", "2");
    await send("b1", "b", "3");
    const [a1, b1] = [
      await receive(tasks, "q.fifo", { MaxNumberOfMessages: 1 }),
      await receive(tasks, "q.fifo"),
    ];
    expect([bodies(a1), bodies(b1)]).toEqual([["a1"], ["b1"]]);
    await tasks.result("aws-sdk:sqs:deleteMessage", {
      QueueUrl: queueUrl("q.fifo"),
      ReceiptHandle: a1[0]?.ReceiptHandle ?? "",
    });
    expect(bodies(await receive(tasks, "q.fifo"))).toEqual(["a2"]);
    tasks.clock.advance(300_000);
    expect((await send("new", "a", "1"))["SequenceNumber"]).not.toBe(first["SequenceNumber"]);
  });

  test.each<[string, string, JsonObject, string, string]>([
    [
      "no group",
      "sqs:sendMessage",
      { QueueUrl: queueUrl("q.fifo"), MessageBody: "a" },
      "SQS.AmazonSQSException",
      "The request must contain the parameter MessageGroupId. (Service: AmazonSQS; Status Code: 400; Error Code: MissingParameter;",
    ],
    [
      "a null body",
      "sqs:sendMessage",
      { QueueUrl: queueUrl("q"), MessageBody: null },
      "SQS.AmazonSQSException",
      "The request must contain the parameter MessageBody. (Service: AmazonSQS; Status Code: 400; Error Code: MissingParameter;",
    ],
    [
      "no queue's URL",
      "aws-sdk:sqs:purgeQueue",
      { QueueUrl: "orders" },
      "Sqs.InvalidAddressException",
      "The address orders is not valid for this endpoint. (Service: Sqs, Status Code: 400, Request ID:",
    ],
    [
      "an operation that is not built",
      "aws-sdk:sqs:listDeadLetterSourceQueues",
      { QueueUrl: queueUrl("q") },
      "Sqs.UnsupportedOperationException",
      "The in-memory stand-in does not know ListDeadLetterSourceQueues.",
    ],
  ])("%s is refused", async (_, resource, parameters, error, cause) => {
    const outcome = await memoryTasks().run(resource, parameters);
    expect(outcome).toMatchObject({ type: "failed", error });
    expect(outcome).toMatchObject({ cause: expect.stringContaining(cause) as string });
  });

  test("a batch tells of each entry, and a queue that is full forgets its oldest, with one warning", async () => {
    const tasks = memoryTasks();
    const result = await tasks.result("aws-sdk:sqs:sendMessageBatch", {
      QueueUrl: queueUrl("q"),
      Entries: [
        { Id: "one", MessageBody: "a" },
        { Id: "two", MessageBody: "b", DelaySeconds: 1_000 },
      ],
    });
    expect(result).toMatchObject({
      Successful: [{ Id: "one", Md5OfMessageBody: md5("a") }],
      Failed: [{ Id: "two", Code: "InvalidParameterValue", SenderFault: true }],
    });
    const { queues } = tasks.memory;
    const sender = { queues, clock: tasks.clock, ids: systemIds };
    const queue = queues.ofName("q", "us-east-1");
    for (let sent = 1; sent < mostMessages + 2; sent += 1) {
      sendMessage(queue, { MessageBody: String(sent) }, sender);
    }
    expect(tasks.warnings).toEqual([expect.stringContaining("the oldest messages") as string]);
    expect(bodies(await receive(tasks, "q", { MaxNumberOfMessages: 1 }))).toEqual(["2"]);
  });
});

describe("SNS", () => {
  test("a message reaches the queues that have subscribed, as SNS wraps it or raw, if their filter wants it", async () => {
    const tasks = memoryTasks();
    const subscribe = (name: string, Attributes: JsonObject) =>
      tasks.result("aws-sdk:sns:subscribe", {
        TopicArn: topicArn("news"),
        Protocol: "sqs",
        Endpoint: queueArn(name),
        Attributes,
      });
    await subscribe("wrapped", {});
    await subscribe("raw", { RawMessageDelivery: "true" });
    await subscribe("filtered", { FilterPolicy: '{"kind":["sport"]}' });
    const result = await tasks.result("sns:publish", {
      TopicArn: topicArn("news"),
      Message: { goal: 1 },
      Subject: "Hello",
      MessageAttributes: { kind: { DataType: "String", StringValue: "politics" } },
    });
    expect(result).toMatchObject({
      SdkHttpMetadata: { HttpHeaders: { "Content-Type": "text/xml" } },
    });
    const [wrapped] = await receive(tasks, "wrapped");
    expect(JSON.parse(wrapped?.Body ?? "")).toMatchObject({
      Type: "Notification",
      MessageId: result["MessageId"],
      TopicArn: topicArn("news"),
      Subject: "Hello",
      Message: '{"goal":1}',
      MessageAttributes: { kind: { Type: "String", Value: "politics" } },
    });
    expect(bodies(await receive(tasks, "raw"))).toEqual(['{"goal":1}']);
    expect(await receive(tasks, "filtered")).toEqual([]);
  });

  test.each([
    [
      "an empty message",
      { TopicArn: topicArn("news"), Message: "" },
      "Invalid parameter: Empty message",
    ],
    ["what is no topic", { TopicArn: "news", Message: "a" }, "Invalid parameter: TopicArn"],
  ])("%s is refused", async (_, parameters, message) => {
    expect(await memoryTasks().run("sns:publish", parameters)).toMatchObject({
      error: "SNS.InvalidParameterException",
      cause: expect.stringContaining(
        `${message} (Service: AmazonSNS; Status Code: 400; Error Code: InvalidParameter;`,
      ) as string,
    });
  });
});

describe("EventBridge", () => {
  const put = (tasks: MemoryTasks, Detail: JsonValue, more: JsonObject = {}) =>
    tasks.run("events:putEvents", {
      Entries: [{ Source: "shop", DetailType: "order", Detail, ...more }],
    });

  test("an event goes to the targets of the rules whose pattern it is as: a queue, and a state machine", async () => {
    const started: JsonObject[] = [];
    const tasks = memoryTasks({
      stepFunctions: {
        call: (operation, input) => {
          started.push({ operation, ...input });
          return Promise.resolve({});
        },
      },
    });
    await tasks.result("aws-sdk:eventbridge:putRule", {
      Name: "big",
      EventPattern: '{"source":["shop"],"detail":{"total":[{"numeric":[">",100]}]}}',
    });
    const machine = `arn:aws:states:us-east-1:${account}:stateMachine:orders`;
    await tasks.result("aws-sdk:eventbridge:putTargets", {
      Rule: "big",
      Targets: [
        { Id: "q", Arn: queueArn("big"), InputPath: "$.detail" },
        { Id: "m", Arn: machine, RoleArn: "arn:aws:iam::123456789012:role/start" },
        {
          Id: "t",
          Arn: queueArn("told"),
          InputTransformer: {
            InputPathsMap: { total: "$.detail.total" },
            InputTemplate: '"<aws.events.rule-name>: <total>"',
          },
        },
      ],
    });
    const outcome = await put(tasks, { total: 250 });
    expect(outcome).toMatchObject({
      type: "succeeded",
      output: { value: { FailedEntryCount: 0 } },
    });
    await put(tasks, { total: 50 });
    expect(bodies(await receive(tasks, "big"))).toEqual(['{"total":250}']);
    expect(bodies(await receive(tasks, "told"))).toEqual(['"big: 250"']);
    expect(started).toMatchObject([{ operation: "StartExecution", stateMachineArn: machine }]);
    expect(JSON.parse(started[0]?.["input"] as string)).toMatchObject({
      source: "shop",
      "detail-type": "order",
      account,
      detail: { total: 250 },
      resources: [
        `arn:aws:states:us-east-1:${account}:stateMachine:machine`,
        `arn:aws:states:us-east-1:${account}:execution:machine:one`,
      ],
    });
    expect(tasks.memory.buses.events().map(({ source }) => source)).toEqual(["shop", "shop"]);
  });

  test("what is no event fails the task as AWS's optimized integration does", async () => {
    expect(await put(memoryTasks(), "no object")).toMatchObject({
      type: "failed",
      error: "EventBridge.FailedEntry",
      cause: expect.stringContaining('"ErrorCode":"MalformedDetail"') as string,
    });
  });

  test("a target that cannot be reached is told of in the log", async () => {
    const tasks = memoryTasks();
    await tasks.result("aws-sdk:eventbridge:putRule", {
      Name: "all",
      EventPattern: '{"source":["shop"]}',
    });
    const Arn = `arn:aws:states:us-east-1:${account}:stateMachine:none`;
    await tasks.result("aws-sdk:eventbridge:putTargets", {
      Rule: "all",
      Targets: [{ Id: "m", Arn }],
    });
    await put(tasks, {});
    await vi.waitFor(() =>
      expect(tasks.warnings).toEqual([expect.stringContaining("no call was expected") as string]),
    );
  });
});

describe("DynamoDB", () => {
  const memory = { tables: { orders: { partitionKey: "id" } } };

  test("a table of the configuration keeps items, its numbers exact", async () => {
    const tasks = memoryTasks({ memory });
    const long = "12345678901234567890.123456789";
    await tasks.result("dynamodb:putItem", {
      TableName: "orders",
      Item: { id: { S: "1" }, total: { N: long } },
    });
    await tasks.result("dynamodb:updateItem", {
      TableName: "orders",
      Key: { id: { S: "1" } },
      UpdateExpression: "SET #total = #total + :one",
      ExpressionAttributeNames: { "#total": "total" },
      ExpressionAttributeValues: { ":one": { N: "1.0" } },
    });
    expect(
      await tasks.result("dynamodb:getItem", { TableName: "orders", Key: { id: { S: "1" } } }),
    ).toMatchObject({
      Item: { id: { S: "1" }, total: { N: "12345678901234567891.123456789" } },
      SdkHttpMetadata: {
        HttpHeaders: { Server: "Server", "x-amz-crc32": expect.any(String) as string },
      },
    });
  });

  test.each<[string, string, JsonObject, string, string]>([
    [
      "an unknown table",
      "dynamodb:getItem",
      { TableName: "none", Key: { id: { S: "1" } } },
      "DynamoDB.ResourceNotFoundException",
      "Requested resource not found (Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ResourceNotFoundException;",
    ],
    [
      "a wrong key",
      "dynamodb:getItem",
      { TableName: "orders", Key: { other: { S: "1" } } },
      "DynamoDB.AmazonDynamoDBException",
      "The provided key element does not match the schema (Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ValidationException;",
    ],
    [
      "a condition that does not hold",
      "aws-sdk:dynamodb:putItem",
      {
        TableName: "orders",
        Item: { id: { S: "1" } },
        ConditionExpression: "attribute_exists(id)",
      },
      "DynamoDb.ConditionalCheckFailedException",
      "The conditional request failed (Service: DynamoDb, Status Code: 400, Request ID:",
    ],
    [
      "a syntax error",
      "aws-sdk:dynamodb:putItem",
      { TableName: "orders", Item: { id: { S: "1" } }, ConditionExpression: "id = = :a" },
      "DynamoDb.DynamoDbException",
      'Invalid ConditionExpression: Syntax error; token: "=", near: "= = :a"',
    ],
    [
      "a member that is older than expressions",
      "dynamodb:updateItem",
      { TableName: "orders", Key: { id: { S: "1" } }, AttributeUpdates: {} },
      "DynamoDB.AmazonDynamoDBException",
      "does not know AttributeUpdates; use UpdateExpression",
    ],
    [
      "a sum of more than 38 digits",
      "aws-sdk:dynamodb:updateItem",
      {
        TableName: "orders",
        Key: { id: { S: "1" } },
        UpdateExpression: "SET a = :a + :b",
        ExpressionAttributeValues: { ":a": { N: "1e38" }, ":b": { N: "1" } },
      },
      "DynamoDb.DynamoDbException",
      "more than 38 significant digits",
    ],
  ])("%s is refused", async (_, resource, parameters, error, cause) => {
    const outcome = await memoryTasks({ memory }).run(resource, parameters);
    expect(outcome).toMatchObject({
      type: "failed",
      error,
      cause: expect.stringContaining(cause) as string,
    });
  });

  test("a transaction that fails in one part writes nothing", async () => {
    const tasks = memoryTasks({ memory });
    const put = (id: string, ConditionExpression: string) => ({
      Put: { TableName: "orders", Item: { id: { S: id } }, ConditionExpression },
    });
    const parts = [put("1", "attribute_not_exists(id)"), put("2", "attribute_exists(id)")];
    expect(
      await tasks.run("aws-sdk:dynamodb:transactWriteItems", { TransactItems: parts }),
    ).toMatchObject({
      error: "DynamoDb.TransactionCanceledException",
      cause: expect.stringContaining("specific reasons [None, ConditionalCheckFailed]") as string,
    });
    expect(await tasks.result("aws-sdk:dynamodb:scan", { TableName: "orders" })).toEqual({
      Count: 0,
      Items: [],
      ScannedCount: 0,
    });
  });

  test("a table that a task has made has its indexes, and is read page by page", async () => {
    const tasks = memoryTasks();
    await tasks.result("aws-sdk:dynamodb:createTable", {
      TableName: "people",
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: ["id", "city", "name"].map((AttributeName) => ({
        AttributeName,
        AttributeType: "S",
      })),
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      GlobalSecondaryIndexes: [
        {
          IndexName: "byCity",
          KeySchema: [
            { AttributeName: "city", KeyType: "HASH" },
            { AttributeName: "name", KeyType: "RANGE" },
          ],
          Projection: { ProjectionType: "ALL" },
        },
      ],
    });
    const people = ["Cy", "Ann", "Bea"];
    await tasks.result("aws-sdk:dynamodb:batchWriteItem", {
      RequestItems: {
        people: people.map((name, index) => ({
          PutRequest: {
            Item: { id: { S: String(index) }, city: { S: "Seoul" }, name: { S: name } },
          },
        })),
      },
    });
    const query = {
      TableName: "people",
      IndexName: "byCity",
      KeyConditionExpression: "city = :city",
      ExpressionAttributeValues: { ":city": { S: "Seoul" } },
      ProjectionExpression: "#name",
      ExpressionAttributeNames: { "#name": "name" },
      Limit: 2,
    };
    const first = await tasks.result("aws-sdk:dynamodb:query", query);
    expect(first).toMatchObject({ Items: [{ name: { S: "Ann" } }, { name: { S: "Bea" } }] });
    const rest = await tasks.result("aws-sdk:dynamodb:query", {
      ...query,
      ExclusiveStartKey: first["LastEvaluatedKey"] as JsonObject,
    });
    expect(rest).toMatchObject({ Items: [{ name: { S: "Cy" } }] });
    const seen: JsonValue[] = [];
    let ExclusiveStartKey: JsonValue | undefined;
    do {
      const page = await tasks.result("aws-sdk:dynamodb:scan", {
        TableName: "people",
        Limit: 1,
        ...(ExclusiveStartKey !== undefined && { ExclusiveStartKey }),
      });
      seen.push(...(page["Items"] as JsonValue[]));
      ExclusiveStartKey = page["LastEvaluatedKey"];
    } while (ExclusiveStartKey !== undefined);
    expect(seen).toHaveLength(3);
  });
});

test("what the configuration puts in a service's place comes before memory", async () => {
  const tasks = memoryTasks({ standIns: { "sqs:*": { result: { from: "configuration" } } } });
  const parameters = { QueueUrl: queueUrl("q"), MessageBody: "a" };
  expect(await tasks.result("sqs:sendMessage", parameters)).toEqual({ from: "configuration" });
  expect(tasks.memory.queues.all()).toEqual([]);
});

test("each Region has its own, and the host of a queue's URL says which", async () => {
  const tasks = memoryTasks();
  const url = queueUrl("q").replace("us-east-1", "eu-west-1");
  await tasks.result("sqs:sendMessage", { QueueUrl: url, MessageBody: "a" });
  expect(tasks.memory.queues.all().map(({ region }) => region)).toEqual(["eu-west-1"]);
});

import { createHash } from "node:crypto";
import { describe, expect, test, vi } from "vitest";
import type { JsonValue } from "../../src/expression/json.ts";
import { Payload } from "../../src/expression/payload.ts";
import type { TaskOutcome } from "../../src/ports/task-handler.ts";
import { awsServer, json, jsonError, xml } from "./aws-server.ts";
import { harness, serviceResource } from "./task-handler-harness.ts";

const sendMessage = serviceResource("sqs", "sendMessage");
const publish = serviceResource("sns", "publish");
const putEvents = serviceResource("events", "putEvents");
const machineArn = "arn:aws:states:eu-west-1:123456789012:stateMachine:machine";
const executionArn = "arn:aws:states:eu-west-1:123456789012:execution:machine:one";

function outputOf(outcome: TaskOutcome): JsonValue {
  if (outcome.type !== "succeeded") throw new Error(JSON.stringify(outcome));
  return outcome.output.value;
}

describe("sqs:sendMessage", () => {
  const body = '{"order":[1,"ü"]}';
  const digest = createHash("md5").update(body).digest("hex");
  const answer = { MD5OfMessageBody: digest, MessageId: "m-1", SequenceNumber: "1" };

  test("sends any JSON as the body's text, and shows AWS's answer with its metadata", async () => {
    const length = String(JSON.stringify(answer).length);
    const requests = await awsServer(() => json(answer, { "Content-Length": length }));
    const { run } = harness();
    const url = `${process.env["AWS_ENDPOINT_URL"]}/123456789012/orders`;
    const outcome = await run(sendMessage, { QueueUrl: url, MessageBody: { order: [1, "ü"] } });
    expect(requests[0]?.headers["x-amz-target"]).toBe("AmazonSQS.SendMessage");
    expect(JSON.parse(requests[0]?.body ?? "")).toEqual({
      QueueUrl: url,
      MessageBody: body,
    });
    const result = outputOf(outcome) as { SdkHttpMetadata: { HttpHeaders: { Date: string } } };
    const date = result.SdkHttpMetadata.HttpHeaders.Date;
    expect(JSON.stringify(result)).toBe(
      JSON.stringify({
        MD5OfMessageBody: digest,
        MessageId: "m-1",
        SdkHttpMetadata: {
          AllHttpHeaders: {
            "x-amzn-RequestId": ["request-1"],
            connection: ["keep-alive"],
            "Content-Length": [length],
            Date: [date],
            "Content-Type": ["application/x-amz-json-1.0"],
          },
          HttpHeaders: {
            connection: "keep-alive",
            "Content-Length": length,
            "Content-Type": "application/x-amz-json-1.0",
            Date: date,
            "x-amzn-RequestId": "request-1",
          },
          HttpStatusCode: 200,
        },
        SdkResponseMetadata: { RequestId: "request-1" },
        SequenceNumber: "1",
      }),
    );
  });

  const parameters = { QueueUrl: "http://127.0.0.1/1/q", MessageBody: "text" };
  const inQueue = () => ({ ...parameters, QueueUrl: `${process.env["AWS_ENDPOINT_URL"]}/1/q` });

  test("a text is the body as it stands", async () => {
    const requests = await awsServer(() => json({}));
    const { run } = harness();
    await run(sendMessage, inQueue());
    expect(JSON.parse(requests[0]?.body ?? "")).toMatchObject({ MessageBody: "text" });
  });

  test("a refusal is named after the API's exception, with the code that came", async () => {
    await awsServer(() => ({
      ...jsonError("com.amazonaws.sqs#QueueDoesNotExist", "The specified queue does not exist."),
      headers: {
        "x-amzn-RequestId": "request-1",
        "Content-Type": "application/x-amz-json-1.0",
        "x-amzn-query-error": "AWS.SimpleQueueService.NonExistentQueue;Sender",
      },
    }));
    const { run } = harness();
    expect(await run(sendMessage, inQueue())).toEqual({
      type: "failed",
      error: "SQS.QueueDoesNotExistException",
      cause:
        "The specified queue does not exist. (Service: AmazonSQS; Status Code: 400; Error Code: AWS.SimpleQueueService.NonExistentQueue; Request ID: request-1; Proxy: null)",
    });
  });

  test("a refusal that the API does not list has the name of the SDK's base class", async () => {
    await awsServer(() => jsonError("InvalidParameterValue", "No."));
    const { run } = harness();
    expect(await run(sendMessage, inQueue())).toMatchObject({
      error: "SQS.AmazonSQSException",
      cause: expect.stringContaining("Error Code: InvalidParameterValue;") as string,
    });
  });

  test("a body that is null is refused as AWS refuses it", async () => {
    const requests = await awsServer(() => json({}));
    const { run } = harness();
    const outcome = await run(sendMessage, { ...inQueue(), MessageBody: null });
    expect(outcome).toMatchObject({ type: "failed", error: "SQS.AmazonSQSException" });
    expect((outcome as { cause: string }).cause).toMatch(
      /^The request must contain the parameter MessageBody\. \(Service: AmazonSQS; Status Code: 400; Error Code: MissingParameter; Request ID: [0-9a-f-]{36}; Proxy: null\)$/,
    );
    expect(requests).toEqual([]);
  });

  test.each([500, 503, 429])("a %i is not asked for again", async (status) => {
    const requests = await awsServer(() => jsonError("ServiceUnavailable", "Later.", status));
    const { run } = harness();
    expect(await run(sendMessage, inQueue())).toMatchObject({ type: "failed" });
    expect(requests).toHaveLength(1);
  });

  test("the host of the queue's URL is called; one that does not exist is AWS's error", async () => {
    await awsServer(() => json({}));
    const { run } = harness();
    const outcome = await run(sendMessage, { ...parameters, QueueUrl: "http://no-such.invalid/q" });
    expect(outcome).toEqual({
      type: "failed",
      error: "SQS.SdkClientException",
      cause: "Unable to execute HTTP request: no-such.invalid: Name or service not known",
    });
  });

  test("nobody at the endpoint is an error that a Retry can name", async () => {
    vi.stubEnv("AWS_ENDPOINT_URL_SQS", "http://127.0.0.1:1");
    const { run } = harness();
    const outcome = await run(sendMessage, { ...parameters, QueueUrl: "http://127.0.0.1:1/1/q" });
    expect(outcome).toEqual({
      type: "failed",
      error: "SQS.SdkClientException",
      cause: "Unable to execute HTTP request: Connect to 127.0.0.1:1 failed: Connection refused",
    });
  });

  test("without credentials and endpoint the task fails, and the log says what to do", async () => {
    const { run, warnings } = harness();
    const outcome = await run(sendMessage, parameters);
    expect(outcome).toMatchObject({ type: "failed", error: "SQS.SdkClientException" });
    expect((outcome as { cause: string }).cause).toContain("Unable to load AWS credentials");
    expect(warnings.join()).toContain("AWS_ENDPOINT_URL_SQS");
  });

  test("an answer that is none fails the task", async () => {
    await awsServer(() => ({ body: "<html>\nWelcome" }));
    const { run } = harness();
    const outcome = await run(sendMessage, inQueue());
    expect(outcome).toMatchObject({ type: "failed", error: "SQS.SdkClientException" });
    expect((outcome as { cause: string }).cause).toMatch(/^Unable to unmarshall response: .+$/);
  });

  test("a task whose outcome no longer matters ends its call", async () => {
    await awsServer(() => undefined);
    const { run } = harness();
    const controller = new AbortController();
    const outcome = run(sendMessage, inQueue(), { signal: controller.signal });
    controller.abort();
    expect(await outcome).toMatchObject({ type: "failed" });
  });
});

describe("sns:publish", () => {
  test("sends any JSON as the message's text", async () => {
    const requests = await awsServer(() =>
      xml(
        200,
        "<PublishResponse><PublishResult><MessageId>m-1</MessageId></PublishResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></PublishResponse>",
      ),
    );
    const { run } = harness();
    const outcome = await run(publish, {
      TopicArn: "arn:aws:sns:eu-west-1:123456789012:topic",
      Message: { hello: 1 },
      MessageAttributes: { a: { DataType: "Binary", BinaryValue: "AAH/" } },
    });
    const form = new URLSearchParams(requests[0]?.body);
    expect(form.get("Message")).toBe('{"hello":1}');
    expect(form.get("MessageAttributes.entry.1.Value.BinaryValue")).toBe("AAH/");
    expect(outputOf(outcome)).toMatchObject({
      MessageId: "m-1",
      SdkHttpMetadata: { HttpHeaders: { "Content-Type": "text/xml" }, HttpStatusCode: 200 },
      SdkResponseMetadata: { RequestId: expect.any(String) as string },
    });
  });

  test("a refusal is named after the exception, and its cause has the code that came", async () => {
    await awsServer(() =>
      xml(
        404,
        "<ErrorResponse><Error><Type>Sender</Type><Code>NotFound</Code><Message>Topic does not exist</Message></Error><RequestId>r</RequestId></ErrorResponse>",
      ),
    );
    const { run } = harness();
    expect(await run(publish, { TopicArn: "arn", Message: "m" })).toEqual({
      type: "failed",
      error: "SNS.NotFoundException",
      cause:
        "Topic does not exist (Service: AmazonSNS; Status Code: 404; Error Code: NotFound; Request ID: request-1; Proxy: null)",
    });
  });
});

describe("what was measured of names and errors", () => {
  test("SNS's refusals are SNS's in the optimized integration, Sns's in the SDK's", async () => {
    await awsServer(() =>
      xml(
        404,
        "<ErrorResponse><Error><Type>Sender</Type><Code>NotFound</Code><Message>Topic does not exist</Message></Error><RequestId>r</RequestId></ErrorResponse>",
      ),
    );
    const { run } = harness();
    const parameters = { TopicArn: "arn", Message: "m" };
    expect(await run(publish, parameters)).toMatchObject({ error: "SNS.NotFoundException" });
    expect(await run(serviceResource("aws-sdk:sns", "publish"), parameters)).toEqual({
      type: "failed",
      error: "Sns.NotFoundException",
      cause:
        "Topic does not exist (Service: Sns, Status Code: 404, Request ID: request-1) (SDK Attempt Count: 1)",
    });
  });

  test("a shape that a service cannot read is its SerializationException", async () => {
    await awsServer(() => jsonError("com.amazon.coral.service#SerializationException", "No."));
    const { run } = harness();
    const parameters = { TableName: "t", Key: { id: { S: "1" } } };
    expect(await run(serviceResource("dynamodb", "getItem"), parameters)).toMatchObject({
      error: "DynamoDB.AmazonDynamoDBException",
      cause: expect.stringContaining("Error Code: SerializationException;") as string,
    });
    expect(await run(serviceResource("aws-sdk:dynamodb", "getItem"), parameters)).toMatchObject({
      error: "DynamoDb.DynamoDbException",
    });
  });

  test("a function whose code is not there yet", async () => {
    await awsServer(() => ({
      status: 409,
      headers: {
        "x-amzn-RequestId": "request-1",
        "x-amzn-ErrorType": "CodeArtifactUserPendingException",
        "Content-Type": "application/json",
      },
      body: '{"message":"Lambda is initializing your function."}',
    }));
    const { run } = harness();
    const invoke = serviceResource("lambda", "invoke");
    expect(await run(invoke, { FunctionName: "not-here" })).toMatchObject({
      type: "failed",
      error: "Lambda.CodeArtifactUserPendingException",
      cause: expect.stringContaining("Status Code: 409;") as string,
    });
  });
});

describe("dynamodb", () => {
  test("takes a text for an attribute that is one, at any depth", async () => {
    const requests = await awsServer(() => json({}));
    const { run } = harness();
    const Item = { id: "a", list: { L: ["b", { N: "1" }] }, map: { M: { c: "d" } } };
    const outcome = await run(serviceResource("dynamodb", "putItem"), { TableName: "t", Item });
    expect(outcome).toMatchObject({ type: "succeeded" });
    expect(JSON.parse(requests[0]?.body ?? "")).toEqual({
      TableName: "t",
      Item: {
        id: { S: "a" },
        list: { L: [{ S: "b" }, { N: "1" }] },
        map: { M: { c: { S: "d" } } },
      },
    });
  });

  test.each(["getItem", "putItem", "updateItem", "deleteItem"])("%s is served", async (action) => {
    const requests = await awsServer(() => json({}));
    const { run } = harness();
    const what = action === "putItem" ? "Item" : "Key";
    const outcome = await run(serviceResource("dynamodb", action), {
      TableName: "t",
      [what]: { id: { N: "1" } },
    });
    expect(outputOf(outcome)).toMatchObject({ SdkHttpMetadata: { HttpStatusCode: 200 } });
    const target = `DynamoDB_20120810.${action.charAt(0).toUpperCase()}${action.slice(1)}`;
    expect(requests[0]?.headers["x-amz-target"]).toBe(target);
  });

  test("attributes are as the API has them on the wire, in both directions", async () => {
    const Item = {
      id: { S: "1" },
      n: { N: "12345678901234567890" },
      b: { B: "AAH/" },
      list: { L: [{ BOOL: true }, { NULL: true }, { SS: ["x"] }, { M: { k: { N: "1" } } }] },
    };
    const requests = await awsServer((request) =>
      json(request.headers["x-amz-target"]?.toString().endsWith("GetItem") ? { Item } : {}),
    );
    const { run } = harness();
    await run(serviceResource("dynamodb", "putItem"), { TableName: "t", Item });
    expect(JSON.parse(requests[0]?.body ?? "")).toEqual({ TableName: "t", Item });
    const got = await run(serviceResource("dynamodb", "getItem"), {
      TableName: "t",
      Key: { id: { S: "1" } },
    });
    expect(outputOf(got)).toMatchObject({ Item });
  });

  test("a condition that fails, a request that is not valid, and a null", async () => {
    const put = serviceResource("dynamodb", "putItem");
    const answers = [
      jsonError(
        "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException",
        "The conditional request failed",
      ),
      jsonError("com.amazon.coral.validate#ValidationException", "Not valid"),
    ];
    const requests = await awsServer(() => answers.shift());
    const { run } = harness();
    expect(await run(put, { TableName: "t", Item: {} })).toEqual({
      type: "failed",
      error: "DynamoDB.ConditionalCheckFailedException",
      cause:
        "The conditional request failed (Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ConditionalCheckFailedException; Request ID: request-1; Proxy: null)",
    });
    expect(await run(put, { TableName: "t", Item: {} })).toMatchObject({
      error: "DynamoDB.AmazonDynamoDBException",
    });
    const { error, cause } = (await run(put, { TableName: null, Item: null })) as {
      error: string;
      cause: string;
    };
    expect(error).toBe("DynamoDB.AmazonDynamoDBException");
    expect(cause).toContain(
      "2 validation errors detected: Value null at 'tableName' failed to satisfy constraint: Member must not be null; Value null at 'item' failed to satisfy constraint: Member must not be null (Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ValidationException; Request ID: ",
    );
    expect(requests).toHaveLength(2);
  });
});

describe("events:putEvents", () => {
  const answer = { Entries: [{ EventId: "e-1" }], FailedEntryCount: 0 };

  test("names the machine and the execution among each event's resources", async () => {
    const requests = await awsServer(() => json(answer));
    const { run } = harness();
    const outcome = await run(putEvents, {
      Entries: [
        { Detail: { a: 1 }, DetailType: "t", Source: "s", Resources: ["mine"] },
        { Detail: '{"b":2}', DetailType: "t", Source: "s", Time: "2026-01-02T03:04:05Z" },
      ],
    });
    expect(JSON.parse(requests[0]?.body ?? "")).toEqual({
      Entries: [
        {
          Detail: '{"a":1}',
          DetailType: "t",
          Source: "s",
          Resources: ["mine", machineArn, executionArn],
        },
        {
          Detail: '{"b":2}',
          DetailType: "t",
          Source: "s",
          Resources: [machineArn, executionArn],
          Time: Date.parse("2026-01-02T03:04:05Z") / 1000,
        },
      ],
    });
    expect(outputOf(outcome)).toEqual(answer);
  });

  test("an event that was not taken fails the task with the whole answer", async () => {
    const failed = {
      Entries: [{ EventId: "e-1" }, { ErrorCode: "InternalFailure", ErrorMessage: "No." }],
      FailedEntryCount: 1,
    };
    await awsServer(() => json(failed));
    const { run } = harness();
    const outcome = await run(putEvents, { Entries: [{ Detail: {} }] });
    expect(outcome).toEqual({
      type: "failed",
      error: "EventBridge.FailedEntry",
      cause: JSON.stringify(failed),
    });
  });
});

describe("aws-sdk", () => {
  test("an operation's members have the names of SDK integrations", async () => {
    const requests = await awsServer(() =>
      json({ Item: { id: { S: "1" }, ok: { BOOL: true }, none: { NULL: true } } }),
    );
    const { run } = harness();
    const outcome = await run(serviceResource("aws-sdk:dynamodb", "getItem"), {
      TableName: "t",
      Key: { flag: { Bool: true }, set: { SS: ["a"] } },
    });
    expect(JSON.parse(requests[0]?.body ?? "")).toEqual({
      TableName: "t",
      Key: { flag: { BOOL: true }, set: { SS: ["a"] } },
    });
    expect(outputOf(outcome)).toEqual({
      Item: { id: { S: "1" }, ok: { Bool: true }, none: { Nul: true } },
    });
  });

  test.each([
    ["com.amazonaws.dynamodb#ResourceNotFoundException", "DynamoDb.ResourceNotFoundException"],
    ["com.amazon.coral.validate#ValidationException", "DynamoDb.DynamoDbException"],
  ])("%s is %s", async (type, error) => {
    await awsServer(() => jsonError(type, "No."));
    const { run } = harness();
    const outcome = await run(serviceResource("aws-sdk:dynamodb", "describeTable"), {
      TableName: "t",
    });
    expect(outcome).toEqual({
      type: "failed",
      error,
      cause:
        "No. (Service: DynamoDb, Status Code: 400, Request ID: request-1) (SDK Attempt Count: 1)",
    });
  });

  test("S3's errors tell the extended request id, too", async () => {
    await awsServer(() => ({
      status: 404,
      headers: { "x-amz-request-id": "r", "x-amz-id-2": "e" },
      body: "<Error><Code>NoSuchBucket</Code><Message>No such.</Message></Error>",
    }));
    const { run } = harness();
    expect(await run(serviceResource("aws-sdk:s3", "listObjects"), { Bucket: "b" })).toEqual({
      type: "failed",
      error: "S3.NoSuchBucketException",
      cause:
        "No such. (Service: S3, Status Code: 404, Request ID: r, Extended Request ID: e) (SDK Attempt Count: 1)",
    });
  });

  test("a streamed result is its text", async () => {
    const requests = await awsServer(() => ({
      headers: {
        "Content-Type": "text/plain",
        "Last-Modified": "Fri, 02 Jan 2026 03:04:05 GMT",
        ETag: '"e"',
      },
      body: "größe",
    }));
    const { run } = harness();
    const outcome = await run(serviceResource("aws-sdk:s3", "getObject"), {
      Bucket: "b",
      Key: "a/b",
    });
    expect(requests[0]?.path).toMatch(/^\/b\/a\/b\b/);
    expect(outputOf(outcome)).toMatchObject({
      Body: "größe",
      ETag: '"e"',
      LastModified: "2026-01-02T03:04:05Z",
    });
  });

  test("a streamed result that is too long fails the task, and is not read to its end", async () => {
    await awsServer(() => ({ body: Buffer.alloc(4 * 1024 * 1024) }));
    const { run } = harness();
    const get = serviceResource("aws-sdk:s3", "getObject");
    expect(await run(get, { Bucket: "b", Key: "k" })).toEqual({
      type: "failed",
      error: "States.DataLimitExceeded",
      cause:
        "The state/task 'aws-sdk:s3' returned a result with a size exceeding the maximum number of bytes service limit.",
    });
  });

  test.each([
    [0, "0"],
    ["text data", '"text data"'],
    ["", '""'],
    [{ a: 1 }, '{"a":1}'],
  ])("the content %j of an object is sent as JSON text", async (Body, sent) => {
    const requests = await awsServer(() => ({ headers: { ETag: '"e"' } }));
    const { run } = harness();
    const put = serviceResource("aws-sdk:s3", "putObject");
    expect(outputOf(await run(put, { Bucket: "b", Key: "k", Body }))).toEqual({ ETag: '"e"' });
    expect(requests[0]?.body).toBe(sent);
    expect(requests[0]?.headers["content-type"]).toBe("text/plain; charset=UTF-8");
  });

  test("a part of an object is JSON text, too", async () => {
    const requests = await awsServer(() => ({ headers: { ETag: '"e"' } }));
    const { run } = harness();
    const part = { Bucket: "b", Key: "k", UploadId: "u", PartNumber: 1, Body: "text" };
    await run(serviceResource("aws-sdk:s3", "uploadPart"), part);
    expect(requests[0]?.body).toBe('"text"');
  });

  test.each([
    ["as it stands where it is a text", '{"a": 1}', '{"a": 1}'],
    ["as JSON text where it is a value", { a: 1 }, '{"a":1}'],
  ])("the payload of a function is sent %s, and its answer is text", async (_, Payload, sent) => {
    const requests = await awsServer(() => ({ body: '{"ok": true}' }));
    const { run } = harness();
    const outcome = await run(serviceResource("aws-sdk:lambda", "invoke"), {
      FunctionName: "f",
      Payload,
    });
    expect(requests[0]?.body).toBe(sent);
    expect(outputOf(outcome)).toEqual({ Payload: '{"ok": true}', StatusCode: 200 });
  });

  test("the bytes of messages and attributes are the text that the task has", async () => {
    const requests = await awsServer((request) =>
      request.headers["x-amz-target"] === undefined
        ? xml(200, "<PublishResponse><PublishResult/></PublishResponse>")
        : json({}),
    );
    const { run } = harness();
    const attribute = { a: { DataType: "Binary", BinaryValue: "ü" } };
    const base64 = Buffer.from("ü").toString("base64");
    await run(serviceResource("aws-sdk:sqs", "sendMessage"), {
      QueueUrl: `${process.env["AWS_ENDPOINT_URL"]}/1/q`,
      MessageBody: "m",
      MessageAttributes: attribute,
    });
    await run(serviceResource("aws-sdk:sns", "publish"), {
      TopicArn: "arn",
      Message: "m",
      MessageAttributes: attribute,
    });
    await run(serviceResource("aws-sdk:dynamodb", "putItem"), {
      TableName: "t",
      Item: { b: { B: "ü" }, set: { BS: ["ü"] } },
    });
    const [queued, published, put] = requests.map(({ body }) => body);
    expect(JSON.parse(queued ?? "")).toMatchObject({
      MessageAttributes: { a: { BinaryValue: base64 } },
    });
    const form = new URLSearchParams(published);
    expect(form.get("MessageAttributes.entry.1.Value.BinaryValue")).toBe(base64);
    expect(JSON.parse(put ?? "")).toMatchObject({
      Item: { b: { B: base64 }, set: { BS: [base64] } },
    });
  });

  test("a content type that is given stays", async () => {
    const requests = await awsServer(() => ({}));
    const { run } = harness();
    const put = serviceResource("aws-sdk:s3", "putObject");
    await run(put, { Bucket: "b", Key: "k", Body: {}, ContentType: "application/json" });
    expect(requests[0]?.headers["content-type"]).toBe("application/json");
  });

  test("a client that is not installed is named", async () => {
    const { run } = harness();
    const outcome = await run(serviceResource("aws-sdk:voiceid", "listDomains"), {});
    expect(outcome).toEqual({
      type: "rejected",
      cause:
        "The resource 'arn:aws:states:::aws-sdk:voiceid:listDomains' is called with the package @aws-sdk/client-voice-id, which is not installed. Install it: stepwell add voiceid",
    });
  });

  test("an operation that does not exist, and a parameter that it does not take", async () => {
    const requests = await awsServer(() => json({}));
    const { run } = harness();
    expect(await run(serviceResource("aws-sdk:sqs", "sendLetter"), {})).toMatchObject({
      type: "rejected",
      cause: expect.stringContaining("aws-sdk:sqs:sendLetter") as string,
    });
    const send = serviceResource("aws-sdk:sqs", "sendMessage");
    expect(await run(send, { QueueUrl: "q", Body: "x" })).toEqual({
      type: "rejected",
      cause: `The Parameters '{"QueueUrl":"q","Body":"x"}' could not be used to start the Task: [The field 'Body' is not supported by Step Functions, The field 'MessageBody' is required but was missing]`,
    });
    expect(requests).toEqual([]);
  });

  test("Step Functions itself is called within the engine", async () => {
    const { run } = harness({ stepFunctions: () => Promise.resolve({ stateMachines: [] }) });
    const outcome = await run(serviceResource("aws-sdk:sfn", "listStateMachines"), {});
    expect(outputOf(outcome)).toEqual({ StateMachines: [] });
  });
});

describe("parameters that can never start the task are refused before it is scheduled", () => {
  test.each([
    [
      "lambda",
      "invoke",
      { FunctionName: "f", Event: 1 },
      "The field 'Event' is not supported by Step Functions",
    ],
    ["states", "startExecution", {}, "The field 'StateMachineArn' is required but was missing"],
    [
      "sqs",
      "sendMessage",
      { QueueUrl: "q" },
      "The field 'MessageBody' is required but was missing",
    ],
    [
      "sns",
      "publish",
      { Message: "m", Topic: 1 },
      "The field 'Topic' is not supported by Step Functions",
    ],
    [
      "dynamodb",
      "getItem",
      { TableName: "t", Key: "k" },
      "The value of the field 'Key' has an invalid format",
    ],
    [
      "events",
      "putEvents",
      { Entries: {} },
      "The value of the field 'Entries' has an invalid format",
    ],
  ])("%s:%s", (service, action, parameters, problem) => {
    const resource = serviceResource(service, action);
    const { handlers } = harness();
    const payload = Payload.ofValue(parameters);
    expect(handlers.find(resource).refuseParameters?.(resource, payload)).toBe(
      `The Parameters '${payload.text}' could not be used to start the Task: [${problem}]`,
    );
  });

  test.each([
    ["sqs", "sendMessage", { QueueUrl: "q", MessageBody: null }],
    ["dynamodb", "putItem", { TableName: "t", Item: null, ReturnValues: "NONE" }],
    ["lambda", "invoke", { FunctionName: "f", Payload: null }],
  ])("%s:%s may be started with %j", (service, action, parameters) => {
    const resource = serviceResource(service, action);
    const handler = harness().handlers.find(resource);
    expect(handler.refuseParameters?.(resource, Payload.ofValue(parameters))).toBeUndefined();
  });
});

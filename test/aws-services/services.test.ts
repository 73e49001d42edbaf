import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  ListTagsForResourceCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateTopicCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
} from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { describe, expect, onTestFinished, test } from "vitest";
import type { JsonObject } from "../../src/expression/json.ts";
import type { StepwellOptions } from "../../src/server/stepwell-options.ts";
import { ownServer } from "../api/own-server.ts";
import { accountId, passDefinition, region, roleArn } from "../api/start-server.ts";

async function started(options: Partial<StepwellOptions> = {}) {
  const server = await ownServer(options);
  const settings = {
    endpoint: server.url,
    region,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  };
  const logs = new CloudWatchLogsClient(settings);
  const sqs = new SQSClient(settings);
  const sns = new SNSClient(settings);
  onTestFinished(() => [logs, sqs, sns].forEach((client) => client.destroy()));
  /** A request of AWS JSON, as it is written by hand. */
  const json = async (target: string, input: object): Promise<JsonObject> => {
    const answer = await fetch(server.url, {
      method: "POST",
      headers: { "Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": target },
      body: JSON.stringify(input),
    });
    return (await answer.json()) as JsonObject;
  };
  return { ...server, logs, sqs, sns, json };
}

describe("Parameter Store", () => {
  test("keeps parameters by path, each change a version", async () => {
    const { json, mistakes } = await started();
    const ssm = (operation: string, input: object) => json(`AmazonSSM.${operation}`, input);
    const put = (Name: string, Value: string, more = {}) =>
      ssm("PutParameter", { Name, Value, Type: "String", ...more });
    expect(await put("/app/url", "a")).toEqual({ Version: 1, Tier: "Standard" });
    expect(await put("/app/url", "b")).toMatchObject({ __type: "ParameterAlreadyExists" });
    expect(await put("/app/url", "b", { Overwrite: true })).toMatchObject({ Version: 2 });
    await put("/app/db/password", "secret", { Type: "SecureString" });
    await put("/application", "c");
    expect(await ssm("GetParameter", { Name: "/app/url" })).toMatchObject({
      Parameter: {
        Value: "b",
        Version: 2,
        ARN: `arn:aws:ssm:us-east-1:${accountId}:parameter/app/url`.replace("us-east-1", region),
      },
    });
    expect(await ssm("GetParameter", { Name: "/gone" })).toMatchObject({
      __type: "ParameterNotFound",
    });
    const names = async (input: object): Promise<unknown> => {
      const { Parameters } = await ssm("GetParametersByPath", { Path: "/app", ...input });
      return (Parameters as readonly JsonObject[]).map(({ Name, Value }) => [Name, Value]);
    };
    expect(await names({})).toEqual([["/app/url", "b"]]);
    expect(await names({ Recursive: true, WithDecryption: true })).toEqual([
      ["/app/db/password", "secret"],
      ["/app/url", "b"],
    ]);
    expect(JSON.stringify(await names({ Recursive: true }))).not.toContain("secret");
    expect(await ssm("GetParameters", { Names: ["/app/url", "/gone"] })).toMatchObject({
      Parameters: [{ Name: "/app/url" }],
      InvalidParameters: ["/gone"],
    });
    await ssm("DeleteParameter", { Name: "/app/url" });
    expect(
      await ssm("DescribeParameters", {
        ParameterFilters: [{ Key: "Name", Option: "BeginsWith", Values: ["/app"] }],
      }),
    ).toMatchObject({ Parameters: [{ Name: "/app/db/password" }, { Name: "/application" }] });
    expect(mistakes).toEqual([]);
  });
});

describe("CloudWatch Logs", () => {
  test("keeps what is put into streams, and finds it again", async () => {
    const { logs } = await started();
    const group = { logGroupName: "/app/orders" };
    const stream = { ...group, logStreamName: "one" };
    await logs.send(new CreateLogGroupCommand({ ...group, tags: { team: "a" } }));
    await expect(logs.send(new CreateLogGroupCommand(group))).rejects.toMatchObject({
      name: "ResourceAlreadyExistsException",
    });
    await logs.send(new PutRetentionPolicyCommand({ ...group, retentionInDays: 7 }));
    await logs.send(new CreateLogGroupCommand({ logGroupName: "/app/orders/more" }));
    const { logGroups = [] } = await logs.send(
      new DescribeLogGroupsCommand({ logGroupNamePrefix: "/app/orders" }),
    );
    expect(logGroups).toMatchObject([
      { logGroupName: "/app/orders", retentionInDays: 7 },
      { logGroupName: "/app/orders/more" },
    ]);
    const resourceArn = logGroups[0]?.logGroupArn;
    expect(await logs.send(new ListTagsForResourceCommand({ resourceArn }))).toMatchObject({
      tags: { team: "a" },
    });
    await logs.send(new CreateLogStreamCommand(stream));
    const now = Date.now();
    const put = (...messages: readonly string[]) =>
      logs.send(
        new PutLogEventsCommand({
          ...stream,
          logEvents: messages.map((message, index) => ({ timestamp: now + index, message })),
        }),
      );
    await put("first ERROR", '{"level":"ERROR","n":7}');
    await put("second");
    const messages = async (filterPattern: string): Promise<unknown> => {
      const { events } = await logs.send(new FilterLogEventsCommand({ ...group, filterPattern }));
      return events?.map(({ message }) => message);
    };
    expect(await messages("")).toEqual(["first ERROR", "second", '{"level":"ERROR","n":7}']);
    expect(await messages("ERROR -first")).toEqual(['{"level":"ERROR","n":7}']);
    expect(await messages('{ $.level = "ERR*" }')).toEqual(['{"level":"ERROR","n":7}']);
    expect(await messages("{ $.n > 7 }")).toEqual([]);
    const page = await logs.send(
      new GetLogEventsCommand({ ...stream, startFromHead: true, limit: 2 }),
    );
    expect(page.events?.map(({ message }) => message)).toEqual(["first ERROR", "second"]);
    const next = await logs.send(
      new GetLogEventsCommand({ ...stream, nextToken: page.nextForwardToken }),
    );
    expect(next.events).toHaveLength(1);
    await logs.send(new DeleteLogGroupCommand(group));
    await expect(logs.send(new DescribeLogStreamsCommand(group))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
  });

  test("has the logs of executions whose machine names one of its groups", async () => {
    const server = await started();
    const { logs } = server;
    const logGroupName = "/aws/vendedlogs/states/orders";
    await logs.send(new CreateLogGroupCommand({ logGroupName }));
    const { stateMachineArn = null } = await server.call("CreateStateMachine", {
      name: "orders",
      roleArn,
      definition: passDefinition,
      loggingConfiguration: {
        level: "ALL",
        destinations: [
          {
            cloudWatchLogsLogGroup: {
              logGroupArn: `arn:aws:logs:${region}:${accountId}:log-group:${logGroupName}:*`,
            },
          },
        ],
      },
    });
    await server.call("StartExecution", { stateMachineArn });
    await expect
      .poll(
        async () => {
          const { events = [] } = await logs.send(
            new FilterLogEventsCommand({ logGroupName, filterPattern: "ExecutionSucceeded" }),
          );
          return events.length;
        },
        { timeout: 10_000 },
      )
      .toBe(1);
  });
});

describe("the stand-ins", () => {
  test("are reached by the clients of SQS and SNS", async () => {
    const { sqs, sns, mistakes } = await started({ standInServices: "memory" });
    const { QueueUrl } = await sqs.send(
      new CreateQueueCommand({ QueueName: "orders", Attributes: { VisibilityTimeout: "5" } }),
    );
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: "events" }));
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }),
    );
    expect(Attributes).toMatchObject({ VisibilityTimeout: "5" });
    await sns.send(
      new SubscribeCommand({
        TopicArn,
        Protocol: "sqs",
        Endpoint: Attributes?.["QueueArn"],
        Attributes: { RawMessageDelivery: "true" },
      }),
    );
    const MessageAttributes = {
      kind: { DataType: "String", StringValue: "new" },
      raw: { DataType: "Binary", BinaryValue: Uint8Array.of(1, 255) },
    };
    await sns.send(new PublishCommand({ TopicArn, Message: "by topic", MessageAttributes }));
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "one", MessageAttributes }));
    await sqs.send(
      new SendMessageBatchCommand({ QueueUrl, Entries: [{ Id: "a", MessageBody: "two" }] }),
    );
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ["All"],
      }),
    );
    expect(Messages.map(({ Body }) => Body)).toEqual(["by topic", "one", "two"]);
    expect(Messages[0]).toMatchObject({ MessageAttributes });
    const { ReceiptHandle } = Messages[0] ?? {};
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    await expect(
      sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "" })),
    ).rejects.toMatchObject({ name: "MissingParameter" });
    expect(mistakes).toEqual([]);
  });

  test("say how they are had where they are off", async () => {
    const { sqs } = await started();
    await expect(sqs.send(new CreateQueueCommand({ QueueName: "orders" }))).rejects.toMatchObject({
      name: "UnknownOperationException",
      message: expect.stringContaining("--stand-ins memory") as string,
    });
  });
});

describe("the one endpoint", () => {
  test("tells forms without a signature apart by their versions", async () => {
    const { url } = await started({ standInServices: "memory" });
    const form = async (body: object): Promise<string> => {
      const answer = await fetch(url, {
        method: "POST",
        body: new URLSearchParams({ ...body }),
      });
      return answer.text();
    };
    expect(await form({ Action: "CreateTopic", Version: "2010-03-31", Name: "t" })).toContain(
      `<CreateTopicResult><TopicArn>arn:aws:sns:${region}:${accountId}:t</TopicArn>`,
    );
    expect(await form({ Action: "GetCallerIdentity", Version: "2011-06-15" })).toContain(
      "<GetCallerIdentityResult>",
    );
    expect(await form({ Action: "X", Version: "2010-03-31" })).toContain(
      "<Code>InvalidAction</Code><Message>Stepwell has no operation X of the service 'sns'.",
    );
  });

  test("says of what it has not that it has not, in the protocol of whoever asks", async () => {
    const { url } = await started();
    const ask = async (path: string, service: string, init: RequestInit): Promise<string> => {
      const Authorization = `AWS4-HMAC-SHA256 Credential=k/20270101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`;
      const answer = await fetch(url + path, {
        ...init,
        headers: { Authorization, ...(init.headers as Record<string, string>) },
      });
      return `${answer.status} ${await answer.text()}`;
    };
    const target = { "X-Amz-Target": "Kinesis_20131202.ListStreams" };
    expect(await ask("/", "kinesis", { method: "POST", body: "{}", headers: target })).toContain(
      '400 {"__type":"UnknownOperationException","message":"Stepwell has no operation ListStreams',
    );
    const form = new URLSearchParams({ Action: "RunInstances", Version: "2016-11-15" });
    expect(await ask("/", "ec2", { method: "POST", body: form })).toContain(
      "<Code>InvalidAction</Code><Message>Stepwell has no operation RunInstances",
    );
    expect(await ask("/v1/apis", "kafka", { method: "GET" })).toContain(
      `404 {"message":"Stepwell has no operation of the service 'kafka' at GET /v1/apis`,
    );
    expect(await ask("/b?torrent", "s3", { method: "GET" })).toContain(
      '501 <?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>NotImplemented</Code>',
    );
  });

  test("refuses what pages in browsers send", async () => {
    const { url } = await started();
    const answer = await fetch(url, {
      method: "POST",
      headers: { "X-Amz-Target": "AmazonSSM.DescribeParameters", Origin: "http://evil.example" },
      body: "{}",
    });
    expect([answer.status, await answer.text()]).toEqual([
      400,
      expect.stringContaining("Pages in browsers"),
    ]);
  });

  test.each([
    ["not json", "SerializationException"],
    ["[]", "SerializationException"],
    ['{"Name":{}}', "SerializationException"],
    ["{}", "ValidationException"],
  ])("answers the body %j with %s", async (body, code) => {
    const { url, mistakes } = await started();
    const answer = await fetch(url, {
      method: "POST",
      headers: { "X-Amz-Target": "AmazonSSM.GetParameter" },
      body,
    });
    expect([answer.status, answer.headers.get("x-amzn-errortype")]).toEqual([400, code]);
    expect(mistakes).toEqual([]);
  });
});

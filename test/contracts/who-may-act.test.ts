import { describe, expect, test } from "vitest";
import type { JsonValue } from "../../src/expression/json.ts";
import type { AccessRequest } from "../../src/ports/authorizer.ts";
import type { TaskOutcome } from "../../src/ports/task-handler.ts";
import { recordingAuthorizer } from "../api/recording-authorizer.ts";
import { awsServer, json } from "./aws-server.ts";
import {
  functionArn,
  functionResource,
  harness,
  type ServiceResource,
  serviceResource,
} from "./task-handler-harness.ts";

const roleArn = "arn:aws:iam::123456789012:role/role";
const executionArn = "arn:aws:states:eu-west-1:123456789012:execution:machine:one";
const here = { partition: "aws", region: "eu-west-1", accountId: "123456789012" };
const caller = { ...here, principal: { type: "role", roleArn, executionArn } };
const user = "arn:aws:sts::123456789012:assumed-role/role/one";

const queueUrl = "https://sqs.us-west-2.amazonaws.com/123456789012/orders";
const topic = "arn:aws:sns:eu-west-1:123456789012:news";
const bus = (name: string): string => `arn:aws:events:eu-west-1:123456789012:event-bus/${name}`;
const events = (...buses: readonly (string | undefined)[]): JsonValue => ({
  Entries: buses.map((EventBusName) => ({
    Detail: {},
    DetailType: "a",
    Source: "b",
    ...(EventBusName === undefined ? {} : { EventBusName }),
  })),
});
const table = "arn:aws:dynamodb:eu-west-1:123456789012:table/orders";
/** The client checks it. */
const md5OfA = "0cc175b9c0f1b6a831c399e269772661";
const sendMessage = serviceResource("sqs", "sendMessage");
const invoke = serviceResource("lambda", "invoke");
const athena = serviceResource("athena", "startQueryExecution", "sync");

describe("a task is refused for what its role may not do, in the service's words, and calls nobody", () => {
  test.each<[ServiceResource, JsonValue, string, readonly string[], string, string]>([
    [
      functionResource("pack"),
      {},
      "lambda:InvokeFunction",
      [functionArn("pack")],
      "Lambda.AWSLambdaException",
      "(Service: AWSLambda; Status Code: 403; Error Code: AccessDeniedException; Request ID: ID; Proxy: null)",
    ],
    [
      invoke,
      { FunctionName: "pack", Qualifier: "LIVE" },
      "lambda:InvokeFunction",
      [functionArn("pack:LIVE")],
      "Lambda.AWSLambdaException",
      "(Service: AWSLambda; Status Code: 403; Error Code: AccessDeniedException; Request ID: ID; Proxy: null)",
    ],
    [
      sendMessage,
      { QueueUrl: queueUrl, MessageBody: "a" },
      "sqs:SendMessage",
      ["arn:aws:sqs:us-west-2:123456789012:orders"],
      "SQS.AmazonSQSException",
      "(Service: AmazonSQS; Status Code: 403; Error Code: AccessDenied; Request ID: ID; Proxy: null)",
    ],
    [
      serviceResource("sns", "publish"),
      { TopicArn: topic, Message: "a" },
      "sns:Publish",
      [topic],
      "SNS.AuthorizationErrorException",
      "(Service: AmazonSNS; Status Code: 403; Error Code: AuthorizationError; Request ID: ID; Proxy: null)",
    ],
    [
      serviceResource("dynamodb", "putItem"),
      { TableName: "orders", Item: {} },
      "dynamodb:PutItem",
      [table],
      "DynamoDB.AmazonDynamoDBException",
      "(Service: AmazonDynamoDBv2; Status Code: 400; Error Code: AccessDeniedException; Request ID: ID; Proxy: null)",
    ],
    [
      serviceResource("events", "putEvents"),
      events(undefined),
      "events:PutEvents",
      [bus("default")],
      "EventBridge.EventBridgeException",
      "(Service: EventBridge, Status Code: 400, Request ID: ID) (SDK Attempt Count: 1)",
    ],
    [
      athena,
      { QueryString: "SELECT 1" },
      "athena:StartQueryExecution",
      ["arn:aws:athena:eu-west-1:123456789012:workgroup/primary"],
      "Athena.AmazonAthenaException",
      "(Service: AmazonAthena; Status Code: 400; Error Code: AccessDeniedException; Request ID: ID; Proxy: null)",
    ],
    [
      serviceResource("aws-sdk:dynamodb", "getItem"),
      { TableName: "orders", Key: {} },
      "dynamodb:GetItem",
      ["arn:aws:dynamodb:eu-west-1:123456789012:table/orders"],
      "DynamoDb.DynamoDbException",
      "(Service: DynamoDb, Status Code: 400, Request ID: ID) (SDK Attempt Count: 1)",
    ],
    [
      serviceResource("aws-sdk:s3", "putObject"),
      { Bucket: "b", Key: "k", Body: "text" },
      "s3:PutObject",
      ["arn:aws:s3:::b/k"],
      "S3.S3Exception",
      "(Service: S3, Status Code: 403, Request ID: ID) (SDK Attempt Count: 1)",
    ],
  ])("%o", async (resource, parameters, action, resources, error, suffix) => {
    const requests = await awsServer(() => json({}));
    const authorizer = recordingAuthorizer();
    authorizer.decide = () => ({ allowed: false });
    const { run, warnings } = harness({ authorizer });
    const outcome = await run(resource, parameters);
    const [denied] = resources;
    const words = `User: ${user} is not authorized to perform: ${action} on resource: ${denied} because no identity-based policy allows the ${action} action`;
    expect({
      ...outcome,
      cause: String(Object(outcome).cause).replace(/Request ID: [0-9a-f-]{36}/, "Request ID: ID"),
    }).toEqual({ type: "failed", error, cause: `${words} ${suffix}` });
    expect(authorizer.acts).toEqual(resources.map((on) => ({ caller, action, resource: on })));
    expect(authorizer.calls).toEqual([]);
    expect(requests).toEqual([]);
    expect(warnings).toEqual([]);
  });
});

describe("what a task acts on", () => {
  const asked = async (resource: ServiceResource, parameters: JsonValue): Promise<string[]> => {
    const authorizer = recordingAuthorizer();
    await awsServer(() => json({}));
    await harness({ authorizer }).run(resource, parameters);
    return authorizer.acts.map(({ resource: on }) => on);
  };

  test.each<[string, ServiceResource, JsonValue, readonly string[]]>([
    [
      "a model and the objects that its body comes from and goes to",
      serviceResource("bedrock", "invokeModel"),
      { ModelId: "m", Input: { S3Uri: "s3://in/k" }, Output: { S3Uri: "s3://out/k" } },
      ["arn:aws:bedrock:eu-west-1::foundation-model/m", "arn:aws:s3:::in/k", "arn:aws:s3:::out/k"],
    ],
    [
      "a model alone, where its body is given",
      serviceResource("bedrock", "invokeModel"),
      { ModelId: "m", Body: {} },
      ["arn:aws:bedrock:eu-west-1::foundation-model/m"],
    ],
    [
      "each bus of its events, once",
      serviceResource("events", "putEvents"),
      events("a", undefined, "a", bus("b")),
      [bus("a"), bus("default"), bus("b")],
    ],
    [
      "a table that is named by its ARN",
      serviceResource("dynamodb", "getItem"),
      { TableName: table, Key: {} },
      [table],
    ],
    [
      "everything, for a telephone number",
      serviceResource("sns", "publish"),
      { PhoneNumber: "+491", Message: "a" },
      ["*"],
    ],
    [
      "the alias in a function's name, whatever the qualifier",
      invoke,
      { FunctionName: "pack:LIVE", Qualifier: "2" },
      [functionArn("pack:LIVE")],
    ],
    [
      "a function of another account",
      invoke,
      { FunctionName: "arn:aws:lambda:eu-west-1:210987654321:function:pack" },
      ["arn:aws:lambda:eu-west-1:210987654321:function:pack"],
    ],
    [
      "a queue of a stand-in, in the Region of the execution",
      sendMessage,
      { QueueUrl: "http://localhost:4566/123456789012/orders", MessageBody: "a" },
      ["arn:aws:sqs:eu-west-1:123456789012:orders"],
    ],
    [
      "everything, for a URL that is no queue's",
      sendMessage,
      { QueueUrl: "http://127.0.0.1:1/q", MessageBody: "a" },
      ["*"],
    ],
    ["everything, where the parameters name nothing", invoke, [], ["*"]],
  ])("%s", async (_, resource, parameters, resources) => {
    expect(await asked(resource, parameters)).toEqual(resources);
  });
});

test("a task that may is performed, and is asked for its call only", async () => {
  const authorizer = recordingAuthorizer();
  const requests = await awsServer(() => json({ MessageId: "m", MD5OfMessageBody: md5OfA }));
  const url = `${process.env["AWS_ENDPOINT_URL"]}/123456789012/orders`;
  const outcome = await harness({ authorizer }).run(sendMessage, {
    QueueUrl: url,
    MessageBody: "a",
  });
  expect(outcome).toMatchObject({ type: "succeeded" });
  expect(requests).toHaveLength(1);
  expect(authorizer.acts).toHaveLength(1);
});

test.each([
  ["StepFunctions.AWSStepFunctionsException", serviceResource("states", "startExecution")],
  ["Sfn.SfnException", serviceResource("aws-sdk:sfn", "startExecution")],
])(
  "%s is what the API makes of a task that it refuses: it asks by itself",
  async (error, resource) => {
    const authorizer = recordingAuthorizer();
    const refusal = Object.assign(new Error("User: … is not authorized"), {
      code: "AccessDeniedException",
      statusCode: 400,
    });
    const { run } = harness({ authorizer, stepFunctions: () => Promise.reject(refusal) });
    const outcome = await run(resource, { StateMachineArn: "arn:child" });
    expect(authorizer.acts).toEqual([]);
    expect(outcome).toMatchObject({ type: "failed", error });
  },
);

describe("a task with Credentials", () => {
  const other = "arn:aws:iam::210987654321:role/deep/other";
  const asOther = { ...here, principal: { type: "role", roleArn: other, executionArn } };
  const run = async (allows: (action: string) => boolean) => {
    const authorizer = recordingAuthorizer();
    authorizer.decide = ({ action }) => ({ allowed: allows(action) });
    await awsServer(() => json({}));
    const outcome = await harness({ authorizer }).run(
      sendMessage,
      { QueueUrl: queueUrl, MessageBody: "a" },
      { credentialsRoleArn: other },
    );
    return { acts: authorizer.acts, outcome };
  };
  const conditions = {
    "sts:ExternalId": "arn:aws:states:eu-west-1:123456789012:stateMachine:machine",
  };
  const assume = { caller, action: "sts:AssumeRole", resource: other, conditions };

  test("asks whether its machine's role may assume theirs, and then what that one may do", async () => {
    const { acts, outcome } = await run((action) => action === "sts:AssumeRole");
    expect(acts).toMatchObject([assume, { caller: asOther, action: "sqs:SendMessage" }]);
    expect(outcome).toMatchObject({
      cause: expect.stringContaining("arn:aws:sts::210987654321:assumed-role/other/one is not"),
    });
  });

  test("fails if the role must not be assumed", async () => {
    const { acts, outcome } = await run(() => false);
    expect(acts).toEqual([assume]);
    expect(outcome).toEqual({
      type: "failed",
      error: "States.TaskFailed",
      cause: `The role ${roleArn} is not authorized to assume the task state's role, ${other}.`,
    });
  });
});

describe("calls over HTTP", () => {
  const http = serviceResource("http", "invoke");
  const api = serviceResource("apigateway", "invoke");
  const machineArn = "arn:aws:states:eu-west-1:123456789012:stateMachine:machine";
  const deniedWith = async (
    resource: ServiceResource,
    parameters: JsonValue,
  ): Promise<readonly [TaskOutcome, readonly AccessRequest[]]> => {
    const authorizer = recordingAuthorizer();
    authorizer.decide = () => ({ allowed: false });
    const { run } = harness({ authorizer });
    return [await run(resource, parameters), authorizer.acts];
  };

  test("an HTTP task is asked for on its machine, with where it calls and how", async () => {
    const parameters = { ApiEndpoint: "https://a.test/b", Method: "GET" };
    const [outcome, asked] = await deniedWith(http, parameters);
    expect(outcome).toMatchObject({ type: "failed", error: "States.Permissions" });
    expect(asked).toEqual([
      {
        caller,
        action: "states:InvokeHTTPEndpoint",
        resource: machineArn,
        conditions: { "states:HTTPEndpoint": "https://a.test/b", "states:HTTPMethod": "GET" },
      },
    ]);
  });

  test("an API that knows roles is asked for by its path; one that knows none is not", async () => {
    const parameters = {
      ApiEndpoint: "abc.execute-api.eu-west-2.amazonaws.com",
      Method: "GET",
      Stage: "prod",
      Path: "/bills",
    };
    const [outcome, asked] = await deniedWith(api, { ...parameters, AuthType: "IAM_ROLE" });
    expect(outcome).toMatchObject({ type: "failed", error: "ApiGateway.403" });
    expect(asked).toMatchObject([
      {
        action: "execute-api:Invoke",
        resource: "arn:aws:execute-api:eu-west-2:123456789012:abc/prod/GET/bills",
      },
    ]);
    const [, none] = await deniedWith(api, { ...parameters, Headers: "refused" });
    expect(none).toEqual([]);
  });
});

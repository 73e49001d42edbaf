import { describe, expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../../src/expression/json.ts";
import type { SdkClients } from "../../src/integrations/aws/sdk-clients.ts";
import { httpHarness, httpServer, jsonAnswer, manualClock, valueOf } from "./http-harness.ts";
import { assumingRoles, nobodysRoleArn } from "./assuming-roles.ts";
import { serviceResource } from "./task-handler-harness.ts";

const invoke = serviceResource("apigateway", "invoke");

const credentials = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "the-secret-access-key",
  sessionToken: "the-session-token",
};

const credentialsRoleArn = "arn:aws:iam::210987654321:role/other";

/** The AWS SDK as if it were configured, or not; it assumes roles, except for one. */
const clients = (isConfigured: boolean): SdkClients => ({
  roles: assumingRoles,
  connect: (service) =>
    Promise.resolve(
      isConfigured
        ? {
            type: "connected",
            service: {
              errorPrefix: service,
              module: {},
              client: {
                config: { serviceId: service, credentials: () => Promise.resolve(credentials) },
                destroy() {},
                send: () => Promise.reject(new Error("no call was expected")),
              },
            },
          }
        : { type: "unconfigured", errorPrefix: service },
    ),
  close() {},
});

async function standIn(answer: Parameters<typeof httpServer>[0], isConfigured = false) {
  const server = await httpServer(answer);
  const harness = httpHarness({
    apigateway: { endpoints: { abc123: `${server.origin}/base/` } },
    clients: clients(isConfigured),
    clock: manualClock(),
  });
  const run = (more: JsonObject, resource = invoke) =>
    harness.run(resource, { ApiEndpoint: endpoint, Method: "POST", ...more });
  return { ...harness, server, run };
}

const endpoint = "abc123.execute-api.eu-west-1.amazonaws.com";

describe("what is sent", () => {
  test("stage, path, query and headers, each with all of its values", async () => {
    const { run, server } = await standIn((_, response) => jsonAnswer(response, {}));
    await run({
      Method: "GET",
      Stage: "prod",
      Path: "/bills/a b?c",
      QueryParameters: { billId: ["1", "2&3"], empty: [] },
      Headers: { "X-Many": ["a", "b"] },
      RequestBody: {},
    });
    expect(server.seen[0]).toMatchObject({
      method: "GET",
      url: "/base/prod/bills/a%20b%3Fc?billId=1&billId=2%263",
      body: "",
      headers: { "x-many": "a, b", accept: "application/json" },
    });
  });

  // Observed: all of these come back as they were sent.
  test.each<[JsonValue, string]>([
    [{ message: "HelloWorld!" }, '{"message":"HelloWorld!"}'],
    ["HelloWorld", '"HelloWorld"'],
    ['"HelloWorld"', '"\\"HelloWorld\\""'],
    ["", '""'],
    ["0", '"0"'],
  ])("the body %j is JSON", async (RequestBody, body) => {
    const { run, server } = await standIn(({ body: sent }, response) => {
      response.setHeader("Content-Type", "application/json");
      response.end(sent);
    });
    const outcome = await run({ RequestBody });
    expect(server.seen[0]).toMatchObject({ body, headers: { "content-type": "application/json" } });
    expect(valueOf(outcome)).toMatchObject({ ResponseBody: RequestBody });
  });

  test("nulls are left out, unless they are allowed", async () => {
    const { run, server } = await standIn((_, response) => jsonAnswer(response, {}));
    const RequestBody = { a: null, b: { c: null, d: [null, 1] } };
    await run({ RequestBody });
    await run({ RequestBody, AllowNullValues: true });
    expect(server.seen.map(({ body }) => body)).toEqual([
      '{"b":{"d":[null,1]}}',
      '{"a":null,"b":{"c":null,"d":[null,1]}}',
    ]);
  });

  test.each(["IAM_ROLE", "RESOURCE_POLICY"])("%s signs the request", async (AuthType) => {
    const { run, server } = await standIn((_, response) => jsonAnswer(response, {}), true);
    await run({ AuthType, RequestBody: { a: 1 } });
    expect(server.seen[0]?.headers).toMatchObject({
      "x-amz-date": "20260102T030405Z",
      "x-amz-security-token": "the-session-token",
      authorization: expect.stringMatching(
        /^AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE\/20260102\/eu-west-1\/execute-api\/aws4_request, SignedHeaders=host;x-amz-date;x-amz-security-token, Signature=[0-9a-f]{64}$/,
      ) as string,
    });
  });

  test("a task with Credentials signs as its role, and sends nothing if it may not be that", async () => {
    const { handler, request, server } = await standIn(
      (_, response) => jsonAnswer(response, {}),
      true,
    );
    const signed = { ApiEndpoint: endpoint, Method: "GET", AuthType: "IAM_ROLE" };
    const asRole = (roleArn: string) =>
      handler(invoke).run(
        { ...request(invoke, signed), credentialsRoleArn: roleArn },
        { signal: new AbortController().signal, submitted: () => Promise.resolve() },
      );
    await asRole(credentialsRoleArn);
    expect(server.seen[0]?.headers).toMatchObject({
      authorization: expect.stringContaining("Credential=ASIAROLEOFTHETASK/") as string,
      "x-amz-security-token": credentialsRoleArn,
    });
    expect(await asRole(nobodysRoleArn)).toEqual({
      type: "failed",
      error: "States.TaskFailed",
      cause: `no ${nobodysRoleArn}`,
    });
    expect(server.seen).toHaveLength(1);
  });

  test("without credentials nothing is sent that is to be signed", async () => {
    const { run, server } = await standIn((_, response) => jsonAnswer(response, {}));
    expect(await run({ AuthType: "IAM_ROLE" })).toMatchObject({
      type: "failed",
      error: "ApiGateway.SdkClientException",
    });
    expect(server.seen).toEqual([]);
  });
});

describe("what comes of it", () => {
  test("has the recorded shape: headers in lists, in alphabetical order whatever their case", async () => {
    const { run } = await standIn((_, response) => {
      response.writeHead(200, {
        "x-amzn-RequestId": "1",
        "X-Amzn-Trace-Id": "2",
        "Content-Type": "application/json",
        "x-amz-apigw-id": "3",
        Date: "now",
        Connection: "close",
        "Content-Length": "2",
      });
      response.end("{}");
    });
    expect(JSON.stringify(valueOf(await run({})))).toBe(
      '{"Headers":{"Connection":["close"],"Content-Length":["2"],"Content-Type":["application/json"],"Date":["now"],"x-amz-apigw-id":["3"],"x-amzn-RequestId":["1"],"X-Amzn-Trace-Id":["2"]},"ResponseBody":{},"StatusCode":200,"StatusText":"OK"}',
    );
  });

  test("a status that is no success is the error, the body its cause", async () => {
    const body = { message: "Missing Authentication Token" };
    const { run } = await standIn((_, response) => jsonAnswer(response, body, 403));
    expect(await run({})).toEqual({
      type: "failed",
      error: "ApiGateway.403",
      cause: '{"message":"Missing Authentication Token"}',
    });
  });

  test("the signature is hidden if it comes back", async () => {
    const { run } = await standIn(
      ({ headers }, response) => jsonAnswer(response, headers as JsonObject, 403),
      true,
    );
    const text = JSON.stringify(await run({ AuthType: "IAM_ROLE" }));
    expect(text).toContain("ApiGateway.403");
    expect(text).not.toMatch(/Signature=|the-session-token/);
  });

  test("a callback's answer is that of its call", async () => {
    const { run, server } = await standIn((_, response) => jsonAnswer(response, { ok: true }));
    const callback = serviceResource("apigateway", "invoke", "waitForTaskToken");
    const outcome = await run({ Headers: { TaskToken: ["token"] } }, callback);
    expect(valueOf(outcome)).toMatchObject({ ResponseBody: { ok: true } });
    expect(server.seen[0]?.headers["tasktoken"]).toBe("token");
  });

  test("an answer that is longer than a result may be", async () => {
    const { run } = await standIn((_, response) => response.end("x".repeat(262_145)));
    expect(await run({})).toMatchObject({ error: "States.DataLimitExceeded" });
  });
});

describe("parameters that can never start the task", () => {
  test.each<[string, JsonObject, string]>([
    // Observed.
    [
      "a header that is no list",
      { Headers: { custom_header: "a" } },
      "'Headers' has an invalid format",
    ],
    [
      "a query that is no list",
      { QueryParameters: { a: "b" } },
      "'QueryParameters' has an invalid format",
    ],
    ["a forbidden header", { Headers: { "X-Amz-Date": ["a"] } }, "unsupported values: X-Amz-Date"],
    [
      "a header with a line break",
      { Headers: { a: ["b\r\nc: d"] } },
      "'Headers' has an invalid format",
    ],
    ["another method", { Method: "TRACE" }, "'Method' has an invalid format"],
    ["another way to authorize", { AuthType: "IAM_AUTH" }, "'AuthType' has an invalid format"],
    ["a way out of the stage", { Path: "a/%2E./b" }, "'Path' has an invalid format"],
    ["a stage that is a path", { Stage: "a/b" }, "'Stage' has an invalid format"],
    ["an unknown member", { Timeout: 1 }, "The field 'Timeout' is not supported"],
    ["another host", { ApiEndpoint: "api.test" }, "'ApiEndpoint' has an invalid format"],
    ["a host and more", { ApiEndpoint: `x.${endpoint}` }, "'ApiEndpoint' has an invalid format"],
    [
      "a host with a user",
      { ApiEndpoint: `a@b.test/${endpoint}` },
      "'ApiEndpoint' has an invalid format",
    ],
  ])("%s", async (_, more, said) => {
    const { run, server } = await standIn((__, response) => jsonAnswer(response, {}));
    expect(await run(more)).toMatchObject({
      type: "rejected",
      cause: expect.stringContaining(said) as string,
    });
    expect(server.seen).toEqual([]);
  });

  test("what can be seen before is refused before the task is scheduled", () => {
    const { handler, request } = httpHarness({});
    const { parameters } = request(invoke, {
      ApiEndpoint: endpoint,
      Method: "GET",
      Headers: { custom_header: "singleStringHeader" },
    });
    expect(handler(invoke).refuseParameters?.(invoke, parameters)).toBe(
      `The Parameters '${parameters.text}' could not be used to start the Task: [The value of the field 'Headers' has an invalid format]`,
    );
  });
});

test("an API at AWS is not called at an address that is not public", async () => {
  const { run } = httpHarness({
    resolve: () => Promise.resolve([{ address: "10.0.0.1", family: 4 }]),
  });
  const outcome = await run(invoke, { ApiEndpoint: endpoint, Method: "GET" });
  expect(outcome).toMatchObject({
    type: "rejected",
    cause: expect.stringContaining("not public") as string,
  });
});

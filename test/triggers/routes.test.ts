import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/expression/json.ts";
import { scopeOf } from "../../src/machine/arns.ts";
import { everybodyMay } from "../../src/ports/authorizer.ts";
import { systemClock } from "../../src/runtime/system-clock.ts";
import { systemIds } from "../../src/runtime/system-ids.ts";
import type { StepwellOptions } from "../../src/server/stepwell-options.ts";
import { hashOfKey } from "../../src/triggers/routes/api-keys.ts";
import { createRoutes } from "../../src/triggers/routes/create-routes.ts";
import { isAnswer } from "../../src/triggers/routes/route-exchange.ts";
import type { Routes } from "../../src/triggers/routes/routes.ts";
import type {
  ConfiguredApi,
  RoutesConfiguration,
} from "../../src/triggers/routes/routes-configuration.ts";
import type { RequestContext } from "../../src/service/operation.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import { ownServer } from "../api/own-server.ts";
import { accountId, region, roleArn } from "../api/start-server.ts";

const pass = { StartAt: "Pass", States: { Pass: { Type: "Pass", End: true } } };
const fail = {
  StartAt: "Fail",
  States: { Fail: { Type: "Fail", Error: "OutOfStock", Cause: "none is left" } },
};
const wait = { StartAt: "Wait", States: { Wait: { Type: "Wait", Seconds: 60, End: true } } };

async function served(api: ConfiguredApi, options: Partial<StepwellOptions> = {}) {
  const server = await ownServer({ routes: { apis: { shop: api } }, ...options });
  const make = (name: string, definition: object, type = "STANDARD") =>
    server.call("CreateStateMachine", {
      name,
      type,
      roleArn,
      definition: JSON.stringify(definition),
    });
  await make("orders", pass);
  await make("quick", pass, "EXPRESS");
  await make("failing", fail, "EXPRESS");
  await make("slow", wait, "EXPRESS");
  await make("waiting", wait);
  async function ask(method: string, path: string, more: RequestInit = {}) {
    const answer = await fetch(`${server.url}/api/shop${path}`, { method, ...more });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text };
  }
  const describeExecution = async (text: string): Promise<JsonObject> => {
    const { executionArn } = JSON.parse(text) as { executionArn: string };
    return server.call("DescribeExecution", { executionArn });
  };
  return { ...server, ask, describeExecution };
}

describe("configured routes", () => {
  test("start an execution with the body, and say what API Gateway says", async () => {
    const { ask, describeExecution, mistakes } = await served({
      routes: { "POST /orders": { stateMachine: "orders" } },
    });
    const { status, headers, text } = await ask("POST", "/orders", { body: '{"id": 7}' });
    expect([status, headers.get("content-type")]).toEqual([200, "application/json"]);
    expect(Object.keys(JSON.parse(text) as object)).toEqual(["executionArn", "startDate"]);
    expect(await describeExecution(text)).toMatchObject({ input: '{"id": 7}' });
    expect(mistakes).toEqual([]);
  });

  test("a body that is none is an empty input", async () => {
    const { ask, describeExecution } = await served({
      routes: { "GET /orders": { stateMachine: "orders" } },
    });
    expect(await describeExecution((await ask("GET", "/orders")).text)).toMatchObject({
      input: "{}",
    });
  });

  test("the same name twice is one execution", async () => {
    const { ask, ...server } = await served({
      routes: {
        "POST /orders/{id}": {
          stateMachine: "waiting",
          input: '{"order":"${request.path.id}","by":"${request.querystring.by}"}',
          name: "$request.path.id",
        },
      },
    });
    const first = await ask("POST", "/orders/a%20b?by=me");
    expect(first.status).toBe(400);
    const [one, other] = [
      await ask("POST", "/orders/7?by=me"),
      await ask("POST", "/orders/7?by=me"),
    ];
    expect([one.status, other.status]).toEqual([200, 200]);
    expect(other.text).toBe(one.text);
    const { input } = await server.call("DescribeExecution", {
      executionArn: `arn:aws:states:${region}:${accountId}:execution:waiting:7`,
    });
    expect(input).toBe('{"order":"7","by":"me"}');
    expect((await ask("POST", "/orders/7?by=you")).text).toContain("ExecutionAlreadyExists");
  });

  test("run one and answer as they are told to", async () => {
    const { ask } = await served({
      routes: {
        "POST /whole": { stateMachine: "quick", action: "startSync" },
        "POST /quick": {
          stateMachine: "quick",
          action: "startSync",
          answers: {
            succeeded: {
              status: 201,
              headers: {
                "X-Request": "$context.requestId",
                Location: "/orders/${response.body.name}",
              },
              body: "$response.body.output",
            },
          },
        },
        "POST /failing": {
          stateMachine: "failing",
          action: "startSync",
          answers: { failed: { status: 409, body: '{"error":"${response.body.error}"}' } },
        },
      },
    });
    const whole = JSON.parse((await ask("POST", "/whole", { body: "[1]" })).text) as JsonObject;
    expect(whole).toMatchObject({ status: "SUCCEEDED", output: "[1]" });
    const quick = await ask("POST", "/quick", { body: "[1]" });
    expect([quick.status, quick.text]).toEqual([201, "[1]"]);
    expect(quick.headers.get("x-request")).toMatch(/^[\da-f-]{36}$/);
    expect(quick.headers.get("location")).toMatch(/^\/orders\/./);
    const failing = await ask("POST", "/failing");
    expect([failing.status, failing.text]).toEqual([409, '{"error":"OutOfStock"}']);
  });

  test("stop an execution", async () => {
    const { ask, ...server } = await served({
      routes: {
        "DELETE /runs/{arn}": {
          action: "stop",
          parameters: { ExecutionArn: "$request.path.arn", Cause: "asked over the web" },
        },
      },
    });
    const { executionArn } = (await server.call("StartExecution", {
      stateMachineArn: `arn:aws:states:${region}:${accountId}:stateMachine:waiting`,
    })) as { executionArn: string };
    const { status } = await ask("DELETE", `/runs/${encodeURIComponent(executionArn)}`);
    expect(status).toBe(200);
    expect(await server.call("DescribeExecution", { executionArn })).toMatchObject({
      status: "ABORTED",
      cause: "asked over the web",
    });
  });

  test("answer in time, whatever the execution does", async () => {
    const { ask } = await served({
      routes: { "GET /": { stateMachine: "slow", action: "startSync", timeoutSeconds: 1 } },
    });
    const { status, text } = await ask("GET", "/");
    expect([status, text]).toEqual([503, '{"message":"Service Unavailable"}']);
  });

  test("take no more than they may", async () => {
    const { ask, describeExecution } = await served({
      routes: { "POST /": { stateMachine: "orders", maxBodyBytes: 4 } },
    });
    expect((await ask("POST", "", { body: "12345" })).status).toBe(413);
    expect(await describeExecution((await ask("POST", "", { body: "1234" })).text)).toMatchObject({
      input: "1234",
    });
  });

  test("are asked with a key, of which a hash will do", async () => {
    const key = "a-long-random-text";
    const { ask } = await served({
      apiKeys: { partner: `sha256:${hashOfKey(key)}`, us: "another-one" },
      routes: { "POST /": { stateMachine: "orders", apiKeyRequired: true } },
    });
    const statusWith = async (headers: Record<string, string>) =>
      (await ask("POST", "", { headers })).status;
    expect(await statusWith({})).toBe(403);
    expect(await statusWith({ "x-api-key": hashOfKey(key) })).toBe(403);
    expect(await statusWith({ "x-api-key": key })).toBe(200);
    expect(await statusWith({ "x-api-key": "another-one" })).toBe(200);
  });

  test("answer browsers of the origins that they know", async () => {
    const { ask } = await served({
      cors: { allowOrigins: ["https://shop.example"], allowMethods: ["POST"], maxAge: 600 },
      routes: { "POST /": { stateMachine: "orders" } },
    });
    const preflight = async (origin: string) =>
      ask("OPTIONS", "", {
        headers: { Origin: origin, "Access-Control-Request-Method": "POST" },
      });
    const known = await preflight("https://shop.example");
    expect(known.status).toBe(204);
    expect(known.headers.get("access-control-allow-origin")).toBe("https://shop.example");
    expect(known.headers.get("access-control-allow-methods")).toBe("POST");
    expect(known.headers.get("access-control-max-age")).toBe("600");
    const other = await preflight("https://evil.example");
    expect(other.headers.get("access-control-allow-origin")).toBeNull();
    const asked = await ask("POST", "", { headers: { Origin: "https://shop.example" } });
    expect(asked.headers.get("access-control-allow-origin")).toBe("https://shop.example");
  });

  test("are the only ones that are found, and say no more than that", async () => {
    const { ask, url, mistakes } = await served({
      routes: { "POST /orders": { stateMachine: "orders" } },
    });
    for (const path of ["", "/", "/none", "/orders/x", "/constructor"]) {
      const { status, text } = await ask("POST", path);
      expect([path, status, text]).toEqual([path, 404, '{"message":"Not Found"}']);
    }
    expect((await ask("GET", "/orders")).status).toBe(404);
    expect((await ask("POST", "/%zz")).status).toBe(400);
    expect((await fetch(`${url}/api/constructor/x`)).status).toBe(404);
    expect(mistakes).toEqual([]);
  });

  test("a parameter that is not there is the client's mistake, and Step Functions' refusal its own answer", async () => {
    const { ask } = await served({
      routes: {
        "POST /a": { stateMachine: "orders", input: "$request.body.order" },
        "POST /b": { stateMachine: "nowhere" },
      },
    });
    const missing = await ask("POST", "/a", { body: "{}" });
    expect(missing.status).toBe(400);
    expect(missing.text).toContain(
      "Unable to resolve property Input from source $request.body.order",
    );
    const refused = await ask("POST", "/b");
    expect(refused.status).toBe(400);
    expect(JSON.parse(refused.text)).toMatchObject({ __type: "StateMachineDoesNotExist" });
  });
});

/** Routes over a store in memory, and what they have asked Step Functions for. */
function routesOver(configured: RoutesConfiguration["apis"]) {
  const asked: [string, JsonObject, RequestContext][] = [];
  const routes = createRoutes({
    store: createMemoryStore(),
    clock: systemClock,
    ids: systemIds,
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    scope: scopeOf(region, accountId),
    configured: { apis: configured },
    publicUrl: "http://stepwell.example",
    authorizer: everybodyMay,
    tasks: { find: () => undefined },
    http: { send: () => Promise.reject(new Error("Nobody is asked here")) },
    async stepFunctions(operation, input, request) {
      asked.push([operation, input, request]);
      return { executionArn: "arn" };
    },
  });
  return { routes, asked };
}

async function receive(routes: Routes, method: string, path: string): Promise<number> {
  const received = await routes.receive({
    method,
    path,
    query: new URLSearchParams(),
    headers: { "user-agent": ["tests"] },
    sourceIp: "192.0.2.1",
    isSecure: true,
    requestId: "r-1",
    signal: new AbortController().signal,
  });
  return (isAnswer(received) ? received : await received.answer(Buffer.from("{}"))).status;
}

test("a route acts in its role, from where the request came; without one for the server's owner, and says so", async () => {
  const route = { stateMachine: "m" };
  const { routes, asked } = routesOver({
    shop: { routes: { "POST /a/{id}": { ...route, roleArn }, "POST /b": route } },
  });
  await receive(routes, "POST", "shop/a/7");
  await receive(routes, "POST", "shop/b");
  const from = { sourceIp: "192.0.2.1", isSecure: true, userAgent: "tests" };
  const sourceArn = `arn:aws:execute-api:${region}:${accountId}:shop/$default/POST/a/{id}`;
  expect(asked.map(([, , request]) => request)).toMatchObject([
    {
      caller: {
        region,
        accountId,
        from,
        principal: { type: "serviceRole", service: "apigateway.amazonaws.com", roleArn, sourceArn },
      },
    },
    {
      caller: { from, principal: { type: "owner" } },
      startedBy: { principal: "apigateway.amazonaws.com", via: "shop POST /b" },
    },
  ]);
});

test("the use of keys is counted", async () => {
  const { routes } = routesOver({
    shop: {
      apiKeys: { us: "k" },
      routes: { "GET /": { stateMachine: "m", apiKeyRequired: true } },
    },
  });
  expect(await receive(routes, "GET", "shop")).toBe(403);
  expect(routes.keyUsage()).toEqual([
    { api: "shop", name: "us", requests: 0, lastUsedAt: undefined },
  ]);
});

test("an HTTP API is made by API Gateway's own API, and served by its stages", async () => {
  const { routes, asked } = routesOver({});
  const call = caller(routes);
  const { apiId } = await call("CreateApi", { name: "web", protocolType: "HTTP" });
  const { integrationId } = await call("CreateIntegration", {
    apiId,
    integrationType: "AWS_PROXY",
    integrationSubtype: "StepFunctions-StartExecution",
    payloadFormatVersion: "1.0",
    credentialsArn: roleArn,
    requestParameters: { StateMachineArn: "$stageVariables.machine", Input: "$request.body" },
  });
  const target = `integrations/${integrationId}`;
  const { routeId } = await call("CreateRoute", { apiId, routeKey: "POST /orders", target });
  expect(await receive(routes, "POST", `${apiId}/prod/orders`)).toBe(404);
  const stageVariables = { machine: "arn:m" };
  await call("CreateStage", { apiId, stageName: "prod", autoDeploy: true, stageVariables });
  expect(await receive(routes, "POST", `${apiId}/prod/orders`)).toBe(200);
  expect(await receive(routes, "POST", `${apiId}/orders`)).toBe(404);
  await call("CreateStage", { apiId, stageName: "$default" });
  expect(await receive(routes, "POST", "web/orders")).toBe(400);
  expect(asked.map(([operation, input]) => [operation, input])).toEqual([
    ["StartExecution", { stateMachineArn: "arn:m", input: "{}" }],
  ]);
  await expect(call("DeleteIntegration", { apiId, integrationId })).rejects.toThrow(
    "Route dependency",
  );
  await call("DeleteRoute", { apiId, routeId });
  expect(await receive(routes, "POST", `${apiId}/prod/orders`)).toBe(404);
  await call("DeleteApi", { apiId });
  await expect(call("GetApi", { apiId })).rejects.toThrow("Invalid API identifier");
});

test.each([
  ["CreateIntegration", { integrationType: "MOCK" }, "have these integrations"],
  [
    "CreateIntegration",
    {
      integrationType: "AWS_PROXY",
      integrationSubtype: "StepFunctions-StartExecution",
      credentialsArn: roleArn,
    },
    "Parameter: StateMachineArn is required",
  ],
  ["CreateRoute", { routeKey: "orders" }, "not formatted properly"],
  ["CreateRoute", { routeKey: "GET /", target: "integrations/none" }, "Invalid Integration"],
  ["CreateRoute", { routeKey: "GET /", authorizationType: "JWT" }, "needs an authorizerId"],
])("%s refuses %j", async (operation, members, message) => {
  const call = caller(routesOver({}).routes);
  const { apiId } = await call("CreateApi", { name: "web", protocolType: "HTTP" });
  await expect(call(operation, { apiId, ...members })).rejects.toThrow(message);
});

interface Ids {
  readonly apiId: string;
  readonly integrationId: string;
  readonly routeId: string;
}

function caller({ api }: Routes) {
  const about = {
    caller: { ...scopeOf(region, accountId), principal: { type: "owner" } },
    requestId: "r",
    signal: new AbortController().signal,
  } as const;
  return async (operation: string, members: object): Promise<Ids> => {
    const input = { members: members as JsonObject };
    const answer = await api.operations[operation]?.prepare(input, about).perform();
    return (answer?.members ?? {}) as unknown as Ids;
  };
}

import { request as httpRequest } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startStepwell, type StepwellServer } from "../../src/server/start-stepwell.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import { connectionArn } from "../contracts/http-harness.ts";
import { accountId, region, roleArn } from "../api/start-server.ts";
import { allow, arnOfRole, enforcingStepwell, only } from "../iam/enforcing-stepwell.ts";

let server: StepwellServer;
let apiId: string;

const document = (security: readonly object[]): string =>
  JSON.stringify({
    swagger: "2.0",
    info: { title: "shop", version: "1" },
    securityDefinitions: {
      sigv4: {
        type: "apiKey",
        name: "Authorization",
        in: "header",
        "x-amazon-apigateway-authtype": "awsSigv4",
      },
    },
    paths: {
      "/orders/{id}": {
        "x-amazon-apigateway-any-method": {
          security,
          responses: { "200": { description: "OK" } },
          "x-amazon-apigateway-integration": {
            type: "mock",
            requestTemplates: { "application/json": "{statusCode: 200}" },
            responses: {
              default: {
                statusCode: "200",
                responseTemplates: {
                  "application/json":
                    '{"id": "$input.params(\'id\')", "host": "$context.domainName"}',
                },
              },
            },
          },
        },
      },
    },
  });

/** An operation of API Gateway, for the server's owner. */
async function operate(
  { services, service }: Pick<StepwellServer, "services" | "service">,
  operation: string,
  members: object,
  payload = "",
) {
  const caller = { ...service.scope, principal: { type: "owner" } } as const;
  const call = { caller, requestId: "r", signal: new AbortController().signal };
  const input = { members: members as never, payload: Buffer.from(payload) };
  return (await services.services.call("apigateway", operation, input, call)).members ?? {};
}

async function deployed(
  parts: Pick<StepwellServer, "services" | "service">,
  security: readonly object[] = [],
): Promise<string> {
  const { id } = await operate(parts, "ImportRestApi", {}, document(security));
  await operate(parts, "CreateDeploymentOfRestApi", { restApiId: id, stageName: "live" });
  return id as string;
}

beforeAll(async () => {
  server = await startStepwell({
    store: createMemoryStore(),
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    cloudWatch: { to: async () => undefined, close() {} },
    connections: { open: { authorization: "apiKey", name: "x-key", value: "secret" } },
    region,
    accountId,
    host: "127.0.0.1",
    port: 0,
    onFailure() {},
  });
  apiId = await deployed(server);
});
afterAll(() => server.shutdown(0));

/** What is answered for a `Host` that no resolver leads here. */
function asked(host: string, path: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const { port } = server;
    const sent = httpRequest({ host: "127.0.0.1", port, path, headers: { host } }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString() }),
      );
    });
    sent.on("error", reject);
    sent.end();
  });
}

test("an API is served for the host that it would have at AWS, and has nothing but its stages there", async () => {
  const atAws = `${apiId}.execute-api.${region}.amazonaws.com`;
  expect(await asked(atAws, "/live/orders/7?x=1")).toEqual({
    status: 200,
    text: JSON.stringify({ id: "7", host: atAws }).replace(",", ", ").replaceAll(":", ": "),
  });
  expect(
    (await asked(`${apiId}.execute-api.localhost:${server.port}`, "/live/orders/8")).status,
  ).toBe(200);
  expect(await asked(atAws, "/health")).toMatchObject({ status: 403 });
  expect((await asked(`nobody.execute-api.${region}.amazonaws.com`, "/live")).status).toBe(404);
  // A name that somebody else could make lead here.
  expect(await asked(`${apiId}.execute-api.evil.example`, "/live/orders/7")).toMatchObject({
    status: 403,
    text: expect.stringContaining("evil.example") as string,
  });
});

test("tasks call an API that is here by its name at AWS, without a connection", async () => {
  const { service } = server;
  const ApiEndpoint = `${apiId}.execute-api.${region}.amazonaws.com`;
  const run = async (name: string, Resource: string, Parameters: object) => {
    const definition = JSON.stringify({
      StartAt: "Call",
      States: { Call: { Type: "Task", Resource, Parameters, End: true } },
    });
    const made = await service.call("CreateStateMachine", {
      name,
      definition,
      roleArn,
      type: "EXPRESS",
    });
    const stateMachineArn = made["stateMachineArn"] as string;
    return service.call("StartSyncExecution", { stateMachineArn });
  };
  const invoked = await run("Invoke", "arn:aws:states:::apigateway:invoke", {
    ApiEndpoint,
    Method: "GET",
    Stage: "live",
    Path: "/orders/9",
    AuthType: "IAM_ROLE",
  });
  expect(JSON.parse(invoked["output"] as string)).toMatchObject({
    StatusCode: 200,
    ResponseBody: { id: "9", host: ApiEndpoint },
  });
  const called = await run("Http", "arn:aws:states:::http:invoke", {
    ApiEndpoint: `https://${ApiEndpoint}/live/orders/10`,
    Method: "GET",
    Authentication: { ConnectionArn: connectionArn("open") },
  });
  expect(JSON.parse(called["output"] as string)).toMatchObject({
    StatusCode: 200,
    ResponseBody: { id: "10" },
  });
  const nowhere = await run("Nowhere", "arn:aws:states:::apigateway:invoke", {
    ApiEndpoint,
    Method: "GET",
    Stage: "test",
  });
  expect(nowhere).toMatchObject({ status: "FAILED", error: "ApiGateway.403" });
});

test("where access is asked for, a method that wants a signature is asked in the task's role, and by nobody else", async () => {
  const enforcing = await enforcingStepwell();
  const { stepwell } = enforcing;
  const id = await deployed(stepwell, [{ sigv4: [] }]);
  const arn = `arn:aws:execute-api:${region}:${accountId}:${id}`;
  await enforcing.role("May", [allow("execute-api:Invoke", `${arn}/live/GET/orders/*`)]);
  await enforcing.role("MayNot", [allow("execute-api:Invoke", `${arn}/live/PUT/*`)]);
  const run = async (role: string, AuthType: string) => {
    const machine = await enforcing.machine(
      `as-${role}-${AuthType.replace("_", "-")}`,
      arnOfRole(role),
      only({
        Type: "Task",
        Resource: "arn:aws:states:::apigateway:invoke",
        Parameters: {
          ApiEndpoint: `${id}.execute-api.${region}.amazonaws.com`,
          Method: "GET",
          Stage: "live",
          Path: "orders/1",
          AuthType,
        },
        End: true,
      }),
    );
    return enforcing.ended(await enforcing.start(machine, {}));
  };
  expect(await run("May", "IAM_ROLE")).toMatchObject({ status: "SUCCEEDED" });
  expect(await run("MayNot", "IAM_ROLE")).toMatchObject({ status: "FAILED" });
  const unsigned = await run("May", "NO_AUTH");
  expect(unsigned).toMatchObject({ status: "FAILED", error: "ApiGateway.403" });
  expect(unsigned["cause"]).toContain("Missing Authentication Token");
  await enforcing.close();
});

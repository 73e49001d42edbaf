import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import type { JsonObject } from "../../src/expression/json.ts";
import type { ServiceMembers } from "../../src/ports/service-api.ts";
import { readServerless } from "../../src/template/serverless/read-serverless.ts";
import { stackTester } from "./stack-tester.ts";

/** A stack tester whose routes are served, and how to ask them. */
async function served() {
  const tester = await stackTester();
  const { stepwell } = tester;
  const server = createServer((request, response) => stepwell.routes.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
  const ask = async (
    path: string,
    init: {
      readonly method?: string;
      readonly body?: string;
      readonly headers?: { readonly [name: string]: string };
    } = {},
  ) => {
    const headers = { "content-type": "application/json", ...init.headers };
    const answer = await fetch(`${url}/${path}`, { ...init, headers });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };
  return { ...tester, ask };
}

/** The ids of a stack's APIs, by their logical ids. */
async function apiIds(tester: Awaited<ReturnType<typeof stackTester>>, name: string) {
  const { StackResourceSummaries } = await tester.call("cloudformation", "ListStackResources", {
    StackName: name,
  });
  return Object.fromEntries(
    (StackResourceSummaries as readonly ServiceMembers[]).map((each) => [
      each["LogicalResourceId"] as string,
      each["PhysicalResourceId"] as string,
    ]),
  );
}

// Synthesised by aws-cdk-lib: StepFunctionsRestApi, LambdaRestApi, and a RestApi with a model, a key, a plan and a gateway response.
const cdk = readFileSync(new URL("rest-api.cdk.json", import.meta.url), "utf8");

test("the REST APIs that the CDK writes start executions, call functions, check bodies and count keys", async () => {
  const tester = await served();
  const { ask, deploy, mistakes } = tester;
  const created = await deploy("web", cdk);
  expect([created["StackStatus"], await tester.reasons("web")]).toEqual(["CREATE_COMPLETE", []]);
  const ids = await apiIds(tester, "web");
  const [sync, proxy, keyed] = ["SyncEC3EAE86", "ProxyCB0DFB71", "Keyed8E80E2FB"].map(
    (id) => ids[id] ?? "",
  );

  const started = await ask(`${sync}/prod?page=2`, { method: "POST", body: '{"id":7}' });
  expect([started.status, JSON.parse(started.text)]).toMatchObject([
    200,
    { body: { id: 7 }, querystring: { page: "2" }, path: {} },
  ]);
  expect((await ask(`${sync}/prod/nowhere`)).text).toBe(
    '{"message":"Missing Authentication Token"}',
  );
  expect(
    (
      await ask(`${sync}/prod`, {
        method: "POST",
        body: "{",
        headers: { "content-type": "text/xml" },
      })
    ).status,
  ).toBe(415);

  const proxied = await ask(`${proxy}/prod/a/b?x=1`, { method: "PUT", body: "hello" });
  expect([proxied.status, proxied.headers.get("x-a")]).toEqual([201, "b"]);
  expect(JSON.parse(proxied.text)).toMatchObject({
    resource: "/{proxy+}",
    path: "/a/b",
    httpMethod: "PUT",
    queryStringParameters: { x: "1" },
    pathParameters: { proxy: "a/b" },
    body: "hello",
    isBase64Encoded: false,
  });
  const preflight = await ask(`${proxy}/prod/a`, { method: "OPTIONS" });
  expect([preflight.status, preflight.headers.get("access-control-allow-origin")]).toEqual([
    204,
    "https://shop.example",
  ]);

  const post = (body: string, key?: string) =>
    ask(`${keyed}/prod/items/9`, {
      method: "POST",
      body,
      headers: { ...(key && { "x-api-key": key }) },
    });
  const refused = await post('{"n":1}');
  expect([
    refused.status,
    refused.text,
    refused.headers.get("access-control-allow-origin"),
  ]).toEqual([403, '{"message":"Forbidden"}', "*"]);
  const key = "abcdefghijklmnopqrstuvwxyz";
  const invalid = await post('{"n":"1"}', key);
  expect([invalid.status, invalid.text]).toEqual([400, '{"message":"Invalid request body"}']);
  const taken = await post('{"n":1}', key);
  expect([taken.status, taken.text]).toEqual([200, '{"id": "9"}']);
  expect((await post('{"n":1}', key)).status).toBe(429);

  await tester.call("cloudformation", "DeleteStack", { StackName: "web" });
  expect(await tester.settled(created["StackId"] as string)).toMatchObject({
    StackStatus: "DELETE_COMPLETE",
  });
  expect((await ask(`${sync}/prod`)).status).toBe(404);
  expect(mistakes).toEqual([]);
});

const sam = (path: string): string => `
Transform: AWS::Serverless-2016-10-31
Globals:
  Api: {Cors: "'*'"}
Resources:
  Orders:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition: {StartAt: Pass, States: {Pass: {Type: Pass, End: true}}}
      Events:
        Post: {Type: Api, Properties: {Path: ${path}, Method: post}}
  Hello:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      InlineCode: "exports.handler = async (event) => ({ statusCode: 200, body: event.pathParameters.name })"
      Events:
        Get: {Type: Api, Properties: {Path: "/hello/{name}", Method: get}}
`;

test("SAM's events of state machines and functions are an API, which serves what was deployed last", async () => {
  const tester = await served();
  const { ask, deploy, states } = tester;
  const created = await deploy("sam", sam("/orders"));
  expect([created["StackStatus"], await tester.reasons("sam")]).toEqual(["CREATE_COMPLETE", []]);
  const { ServerlessRestApi: api } = await apiIds(tester, "sam");
  const post = (path: string) =>
    ask(`${api}/Prod${path}`, { method: "POST", body: '{"who":"me"}' });
  const started = await post("/orders");
  expect(started.status).toBe(200);
  const { executionArn } = JSON.parse(started.text) as JsonObject;
  expect(await states("DescribeExecution", { executionArn: executionArn as string })).toMatchObject(
    {
      input: '{"who":"me"}',
    },
  );
  expect((await ask(`${api}/Prod/hello/you`)).text).toBe("you");
  expect(
    (await ask(`${api}/Prod/orders`, { method: "OPTIONS" })).headers.get(
      "access-control-allow-methods",
    ),
  ).toBe("OPTIONS,POST");
  await deploy("sam", sam("/v2/orders"));
  expect([(await post("/orders")).status, (await post("/v2/orders")).status]).toEqual([403, 200]);
});

const serverless = `
service: hooks
provider:
  name: aws
  stage: dev
  apiGateway: {apiKeys: [partner]}
stepFunctions:
  stateMachines:
    proxy:
      type: EXPRESS
      events:
        - http:
            path: proxy/{id}
            method: post
            action: StartSyncExecution
            request: {template: lambda_proxy}
            response: {headers: {X-Of: "'me'"}, template: {application/json: "$input.path('$.output')"}}
            cors: true
      definition: {StartAt: P, States: {P: {Type: Pass, End: true}}}
    plain:
      events:
        - http: {path: plain, method: post}
        - http: {path: closed, method: post, private: true}
      definition: {StartAt: P, States: {P: {Type: Pass, End: true}}}
`;

test("http events of a serverless.yml are methods with the plugin's templates, roles and keys", async () => {
  const tester = await served();
  const { ask, deploy, call } = tester;
  const { template } = readServerless(serverless, { name: "serverless.yml" });
  const created = await deploy("hooks", JSON.stringify(template.sections));
  expect([created["StackStatus"], await tester.reasons("hooks")]).toEqual(["CREATE_COMPLETE", []]);
  const { ApiGatewayRestApi: api } = await apiIds(tester, "hooks");
  const post = (path: string, body: string, headers: { readonly [name: string]: string } = {}) =>
    ask(`${api}/dev${path}`, { method: "POST", body, headers });
  const proxied = await post("/proxy/7?q=O'Neil", '{"a":"b\\"c"}');
  expect([proxied.status, proxied.headers.get("x-of")]).toEqual([200, "me"]);
  expect(proxied.headers.get("access-control-allow-origin")).toBe("*");
  expect(JSON.parse(proxied.text)).toMatchObject({
    resource: "/proxy/{id}",
    httpMethod: "POST",
    queryStringParameters: { q: "O'Neil" },
    pathParameters: { id: "7" },
    requestContext: { stage: "dev" },
    body: '{"a":"b\\"c"}',
  });
  const form = { "content-type": "application/x-www-form-urlencoded" };
  const ofForm = JSON.parse((await post("/proxy/7", "a=1&b=x%20y", form)).text) as { body: string };
  expect(JSON.parse(ofForm.body)).toEqual({ a: "1", b: "x y" });
  expect((await post("/plain", `{"a":"O'Neil"}`)).status).toBe(200);
  expect((await post("/closed", "{}")).status).toBe(403);
  const { item } = await call("apigateway", "GetApiKeys", { includeValues: "true" });
  const [{ value }] = item as [{ value: string }];
  expect((await post("/closed", "{}", { "x-api-key": value })).status).toBe(200);
});

/** An API with a policy for one address range, and a stage whose requests all go to the canary, where `percent` says so. */
const guarded = (addresses: string | undefined, percent: number | undefined) =>
  JSON.stringify({
    Resources: {
      Api: {
        Type: "AWS::ApiGateway::RestApi",
        Properties: {
          Name: "guarded",
          ...(addresses !== undefined && {
            Policy: {
              Version: "2012-10-17",
              Statement: {
                Effect: "Allow",
                Principal: "*",
                Action: "execute-api:Invoke",
                Resource: "execute-api:/*",
                Condition: { IpAddress: { "aws:SourceIp": addresses } },
              },
            },
          }),
        },
      },
      Get: {
        Type: "AWS::ApiGateway::Method",
        Properties: {
          RestApiId: { Ref: "Api" },
          ResourceId: { "Fn::GetAtt": ["Api", "RootResourceId"] },
          HttpMethod: "GET",
          AuthorizationType: "NONE",
          Integration: {
            Type: "MOCK",
            RequestTemplates: { "application/json": '{"statusCode": 200}' },
            IntegrationResponses: [
              {
                StatusCode: "200",
                ResponseTemplates: { "application/json": "$stageVariables.who" },
              },
            ],
          },
          MethodResponses: [{ StatusCode: "200" }],
        },
      },
      [`Deployed${addresses ?? "Open"}`.replaceAll(/\W/g, "")]: {
        Type: "AWS::ApiGateway::Deployment",
        DependsOn: "Get",
        Properties: { RestApiId: { Ref: "Api" } },
      },
      Live: {
        Type: "AWS::ApiGateway::Stage",
        Properties: {
          RestApiId: { Ref: "Api" },
          StageName: "live",
          DeploymentId: { Ref: `Deployed${addresses ?? "Open"}`.replaceAll(/\W/g, "") },
          Variables: { who: "stage" },
          ...(percent !== undefined && {
            CanarySetting: {
              DeploymentId: { Ref: `Deployed${addresses ?? "Open"}`.replaceAll(/\W/g, "") },
              PercentTraffic: percent,
              StageVariableOverrides: { who: "canary" },
            },
          }),
        },
      },
    },
  });

test("a template's resource policy and canary hold, change and go", async () => {
  const tester = await served();
  const { ask, deploy, mistakes } = tester;
  const asked = async (addresses: string | undefined, percent: number | undefined) => {
    const { StackStatus } = await deploy("guarded", guarded(addresses, percent));
    expect([StackStatus, await tester.reasons("guarded")]).toMatchObject([
      expect.stringMatching(/^(?:CREATE|UPDATE)_COMPLETE$/),
      [],
    ]);
    const { Api = "" } = await apiIds(tester, "guarded");
    const { status, text } = await ask(`${Api}/live`);
    return status === 200 ? text : status;
  };
  expect(await asked("127.0.0.0/8", 100)).toBe("canary");
  expect(await asked("127.0.0.0/8", 0)).toBe("stage");
  expect(await asked("192.0.2.0/24", undefined)).toBe(403);
  expect(await asked(undefined, undefined)).toBe("stage");
  expect(mistakes).toEqual([]);
});

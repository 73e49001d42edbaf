import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { generateKeyPairSync, sign } from "node:crypto";
import { stackTester } from "./stack-tester.ts";

/** Serves the routes of a Stepwell on a port of their own. */
async function servedRoutes({ stepwell }: Awaited<ReturnType<typeof stackTester>>) {
  const server = createServer((request, response) => stepwell.routes.handle(request, response));
  return listening(server);
}

async function listening(server: ReturnType<typeof createServer>): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const template = (path: string) => `
Resources:
  Orders:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: arn:aws:iam::123456789012:role/orders
      Definition:
        StartAt: Pass
        States: {Pass: {Type: Pass, End: true}}
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties:
      Name: web
      ProtocolType: HTTP
      CorsConfiguration: {AllowOrigins: ["https://shop.example"]}
  Start:
    Type: AWS::ApiGatewayV2::Integration
    Properties:
      ApiId: !Ref Api
      IntegrationType: AWS_PROXY
      IntegrationSubtype: StepFunctions-StartExecution
      PayloadFormatVersion: "1.0"
      CredentialsArn: arn:aws:iam::123456789012:role/web
      TimeoutInMillis: "5000"
      RequestParameters:
        StateMachineArn: !Ref Orders
        Input: $request.body
      ResponseParameters:
        "200":
          ResponseParameters:
            - {Destination: "overwrite:statuscode", Source: "202"}
  Route:
    Type: AWS::ApiGatewayV2::Route
    Properties:
      ApiId: !Ref Api
      RouteKey: POST ${path}
      Target: !Join ["/", [integrations, !Ref Start]]
  Stage:
    Type: AWS::ApiGatewayV2::Stage
    Properties: {ApiId: !Ref Api, StageName: $default, AutoDeploy: "true"}
Outputs:
  Id: {Value: !Ref Api}
`;

test("a template's HTTP API starts executions of its state machine, also after a change of its route", async () => {
  const tester = await stackTester();
  const { deploy, states, call, settled, mistakes } = tester;
  const url = await servedRoutes(tester);
  const created = await deploy("web", template("/orders"));
  expect(created).toMatchObject({ StackStatus: "CREATE_COMPLETE" });
  const [{ OutputValue: apiId }] = created["Outputs"] as [{ OutputValue: string }];
  const ask = (path: string) =>
    fetch(`${url}/api/${apiId}${path}`, { method: "POST", body: '{"id":7}' });
  const started = await ask("/orders");
  expect(started.status).toBe(202);
  const { executionArn } = (await started.json()) as { executionArn: string };
  expect(await states("DescribeExecution", { executionArn })).toMatchObject({ input: '{"id":7}' });
  await deploy("web", template("/v2/orders"));
  expect([(await ask("/orders")).status, (await ask("/v2/orders")).status]).toEqual([404, 202]);
  await call("cloudformation", "DeleteStack", { StackName: "web" });
  expect(await settled(created["StackId"] as string)).toMatchObject({
    StackStatus: "DELETE_COMPLETE",
  });
  expect((await ask("/v2/orders")).status).toBe(404);
  expect(mistakes).toEqual([]);
});

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

function token(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${part({ alg: "RS256", kid: "one" })}.${part(claims)}`;
  return `${signed}.${sign("sha256", Buffer.from(signed), privateKey).toString("base64url")}`;
}

/** An issuer of tokens, which also says what it is asked. */
function issuer(): Promise<string> {
  const server = createServer((request, response) => {
    const url = `http://${request.headers.host}`;
    const keys = [{ ...publicKey.export({ format: "jwk" }), kid: "one", alg: "RS256" }];
    const answers: { readonly [path: string]: object } = {
      "/.well-known/openid-configuration": { issuer: url, jwks_uri: `${url}/keys` },
      "/keys": { keys },
    };
    const path = request.url ?? "";
    const { "x-added": added } = request.headers;
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(answers[path] ?? { path, added, method: request.method }));
  });
  return listening(server);
}

const sam = (issuerUrl: string): string => `
Transform: AWS::Serverless-2016-10-31
Globals:
  HttpApi:
    CorsConfiguration: {AllowOrigins: ["https://shop.example"]}
Resources:
  Api:
    Type: AWS::Serverless::HttpApi
    Properties:
      StageName: live
      Auth:
        Authorizers:
          Jwt:
            IdentitySource: $request.header.Authorization
            JwtConfiguration: {issuer: "${issuerUrl}", audience: [shop]}
          Asked:
            FunctionArn: !GetAtt Authorizer.Arn
            AuthorizerPayloadFormatVersion: "2.0"
            EnableSimpleResponses: true
            Identity: {Headers: [Authorization]}
  Authorizer:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      InlineCode: "exports.handler = async (event) => ({ isAuthorized: event.identitySource[0] === 'yes', context: { who: event.rawPath } })"
  Echo:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      InlineCode: "exports.handler = async (event) => event"
      Events:
        Open: {Type: HttpApi, Properties: {ApiId: !Ref Api, Path: "/open/{id}", Method: get}}
        Jwt: {Type: HttpApi, Properties: {ApiId: !Ref Api, Path: /jwt, Method: get, Auth: {Authorizer: Jwt, AuthorizationScopes: [read]}}}
        Asked: {Type: HttpApi, Properties: {ApiId: !Ref Api, Path: /asked, Method: get, Auth: {Authorizer: Asked}}}
  Url:
    Type: AWS::ApiGatewayV2::Integration
    Properties:
      ApiId: !Ref Api
      IntegrationType: HTTP_PROXY
      IntegrationMethod: ANY
      IntegrationUri: ${issuerUrl}/shop/{proxy}
      PayloadFormatVersion: "1.0"
      RequestParameters: {"append:header.x-added": $context.stage}
  UrlRoute:
    Type: AWS::ApiGatewayV2::Route
    Properties:
      ApiId: !Ref Api
      RouteKey: ANY /url/{proxy+}
      Target: !Join ["/", [integrations, !Ref Url]]
Outputs:
  Id: {Value: !Ref Api}
`;

test("routes of SAM's HTTP APIs call functions and URLs, for those whom an authorizer knows", async () => {
  const tester = await stackTester(undefined, { http: { allowPrivateAddresses: true } });
  const url = await servedRoutes(tester);
  const issuerUrl = await issuer();
  const created = await tester.deploy("web", sam(issuerUrl));
  expect([created["StackStatus"], await tester.reasons("web")]).toEqual(["CREATE_COMPLETE", []]);
  const [{ OutputValue: apiId }] = created["Outputs"] as [{ OutputValue: string }];
  const ask = async (path: string, authorization?: string) => {
    const answer = await fetch(`${url}/api/${apiId}/live${path}`, {
      headers: { origin: "https://shop.example", ...(authorization && { authorization }) },
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: JSON.parse(text) as object };
  };

  const open = await ask("/open/7?a=1&a=2&b=3");
  expect([open.status, open.headers.get("access-control-allow-origin")]).toEqual([
    200,
    "https://shop.example",
  ]);
  expect(open.body).toMatchObject({
    version: "2.0",
    routeKey: "GET /open/{id}",
    rawPath: "/live/open/7",
    rawQueryString: "a=1&a=2&b=3",
    queryStringParameters: { a: "1,2", b: "3" },
    pathParameters: { id: "7" },
    requestContext: { http: { method: "GET" }, stage: "live" },
    isBase64Encoded: false,
  });

  const seconds = Math.floor(Date.now() / 1_000);
  const claims = { iss: issuerUrl, aud: "shop", exp: seconds + 60, scope: "read write", sub: "me" };
  expect((await ask("/jwt")).status).toBe(401);
  const known = await ask("/jwt", `Bearer ${token(claims)}`);
  expect([known.status, known.body]).toMatchObject([
    200,
    {
      requestContext: { authorizer: { jwt: { claims: { sub: "me" }, scopes: ["read", "write"] } } },
    },
  ]);
  const statusFor = async (changed: object) =>
    (await ask("/jwt", `Bearer ${token({ ...claims, ...changed })}`)).status;
  expect(await statusFor({ scope: "write" })).toBe(403);
  expect(await statusFor({ exp: seconds - 1 })).toBe(401);
  expect(await statusFor({ aud: "other" })).toBe(401);
  const [head, , signature] = token(claims).split(".");
  const forged = Buffer.from(JSON.stringify({ ...claims, sub: "you" })).toString("base64url");
  expect((await ask("/jwt", `Bearer ${head}.${forged}.${signature}`)).status).toBe(401);

  expect((await ask("/asked", "no")).status).toBe(403);
  expect(await ask("/asked", "yes")).toMatchObject({
    status: 200,
    body: { requestContext: { authorizer: { lambda: { who: "/live/asked" } } } },
  });
  expect((await ask("/url/a/b")).body).toEqual({
    path: "/shop/a%2Fb",
    added: "live",
    method: "GET",
  });
  expect(tester.mistakes).toEqual([]);
});

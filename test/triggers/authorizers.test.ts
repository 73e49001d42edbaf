import { generateKeyPairSync, sign } from "node:crypto";
import { expect, test } from "vitest";
import type { HttpOutcome } from "../../src/integrations/http/http-client.ts";
import type { JsonObject, JsonValue } from "../../src/expression/json.ts";
import { scopeOf } from "../../src/machine/arns.ts";
import type { Caller } from "../../src/ports/caller.ts";
import { NotSigned } from "../../src/triggers/routes/route-exchange.ts";
import { accountId, region } from "../api/start-server.ts";
import { functionUri, gateway } from "./rest-gateway.ts";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const another = generateKeyPairSync("rsa", { modulusLength: 2048 });

/** A token as an issuer makes it; `key`: who really signs it. */
function token(claims: JsonObject, key = privateKey): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${part({ alg: "RS256", kid: "k1" })}.${part({ ...claims })}`;
  return `${text}.${sign("sha256", Buffer.from(text), key).toString("base64url")}`;
}

/** Issuers with one key each, and how often somebody asked them. */
function issuers() {
  const asked: string[] = [];
  const answered = (value: object): HttpOutcome => ({
    type: "answered",
    statusCode: 200,
    statusText: "OK",
    headers: [],
    body: Buffer.from(JSON.stringify(value)),
  });
  return {
    asked,
    http: {
      send: ({ url }: { readonly url: URL }): Promise<HttpOutcome> => {
        asked.push(url.href);
        const isKeys = url.pathname.endsWith("/keys");
        return Promise.resolve(
          answered(
            isKeys
              ? { keys: [{ ...publicKey.export({ format: "jwk" }), kid: "k1", alg: "RS256" }] }
              : { jwks_uri: `${url.origin}/keys` },
          ),
        );
      },
    },
  };
}

const integration = {
  responses: { "200": { description: "OK" } },
  "x-amazon-apigateway-integration": {
    type: "mock",
    requestTemplates: { "application/json": "{statusCode: 200}" },
    responses: {
      default: {
        statusCode: "200",
        responseTemplates: {
          "application/json":
            "$context.authorizer.principalId $context.authorizer.claims.sub $context.identity.userArn",
        },
      },
    },
  },
};

/** A REST API whose one method has this authorizer. */
const guarded = (authorizer: object, scheme: object = {}, scopes: readonly string[] = []) => ({
  securityDefinitions: {
    Guard: {
      type: "apiKey",
      name: "Authorization",
      in: "header",
      "x-amazon-apigateway-authtype": "custom",
      "x-amazon-apigateway-authorizer": authorizer,
      ...scheme,
    },
  },
  paths: { "/orders": { get: { ...integration, security: [{ Guard: scopes }] } } },
});

const policy = (Effect: string): JsonValue => ({
  principalId: "me",
  policyDocument: {
    Version: "2012-10-17",
    Statement: [{ Effect, Action: "execute-api:Invoke", Resource: "*" }],
  },
});

const error = (errorMessage: string) => ({
  error: "Error",
  cause: JSON.stringify({ errorMessage }),
});

test("a REST API's TOKEN authorizer: each answer that AWS gives", async () => {
  const { ask, served, tasks, warnings } = gateway(({ parameters: { Payload: payload } }) => {
    const { authorizationToken } = payload as JsonObject;
    if (authorizationToken === "Bearer unknown") return error("Unauthorized");
    if (authorizationToken === "Bearer broken") return error("boom");
    if (authorizationToken === "Bearer silent") return { Payload: null };
    return { Payload: policy(authorizationToken === "Bearer denied" ? "Deny" : "Allow") };
  });
  const api = await served(
    guarded({
      type: "token",
      authorizerUri: functionUri("who"),
      identityValidationExpression: "Bearer [a-z]+",
    }),
  );
  const answer = async (authorization?: string) => {
    const headers = authorization === undefined ? {} : { authorization };
    const { status, text, headers: told } = await ask("GET", `${api}/orders`, "", headers);
    return [status, text, told["x-amzn-errortype"]?.[0]];
  };
  const unauthorized = [401, '{"message":"Unauthorized"}', "UnauthorizedException"];
  expect(await answer()).toEqual(unauthorized);
  expect(await answer("Basic x")).toEqual(unauthorized);
  expect(tasks).toEqual([]);
  expect(await answer("Bearer unknown")).toEqual(unauthorized);
  const failed = [500, '{"message":null}', "AuthorizerConfigurationException"];
  expect(await answer("Bearer broken")).toEqual(failed);
  expect(await answer("Bearer silent")).toEqual(failed);
  expect(warnings.join()).toContain("boom");
  expect(await answer("Bearer denied")).toEqual([
    403,
    '{"message":"User is not authorized to access this resource with an explicit deny in an identity-based policy"}',
    "AccessDeniedException",
  ]);
  expect((await answer("Bearer good"))[0]).toBe(200);
});

test("a REST API's REQUEST authorizer: its identity sources are all wanted, and the key of what is remembered", async () => {
  const { ask, served, tasks, clock } = gateway(() => ({ Payload: policy("Allow") }));
  const authorizer = {
    type: "request",
    authorizerUri: functionUri("who"),
    identitySource: "method.request.header.X-Tenant, method.request.querystring.user",
    authorizerResultTtlInSeconds: 60,
  };
  const api = await served(guarded(authorizer));
  const status = async (query: string, tenant?: string) =>
    (
      await ask(
        "GET",
        `${api}/orders${query}`,
        "",
        tenant === undefined ? {} : { "x-tenant": tenant },
      )
    ).status;
  expect(await status("", "a")).toBe(401);
  expect(await status("?user=u")).toBe(401);
  expect(tasks).toEqual([]);
  expect([await status("?user=u", "a"), await status("?user=u", "a")]).toEqual([200, 200]);
  expect(tasks.length).toBe(1);
  expect(await status("?user=v", "a")).toBe(200);
  expect(tasks.length).toBe(2);
  clock.advance(60_001);
  expect(await status("?user=u", "a")).toBe(200);
  expect(tasks.length).toBe(3);
  expect(tasks[2]?.parameters["Payload"]).toMatchObject({
    type: "REQUEST",
    methodArn: `arn:aws:execute-api:${region}:${accountId}:${api}/GET/orders`,
    queryStringParameters: { user: "u" },
    headers: { "x-tenant": "a" },
  });
  // Without a memory the function decides itself what it wants.
  const forgetful = await served(guarded({ ...authorizer, authorizerResultTtlInSeconds: 0 }));
  expect((await ask("GET", `${forgetful}/orders`)).status).toBe(200);
  expect((await ask("GET", `${forgetful}/orders`)).status).toBe(200);
  expect(tasks.length).toBe(5);
});

test("a user pool's tokens are believed by their keys, which are asked for once", async () => {
  const { http, asked } = issuers();
  const { ask, served, clock } = gateway(undefined, { http });
  const pool = `${region}_pool`;
  const providerARNs = [`arn:aws:cognito-idp:${region}:${accountId}:userpool/${pool}`];
  const scheme = { "x-amazon-apigateway-authtype": "cognito_user_pools" };
  const authorizer = { type: "cognito_user_pools", providerARNs };
  const api = await served(guarded(authorizer, scheme));
  const scoped = await served(guarded(authorizer, scheme, ["orders/read"]));
  const exp = clock.now() / 1_000 + 60;
  const iss = `https://cognito-idp.${region}.amazonaws.com/${pool}`;
  const get = async (at: string, authorization: string) => {
    const { status, text } = await ask("GET", `${at}/orders`, "", { authorization });
    return [status, text];
  };
  const unauthorized = [401, '{"message":"Unauthorized"}'];
  const [status, text] = await get(api, token({ iss, exp, sub: "alice" }));
  expect([status, (text as string).trim()]).toEqual([200, "alice"]);
  expect((await get(api, `Bearer ${token({ iss, exp })}`))[0]).toBe(200);
  expect(asked).toEqual([`${iss}/.well-known/openid-configuration`, `${new URL(iss).origin}/keys`]);
  expect(await get(api, token({ iss, exp }, another.privateKey))).toEqual(unauthorized);
  expect(await get(api, token({ iss: `${iss}2`, exp }))).toEqual(unauthorized);
  expect(await get(api, token({ iss, exp: exp - 120 }))).toEqual(unauthorized);
  expect(await get(api, "nonsense")).toEqual(unauthorized);
  expect((await get(scoped, token({ iss, exp, scope: "orders/write" })))[0]).toBe(403);
  expect((await get(scoped, token({ iss, exp, scope: "orders/read x" })))[0]).toBe(200);
});

test("a REST method of AWS_IAM: no signature, a wrong one, and one of who may not", async () => {
  const user: Caller = {
    ...scopeOf(region, accountId),
    principal: {
      type: "user",
      userArn: `arn:aws:iam::${accountId}:user/alice`,
      userId: "AIDA",
      accessKeyId: "AKIA",
    },
  };
  let isAllowed = false;
  const asked: string[] = [];
  const { ask, served } = gateway(undefined, {
    authorizer: {
      mayCall({ action, resource }) {
        asked.push(`${action} ${resource}`);
        return { allowed: isAllowed };
      },
      mayAct: () => ({ allowed: false }),
    },
  });
  const api = await served(guarded({}, { "x-amazon-apigateway-authtype": "awsSigv4" }));
  const get = async (signedBy: () => Promise<Caller>) => {
    const { status, text, headers } = await ask("GET", `${api}/orders`, "", {}, { signedBy });
    return [status, text.trim(), headers["x-amzn-errortype"]?.[0]];
  };
  expect(await get(() => Promise.reject(new NotSigned()))).toEqual([
    403,
    '{"message":"Missing Authentication Token"}',
    "MissingAuthenticationTokenException",
  ]);
  expect(await get(() => Promise.reject(new Error("The signature is another one.")))).toEqual([
    403,
    '{"message":"The signature is another one."}',
    "InvalidSignatureException",
  ]);
  const hidden = `arn:aws:execute-api:${region}:********${accountId.slice(-4)}:${api}/GET/orders`;
  expect(await get(() => Promise.resolve(user))).toEqual([
    403,
    JSON.stringify({
      message: `User: arn:aws:iam::${accountId}:user/alice is not authorized to perform: execute-api:Invoke on resource: ${hidden}`,
    }),
    "AccessDeniedException",
  ]);
  isAllowed = true;
  expect((await get(() => Promise.resolve(user))).slice(0, 2)).toEqual([
    200,
    `arn:aws:iam::${accountId}:user/alice`,
  ]);
  expect(new Set(asked)).toEqual(
    new Set([`execute-api:Invoke arn:aws:execute-api:${region}:${accountId}:${api}/GET/orders`]),
  );
});

/** An HTTP API with one route that calls a function, and this authorizer. */
async function httpApi(
  { call }: Pick<ReturnType<typeof gateway>, "call">,
  authorizer: JsonObject,
  route: JsonObject,
): Promise<string> {
  const { apiId } = (await call("CreateApi", { name: "http", protocolType: "HTTP" })) as {
    readonly apiId: string;
  };
  const { integrationId } = await call("CreateIntegration", {
    apiId,
    integrationType: "AWS_PROXY",
    integrationUri: `arn:aws:lambda:${region}:${accountId}:function:shop`,
    payloadFormatVersion: "2.0",
  });
  const { authorizerId } = await call("CreateAuthorizer", { apiId, name: "guard", ...authorizer });
  await call("CreateRoute", {
    apiId,
    routeKey: "GET /orders",
    target: `integrations/${integrationId as string}`,
    authorizerId: authorizerId as string,
    ...route,
  });
  await call("CreateStage", { apiId, stageName: "$default" });
  return apiId;
}

test("an HTTP API's JWT authorizer: who is known, who is not, and who lacks a scope", async () => {
  const { http } = issuers();
  const made = gateway(() => ({ Payload: { statusCode: 200, body: "in" } }), { http });
  const { ask, clock, tasks } = made;
  const iss = "https://issuer.example";
  const api = await httpApi(
    made,
    {
      authorizerType: "JWT",
      identitySource: ["$request.header.Authorization"],
      jwtConfiguration: { issuer: iss, audience: ["shop"] },
    },
    { authorizationType: "JWT", authorizationScopes: ["read"] },
  );
  const exp = clock.now() / 1_000 + 60;
  const good = { iss, exp, aud: "shop", scope: "read write", sub: "alice" };
  const get = async (claims: JsonObject, key = privateKey) => {
    const authorization = `Bearer ${token(claims, key)}`;
    const { status, text } = await ask("GET", `${api}/orders`, "", { authorization });
    return [status, text];
  };
  const unauthorized = [401, '{"message":"Unauthorized"}'];
  expect(await ask("GET", `${api}/orders`)).toMatchObject({ status: 401 });
  expect(await get({ ...good, aud: "bar" })).toEqual(unauthorized);
  expect(await get({ ...good, nbf: exp })).toEqual(unauthorized);
  expect(await get(good, another.privateKey)).toEqual(unauthorized);
  expect(await get({ ...good, scope: "write" })).toEqual([403, '{"message":"Forbidden"}']);
  expect(tasks).toEqual([]);
  expect(await get(good)).toEqual([200, "in"]);
  expect(tasks[0]?.parameters["Payload"]).toMatchObject({
    requestContext: {
      authorizer: { jwt: { claims: { sub: "alice" }, scopes: ["read", "write"] } },
    },
  });
});

test.each([
  ["simple answers", { enableSimpleResponses: true, authorizerPayloadFormatVersion: "2.0" }],
  ["policies of format 2.0", { authorizerPayloadFormatVersion: "2.0" }],
  ["policies of format 1.0", { authorizerPayloadFormatVersion: "1.0" }],
] as const)("an HTTP API's function authorizer with %s", async (_, settings) => {
  const isSimple = Object.hasOwn(settings, "enableSimpleResponses");
  const made = gateway(({ parameters: { FunctionName: name, Payload: payload } }) => {
    if (!(name as string).endsWith(":who")) return { Payload: { statusCode: 200, body: "in" } };
    const { headers } = payload as { readonly headers: { readonly [name: string]: string } };
    const who = headers["x-who"];
    if (who === "broken") return error("boom");
    if (who === "unknown") return error("Unauthorized");
    return {
      Payload: isSimple
        ? { isAuthorized: who === "good" }
        : policy(who === "good" ? "Allow" : "Deny"),
    };
  });
  const { ask, tasks, clock } = made;
  const api = await httpApi(
    made,
    {
      authorizerType: "REQUEST",
      authorizerUri: functionUri("who"),
      identitySource: ["$request.header.x-who"],
      authorizerResultTtlInSeconds: 30,
      ...settings,
    },
    { authorizationType: "CUSTOM" },
  );
  const get = async (who?: string) => {
    const headers = who === undefined ? {} : { "x-who": who };
    const { status, text } = await ask("GET", `${api}/orders`, "", headers);
    return [status, text];
  };
  expect(await get()).toEqual([401, '{"message":"Unauthorized"}']);
  expect(tasks).toEqual([]);
  expect(await get("bad")).toEqual([403, '{"message":"Forbidden"}']);
  expect(await get("broken")).toEqual([500, '{"message":"Internal Server Error"}']);
  expect(await get("unknown")).toEqual([401, '{"message":"Unauthorized"}']);
  const before = tasks.length;
  expect([await get("good"), await get("good")]).toEqual([
    [200, "in"],
    [200, "in"],
  ]);
  expect(tasks.length - before).toBe(3);
  clock.advance(30_001);
  await get("good");
  expect(tasks.length - before).toBe(5);
});

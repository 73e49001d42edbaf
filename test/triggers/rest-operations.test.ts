import { expect, test } from "vitest";
import type { JsonObject } from "../../src/expression/json.ts";
import { accountId, region } from "../api/start-server.ts";
import { functionUri, gateway } from "./rest-gateway.ts";

/** A mock that answers a text. */
function mock(text: string, more: object = {}): object {
  return {
    responses: { "200": { description: "OK" } },
    "x-amazon-apigateway-integration": {
      type: "mock",
      requestTemplates: { "application/json": "{statusCode: 200}" },
      responses: {
        default: { statusCode: "200", responseTemplates: { "application/json": text } },
      },
    },
    ...more,
  };
}

const patch = (op: string, path: string, value?: string, from?: string): JsonObject => ({
  op,
  path,
  ...(value !== undefined && { value }),
  ...(from !== undefined && { from }),
});

test("a resource is renamed and moved with all that is beneath it", async () => {
  const { call } = gateway();
  const { id: restApiId, rootResourceId: root } = (await call("CreateRestApi", {
    name: "shop",
  })) as { readonly id: string; readonly rootResourceId: string };
  const make = async (parentId: string, pathPart: string): Promise<string> =>
    (await call("CreateResource", { restApiId, parentId, pathPart }))["id"] as string;
  const orders = await make(root, "orders");
  const order = await make(orders, "{id}");
  const admin = await make(root, "admin");
  const update = (resourceId: string, ...patchOperations: JsonObject[]) =>
    call("UpdateResource", { restApiId, resourceId, patchOperations });
  const pathOf = async (resourceId: string) =>
    (await call("GetResource", { restApiId, resourceId }))["path"];
  await update(orders, patch("replace", "/pathPart", "sales"));
  expect(await pathOf(order)).toBe("/sales/{id}");
  await update(orders, patch("replace", "/parentId", admin));
  expect([await pathOf(orders), await pathOf(order)]).toEqual([
    "/admin/sales",
    "/admin/sales/{id}",
  ]);
  await expect(update(admin, patch("replace", "/parentId", order))).rejects.toThrow(
    "its own parent",
  );
  await expect(update(root, patch("replace", "/pathPart", "x"))).rejects.toThrow("Root resource");
  await make(root, "shop");
  await expect(update(admin, patch("replace", "/pathPart", "shop"))).rejects.toThrow(
    "already has this name: shop",
  );
});

test("tags are put on, told and taken away, of APIs, stages, plans and keys", async () => {
  const { call, served } = gateway();
  const [restApiId = ""] = (await served({ paths: { "/": { get: mock("") } } })).split("/");
  const { id: plan } = await call("CreateUsagePlan", { name: "gold" });
  const { id: key } = await call("CreateApiKey", { name: "us" });
  const paths = [
    `restapis/${restApiId}`,
    `restapis/${restApiId}/stages/live`,
    `usageplans/${plan as string}`,
    `apikeys/${key as string}`,
  ];
  for (const path of paths) {
    const resourceArn = `arn:aws:apigateway:${region}::/${path}`;
    await call("TagResourceOfRestApi", { resourceArn, tags: { a: "1", b: "2" } });
    await call("UntagResourceOfRestApi", { resourceArn, tagKeys: ["a"] });
    expect(await call("GetTagsOfRestApi", { resourceArn })).toEqual({ tags: { b: "2" } });
  }
  expect(await call("GetRestApi", { restApiId })).toMatchObject({ tags: { b: "2" } });
  await expect(
    call("GetTagsOfRestApi", { resourceArn: `arn:aws:apigateway:${region}::/nowhere/1` }),
  ).rejects.toMatchObject({ code: "NotFoundException" });
  const { apiId } = await call("CreateApi", { name: "http", protocolType: "HTTP" });
  const resourceArn = `arn:aws:apigateway:${region}::/apis/${apiId as string}`;
  await call("TagResource", { resourceArn, tags: { c: "3" } });
  expect(await call("GetTags", { resourceArn })).toEqual({ tags: { c: "3" } });
});

test("a method is tried as it is now, without its authorizer and its key", async () => {
  const { call, served, tasks } = gateway();
  const [restApiId = ""] = (
    await served({
      securityDefinitions: {
        Asked: {
          type: "apiKey",
          name: "Authorization",
          in: "header",
          "x-amazon-apigateway-authorizer": { type: "token", authorizerUri: functionUri("who") },
        },
      },
      paths: {
        "/orders/{id}": {
          post: mock("$input.params('id') $input.params('x') $stageVariables.size $context.stage", {
            security: [{ Asked: [] }],
          }),
        },
      },
    })
  ).split("/");
  const { item } = await call("GetResources", { restApiId });
  const { id: resourceId } = (item as readonly { path: string; id: string }[]).find(
    ({ path }) => path === "/orders/{id}",
  )!;
  const tried = await call("TestInvokeMethod", {
    restApiId,
    resourceId,
    httpMethod: "POST",
    pathWithQueryString: "/orders/7?x=1",
    stageVariables: { size: "big" },
  });
  expect(tried).toMatchObject({
    status: 200,
    body: "7 1 big test-invoke-stage",
    headers: { "content-type": "application/json" },
    log: expect.stringContaining("Method completed with status: 200") as string,
  });
  expect(tasks).toEqual([]);
  const escaped = (id: string) =>
    call("TestInvokeMethod", {
      restApiId,
      resourceId,
      httpMethod: "POST",
      pathWithQueryString: `/orders/${id}`,
    });
  expect((await escaped("a%2Fb")).body).toMatch(/^a\/b /);
  await expect(escaped("%E0%A4%A")).rejects.toThrow("has an escape that there is not");
});

test("what a stage serves is exported, and imported again is the same", async () => {
  const { call, served, routes } = gateway();
  const document = {
    securityDefinitions: {
      Asked: {
        type: "apiKey",
        name: "Authorization",
        in: "header",
        "x-amazon-apigateway-authtype": "custom",
        "x-amazon-apigateway-authorizer": { type: "token", authorizerUri: functionUri("who") },
      },
      api_key: { type: "apiKey", name: "x-api-key", in: "header" },
    },
    "x-amazon-apigateway-request-validators": { all: { validateRequestBody: true } },
    definitions: { Order: { type: "object", required: ["id"] } },
    paths: {
      "/orders/{id}": {
        post: mock("done", {
          operationId: "pay",
          security: [{ Asked: [] }, { api_key: [] }],
          "x-amazon-apigateway-request-validator": "all",
          parameters: [
            { name: "id", in: "path", required: true, type: "string" },
            { name: "page", in: "query", required: true, type: "string" },
            { name: "Order", in: "body", schema: { $ref: "#/definitions/Order" } },
          ],
        }),
      },
    },
  };
  const [restApiId = ""] = (await served(document)).split("/");
  const exported = async (
    id: string,
    exportType: string,
    members: JsonObject = {},
  ): Promise<string> => {
    const found = routes.api.operations["GetExport"]!;
    const input = { members: { restApiId: id, stageName: "live", exportType, ...members } };
    const caller = { partition: "aws", region, accountId, principal: { type: "owner" } } as const;
    const call = { caller, requestId: "r", signal: new AbortController().signal };
    const { payload } = await found.prepare(input, call).perform();
    return Buffer.from(payload ?? []).toString();
  };
  const plain = JSON.parse(await exported(restApiId, "swagger")) as JsonObject;
  expect(plain).toMatchObject({
    swagger: "2.0",
    basePath: `/api/${restApiId}/live`,
    paths: { "/orders/{id}": { post: { operationId: "pay" } } },
  });
  expect(JSON.stringify(plain)).not.toContain("x-amazon-apigateway-integration");
  for (const exportType of ["swagger", "oas30"]) {
    const text = await exported(restApiId, exportType, { extensions: "apigateway" });
    const { id: again } = await call("ImportRestApi", {}, text);
    await call("CreateDeploymentOfRestApi", { restApiId: again as string, stageName: "live" });
    const second = await exported(again as string, exportType, { extensions: "apigateway" });
    const bare = (value: string, id: string): JsonObject => ({
      ...(JSON.parse(value.replaceAll(id, "ID")) as JsonObject),
      info: null,
    });
    expect(bare(second, again as string)).toEqual(bare(text, restApiId));
  }
  expect(await exported(restApiId, "oas30", { accepts: "application/yaml" })).toMatch(
    /^openapi: 3\.0\.1\n/,
  );
});

test("a document is merged: what it names is as it says, what it does not name stays", async () => {
  const { call, ask, served } = gateway();
  const api = await served({ paths: { "/a": { get: mock("old a") }, "/b": { get: mock("b") } } });
  const [restApiId = ""] = api.split("/");
  const { item: before } = await call("GetResources", { restApiId });
  const body = JSON.stringify({
    swagger: "2.0",
    info: { title: "shop", version: "2" },
    paths: { "/a": { get: mock("new a"), put: mock("put a") }, "/a/c": { get: mock("c") } },
  });
  await call("PutRestApi", { restApiId, mode: "merge" }, body);
  await call("CreateDeploymentOfRestApi", { restApiId, stageName: "live" });
  const answers = async (method: string, path: string) => (await ask(method, `${api}${path}`)).text;
  expect([
    await answers("GET", "/a"),
    await answers("PUT", "/a"),
    await answers("GET", "/b"),
    await answers("GET", "/a/c"),
  ]).toEqual(["new a", "put a", "b", "c"]);
  const { item: after } = await call("GetResources", { restApiId });
  const idOf = (items: unknown, path: string) =>
    (items as readonly { path: string; id: string }[]).find((each) => each.path === path)?.id;
  expect(idOf(after, "/a")).toBe(idOf(before, "/a"));
  await call("PutRestApi", { restApiId, mode: "overwrite" }, body);
  const { item: over } = await call("GetResources", { restApiId });
  expect(idOf(over, "/b")).toBeUndefined();
});

test("a resource policy is asked by address, agent and referer; a Deny goes before all", async () => {
  const { call, ask, served } = gateway();
  const api = await served({ paths: { "/": { get: mock("in") }, "/closed": { get: mock("in") } } });
  const [restApiId = ""] = api.split("/");
  const policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: "*",
        Action: "execute-api:Invoke",
        Resource: "execute-api:/*/*/*",
        Condition: { IpAddress: { "aws:SourceIp": "192.0.2.0/24" } },
      },
      {
        Effect: "Deny",
        Principal: "*",
        Action: "execute-api:Invoke",
        Resource: "execute-api:/live/GET/closed",
        Condition: { StringNotEquals: { "aws:Referer": "https://shop.example/" } },
      },
    ],
  });
  await call("UpdateRestApi", {
    restApiId,
    patchOperations: [patch("replace", "/policy", policy)],
  });
  const { policy: shown } = await call("GetRestApi", { restApiId });
  const arn = `arn:aws:execute-api:${region}:${accountId}:${restApiId}`;
  // As Terraform's provider reads it.
  expect(JSON.parse(JSON.parse(`"${shown as string}"`) as string)).toMatchObject({
    Statement: [{ Resource: `${arn}/*/*/*` }, { Resource: `${arn}/live/GET/closed` }],
  });
  // It counts for what is deployed from then on.
  const from = (sourceIp: string, path = "", headers = {}) =>
    ask("GET", `${api}${path}`, "", headers, { sourceIp });
  expect((await from("203.0.113.1")).status).toBe(200);
  await call("CreateDeploymentOfRestApi", { restApiId, stageName: "live" });
  expect((await from("192.0.2.9")).text).toBe("in");
  const hidden = arn.replace(accountId, `********${accountId.slice(-4)}`);
  const words = `User: anonymous is not authorized to perform: execute-api:Invoke on resource: ${hidden}`;
  expect(await from("203.0.113.1")).toMatchObject({
    status: 403,
    text: JSON.stringify({ message: `${words}/live/GET/` }),
    headers: { "x-amzn-errortype": ["AccessDeniedException"] },
  });
  expect((await from("192.0.2.9", "/closed")).text).toBe(
    JSON.stringify({ message: `${words}/live/GET/closed with an explicit deny` }),
  );
  const referer = { referer: "https://shop.example/" };
  expect((await from("192.0.2.9", "/closed", referer)).text).toBe("in");
  await expect(
    call("UpdateRestApi", {
      restApiId,
      patchOperations: [patch("replace", "/policy", '{"Statement":[{"Effect":"Perhaps"}]}')],
    }),
  ).rejects.toThrow("Invalid policy document");
  await call("UpdateRestApi", { restApiId, patchOperations: [patch("replace", "/policy", "")] });
  await call("CreateDeploymentOfRestApi", { restApiId, stageName: "live" });
  expect((await from("203.0.113.1")).status).toBe(200);
});

test("a canary answers its part of the requests with its variables, until it is promoted", async () => {
  const { call, ask, served } = gateway();
  const api = await served({ paths: { "/": { get: mock("old $stageVariables.size") } } });
  const [restApiId = ""] = api.split("/");
  const body = JSON.stringify({
    swagger: "2.0",
    info: { title: "shop", version: "2" },
    paths: { "/": { get: mock("new $stageVariables.size") } },
  });
  await call("PutRestApi", { restApiId, mode: "overwrite" }, body);
  const { id: deploymentId } = await call("CreateDeploymentOfRestApi", {
    restApiId,
    stageName: "live",
    canarySettings: { percentTraffic: 25, stageVariableOverrides: { size: "big" } },
  });
  const asked = async (): Promise<readonly string[]> => {
    const texts: string[] = [];
    for (let index = 0; index < 80; index++) {
      texts.push((await ask("GET", api, "", {}, { requestId: `request ${index}` })).text);
    }
    return texts;
  };
  const texts = await asked();
  const fresh = texts.filter((text) => text === "new big").length;
  expect(texts.filter((text) => text === "old ").length).toBe(80 - fresh);
  expect(fresh).toBeGreaterThan(8);
  expect(fresh).toBeLessThan(36);
  expect(await asked()).toEqual(texts);
  await expect(
    call("DeleteDeploymentOfRestApi", { restApiId, deploymentId: deploymentId as string }),
  ).rejects.toThrow("Active stages");
  const { canarySettings } = await call("GetStageOfRestApi", { restApiId, stageName: "live" });
  expect(canarySettings).toMatchObject({ deploymentId, percentTraffic: 25 });
  const promoted = await call("UpdateStageOfRestApi", {
    restApiId,
    stageName: "live",
    patchOperations: [
      patch("copy", "/deploymentId", undefined, "/canarySettings/deploymentId"),
      patch("copy", "/variables", undefined, "/canarySettings/stageVariableOverrides"),
      patch("remove", "/canarySettings"),
    ],
  });
  expect(promoted).toMatchObject({ deploymentId, variables: { size: "big" } });
  expect(promoted["canarySettings"]).toBeUndefined();
  expect(new Set(await asked())).toEqual(new Set(["new big"]));
});

test("what a key used is told by days, and may be given back", async () => {
  const { call, ask, served, clock } = gateway();
  const api = await served({
    securityDefinitions: { api_key: { type: "apiKey", name: "x-api-key", in: "header" } },
    paths: { "/": { get: mock("in", { security: [{ api_key: [] }] }) } },
  });
  const [apiId = ""] = api.split("/");
  const { id: keyId, value } = (await call("CreateApiKey", { name: "us", enabled: true })) as {
    readonly id: string;
    readonly value: string;
  };
  const { id: usagePlanId } = (await call("CreateUsagePlan", {
    name: "gold",
    apiStages: [{ apiId, stage: "live" }],
    quota: { limit: 3, period: "MONTH" },
  })) as { readonly id: string };
  await call("CreateUsagePlanKey", { usagePlanId, keyId, keyType: "API_KEY" });
  clock.advance(Date.parse("2026-03-10T12:00:00Z") - clock.now());
  const get = async () => ask("GET", api, "", { "x-api-key": value });
  await get();
  await get();
  clock.advance(86_400_000);
  await get();
  expect(await get()).toMatchObject({ status: 429, text: '{"message":"Limit Exceeded"}' });
  const days = { startDate: "2026-03-09", endDate: "2026-03-11" };
  expect(await call("GetUsage", { usagePlanId, ...days })).toMatchObject({
    values: {
      [keyId]: [
        [0, 3],
        [2, 1],
        [1, 0],
      ],
    },
  });
  const given = await call("UpdateUsage", {
    usagePlanId,
    keyId,
    patchOperations: [patch("replace", "/remaining", "1")],
  });
  expect(given).toMatchObject({ values: { [keyId]: [[1, 1]] } });
  expect((await get()).status).toBe(200);
  expect((await get()).status).toBe(429);
  await expect(
    call("GetUsage", { usagePlanId, startDate: "2026-03-11", endDate: "2026-03-09" }),
  ).rejects.toThrow("Invalid dates");
});

test("changes that come at once are all made, by whichever node", async () => {
  const { call, routes: _, store } = gateway();
  const other = gateway(undefined, { store });
  const { apiId } = (await call("CreateApi", { name: "http", protocolType: "HTTP" })) as {
    readonly apiId: string;
  };
  const { id: restApiId, rootResourceId: parentId } = (await call("CreateRestApi", {
    name: "rest",
  })) as { readonly id: string; readonly rootResourceId: string };
  await Promise.all(
    Array.from({ length: 60 }, (_each, index) => [
      (index % 2 === 0 ? call : other.call)("CreateRoute", { apiId, routeKey: `GET /r${index}` }),
      (index % 2 === 0 ? call : other.call)("CreateResource", {
        restApiId,
        parentId,
        pathPart: `r${index}`,
      }),
    ]).flat(),
  );
  expect((await call("GetRoutes", { apiId }))["items"]).toHaveLength(60);
  expect((await call("GetResources", { restApiId }))["item"]).toHaveLength(61);
});

test("an HTTP API's stage remembers deployments, and lets each route be asked as often as it says", async () => {
  const { call, ask, clock } = gateway();
  const { apiId } = (await call("CreateApi", {
    name: "http",
    protocolType: "HTTP",
    version: "1.1",
    disableExecuteApiEndpoint: true,
  })) as { readonly apiId: string };
  expect(await call("GetApi", { apiId })).toMatchObject({
    version: "1.1",
    disableExecuteApiEndpoint: true,
  });
  const { integrationId } = await call("CreateIntegration", {
    apiId,
    integrationType: "AWS_PROXY",
    integrationSubtype: "StepFunctions-StartExecution",
    credentialsArn: `arn:aws:iam::${accountId}:role/web`,
    payloadFormatVersion: "1.0",
    requestParameters: { StateMachineArn: "arn:m", Input: "$request.body" },
  });
  for (const routeKey of ["POST /a", "POST /b"]) {
    const target = `integrations/${integrationId as string}`;
    await call("CreateRoute", { apiId, routeKey, target });
  }
  await call("CreateStage", {
    apiId,
    stageName: "$default",
    defaultRouteSettings: { throttlingBurstLimit: 1, throttlingRateLimit: 1 },
    routeSettings: { "POST /b": { throttlingBurstLimit: 2, throttlingRateLimit: 2 } },
  });
  const post = async (path: string) => {
    const { status, text } = await ask("POST", `${apiId}${path}`, "{}");
    return status === 200 ? 200 : text;
  };
  clock.advance(1_000);
  const tooMany = '{"message":"Too Many Requests"}';
  expect([await post("/a"), await post("/a")]).toEqual([200, tooMany]);
  expect([await post("/b"), await post("/b"), await post("/b")]).toEqual([200, 200, tooMany]);
  await call("DeleteRouteSettings", { apiId, stageName: "$default", routeKey: "POST /b" });
  clock.advance(1_000);
  expect([await post("/b"), await post("/b")]).toEqual([200, tooMany]);
  const { deploymentId } = await call("CreateDeployment", {
    apiId,
    stageName: "$default",
    description: "first",
  });
  const named = { apiId, deploymentId: deploymentId as string };
  expect(await call("GetDeployment", named)).toMatchObject({ description: "first" });
  expect(await call("GetStage", { apiId, stageName: "$default" })).toMatchObject({ deploymentId });
  await call("DeleteDeployment", named);
  await expect(call("GetDeployment", named)).rejects.toMatchObject({ code: "NotFoundException" });
});

import { expect, test } from "vitest";
import { accountId, region, roleArn } from "../api/start-server.ts";
import { functionUri, gateway, uri } from "./rest-gateway.ts";

const ok = { "200": { description: "OK" } };

test("a template starts an execution in the integration's role; what it answers is mapped by its status", async () => {
  const { ask, served, started } = gateway();
  const api = await served({
    paths: {
      "/orders/{id}": {
        post: {
          responses: {
            "200": { description: "OK", headers: { "X-Id": { type: "string" } } },
            "422": { description: "refused" },
          },
          "x-amazon-apigateway-integration": {
            type: "aws",
            httpMethod: "POST",
            uri: uri("states:action/StartExecution"),
            credentials: roleArn,
            requestTemplates: {
              "application/json": `{"stateMachineArn": "arn:m", "name": "$input.params('id')", "input": "$util.escapeJavaScript($input.json('$'))"}`,
              "text/plain": `{"stateMachineArn": "arn:m", "input": "refuse"}`,
            },
            responses: {
              default: {
                statusCode: "200",
                responseParameters: {
                  "method.response.header.X-Id": "integration.response.body.executionArn",
                },
                responseTemplates: {
                  "application/json": `{"of": "$input.path('$.executionArn')"}`,
                },
              },
              "4\\d{2}": {
                statusCode: "422",
                responseTemplates: { "application/json": "$input.path('$.message')" },
              },
            },
          },
        },
      },
    },
  });
  const answer = await ask("POST", `${api}/orders/7`, '{"n":1}');
  expect([answer.status, answer.text, answer.headers["x-id"]]).toEqual([
    200,
    '{"of": "arn:e"}',
    ["arn:e"],
  ]);
  const [id] = api.split("/");
  expect(started).toMatchObject([
    {
      operation: "StartExecution",
      input: { stateMachineArn: "arn:m", name: "7", input: '{"n":1}' },
      caller: {
        from: { sourceIp: "192.0.2.1" },
        principal: {
          type: "serviceRole",
          roleArn,
          sourceArn: `arn:aws:execute-api:${region}:${accountId}:${id}/live/POST/orders/{id}`,
        },
      },
    },
  ]);
  expect(await ask("POST", `${api}/orders/7`, "{")).toMatchObject({
    status: 400,
    text: '{"message":"Could not parse request body into json"}',
  });
  expect(await ask("POST", `${api}/orders/7`, "x", { "content-type": "text/plain" })).toMatchObject(
    {
      status: 422,
      text: "no such name",
    },
  );
});

test("a queue, a bus and a function are called as tasks would call them", async () => {
  const { ask, served, tasks } = gateway(({ resource }) => {
    if (resource !== "lambda:invoke") return { MessageId: "m-1" };
    return {
      error: "OutOfStock",
      cause: '{"errorMessage":"none is left","errorType":"OutOfStock"}',
    };
  });
  const integration = (api: string, more: object) => ({
    type: "aws",
    httpMethod: "POST",
    uri: uri(api),
    credentials: roleArn,
    responses: { default: { statusCode: "200" } },
    ...more,
  });
  const method = (written: object) => ({
    post: {
      responses: { ...ok, "409": { description: "conflict" } },
      "x-amazon-apigateway-integration": written,
    },
  });
  const api = await served({
    paths: {
      "/queue": method(
        integration(`sqs:path/${accountId}/orders`, {
          requestParameters: {
            "integration.request.header.Content-Type": "'application/x-www-form-urlencoded'",
          },
          requestTemplates: {
            "application/json":
              "Action=SendMessage&MessageBody=$util.urlEncode($input.body)&MessageAttribute.1.Name=who&MessageAttribute.1.Value.DataType=String&MessageAttribute.1.Value.StringValue=me",
          },
        }),
      ),
      "/bus": method(
        integration("events:action/PutEvents", {
          requestTemplates: {
            "application/json": `{"Entries": [{"Detail": "$util.escapeJavaScript($input.body)"}]}`,
          },
        }),
      ),
      "/function": method({
        ...integration("", { uri: functionUri("stock") }),
        credentials: undefined,
        responses: {
          default: { statusCode: "200" },
          ".*left": {
            statusCode: "409",
            responseTemplates: { "application/json": "$input.path('$.errorMessage')!" },
          },
        },
      }),
    },
  });
  expect(JSON.parse((await ask("POST", `${api}/queue`, '{"a b":1}')).text)).toMatchObject({
    SendMessageResponse: { SendMessageResult: { MessageId: "m-1" } },
  });
  expect((await ask("POST", `${api}/bus`, "{}")).text).toBe('{"MessageId":"m-1"}');
  expect(await ask("POST", `${api}/function`, '{"n":1}')).toMatchObject({
    status: 409,
    text: "none is left!",
  });
  expect(tasks).toEqual([
    {
      resource: "aws-sdk:sqs:sendMessage",
      parameters: {
        QueueUrl: `https://sqs.${region}.amazonaws.com/${accountId}/orders`,
        MessageBody: '{"a b":1}',
        MessageAttributes: { who: { DataType: "String", StringValue: "me" } },
      },
    },
    { resource: "aws-sdk:eventbridge:putEvents", parameters: { Entries: [{ Detail: "{}" }] } },
    {
      resource: "lambda:invoke",
      parameters: {
        FunctionName: `arn:aws:lambda:${region}:${accountId}:function:stock`,
        Payload: { n: 1 },
      },
    },
  ]);
});

test("what an API says of its gateway's own answers is said, and what is wrong with it is a 500 and in the log", async () => {
  const { ask, served, warnings } = gateway();
  const mock = (more: object) => ({
    type: "mock",
    requestTemplates: { "application/json": '{"statusCode": 200}' },
    responses: { default: { statusCode: "200" } },
    ...more,
  });
  const api = await served({
    "x-amazon-apigateway-request-validators": { all: { validateRequestParameters: true } },
    "x-amazon-apigateway-gateway-responses": {
      BAD_REQUEST_PARAMETERS: {
        statusCode: 422,
        responseParameters: { "gatewayresponse.header.X-Way": "context.path" },
        responseTemplates: { "application/json": '{"said": $context.error.messageString}' },
      },
    },
    paths: {
      "/checked": {
        get: {
          "x-amazon-apigateway-request-validator": "all",
          parameters: [{ in: "query", name: "page", required: true, type: "string" }],
          responses: ok,
          "x-amazon-apigateway-integration": mock({
            responses: {
              default: {
                statusCode: "200",
                responseTemplates: {
                  "application/json":
                    "#set($context.responseOverride.status = 201)$input.params('page')",
                },
              },
            },
          }),
        },
      },
      "/unmapped": { get: { responses: {}, "x-amazon-apigateway-integration": mock({}) } },
    },
  });
  expect(await ask("GET", `${api}/checked`)).toMatchObject({
    status: 422,
    text: '{"said": "Missing required request parameters: [page]"}',
    headers: { "x-way": ["/live/checked"], "x-amzn-errortype": ["BadRequestException"] },
  });
  expect(await ask("GET", `${api}/checked?page=2`)).toMatchObject({ status: 201, text: "2" });
  expect(await ask("GET", `${api}/unmapped`)).toMatchObject({
    status: 500,
    text: '{"message":"Internal server error"}',
  });
  expect(warnings.join()).toContain("Output mapping refers to an invalid method response: 200");
  expect((await ask("GET", `${api.split("/")[0]}/nowhere`)).status).toBe(403);
});

test("an authorizer's function is asked once for each token, and its policy decides of each method", async () => {
  const { ask, served, tasks, clock } = gateway(({ parameters: { Payload: payload } }) => {
    const { authorizationToken: token, methodArn } = payload as { [name: string]: string };
    if (token === "bad") return { error: "Error", cause: '{"errorMessage":"Unauthorized"}' };
    const [prefix] = (methodArn ?? "").split("/GET/");
    const Statement = [
      { Effect: "Allow", Action: "execute-api:Invoke", Resource: `${prefix}/GET/open/*` },
    ];
    const policyDocument = { Version: "2012-10-17", Statement };
    return { Payload: { principalId: "me", policyDocument, context: { plan: "gold", list: [] } } };
  });
  const method = {
    get: {
      security: [{ Asked: [] }],
      responses: ok,
      "x-amazon-apigateway-integration": {
        type: "mock",
        requestTemplates: { "application/json": "{statusCode: 200}" },
        responses: {
          default: {
            statusCode: "200",
            responseTemplates: {
              "application/json": "$context.authorizer.principalId $context.authorizer.plan",
            },
          },
        },
      },
    },
  };
  const api = await served({
    securityDefinitions: {
      Asked: {
        type: "apiKey",
        name: "Authorization",
        in: "header",
        "x-amazon-apigateway-authtype": "custom",
        "x-amazon-apigateway-authorizer": { type: "token", authorizerUri: functionUri("who") },
      },
    },
    paths: { "/open/{id}": method, "/closed": method },
  });
  const withToken = async (path: string, authorization: string) => {
    const { status, text } = await ask("GET", `${api}${path}`, "", { authorization });
    return [status, text];
  };
  expect((await ask("GET", `${api}/open/1`)).status).toBe(401);
  expect(await withToken("/open/1", "good")).toEqual([200, "me gold"]);
  expect(await withToken("/closed", "good")).toEqual([
    403,
    '{"message":"User is not authorized to access this resource"}',
  ]);
  expect(tasks.length).toBe(1);
  clock.advance(301_000);
  expect(await withToken("/open/2", "good")).toEqual([200, "me gold"]);
  expect(tasks.length).toBe(2);
  expect((await withToken("/open/1", "bad"))[0]).toBe(401);
});

test("keys of a plan are counted by the second and by the day", async () => {
  const { ask, served, call, clock } = gateway();
  const api = await served({
    securityDefinitions: { api_key: { type: "apiKey", name: "x-api-key", in: "header" } },
    paths: {
      "/": {
        get: {
          security: [{ api_key: [] }],
          responses: ok,
          "x-amazon-apigateway-integration": {
            type: "mock",
            requestTemplates: { "application/json": "{statusCode: 200}" },
            responses: { default: { statusCode: "200" } },
          },
        },
      },
    },
  });
  const [apiId = ""] = api.split("/");
  const { id: keyId, value } = await call("CreateApiKey", { name: "us", enabled: true });
  const get = async (): Promise<readonly [number, string]> => {
    const { status, text } = await ask("GET", api, "", { "x-api-key": value as string });
    return [status, text];
  };
  expect(await get()).toEqual([403, '{"message":"Forbidden"}']);
  const { id: usagePlanId } = await call("CreateUsagePlan", {
    name: "gold",
    apiStages: [{ apiId, stage: "live" }],
    throttle: { burstLimit: 1, rateLimit: 1 },
    quota: { limit: 3, period: "DAY" },
  });
  const keyType = "API_KEY";
  await call("CreateUsagePlanKey", {
    usagePlanId: usagePlanId as string,
    keyId: keyId as string,
    keyType,
  });
  clock.advance(1_000);
  expect((await get())[0]).toBe(200);
  expect(await get()).toEqual([429, '{"message":"Too Many Requests"}']);
  for (const status of [200, 200, 429]) {
    clock.advance(1_000);
    expect((await get())[0]).toBe(status);
  }
  expect((await get())[1]).toBe('{"message":"Too Many Requests"}');
  clock.advance(86_400_000);
  expect((await get())[0]).toBe(200);
  const apiKey = keyId as string;
  await call("UpdateApiKey", {
    apiKey,
    patchOperations: [{ op: "replace", path: "/enabled", value: "false" }],
  });
  clock.advance(1_000);
  expect((await get())[0]).toBe(403);
});

test("an API is made resource by resource, and patched; a stage serves its deployment until it is given another one", async () => {
  const { call, ask } = gateway();
  const { id, rootResourceId } = await call("CreateRestApi", { name: "shop" });
  const restApiId = id as string;
  const made = await call("CreateResource", {
    restApiId,
    parentId: rootResourceId as string,
    pathPart: "items",
  });
  expect(made).toMatchObject({ path: "/items", pathPart: "items" });
  const resourceId = made["id"] as string;
  const place = { restApiId, resourceId, httpMethod: "GET" };
  await call("PutMethod", { ...place, authorizationType: "NONE" });
  await call("PutMethodResponse", { ...place, statusCode: "200" });
  await call("PutIntegrationOfRestApi", {
    restApiId,
    resourceId,
    resourceMethod: "GET",
    type: "MOCK",
    requestTemplates: { "application/json": '{"statusCode": 200}' },
  });
  await call("PutIntegrationResponse", {
    ...place,
    statusCode: "200",
    responseTemplates: { "application/json": "$stageVariables.word" },
  });
  const { id: deploymentId } = await call("CreateDeploymentOfRestApi", { restApiId });
  const stage = { restApiId, stageName: "live" };
  await call("CreateStageOfRestApi", {
    ...stage,
    deploymentId: deploymentId as string,
    variables: { word: "one" },
  });
  expect((await ask("GET", `${restApiId}/live/items`)).text).toBe("one");
  await call("UpdateIntegrationResponse", {
    ...place,
    statusCode: "200",
    patchOperations: [
      { op: "replace", path: "/responseTemplates/application~1json", value: "two" },
    ],
  });
  expect((await ask("GET", `${restApiId}/live/items`)).text).toBe("one");
  await expect(
    call("DeleteDeploymentOfRestApi", { restApiId, deploymentId: deploymentId as string }),
  ).rejects.toThrow("Active stages pointing to this deployment");
  const { id: next } = await call("CreateDeploymentOfRestApi", { restApiId });
  const patchOperations = [
    { op: "replace", path: "/deploymentId", value: next as string },
    { op: "replace", path: "/*/*/throttling/rateLimit", value: "1" },
    { op: "replace", path: "/*/*/throttling/burstLimit", value: "1" },
  ];
  expect(await call("UpdateStageOfRestApi", { ...stage, patchOperations })).toMatchObject({
    methodSettings: { "*/*": { throttlingRateLimit: 1, throttlingBurstLimit: 1 } },
  });
  expect((await ask("GET", `${restApiId}/live/items`)).text).toBe("two");
  expect((await ask("GET", `${restApiId}/live/items`)).status).toBe(429);
  expect(await call("GetResources", { restApiId })).toMatchObject({
    item: [{ path: "/" }, { path: "/items", resourceMethods: { GET: { httpMethod: "GET" } } }],
  });
});

test.each([
  [{ authorizationType: "CUSTOM", authorizerId: "none" }, "Invalid authorizer ID specified"],
  [{ authorizationType: "EVERYBODY" }, "Invalid authorization type specified"],
  [{ authorizationType: "NONE", requestModels: { "application/json": "None" } }, undefined],
])("PutMethod with %j", async (members, message) => {
  const { call } = gateway();
  const { id, rootResourceId } = await call("CreateRestApi", { name: "shop" });
  const put = call("PutMethod", {
    restApiId: id as string,
    resourceId: rootResourceId as string,
    httpMethod: "GET",
    ...members,
  });
  if (message === undefined) await put;
  else await expect(put).rejects.toThrow(message);
});

test.each([
  [{ type: "AWS", uri: uri("states:action/StartExecution") }, "Role ARN must be specified"],
  [
    { type: "AWS", uri: uri("glacier:action/X"), credentials: roleArn },
    "do not call the service glacier",
  ],
  [{ type: "AWS_PROXY", uri: uri("states:action/X"), credentials: roleArn }, "AWS_PROXY"],
  [{ type: "HTTP", uri: "nowhere" }, "Invalid HTTP endpoint"],
  [{ type: "MOCK", requestTemplates: { "application/json": "#if" } }, "Invalid mapping template"],
  [
    { type: "MOCK", requestParameters: { "integration.request.header.x": "nowhere.x" } },
    "Invalid mapping",
  ],
])("PutIntegration refuses %j", async (members, message) => {
  const { call } = gateway();
  const { id, rootResourceId } = await call("CreateRestApi", { name: "shop" });
  const place = { restApiId: id as string, resourceId: rootResourceId as string };
  await call("PutMethod", { ...place, httpMethod: "GET", authorizationType: "NONE" });
  const put = call("PutIntegrationOfRestApi", { ...place, resourceMethod: "GET", ...members });
  await expect(put).rejects.toThrow(message);
});

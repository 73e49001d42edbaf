import { expect, test } from "vitest";
import { checkConfig } from "./config-schema.ts";

function problemOf(value: unknown): string {
  try {
    checkConfig(value, "stepwell.config.json");
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

test("a configuration with every key is taken", () => {
  const config = {
    host: "0.0.0.0",
    port: 0,
    dataDir: "data",
    region: "eu-west-1",
    accountId: "123456789012",
    functionsFolder: "lambdas",
    functions: {
      a: { path: "a.mjs", handler: "a.main", timeoutSeconds: 3, environment: { X: "1" } },
      b: { command: ["./run", "-x"], maxConcurrency: 2 },
      c: { command: "./run -x" },
      d: { url: "http://127.0.0.1:9000/2015-03-31/functions/d/invocations" },
    },
    allowedHosts: ["stepwell"],
    standIns: {
      "ecs:runTask.sync": { command: ["./run.sh"], environment: { X: "1" }, timeoutSeconds: 60 },
      "batch:*": { container: "image:1", arguments: ["--network=none"] },
      "sns:publish": { function: "notify" },
      "glue:*": { http: "http://127.0.0.1:9000", headers: { authorization: "x" } },
      "aws-sdk:s3:*": { folder: "buckets" },
      "events:putEvents": { result: { FailedEntryCount: 0 } },
    },
    standInServices: "memory",
    memory: {
      tables: {
        orders: { partitionKey: "id", sortKey: { name: "at", type: "N" } },
        people: { partitionKey: "id", indexes: { byName: { partitionKey: "name" } } },
      },
    },
    commands: { backup: { command: ["./backup.sh"], timeoutSeconds: 60 } },
    aws: {
      region: "eu-west-1",
      profile: "work",
      assumeRoles: "always",
      services: { s3: { endpoint: "http://127.0.0.1:9000", region: "us-east-1", profile: "s3" } },
    },
    http: { allowHttp: true, allowPrivateAddresses: ["10.0.0.0/8", "db.test"], followRedirects: 3 },
    connections: {
      Basic: { authorization: "basic", username: "a", password: "${PASSWORD}" },
      Key: { authorization: "apiKey", name: "X-Key", value: "b", headers: { "X-A": "c" } },
      OAuth: {
        authorization: "oauthClientCredentials",
        tokenUrl: "https://token.test",
        clientId: "a",
        clientSecret: "b",
        clientIn: "body",
        tokenBody: { audience: "c" },
      },
      Open: { authorization: "none", query: { a: "b" } },
    },
    apigateway: { endpoints: { abc: "http://127.0.0.1:4566/api" } },
    pipes: {
      outbox: {
        Source: "arn:stepwell:postgres:::orders/table/outbox",
        SourceParameters: { PostgresTableParameters: { BatchSize: 10, DoneColumn: "done_at" } },
        Target: "arn:aws:states:us-east-1:000000000000:stateMachine:orders",
        TargetParameters: {
          StepFunctionStateMachineParameters: { InvocationType: "FIRE_AND_FORGET" },
        },
      },
    },
    routes: {
      port: 8080,
      apis: { orders: { routes: { "POST /orders": { stateMachine: "orders" } } } },
    },
    kubernetes: { kubeconfig: "kube.yaml", contexts: { Prod: "kind" }, context: "dev" },
    containerEngine: "docker",
    events: {
      putEvents: "here",
      forward: { eventBusName: "ops", region: "eu-west-1", source: "orders.engine" },
      webhooks: [
        {
          url: "https://hooks.test/a",
          secret: "${HOOK_SECRET}",
          pattern: { detail: { status: ["FAILED"] } },
        },
      ],
    },
    schedules: { missed: "all" },
    mockConfig: "MockConfigFile.json",
    waitTimeScale: 0,
    consolePath: "/ops/stepwell",
    store: "postgres://stepwell@db.internal/stepwell",
    cluster: { host: "10.0.0.7", port: 8084, listen: "::", leaseSeconds: 10, connections: 20 },
    limits: {
      payloadBytes: 1_000_000,
      requests: { StartExecution: { tokens: 100, refillPerSecond: 10 } },
    },
    auth: { mode: "required", workflowRoles: "ignore", clockSkewSeconds: 60, folder: "iam" },
    audit: { required: true, retentionDays: 365, maxFileBytes: 1_000_000 },
    tls: { certFile: "cert.pem", keyFile: "key.pem", minVersion: "1.3" },
    deployedFunctions: false,
    insecureListen: true,
  };
  expect(checkConfig(config, "file")).toBe(config);
});

test("an unknown key is named, with the keys that there are", () => {
  expect(problemOf({ prot: 1 })).toBe(
    "The configuration stepwell.config.json is wrong: 'prot' is not a known key. The keys here are: host, port, dataDir, store, cluster, region, accountId, functionsFolder, functions, deployedFunctions, allowedHosts, buckets, aws, http, connections, apigateway, routes, pipes, kubernetes, standIns, standInServices, memory, commands, mail, databases, events, schedules, publicUrl, containerEngine, retentionDays, logExecutions, mockConfig, waitTimeScale, consolePath, limits, auth, encryption, audit, telemetry, alerts, tls, insecureListen.",
  );
  expect(problemOf({ functions: { charge: { timeout: 3 } } })).toMatch(
    /'functions.charge.timeout' is not a known key. The keys here are: path, handler, command, url, timeoutSeconds/,
  );
  expect(problemOf({ limits: { payload: 3 } })).toMatch(/'limits.payload' is not a known key/);
});

test.each([
  [{ audit: "on" }, "'audit' must be \"off\" or an object"],
  [{ audit: { retentionDays: 0 } }, "'audit.retentionDays' must be a whole number from 1 to 3653"],
  [{ port: "8083" }, "'port' must be a port number"],
  [{ port: 65_536 }, "'port' must be a port number"],
  [{ encryption: {} }, "'encryption' must have key or customerKeys"],
  [{ encryption: { customerKeys: { k: {} } } }, "'encryption.customerKeys.k' must have exactly"],
  [{ encryption: { key: {} } }, "'encryption.key' must have exactly one of file"],
  [{ encryption: { key: { file: "a", kms: "b" } } }, "'encryption.key' must have exactly one of"],
  [{ encryption: { key: { vault: { key: "k" } } } }, "'encryption.key.vault' must have address"],
  [{ standInServices: "moto" }, `'standInServices' must be "memory"`],
  [{ memory: { tables: { a: { sortKey: "b" } } } }, "'memory.tables.a' must have a partitionKey"],
  [{ accountId: 123_456_789_012 }, "'accountId' must be a text of 12 digits"],
  [{ allowedHosts: "stepwell" }, "'allowedHosts' must be a list"],
  [{ http: { allowHttp: 1 } }, "'http.allowHttp' must be true or false"],
  [
    { http: { allowPrivateAddresses: "all" } },
    "'http.allowPrivateAddresses' must be true or false",
  ],
  [
    { http: { allowPrivateAddresses: ["10.0.0.0/40"] } },
    "'http.allowPrivateAddresses.0' must have",
  ],
  [{ http: { followRedirects: 21 } }, "'http.followRedirects' must be a whole number from 0 to 20"],
  [{ events: { putEvents: "there" } }, '\'events.putEvents\' must be "here" or "aws"'],
  [{ events: { forward: { source: "aws.mine" } } }, "'events.forward.source' must be a text that"],
  [{ events: { webhooks: [{ url: "https://a.test" }] } }, "'events.webhooks.0' must be an object"],
  [
    { events: { webhooks: [{ url: "https://a.test", secret: "short" }] } },
    "'events.webhooks.0.secret' must be a text of at least 16 characters",
  ],
  [
    { events: { webhooks: [{ url: "https://a.test", secret: "${A}", pattern: { a: 1 } }] } },
    "'events.webhooks.0.pattern' must be an event pattern: ",
  ],
  [{ schedules: { missed: "some" } }, '\'schedules.missed\' must be "last" or "all" or "none"'],
  [{ connections: 5 }, "'connections' must be an object"],
  [{ connections: { a: { authorization: "Basic" } } }, "'connections.a' must be an object whose"],
  [
    { connections: { a: { authorization: "basic", username: "b" } } },
    "'connections.a' must have the key password",
  ],
  [
    { connections: { a: { authorization: "basic", username: "b", password: 5 } } },
    "'connections.a.password' must be a text (in quotes, if it looks like a number)",
  ],
  [
    { connections: { a: { authorization: "none", password: "b" } } },
    "'connections.a.password' is not a known key",
  ],
  [{ apigateway: { endpoints: { a: "b" } } }, "'apigateway.endpoints.a' must be a URL"],
  [
    { pipes: { a: { Source: "arn:aws:kinesis:::a", Target: "b" } } },
    "'pipes.a' cannot run: Stepwell has no source arn:aws:kinesis:::a",
  ],
  [
    {
      pipes: {
        a: {
          Source: "arn:aws:s3:::a",
          Target: "b",
          SourceParameters: { S3BucketParameters: { Prefix: 1 } },
        },
      },
    },
    "'pipes.a' cannot run:",
  ],
  [
    { routes: { apis: { a: { routes: { POST: { stateMachine: "m" } } } } } },
    `'routes.apis.a' cannot be served: The provided route key`,
  ],
  [
    { routes: { apis: { a: { routes: { "GET /": {} } } } } },
    `'routes.apis.a' cannot be served: Parameter: StateMachineArn is required`,
  ],
  [{ kubernetes: { context: "a" } }, "'kubernetes' must be an object with kubeconfig"],
  [{ functions: { a: { url: "ftp://x" } } }, "'functions.a.url' must be a URL"],
  [{ functions: { a: { environment: { X: 1 } } } }, "'functions.a.environment.X' must be a text"],
  [
    { functions: { a: { command: [1] } } },
    "'functions.a.command' must be a text or a list of texts",
  ],
  [
    { standIns: { "sns:*": { command: "a", http: "http://x" } } },
    "'standIns.sns:*' must be an object with one of: command, container, function, http, folder, result",
  ],
  [{ standIns: { "sns:*": { command: "a", timeout: 3 } } }, "'standIns.sns:*.timeout' is not a"],
  [{ auth: { mode: "closed" } }, `'auth.mode' must be "open" or "required"`],
  [
    { auth: { clockSkewSeconds: 901 } },
    "'auth.clockSkewSeconds' must be a whole number from 1 to 900",
  ],
  [{ tls: { certFile: "a" } }, "'tls' must have certFile and keyFile"],
  [
    { tls: { certFile: "a", keyFile: "b", minVersion: "1.1" } },
    `'tls.minVersion' must be "1.2" or "1.3"`,
  ],
  [
    { limits: { requests: "some" } },
    `'limits.requests' must be "aws", "off" or an object of operations`,
  ],
  [{ limits: { requests: { Start: {} } } }, "'limits.requests.Start' is not a known key"],
  [
    { limits: { requests: { StopExecution: { tokens: 1 } } } },
    "'limits.requests.StopExecution' must have tokens and refillPerSecond",
  ],
  [{ insecureListen: "yes" }, "'insecureListen' must be true or false"],
  [{ limits: { historyEvents: 0 } }, "'limits.historyEvents' must be a number above 0"],
  [[], "must be an object"],
])("%j is refused", (config, message) => {
  expect(problemOf(config)).toContain(message);
});

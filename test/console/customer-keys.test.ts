import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openCustomerKeys } from "../../src/store/customer-keys/open-customer-keys.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import { systemClock } from "../../src/runtime/system-clock.ts";
import { recordingAuthorizer } from "../api/recording-authorizer.ts";
import {
  accountId,
  passDefinition,
  region,
  roleArn,
  startServer,
  type TestServer,
} from "../api/start-server.ts";
import { fakeKms } from "../contracts/fake-kms.ts";
import { api, at, builtConsole } from "./ask.ts";

const authorizer = recordingAuthorizer();
const machine = `arn:aws:states:${region}:${accountId}:stateMachine:sealed`;
const execution = `arn:aws:states:${region}:${accountId}:execution:sealed:one`;
const canary = "canary-of-a-customer";
const cases = [{ name: "usual", input: { secret: canary } }];

let server: TestServer;
let express = "";
beforeAll(async () => {
  server = await startServer({
    ...openCustomerKeys({
      store: createMemoryStore(),
      providerOf: fakeKms().providerOf,
      clock: systemClock,
      logger: { debug() {}, info() {}, warn() {}, error() {} },
    }),
    authorizer,
    consoleFolder: builtConsole(),
  });
  const { service } = server;
  const made = {
    definition: passDefinition,
    roleArn,
    encryptionConfiguration: { type: "CUSTOMER_MANAGED_KMS_KEY", kmsKeyId: "alias/orders" },
    tags: [{ key: "stepwell:index", value: "input.secret" }],
  };
  await service.call("CreateStateMachine", { ...made, name: "sealed" });
  const quick = { ...made, name: "quick", type: "EXPRESS" };
  const { stateMachineArn } = await service.call("CreateStateMachine", quick);
  const input = JSON.stringify({ secret: canary });
  await service.call("StartExecution", { stateMachineArn: machine, name: "one", input });
  await service.call("DescribeExecution", { executionArn: execution }, { waitSeconds: 10 });
  const run = { stateMachineArn: stateMachineArn as string, input };
  express = (await service.call("StartSyncExecution", run))["executionArn"] as string;
  const put = { method: "PUT", body: { cases } };
  expect((await api(server.port, testCases, put)).status).toBe(200);
});
beforeEach(() => {
  authorizer.decide = () => ({ allowed: true });
});
afterAll(async () => {
  expect(server.mistakes).toEqual([]);
  await server.close();
});

const testCases = `designer/test-cases/${encodeURIComponent(machine)}`;
const get = (path: string) => api(server.port, path);

describe("who may all but decrypt", () => {
  beforeEach(() => {
    authorizer.decide = ({ action }) => ({ allowed: action !== "kms:Decrypt" });
  });

  test.each([
    ["an execution", () => at(execution)],
    ["its events", () => `${at(execution)}/events?data=true`],
    ["its visits", () => `${at(execution)}/visits`],
    ["an Express execution", () => at(express)],
    ["test cases", () => testCases],
  ])("is refused %s in the words of KMS", async (_, path) => {
    const { status, body } = await get(path());
    expect(status).toBe(400);
    expect(body).toMatchObject({
      __type: "KmsAccessDeniedException",
      message: expect.stringContaining("is not authorized to perform: kms:Decrypt"),
    });
  });

  test("sees in lists what is in clear", async () => {
    const { status, body } = await get("executions");
    expect(status).toBe(200);
    expect(JSON.stringify(body)).toContain(execution);
    expect(JSON.stringify(body)).not.toContain(canary);
  });
});

test("who may decrypt sees all of it", async () => {
  for (const path of [
    `${at(execution)}/events?data=true`,
    `${at(express)}/events?data=true`,
    testCases,
  ]) {
    const { status, body } = await get(path);
    expect(status, path).toBe(200);
    expect(JSON.stringify(body), path).toContain(canary);
  }
});

test("nobody finds an execution by what a key seals", async () => {
  const filter = encodeURIComponent(`input.secret:${canary}`);
  const { body } = await get(`executions?filter=${filter}`);
  expect(JSON.stringify(body)).not.toContain(execution);
});

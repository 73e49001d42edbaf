import { expect, test } from "vitest";
import type { JsonObject } from "../../src/expression/json.ts";
import type { AccessRequest } from "../../src/ports/authorizer.ts";
import type { Store } from "../../src/ports/store.ts";
import { type OperationName, serviceModel } from "../../src/service/model/service-model.ts";
import { openCustomerKeys } from "../../src/store/customer-keys/open-customer-keys.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import { fakeKms } from "../contracts/fake-kms.ts";
import { stepClock } from "../runtime/step-clock.ts";
import { neverAnswers } from "./never-answers.ts";
import { ownServer } from "./own-server.ts";
import { recordingAuthorizer } from "./recording-authorizer.ts";
import { accountId, passDefinition, region, roleArn } from "./start-server.ts";

const states = `arn:aws:states:${region}:${accountId}`;
const encryptionConfiguration = {
  type: "CUSTOMER_MANAGED_KMS_KEY",
  kmsKeyId: "alias/orders",
  kmsDataKeyReusePeriodSeconds: 60,
};
const machine = `${states}:stateMachine:orders`;
const quick = `${states}:stateMachine:quick`;
const activity = `${states}:activity:pack`;
const execution = `${states}:execution:orders:one`;
const ask = {
  StartAt: "Ask",
  States: { Ask: { Type: "Task", Resource: activity, End: true } },
};
const definition = JSON.stringify(ask);
const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const isOfKey = ({ action }: AccessRequest): boolean => action.startsWith("kms:");

/** A server that asks, with a machine, an activity and an execution under a customer's key. */
async function askingServer(store: Store = createMemoryStore()) {
  const clock = stepClock();
  const authorizer = recordingAuthorizer();
  const keys = openCustomerKeys({
    store,
    providerOf: fakeKms().providerOf,
    clock,
    logger: quiet,
  });
  const server = await ownServer({
    ...keys,
    clock,
    authorizer,
    around: (usual) => ({
      find: (resource) => (resource.kind === "lambda" ? neverAnswers : usual.find(resource)),
    }),
  });
  const call: typeof server.call = (operation, input) => server.call(operation, input);
  await call("CreateActivity", { name: "pack", encryptionConfiguration });
  const usual = { definition, roleArn, encryptionConfiguration };
  await call("CreateStateMachine", { name: "orders", ...usual });
  const express = { name: "quick", type: "EXPRESS", definition: passDefinition };
  await call("CreateStateMachine", { ...usual, ...express });
  await call("StartExecution", { stateMachineArn: machine, name: "one", input: '{"a":1}' });
  return {
    ...server,
    authorizer,
    /** Lets time pass, and what it leads to happen. */
    async pass(seconds: number) {
      clock.advance(seconds * 1_000);
      for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    },
    /** What is asked about keys while `work` is done, in the caller's name and in a role's. */
    async asked(work: () => Promise<unknown>) {
      authorizer.calls.length = 0;
      authorizer.acts.length = 0;
      await work();
      return {
        calls: authorizer.calls.filter(isOfKey),
        acts: authorizer.acts.filter(isOfKey),
      };
    },
    /** Refuses these actions on keys. */
    deny(...actions: readonly string[]) {
      authorizer.decide = ({ action }) => ({ allowed: !actions.includes(action) });
    },
    statusOf: async (executionArn: string) =>
      (await call("DescribeExecution", { executionArn, includedData: "METADATA_ONLY" }))["status"],
  };
}

const describing = ["kms:DescribeKey", "kms:GenerateDataKey"] as const;
const given = { definition: passDefinition, roleArn, encryptionConfiguration };

/** What the caller of each operation needs of keys, for which resource. */
const cases: readonly (readonly [OperationName, JsonObject, readonly string[], string])[] = [
  [
    "CreateActivity",
    { name: "wrap", encryptionConfiguration },
    describing,
    `${states}:activity:wrap`,
  ],
  ["CreateStateMachine", { name: "new", ...given }, describing, `${states}:stateMachine:new`],
  ["UpdateStateMachine", { stateMachineArn: machine, ...given }, describing, machine],
  [
    "UpdateStateMachine",
    { stateMachineArn: machine, definition: passDefinition },
    ["kms:GenerateDataKey"],
    machine,
  ],
  [
    "UpdateStateMachine",
    { stateMachineArn: machine, roleArn: `${roleArn}2` },
    ["kms:GenerateDataKey", "kms:Decrypt"],
    machine,
  ],
  ["DescribeStateMachine", { stateMachineArn: machine }, ["kms:Decrypt"], machine],
  ["DescribeStateMachineForExecution", { executionArn: execution }, ["kms:Decrypt"], machine],
  ["DescribeExecution", { executionArn: execution }, ["kms:Decrypt"], machine],
  ["GetExecutionHistory", { executionArn: execution }, ["kms:Decrypt"], machine],
  ["StartSyncExecution", { stateMachineArn: quick }, ["kms:Decrypt"], quick],
  ["GetActivityTask", { activityArn: activity }, ["kms:Decrypt"], activity],
];

test.each(cases)("%s asks its caller for the key: %j", async (operation, input, actions, arn) => {
  const server = await askingServer();
  const { calls } = await server.asked(() => server.call(operation, input));
  const name = arn.includes(":activity:") ? "aws:states:activityArn" : "aws:states:stateMachineArn";
  expect(calls).toEqual(
    actions.map((action) => ({
      caller: expect.objectContaining({ principal: { type: "owner" } }),
      action,
      resource: `arn:aws:kms:${region}:${accountId}:key/alias/orders`,
      conditions: {
        "kms:ViaService": `states.${region}.amazonaws.com`,
        "kms:CallerAccount": accountId,
        "kms:RequestAlias": "alias/orders",
        "kms:ResourceAliases": ["alias/orders"],
        ...(action !== "kms:DescribeKey" && {
          [`kms:EncryptionContext:${name}`]: arn,
          "kms:EncryptionContextKeys": [name],
        }),
      },
    })),
  );
});

test.each(
  cases.flatMap(([operation, input, actions]) =>
    actions.map((action) => [operation, action, input] as const),
  ),
)(
  "%s without %s is refused as KMS refuses it, and does nothing: %j",
  async (operation, action, input) => {
    const server = await askingServer();
    server.deny(action);
    await expect(server.call(operation, input)).rejects.toMatchObject({
      code: "KmsAccessDeniedException",
      message: expect.stringContaining(
        `is not authorized to perform: ${action} on resource: arn:aws:kms:`,
      ),
    });
    server.deny();
    expect(await server.call("DescribeStateMachine", { stateMachineArn: machine })).toMatchObject({
      definition,
    });
    expect((await server.call("ListStateMachines", {}))["stateMachines"]).toHaveLength(2);
    expect((await server.call("ListActivities", {}))["activities"]).toHaveLength(1);
  },
);

/** *Documented*: what these seal and open is the role's to seal and open. */
const byTheRole: readonly OperationName[] = [
  "StartExecution",
  "StopExecution",
  "SendTaskSuccess",
  "SendTaskFailure",
];

test("every operation that may be refused a key asks its caller, or is the role's", () => {
  const refusing = Object.entries(serviceModel)
    .filter(([, { errors }]) => (errors as readonly string[]).includes("KmsAccessDeniedException"))
    .map(([name]) => name);
  expect(refusing.toSorted()).toEqual(
    [...new Set([...cases.map(([name]) => name), ...byTheRole])].toSorted(),
  );
});

test.each([
  ["DescribeStateMachine", { stateMachineArn: machine }],
  ["DescribeStateMachineForExecution", { executionArn: execution }],
  ["DescribeExecution", { executionArn: execution }],
  ["StartSyncExecution", { stateMachineArn: quick }],
])("%s for metadata alone asks its caller for no key", async (operation, input) => {
  const server = await askingServer();
  const metadata = { ...input, includedData: "METADATA_ONLY" };
  expect((await server.asked(() => server.call(operation, metadata))).calls).toEqual([]);
});

test("who sees metadata alone learns neither error nor cause that the key seals", async () => {
  const server = await askingServer();
  const { taskToken } = await server.call("GetActivityTask", { activityArn: activity });
  await server.call("SendTaskFailure", { taskToken, error: "Secret", cause: "canary" });
  const metadata = { executionArn: execution, includedData: "METADATA_ONLY" };
  const described = await server.call("DescribeExecution", metadata);
  expect(described).toMatchObject({ status: "FAILED" });
  expect(JSON.stringify(described)).not.toMatch(/Secret|canary/);
  expect(await server.call("DescribeExecution", { executionArn: execution })).toMatchObject({
    error: "Secret",
    cause: "canary",
  });
  const failing = { StartAt: "No", States: { No: { Type: "Fail", Error: "Secret" } } };
  const updated = { stateMachineArn: quick, definition: JSON.stringify(failing) };
  await server.call("UpdateStateMachine", updated);
  const synchronous = { stateMachineArn: quick, includedData: "METADATA_ONLY" };
  const ended = await server.call("StartSyncExecution", synchronous);
  expect(ended).toMatchObject({ status: "FAILED" });
  expect(ended).not.toHaveProperty("error");
});

test("a machine without a key asks nobody about one", async () => {
  const server = await askingServer();
  const plain = { name: "plain", definition, roleArn };
  const asked = await server.asked(async () => {
    const { stateMachineArn } = await server.call("CreateStateMachine", plain);
    const { executionArn } = await server.call("StartExecution", { stateMachineArn });
    await server.call("DescribeExecution", { executionArn });
    await server.call("GetExecutionHistory", { executionArn });
  });
  expect(asked).toEqual({ calls: [], acts: [] });
});

test("a start asks for the key in the role of the machine, and not its caller", async () => {
  const server = await askingServer();
  const start = { stateMachineArn: machine, name: "two" };
  const { calls, acts } = await server.asked(() => server.call("StartExecution", start));
  expect(calls).toEqual([]);
  const principal = { type: "role", roleArn, executionArn: `${states}:execution:orders:two` };
  expect(acts).toMatchObject([
    { action: "kms:GenerateDataKey", caller: { principal } },
    { action: "kms:Decrypt", caller: { principal } },
  ]);
  expect(acts[0]?.conditions).toMatchObject({
    "kms:EncryptionContext:aws:states:stateMachineArn": machine,
  });
});

/** Whoever calls may use keys; roles may not. */
const notByRoles = (request: AccessRequest) => ({
  allowed: request.caller.principal.type !== "role" || !isOfKey(request),
});

test("an execution in memory fails when the period is over in which its role lost the key, and others go on", async () => {
  const server = await askingServer();
  const call = `arn:aws:lambda:${region}:${accountId}:function:call`;
  const calling = { StartAt: "C", States: { C: { Type: "Task", Resource: call, End: true } } };
  const start = async (name: string, role: string): Promise<string> => {
    const { stateMachineArn } = await server.call("CreateStateMachine", {
      name,
      definition: JSON.stringify(calling),
      roleArn: role,
      encryptionConfiguration,
    });
    const { executionArn } = await server.call("StartExecution", { stateMachineArn });
    return executionArn as string;
  };
  const [lost, kept] = [await start("lost", `${roleArn}-lost`), await start("kept", roleArn)];
  server.authorizer.decide = ({ caller: { principal } }) => ({
    allowed: principal.type !== "role" || principal.roleArn === roleArn,
  });
  await server.pass(59);
  expect([await server.statusOf(lost), await server.statusOf(kept)]).toEqual([
    "RUNNING",
    "RUNNING",
  ]);
  await server.pass(1);
  expect([await server.statusOf(lost), await server.statusOf(kept)]).toEqual(["FAILED", "RUNNING"]);
  expect((await server.history(lost)).at(-1)).toMatchObject({
    executionFailedEventDetails: {
      error: "States.Runtime",
      cause: expect.stringMatching(/^KmsAccessDeniedException: /),
    },
  });
  expect(server.mistakes).toEqual([]);
});

test("a role without the key starts nothing, and fails what is to go on later", async () => {
  const store = createMemoryStore();
  const server = await askingServer(store);
  const sleep = { StartAt: "S", States: { S: { Type: "Wait", Seconds: 600, End: true } } };
  const made = {
    name: "sleeping",
    definition: JSON.stringify(sleep),
    roleArn,
    encryptionConfiguration,
  };
  const { stateMachineArn } = await server.call("CreateStateMachine", made);
  const slept = await server.call("StartExecution", { stateMachineArn });
  const sleeping = slept["executionArn"] as string;
  await server.pass(10);
  server.authorizer.decide = notByRoles;
  const start = { stateMachineArn: machine };
  await expect(server.call("StartExecution", start)).rejects.toMatchObject({
    code: "KmsAccessDeniedException",
  });
  expect(await server.statusOf(sleeping)).toBe("RUNNING");
  await server.pass(600);
  expect(await server.statusOf(sleeping)).toBe("FAILED");
  // Its worker's answer cannot be kept: it waits, and can be stopped.
  expect(await server.statusOf(execution)).toBe("RUNNING");
  await server.call("StopExecution", { executionArn: execution });
  expect(await server.statusOf(execution)).toBe("ABORTED");
  expect(server.mistakes).toEqual([]);
});

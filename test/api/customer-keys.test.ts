import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/expression/json.ts";
import type { Store } from "../../src/ports/store.ts";
import { openCustomerKeys } from "../../src/store/customer-keys/open-customer-keys.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import { fakeKms, type FakeKms, kmsErrors } from "../contracts/fake-kms.ts";
import { stepClock } from "../runtime/step-clock.ts";
import { neverAnswers } from "./never-answers.ts";
import { type OwnServer, ownServer } from "./own-server.ts";
import { accountId, region, roleArn } from "./start-server.ts";

const kmsKeyId = "alias/orders";
const encryptionConfiguration = {
  type: "CUSTOMER_MANAGED_KMS_KEY",
  kmsKeyId,
  kmsDataKeyReusePeriodSeconds: 60,
};
const activityArn = `arn:aws:states:${region}:${accountId}:activity:work`;
const waiting = {
  StartAt: "Ask",
  States: { Ask: { Type: "Task", Resource: activityArn, End: true } },
};
const quiet = { debug() {}, info() {}, warn() {}, error() {} };

interface KeyServer extends OwnServer {
  readonly kms: FakeKms;
  /** Lets time pass, and what it leads to happen. */
  pass(seconds: number): Promise<void>;
  create(name: string, definition: object, more?: object): Promise<string>;
  begin(stateMachineArn: string, input?: object): Promise<string>;
}

/** A server whose customers' keys are in a KMS; over `store`, which it does not close. */
async function keyServer(store: Store = createMemoryStore(), kms = fakeKms()): Promise<KeyServer> {
  const clock = stepClock();
  const kept = { ...store, close: async () => {} };
  const options = { store: kept, providerOf: kms.providerOf, clock, logger: quiet };
  const server = await ownServer({
    ...openCustomerKeys(options),
    clock,
    around: (usual) => ({
      find: (resource) => (resource.kind === "lambda" ? neverAnswers : usual.find(resource)),
    }),
  });
  return {
    ...server,
    kms,
    async pass(seconds) {
      clock.advance(seconds * 1_000);
      for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    },
    async create(name, definition, more = { encryptionConfiguration }) {
      const input = { name, definition: JSON.stringify(definition), roleArn, ...more };
      return (await server.call("CreateStateMachine", input))["stateMachineArn"] as string;
    },
    async begin(stateMachineArn, input = {}) {
      const started = { stateMachineArn, input: JSON.stringify(input) };
      return (await server.call("StartExecution", started))["executionArn"] as string;
    },
  };
}

const metadata = { includedData: "METADATA_ONLY" };

describe("a key that cannot be used", () => {
  test.each([
    ["denied", "KmsAccessDeniedException"],
    ["throttled", "KmsThrottlingException"],
    ["disabled", "InvalidEncryptionConfiguration"],
    ["unreachable", "InvalidEncryptionConfiguration"],
  ] as const)("because it is %s makes no state machine and no activity", async (problem, code) => {
    const server = await keyServer();
    server.kms.errors.set(kmsKeyId, kmsErrors[problem]);
    await expect(server.create("orders", waiting)).rejects.toMatchObject({ code });
    const activity = { name: "work", encryptionConfiguration };
    await expect(server.call("CreateActivity", activity)).rejects.toMatchObject({ code });
    expect(await server.call("ListStateMachines", {})).toEqual({ stateMachines: [] });
    expect(await server.call("ListActivities", {})).toEqual({ activities: [] });
  });

  test("fails the executions that run by it, and nobody else's; what they were is read again when it is back", async () => {
    const server = await keyServer();
    await server.call("CreateActivity", { name: "work" });
    const mine = await server.create("mine", { ...waiting, TimeoutSeconds: 100_000 });
    const others = await server.create("others", waiting, {});
    // One stays in memory, since its function has been called; the other has left it.
    const calling = await server.create("calling", invoke);
    const running = await server.begin(calling, { secret: 1 });
    const parent = await server.begin(await server.create("nested", nestedIn(others)));
    const other = await server.begin(others);
    await server.pass(1);
    server.kms.errors.set(kmsKeyId, kmsErrors.disabled);
    await server.pass(60);

    const error = { code: "KmsInvalidStateException", extra: { kmsKeyState: "DISABLED" } };
    for (const [operation, input] of [
      ["StartExecution", { stateMachineArn: mine }],
      ["DescribeStateMachine", { stateMachineArn: mine }],
      ["DescribeStateMachineForExecution", { executionArn: running }],
      ["DescribeExecution", { executionArn: running }],
      ["GetExecutionHistory", { executionArn: running }],
    ] as const) {
      await expect(server.call(operation, input), operation).rejects.toMatchObject(error);
    }
    expect(
      await server.call("DescribeExecution", { executionArn: running, ...metadata }),
    ).toMatchObject({
      status: "FAILED",
      inputDetails: { included: false },
    });
    expect(
      await server.call("DescribeStateMachine", { stateMachineArn: mine, ...metadata }),
    ).toMatchObject({ definition: "{}", encryptionConfiguration });
    expect(await server.call("DescribeExecution", { executionArn: other })).toMatchObject({
      status: "RUNNING",
    });
    // Another's child ends: what is to go on with that fails.
    for (let child = 0; child < 2; child++) {
      const { taskToken = "" } = await server.call("GetActivityTask", { activityArn });
      await server.call("SendTaskSuccess", { taskToken, output: "7" });
    }
    await server.pass(1);
    expect(
      await server.call("DescribeExecution", { executionArn: parent, ...metadata }),
    ).toMatchObject({
      status: "FAILED",
    });

    server.kms.errors.clear();
    await server.pass(5);
    expect((await server.history(running)).at(-1)).toMatchObject({
      type: "ExecutionFailed",
      executionFailedEventDetails: {
        error: "States.Runtime",
        cause: `KmsInvalidStateException: The KMS key '${kmsKeyId}' of the state machine cannot be used any more.`,
      },
    });
    expect(await server.call("DescribeExecution", { executionArn: running })).toMatchObject({
      input: '{"secret":1}',
    });
    await server.begin(mine);
    expect(server.mistakes).toEqual([]);
  });

  test("keeps no server from starting, which fails what should go on and lets be stopped what waits", async () => {
    const store = createMemoryStore();
    const before = await keyServer(store);
    await before.call("CreateActivity", { name: "work" });
    const asking = await before.create("asking", waiting);
    const sleeping = await before.create("sleeping", sleep);
    const open = await before.begin(await before.create("open", sleep, {}));
    const [asks, sleeps] = [await before.begin(asking), await before.begin(sleeping)];
    await before.pass(1);
    const { taskToken = "" } = await before.call("GetActivityTask", { activityArn });

    const server = await keyServer(store, before.kms);
    server.kms.errors.set(kmsKeyId, kmsErrors.denied);
    const denied = { code: "KmsAccessDeniedException" };
    const result = { taskToken, output: "1" };
    await expect(server.call("SendTaskSuccess", result)).rejects.toMatchObject(denied);
    const withCause = { executionArn: asks, cause: "enough" };
    await expect(server.call("StopExecution", withCause)).rejects.toMatchObject(denied);
    await server.call("StopExecution", { executionArn: asks });
    await server.pass(3_700);
    const statusOf = async (executionArn: string) =>
      (await server.call("DescribeExecution", { executionArn, ...metadata }))["status"];
    expect([await statusOf(asks), await statusOf(sleeps), await statusOf(open)]).toEqual([
      "ABORTED",
      "FAILED",
      "SUCCEEDED",
    ]);

    // What is not data goes on: the machine is listed, tagged, given another key, and deleted.
    await server.call("TagResource", { resourceArn: asking, tags: [{ key: "a", value: "b" }] });
    await expect(
      server.call("UpdateStateMachine", { stateMachineArn: asking, roleArn: `${roleArn}2` }),
    ).rejects.toMatchObject(denied);
    await server.call("UpdateStateMachine", {
      stateMachineArn: asking,
      definition: JSON.stringify(sleep),
      encryptionConfiguration: { type: "AWS_OWNED_KEY" },
    });
    expect(await server.call("DescribeStateMachine", { stateMachineArn: asking })).toMatchObject({
      definition: JSON.stringify(sleep),
    });
    await server.call("DeleteStateMachine", { stateMachineArn: sleeping });
    expect(server.mistakes).toEqual([]);
    server.kms.errors.clear();
    await server.pass(5);
    expect((await server.history(sleeps)).map(({ type }) => type)).toEqual([
      "ExecutionStarted",
      "WaitStateEntered",
      "ExecutionFailed",
    ]);
  });
});

test("a keeper that does not answer makes executions wait, over a restart as well, and fails none", async () => {
  const store = createMemoryStore();
  const before = await keyServer(store);
  await before.call("CreateActivity", { name: "work" });
  const nested = await before.create("nested", nestedIn(await before.create("child", waiting, {})));
  const [waits, calls] = [
    await before.begin(nested),
    await before.begin(await before.create("calling", invoke)),
  ];
  await before.pass(1);

  before.kms.errors.set(kmsKeyId, kmsErrors.unreachable);
  const server = await keyServer(store, before.kms);
  const { taskToken = "" } = await server.call("GetActivityTask", { activityArn });
  await server.call("SendTaskSuccess", { taskToken, output: "7" });
  await server.pass(3_600);
  const statusOf = async (executionArn: string) =>
    (await server.call("DescribeExecution", { executionArn, ...metadata }))["status"];
  expect([await statusOf(waits), await statusOf(calls)]).toEqual(["RUNNING", "RUNNING"]);

  server.kms.errors.clear();
  await server.pass(60);
  // Nobody knows what came of the call that the server before had made.
  expect([await statusOf(waits), await statusOf(calls)]).toEqual(["SUCCEEDED", "FAILED"]);
  expect((await server.history(calls)).at(-1)).toMatchObject({
    executionFailedEventDetails: { error: "Lambda.Unknown" },
  });
  expect(server.mistakes).toEqual([]);
});

test("an activity's key is asked for before its task is given out", async () => {
  const server = await keyServer();
  await server.call("CreateActivity", { name: "work", encryptionConfiguration });
  await server.begin(await server.create("orders", waiting, {}), { a: 1 });
  await server.pass(61);
  server.kms.errors.set(kmsKeyId, kmsErrors.deleted);
  await expect(server.call("GetActivityTask", { activityArn })).rejects.toMatchObject({
    code: "KmsInvalidStateException",
    extra: { kmsKeyState: "PENDING_DELETION" },
  });
  server.kms.errors.clear();
  await server.pass(5);
  expect(await server.call("GetActivityTask", { activityArn })).toMatchObject({ input: '{"a":1}' });
});

test("what a machine with a key gives to one without is handed on, and is nowhere in the store in clear", async () => {
  const store = createMemoryStore();
  const written: string[] = [];
  const seen: Store = {
    ...store,
    commit(batch) {
      written.push(JSON.stringify(batch));
      return store.commit(batch);
    },
  };
  const server = await keyServer(seen);
  const child = await server.create("child", {
    StartAt: "Say",
    States: { Say: { Type: "Pass", Result: { secret: "canary" }, End: true } },
  });
  const parent = await server.create("parent", nestedIn(child));
  const executionArn = await server.begin(parent);
  await server.pass(1);
  const { output, status } = await server.call("DescribeExecution", { executionArn });
  expect(status).toBe("SUCCEEDED");
  expect((JSON.parse(output as string) as JsonObject)["Output"]).toEqual({ secret: "canary" });
  expect(written.length).toBeGreaterThan(2);
  expect(written.join("")).not.toContain("canary");
});

const call = "arn:aws:lambda:eu-west-1:123456789012:function:call";
const invoke = { StartAt: "Call", States: { Call: { Type: "Task", Resource: call, End: true } } };
const sleep = { StartAt: "Sleep", States: { Sleep: { Type: "Wait", Seconds: 3_600, End: true } } };

function nestedIn(stateMachineArn: string): object {
  const Resource = "arn:aws:states:::states:startExecution.sync:2";
  const Parameters = { StateMachineArn: stateMachineArn };
  return { StartAt: "Start", States: { Start: { Type: "Task", Resource, Parameters, End: true } } };
}

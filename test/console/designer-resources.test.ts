import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ActionDesk } from "../../src/console/designer/actions/action-desk.ts";
import type { DesignerSettings } from "../../src/console/designer/designer-settings.ts";
import { createClientModules } from "../../src/integrations/aws/client-modules.ts";
import type { MemoryServices } from "../../src/integrations/memory/memory-services.ts";
import type { Store } from "../../src/ports/store.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import type { PickList } from "../../src/console/view-types.ts";
import { accountId, region, roleArn, startServer, type TestServer } from "../api/start-server.ts";
import { memoryTasks } from "../contracts/memory-tasks.ts";
import { api, builtConsole } from "./ask.ts";

type Kind = PickList["kind"];

function picking(
  settings: DesignerSettings,
  memory?: MemoryServices,
  store: Store = createMemoryStore(),
) {
  const desk = new ActionDesk({
    access: { may: () => Promise.resolve(), isAllowed: () => Promise.resolve(true) },
    scope: { partition: "aws", region: "us-east-1", accountId: "123456789012" },
    clock: { now: () => 0, schedule: () => () => {} },
    store,
    settings,
    memory,
    modules: createClientModules(),
    installed: () => new Set(),
    whoAnswers: () => () => Promise.resolve({ to: "nowhere", because: "" }),
  });
  return async (kind: Kind, text = "") => (await desk.resources({ kind, text }, {})).rows;
}

describe("what is configured", () => {
  const folder = mkdtempSync(join(tmpdir(), "stepwell-pick-"));
  for (const name of ["refund", ".git", "charge", "not a name"]) mkdirSync(join(folder, name));
  writeFileSync(join(folder, "notes.txt"), "");
  const pick = picking({
    functionsFolder: folder,
    functions: { charge: { command: "SECRET" } },
    objectFolder: folder,
    buckets: { reports: "/SECRET" },
    commands: { load: { command: "SECRET" } },
    databases: { orders: "postgres://SECRET" },
    connections: { stripe: { type: "apiKey", name: "SECRET", value: "SECRET" } },
  } as unknown as DesignerSettings);

  test("is told by its names, and by the ARNs that tasks give", async () => {
    const arn = "arn:aws:lambda:us-east-1:123456789012:function";
    expect(await pick("function")).toEqual([
      { value: `${arn}:charge`, name: "charge", source: "configuration" },
      { value: `${arn}:refund`, name: "refund", source: "folder" },
    ]);
    expect((await pick("bucket")).map(({ value }) => value)).toEqual([
      "reports",
      "charge",
      "not a name",
      "refund",
    ]);
    expect(await pick("connection")).toEqual([
      {
        value: "arn:aws:events:us-east-1:123456789012:connection/stripe",
        name: "stripe",
        source: "configuration",
      },
    ]);
    expect(await pick("command", "LO")).toMatchObject([{ value: "load" }]);
    expect(await pick("database", "x")).toEqual([]);
  });

  test("comes before functions that were deployed in this Region, and those before the folder's", async () => {
    const store = createMemoryStore();
    const arn = "arn:aws:lambda:us-east-1:123456789012:function";
    for (const id of ["eu-west-1/other", "us-east-1/charge", "us-east-1/new", "us-east-1/refund"]) {
      const name = id.slice(id.indexOf("/") + 1);
      const body = JSON.stringify({ name, arn: `${arn}:${name}`, aliases: { live: {} } });
      await store.putDocument({ collection: "lambda.function", id, version: 1, body });
    }
    const settings = { functionsFolder: folder, functions: { charge: { command: "x" } } };
    const rows = await picking(
      settings as unknown as DesignerSettings,
      undefined,
      store,
    )("function");
    expect(rows.map(({ value, source }) => `${value.slice(arn.length + 1)} ${source}`)).toEqual([
      "charge configuration",
      "new store",
      "new:live store",
      "refund store",
      "refund:live store",
    ]);
  });

  test("is told without anything of what is in it", async () => {
    for (const kind of ["function", "bucket", "connection", "command", "database"] as const) {
      expect(JSON.stringify(await pick(kind))).not.toContain("SECRET");
    }
  });

  test("is nothing where nothing is", async () => {
    const none = picking({ functionsFolder: join(folder, "missing") });
    for (const kind of ["function", "bucket", "queue", "table", "command"] as const) {
      expect(await none(kind)).toEqual([]);
    }
  });
});

test("what is in memory is told of the Region", async () => {
  const tasks = memoryTasks({ memory: { tables: { orders: { partitionKey: "id" } } } });
  const QueueUrl = "https://sqs.us-east-1.amazonaws.com/123456789012/orders";
  await tasks.result("sqs:sendMessage", { QueueUrl, MessageBody: "x" });
  await tasks.result("events:putEvents", {
    Entries: [{ Source: "a", DetailType: "b", Detail: {} }],
  });
  const pick = picking({}, tasks.memory);
  expect(await pick("queue")).toEqual([{ value: QueueUrl, name: "orders", source: "memory" }]);
  expect(await pick("table")).toEqual([{ value: "orders", name: "orders", source: "memory" }]);
  expect(await pick("eventBus")).toMatchObject([{ value: "default" }]);
  expect(await pick("topic")).toEqual([]);
});

describe("what the store has", () => {
  const states = `arn:aws:states:${region}:${accountId}`;
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ consoleFolder: builtConsole() });
    const definition = JSON.stringify({ StartAt: "A", States: { A: { Type: "Succeed" } } });
    const machine = { definition, roleArn };
    await server.service.call("CreateStateMachine", { name: "orders", ...machine, publish: true });
    await server.service.call("CreateStateMachine", { name: "refunds", ...machine });
    await server.service.call("CreateStateMachineAlias", {
      name: "live",
      routingConfiguration: [
        { stateMachineVersionArn: `${states}:stateMachine:orders:1`, weight: 100 },
      ],
    });
    await server.service.call("CreateActivity", { name: "pack" });
  });
  afterAll(async () => {
    expect(server.mistakes).toEqual([]);
    await server.close();
  });
  const get = async (query: string) =>
    (await api(server.port, `designer/resources?${query}`)).body as PickList;

  test("is a state machine with its aliases and versions", async () => {
    const { rows, isMore } = await get("kind=stateMachine");
    expect(isMore).toBe(false);
    expect(rows.map(({ value, qualifier }) => [value.replace(states, ""), qualifier])).toEqual([
      [":stateMachine:orders", undefined],
      [":stateMachine:orders:live", "alias"],
      [":stateMachine:orders:1", "version"],
      [":stateMachine:refunds", undefined],
    ]);
    expect((await get("kind=stateMachine&text=FUND")).rows).toHaveLength(1);
    expect((await get("kind=stateMachine&region=us-west-2")).rows).toEqual([]);
  });

  test("is an activity", async () => {
    expect((await get("kind=activity")).rows).toEqual([
      { value: `${states}:activity:pack`, name: "pack", source: "store" },
    ]);
  });

  test("is nothing of a kind that there is not", async () => {
    for (const kind of ["kind=", "kind=__proto__", ""]) {
      expect(await get(kind)).toMatchObject({ __type: "ValidationException" });
    }
  });

  test("is asked beside the rest of what the designer asks", async () => {
    const paths = ["actions", "actions/sqs:sendMessage", "sdk-services", "sdk-services/sqs"];
    for (const path of paths) {
      expect((await api(server.port, `designer/${path}`)).status).toBe(200);
    }
    expect((await api(server.port, "designer/nothing")).status).toBe(404);
    const fields = [{ id: "f", kind: "jsonata", text: "{% 1 + 1 %}" }];
    const body = { fields, data: {} };
    expect((await api(server.port, "designer/evaluate", { method: "POST", body })).body).toEqual({
      results: [{ id: "f", value: "2", bytes: 1 }],
    });
    const definition = '{"StartAt":"A","States":{"A":{}}}';
    const scope = { method: "POST", body: { definition, state: "A" } };
    expect((await api(server.port, "designer/scope", scope)).body).toEqual({ variables: [] });
  });
});

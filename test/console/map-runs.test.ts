import { afterEach, expect, test } from "vitest";
import type { JsonValue } from "../../src/expression/json.ts";
import { Payload } from "../../src/expression/payload.ts";
import { ConsoleService } from "../../src/console/console-service.ts";
import { MapRunItems } from "../../src/console/map-runs/map-run-items.ts";
import { rangesOf } from "../../src/console/map-runs/map-run-views.ts";
import { packStatuses } from "../../src/console/map-runs/pack-statuses.ts";
import { itemStatuses } from "../../src/console/view-types.ts";
import type { ExecutionRecord } from "../../src/ports/store.ts";
import { systemClock } from "../../src/runtime/system-clock.ts";
import { createStepwell, type Stepwell } from "../../src/server/stepwell-server.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";

const roleArn = "arn:aws:iam::000000000000:role/test";
const silent = { debug() {}, info() {}, warn() {}, error() {} };
/** Who asks: nobody in particular, for everybody may. */
const anybody = {};

interface Fixture {
  readonly stepwell: Stepwell;
  /** A console that sees what happens from now on, and reads what was before from the store. */
  console(): ConsoleService;
  /** Starts an execution whose Map works on `items`; answers its ARN. */
  start(name: string, items: readonly JsonValue[], more?: object): Promise<string>;
}

let close: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const each of close.splice(0)) await each();
  close = [];
});

async function fixture(behave: (item: JsonValue) => "succeed" | "fail" | "wait"): Promise<Fixture> {
  const store = createMemoryStore();
  const stepwell = await createStepwell({
    store,
    logger: silent,
    cloudWatch: { to: async () => undefined, close() {} },
    around: () => ({
      find: () => ({
        handles: () => true,
        async run({ parameters }) {
          switch (behave(parameters.value)) {
            case "succeed":
              return { type: "succeeded", output: Payload.ofText(parameters.text) };
            case "fail":
              return { type: "failed", error: "Broken", cause: "It was broken" };
            case "wait":
              return { type: "pending" };
          }
        },
      }),
    }),
    onFailure: (reason) => {
      throw reason;
    },
  });
  const consoles: ConsoleService[] = [];
  close.push(async () => {
    for (const each of consoles) each.close();
    await stepwell.shutdown(0);
  });
  return {
    stepwell,
    console() {
      const { service, engine } = stepwell;
      const made = new ConsoleService({
        service,
        engine,
        store,
        clock: systemClock,
        version: "test",
      });
      consoles.push(made);
      return made;
    },
    async start(name, items, more = {}) {
      const definition = JSON.stringify({
        StartAt: "Map",
        States: {
          Map: {
            Type: "Map",
            Label: "Items",
            ItemProcessor: {
              ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
              StartAt: "Work",
              States: {
                Work: {
                  Type: "Task",
                  Resource: "arn:aws:lambda:us-east-1:000000000000:function:f",
                  End: true,
                },
              },
            },
            End: true,
            ...more,
          },
        },
      });
      const { stateMachineArn } = await stepwell.service.call("CreateStateMachine", {
        name,
        definition,
        roleArn,
      });
      const input = JSON.stringify(items);
      const started = await stepwell.service.call("StartExecution", { stateMachineArn, input });
      return String(started["executionArn"]);
    },
  };
}

async function until<T>(read: () => Promise<T>, isDone: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await read();
    if (isDone(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const ended = async (views: ConsoleService) =>
  (
    await until(
      () => views.mapRuns.list(anybody),
      (runs) => runs.length > 0 && runs.every(({ status }) => status !== "RUNNING"),
    )
  )[0]!;

function statusesOf({ total, packed }: { readonly total: number; readonly packed: string }) {
  const bytes = Buffer.from(packed, "base64");
  return Array.from({ length: total }, (_, index) => {
    const byte = bytes[index >> 1] ?? 0;
    return itemStatuses[index % 2 === 0 ? byte & 0xf : byte >> 4];
  });
}

test("a Map Run is in the list with its workflow, its execution and its counts", async () => {
  const { console, start } = await fixture((item) => (item === 2 ? "fail" : "succeed"));
  const views = console();
  const executionArn = await start("machine", [0, 1, 2, 3], { ToleratedFailureCount: 1 });
  expect(await ended(views)).toMatchObject({
    label: "Items",
    stateMachineName: "machine",
    stateMachineArn: "arn:aws:states:us-east-1:000000000000:stateMachine:machine",
    executionArn,
    status: "SUCCEEDED",
    itemCounts: { total: 4, succeeded: 3, failed: 1 },
  });
});

test("a Map Run from before this process is found in the store", async () => {
  const { console, start } = await fixture(() => "succeed");
  await start("machine", [1]);
  const first = console();
  await ended(first);
  expect(await console().mapRuns.list(anybody)).toEqual(await first.mapRuns.list(anybody));
});

test("the status of every item is told in the order of the input", async () => {
  const { console, start } = await fixture((item) => (item === 2 ? "fail" : "succeed"));
  const views = console();
  await start("machine", [0, 1, 2, 3, 4], { ToleratedFailureCount: 1 });
  const { mapRunArn } = await ended(views);
  const { items } = await views.mapRuns.view(mapRunArn, anybody);
  expect(statusesOf(items)).toEqual(["succeeded", "succeeded", "failed", "succeeded", "succeeded"]);
});

test("what was read from the store and what the feed told come to the same", async () => {
  const { console, start } = await fixture((item) => (Number(item) % 3 === 0 ? "fail" : "succeed"));
  const views = console();
  const items = Array.from({ length: 30 }, (_, index) => index);
  await start("machine", items, { ToleratedFailurePercentage: 100, MaxConcurrency: 2 });
  // It is looked at before it has ended: the rest comes from the feed.
  const [first] = await until(
    () => views.mapRuns.list(anybody),
    (runs) => runs.length > 0,
  );
  await views.mapRuns.view(first!.mapRunArn, anybody);
  const { mapRunArn } = await ended(views);
  const told = await views.mapRuns.view(mapRunArn, anybody);
  const read = await console().mapRuns.view(mapRunArn, anybody);
  expect(told.items).toEqual(read.items);
  expect(told.errors).toEqual(read.errors);
});

test("items that are not started are pending, and those that run are running", async () => {
  const { console, start } = await fixture(() => "wait");
  const views = console();
  await start("machine", [0, 1, 2], { MaxConcurrency: 2 });
  const run = await until(
    async () => {
      const [listed] = await views.mapRuns.list(anybody);
      return listed === undefined ? undefined : views.mapRuns.view(listed.mapRunArn, anybody);
    },
    (view) => view?.itemCounts.running === 2 && view.items.packed !== "AAA=",
  );
  expect(statusesOf(run!.items)).toEqual(["running", "running", "pending"]);
  expect(run).toMatchObject({ maxConcurrency: 2, parentStatus: "RUNNING" });
  expect(run!.notRedrivable).toBeDefined();
});

test("failures are grouped by their error, with the indexes that they have", async () => {
  const { console, start } = await fixture((item) => (Number(item) >= 2 ? "fail" : "succeed"));
  const views = console();
  await start("machine", [0, 1, 2, 3], { ToleratedFailurePercentage: 100 });
  const { mapRunArn } = await ended(views);
  const { errors } = await views.mapRuns.view(mapRunArn, anybody);
  expect(errors).toMatchObject([
    { error: "Broken", cause: "It was broken", count: 2, ranges: [2, 2] },
  ]);
  const { rows, total } = await views.mapRuns.children(
    mapRunArn,
    { error: "Broken", offset: 1, limit: 10 },
    anybody,
  );
  expect(total).toBe(2);
  expect(rows).toMatchObject([{ index: 3, status: "failed", error: "Broken" }]);
  expect(errors[0]?.sample).toContain(":execution:machine/Items:");
});

test("a failed execution can be redriven, and the run shows how it goes on", async () => {
  let isMended = false;
  const { stepwell, console, start } = await fixture((item) =>
    item === 1 && !isMended ? "fail" : "succeed",
  );
  const views = console();
  const executionArn = await start("machine", [0, 1, 2]);
  const { mapRunArn } = await until(
    async () => views.mapRuns.view((await ended(views)).mapRunArn, anybody),
    ({ parentStatus }) => parentStatus === "FAILED",
  );
  const failed = await views.mapRuns.view(mapRunArn, anybody);
  expect(failed.status).toBe("FAILED");
  expect(failed.notRedrivable).toBeUndefined();
  isMended = true;
  await stepwell.service.call("RedriveExecution", { executionArn });
  const again = await until(
    () => views.mapRuns.view(mapRunArn, anybody),
    ({ status }) => status === "SUCCEEDED",
  );
  expect(again).toMatchObject({ redriveCount: 1, errors: [] });
  expect(statusesOf(again.items)).toEqual(["succeeded", "succeeded", "succeeded"]);
  expect(await views.mapRuns.list(anybody)).toMatchObject([
    { status: "SUCCEEDED", redriveCount: 1 },
  ]);
});

test.each([
  ["its own label", {}],
  ["a label that follows from where it is", { Label: undefined }],
])("a child of a Map with %s is shown with what it runs", async (_, more) => {
  const { console, start } = await fixture(() => "succeed");
  const views = console();
  await start("machine", [1], more);
  const { mapRunArn } = await ended(views);
  const { rows } = await views.mapRuns.children(mapRunArn, { offset: 0, limit: 1 }, anybody);
  const { definition, nodes } = await views.executions.one(rows[0]?.executionArn ?? "", anybody);
  expect(Object.keys((JSON.parse(definition) as { States: object }).States)).toEqual(["Work"]);
  expect(nodes.map(({ key }) => key)).toEqual(["/Work"]);
});

test("a batch is one cell", async () => {
  const { console, start } = await fixture(() => "succeed");
  const views = console();
  await start("machine", [0, 1, 2, 3, 4], { ItemBatcher: { MaxItemsPerBatch: 2 } });
  const { mapRunArn } = await ended(views);
  const { items, isBatched } = await views.mapRuns.view(mapRunArn, anybody);
  expect(isBatched).toBe(true);
  expect(items.total).toBe(3);
});

test("a Map Run that there is not is refused as DescribeMapRun refuses it", async () => {
  const { console } = await fixture(() => "succeed");
  const arn = "arn:aws:states:us-east-1:000000000000:mapRun:m/Items:x";
  await expect(console().mapRuns.view(arn, anybody)).rejects.toMatchObject({
    code: "ResourceNotFound",
  });
});

test("of two statuses in a byte the first is in the low half", () => {
  expect([...Buffer.from(packStatuses(Uint8Array.from([1, 2, 3]), 3), "base64")]).toEqual([
    0x21, 0x03,
  ]);
});

test("indexes become runs", () => {
  expect(rangesOf([])).toEqual([]);
  expect(rangesOf([0, 1, 2, 7, 9, 10])).toEqual([0, 3, 7, 1, 9, 2]);
});

test("how fast children end is known only after it was watched for a while", () => {
  const items = new MapRunItems(0);
  expect(items.rate(9_999)).toBeUndefined();
  for (let second = 5; second < 15; second++) {
    items.noteEnd(second);
    items.noteEnd(second);
  }
  expect(items.rate(15_000)).toBe(2);
  expect(items.rate(60_000)).toBe(0);
});

test("children beyond those that are shown are only counted", () => {
  const items = new MapRunItems(0);
  const record: ExecutionRecord = {
    executionArn: "arn",
    stateMachineArn: "machine",
    revisionId: "r",
    name: "n",
    status: "RUNNING",
    startDate: 0,
    mapRun: { mapRunArn: "run", index: 100_000, itemCount: 1 },
  };
  items.note(record, "RUNNING", 0);
  expect(items).toMatchObject({ isTruncated: true, length: 0 });
});

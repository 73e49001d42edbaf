import { describe, expect, test } from "vitest";
import type { JsonValue } from "../../src/expression/json.ts";
import { isPublic } from "../../src/machine/journal/history.ts";
import type { TaskHandler } from "../../src/ports/task-handler.ts";
import type { Engine } from "../../src/runtime/engine.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import {
  distributedMap,
  engineOver,
  fakeFunction,
  fakeWriter,
  nextMillisecond,
  runToEnd,
  startMachine,
} from "./map-run-fixture.ts";

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const double = (event: JsonValue): JsonValue => (event as number) * 2;
const countingReader = (count: number): object => ({
  ItemReader: { Resource: "arn:aws:states:::s3:getObject", Parameters: { Count: count } },
});

async function mapRunArnOf(engine: Engine, executionArn: string): Promise<string> {
  const history = await engine.history(executionArn, { limit: 1000, reverse: false });
  for (const event of history?.events ?? []) {
    if (event.type === "MapRunStarted") return event.details.mapRunArn;
  }
  throw new Error("there is no Map Run");
}

describe("a distributed Map", () => {
  test("runs every item of its input and gives the outputs in their order", async () => {
    const { handlers, events } = fakeFunction(double);
    const engine = await engineOver(createMemoryStore(), handlers);
    const end = await runToEnd(engine, distributedMap(), [1, 2, 3]);
    expect(end.output?.value).toEqual([2, 4, 6]);
    expect(events).toHaveLength(3);
  });

  test("has the history that AWS has", async () => {
    const { handlers } = fakeFunction(double);
    const engine = await engineOver(createMemoryStore(), handlers);
    const end = await runToEnd(engine, distributedMap(), [1]);
    const history = await engine.history(end.record.executionArn, { limit: 100, reverse: false });
    expect(
      history?.events
        .filter(isPublic)
        .map(({ id, previousEventId, type }) => `${id}<${previousEventId} ${type}`),
    ).toEqual([
      "1<0 ExecutionStarted",
      "2<0 MapStateEntered",
      "3<2 MapStateStarted",
      "4<3 MapRunStarted",
      "5<4 MapRunSucceeded",
      "6<5 MapStateSucceeded",
      "7<5 MapStateExited",
      "8<7 ExecutionSucceeded",
    ]);
  });

  test.each(["STANDARD", "EXPRESS"])("counts its %s children and items", async (type) => {
    const { handlers } = fakeFunction(double);
    const store = createMemoryStore();
    const engine = await engineOver(store, handlers);
    const batched = { ...countingReader(10), ItemBatcher: { MaxItemsPerBatch: 4 } };
    const { events } = fakeFunction(double);
    const end = await runToEnd(engine, distributedMap(batched, type));
    const run = await engine.mapRun(await mapRunArnOf(engine, end.record.executionArn));
    expect(run?.status).toBe("SUCCEEDED");
    expect(run?.itemCounts).toMatchObject({ total: 10, succeeded: 10, pending: 0, running: 0 });
    expect(run?.executionCounts).toMatchObject({ total: 3, succeeded: 3 });
    expect(events).toHaveLength(0);
    const children = await store.mapRunChildren({ mapRunArn: run?.mapRunArn ?? "" }, { limit: 10 });
    expect(children.items.map(({ mapRun }) => mapRun?.itemCount)).toEqual([4, 4, 2]);
    expect(children.items[0]?.executionArn).toContain(
      type === "EXPRESS" ? ":express:M/L:" : ":execution:M/L:",
    );
  });

  test("gives a batch the batch's own input, then its items", async () => {
    const { handlers, events } = fakeFunction(() => "done");
    const engine = await engineOver(createMemoryStore(), handlers);
    await runToEnd(
      engine,
      distributedMap({ ItemBatcher: { MaxItemsPerBatch: 2, BatchInput: { "n.$": "$[0]" } } }),
      [7, 8, 9],
    );
    // As text: the order of the members counts. Observed.
    expect(events.map((event) => JSON.stringify(event))).toEqual([
      '{"BatchInput":{"n":7},"Items":[7,8]}',
      '{"BatchInput":{"n":7},"Items":[9]}',
    ]);
  });

  test("makes one batch of all items where nothing limits it", async () => {
    const { handlers, events } = fakeFunction(() => "done");
    const engine = await engineOver(createMemoryStore(), handlers);
    const end = await runToEnd(
      engine,
      distributedMap({ ItemBatcher: { BatchInput: { n: 1 } } }),
      [7, 8, 9],
    );
    expect(events).toEqual([{ BatchInput: { n: 1 }, Items: [7, 8, 9] }]);
    const run = await engine.mapRun(await mapRunArnOf(engine, end.record.executionArn));
    expect(run?.itemCounts).toMatchObject({ total: 3, succeeded: 3 });
    expect(run?.executionCounts).toMatchObject({ total: 1, succeeded: 1 });
  });

  test("shows an item to its ItemSelector with index and source", async () => {
    const { handlers, events } = fakeFunction(() => null);
    const engine = await engineOver(createMemoryStore(), handlers);
    const selector = {
      "i.$": "$$.Map.Item.Index",
      "v.$": "$$.Map.Item.Value",
      "s.$": "$$.Map.Item.Source",
    };
    await runToEnd(engine, distributedMap({ ...countingReader(2), ItemSelector: selector }));
    expect(events).toEqual([
      { i: 0, v: 0, s: "S3://bucket/key" },
      { i: 1, v: 1, s: "S3://bucket/key" },
    ]);
  });

  test("never has more children at work than its concurrency", async () => {
    let working = 0;
    let most = 0;
    const handler = {
      handles: () => true,
      async run() {
        most = Math.max(most, ++working);
        await new Promise((resolve) => setImmediate(resolve));
        working--;
        return { type: "pending" as const };
      },
    };
    const { handlers } = fakeFunction(double);
    const finder = {
      find: () => ({
        ...handler,
        async run(...parameters: Parameters<ReturnType<typeof handlers.find>["run"]>) {
          await handler.run();
          return handlers.find().run(...parameters);
        },
      }),
    };
    const engine = await engineOver(createMemoryStore(), finder);
    await runToEnd(engine, distributedMap({ ...countingReader(30), MaxConcurrency: 3 }));
    expect(most).toBeLessThanOrEqual(3);
  });

  test("goes on when several children end at once after its concurrency was lowered", async () => {
    const gate = Promise.withResolvers<void>();
    let working = 0;
    const handler: TaskHandler = {
      handles: () => true,
      async run({ parameters }) {
        working++;
        await gate.promise;
        return { type: "succeeded", output: parameters };
      },
    };
    const engine = await engineOver(createMemoryStore(), { find: () => handler });
    const definition = distributedMap({ ...countingReader(10), MaxConcurrency: 4 });
    const executionArn = await startMachine(engine, definition);
    while (working < 4) await nextTurn();
    await engine.updateMapRun(await mapRunArnOf(engine, executionArn), { maxConcurrency: 1 });
    gate.resolve();
    await engine.waitUntilClosed(executionArn, 10_000, new AbortController().signal);
    const end = await engine.describeExecution(executionArn);
    expect(end?.record.status).toBe("SUCCEEDED");
  });

  test("fails at the first failed item unless failures are tolerated", async () => {
    const { handlers } = fakeFunction((event) => (event === 1 ? new Error("Odd") : event));
    const engine = await engineOver(createMemoryStore(), handlers);
    const end = await runToEnd(engine, distributedMap(countingReader(3)));
    expect(end).toMatchObject({
      error: "States.ExceedToleratedFailureThreshold",
      cause: "The specified tolerated failure threshold was exceeded",
    });
  });

  test("tolerates as many failures as it says", async () => {
    const { handlers } = fakeFunction((event) => (event === 1 ? new Error("Odd") : event));
    const writer = fakeWriter();
    const engine = await engineOver(createMemoryStore(), handlers, writer);
    const end = await runToEnd(
      engine,
      distributedMap({ ...countingReader(3), ToleratedFailureCount: 1 }),
    );
    expect(end.record.status).toBe("SUCCEEDED");
    expect(writer.written.map(({ status }) => status)).toEqual([
      "SUCCEEDED",
      "FAILED",
      "SUCCEEDED",
    ]);
    expect(writer.written[1]).toMatchObject({
      error: "Odd",
      redriveStatus: "REDRIVABLE_BY_MAP_RUN",
    });
  });

  test("aborts its children when the execution is stopped", async () => {
    const store = createMemoryStore();
    const never = { handles: () => true, run: async () => ({ type: "pending" as const }) };
    const engine = await engineOver(store, { find: () => never });
    const executionArn = await startMachine(engine, distributedMap(countingReader(3)));
    const mapRunArn = await mapRunArnOf(engine, executionArn);
    await expect
      .poll(async () => (await store.mapRunChildren({ mapRunArn }, { limit: 9 })).items.length)
      .toBe(3);
    await engine.stopExecution(executionArn, {});
    await expect.poll(async () => (await engine.mapRun(mapRunArn))?.status).toBe("ABORTED");
    const children = await store.mapRunChildren({ mapRunArn, status: "ABORTED" }, { limit: 9 });
    expect(children.items).toHaveLength(3);
  });

  test("writes its results where its writer says, and names the manifest", async () => {
    const { handlers } = fakeFunction(double);
    const engine = await engineOver(createMemoryStore(), handlers);
    const writer = {
      ResultWriter: {
        Resource: "arn:aws:states:::s3:putObject",
        Parameters: { Bucket: "bucket", Prefix: "p" },
      },
    };
    const end = await runToEnd(engine, distributedMap(writer), [1]);
    expect(end.output?.value).toEqual({
      MapRunArn: expect.stringContaining(":mapRun:M/L:"),
      ResultWriterDetails: { Bucket: "bucket", Key: "manifest.json" },
    });
  });
});

describe("a redrive of a distributed Map", () => {
  test("runs only the children again that failed", async () => {
    let broken = true;
    const { handlers, events } = fakeFunction((event) =>
      event === 1 && broken ? new Error("Odd") : event,
    );
    const engine = await engineOver(createMemoryStore(), handlers);
    const end = await runToEnd(engine, distributedMap({ ...countingReader(4), MaxConcurrency: 1 }));
    expect(end.record.status).toBe("FAILED");
    broken = false;
    const { executionArn } = end.record;
    await nextMillisecond();
    expect(await engine.redriveExecution(executionArn)).toBeDefined();
    await engine.waitUntilClosed(executionArn, 20_000, new AbortController().signal);
    const again = await engine.describeExecution(executionArn);
    expect(again?.output?.value).toEqual([0, 1, 2, 3]);
    expect(events).toEqual([0, 1, 1, 2, 3]);
    expect(again?.record.redriveCount).toBe(1);
  });
});

describe("a distributed Map whose server went away", () => {
  test("goes on where it was: every item once, none twice", async () => {
    const store = createMemoryStore();
    const seen: JsonValue[] = [];
    let hold = true;
    const held = {
      handles: () => true,
      run: ({ parameters }: { parameters: { value: JsonValue } }) => {
        seen.push(parameters.value);
        if (hold && (parameters.value as number) >= 5) return new Promise<never>(() => {});
        return Promise.resolve({
          type: "succeeded" as const,
          output: parameters as never,
        });
      },
    };
    const definition = distributedMap({
      ...countingReader(20),
      MaxConcurrency: 8,
      ToleratedFailureCount: 20,
    });
    const first = await engineOver(store, { find: () => held as never });
    const executionArn = await startMachine(first, definition);
    await expect.poll(() => seen.length).toBeGreaterThanOrEqual(13);
    hold = false;
    // The first engine is left as a killed process would be; a new one takes the store over.
    const second = await engineOver(store, { find: () => held as never });
    await second.waitUntilClosed(executionArn, 20_000, new AbortController().signal);
    const run = await second.mapRun(await mapRunArnOf(second, executionArn));
    expect(run?.itemCounts).toMatchObject({ total: 20, running: 0 });
    expect([...seen].sort((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: 20 }, (_, index) => index),
    );
    // Those whose call was cut have an unknown outcome, and are not repeated.
    expect(run?.itemCounts.failed).toBe(8);
    expect(run?.itemCounts.succeeded).toBe(12);
  });
});

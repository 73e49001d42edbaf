import { describe, expect, test } from "vitest";
import type { JsonValue } from "../../src/expression/json.ts";
import type { Payload } from "../../src/expression/payload.ts";
import type { TaskHandler, TaskOutcome } from "../../src/ports/task-handler.ts";
import type { Engine } from "../../src/runtime/engine.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import { distributedMap, engineOver, nextMillisecond, startMachine } from "./map-run-fixture.ts";

type Behaviour = "holds" | "fails" | "succeeds";

/** A function that does what it is told at the time of the call, in a later turn of the event loop. */
function toldFunction(): {
  behave: Behaviour;
  readonly called: JsonValue[];
  find(): TaskHandler;
} {
  const told = {
    behave: "holds" as Behaviour,
    called: [] as JsonValue[],
    find: () => handler,
  };
  const outcome = (output: Payload): TaskOutcome =>
    told.behave === "fails" ? { type: "failed", error: "Odd" } : { type: "succeeded", output };
  const handler: TaskHandler = {
    handles: () => true,
    async run({ parameters }) {
      told.called.push(parameters.value);
      if (told.behave === "holds") return new Promise<never>(() => {});
      await new Promise((resolve) => setImmediate(resolve));
      return outcome(parameters);
    },
  };
  return told;
}

const itemsOf = (count: number, more: object): object =>
  distributedMap({
    ItemReader: { Resource: "arn:aws:states:::s3:getObject", Parameters: { Count: count } },
    ...more,
  });

const ended = (engine: Engine, executionArn: string): Promise<void> =>
  engine.waitUntilClosed(executionArn, 20_000, new AbortController().signal);

async function mapRunOf(engine: Engine, executionArn: string) {
  const history = await engine.history(executionArn, { limit: 100, reverse: false });
  const started = history?.events.find(({ type }) => type === "MapRunStarted");
  if (started?.type !== "MapRunStarted") throw new Error("there is no Map Run");
  const run = await engine.mapRun(started.details.mapRunArn);
  if (run === undefined) throw new Error("the Map Run is gone");
  return run;
}

describe("a server that takes up a distributed Map", () => {
  test("cuts no attempt that it has begun itself, however many others are left over", async () => {
    const store = createMemoryStore();
    const fn = toldFunction();
    const definition = itemsOf(2_500, { MaxConcurrency: 1_200, ToleratedFailurePercentage: 100 });
    const first = await engineOver(store, fn);
    const executionArn = await startMachine(first, definition);
    await expect.poll(() => fn.called.length).toBe(1_200);
    fn.behave = "succeeds";
    const second = await engineOver(store, fn);
    await ended(second, executionArn);
    const { itemCounts } = await mapRunOf(second, executionArn);
    expect(itemCounts).toMatchObject({ total: 2_500, failed: 1_200, succeeded: 1_300 });
    expect(new Set(fn.called).size).toBe(fn.called.length);
  });

  test("goes on with its redrive: children that had not begun again do so, the others do not", async () => {
    const store = createMemoryStore();
    const fn = toldFunction();
    const definition = itemsOf(4, { MaxConcurrency: 1, ToleratedFailurePercentage: 30 });
    fn.behave = "fails";
    const first = await engineOver(store, fn);
    const executionArn = await startMachine(first, definition);
    await ended(first, executionArn);
    fn.behave = "holds";
    fn.called.length = 0;
    await nextMillisecond();
    expect(await first.redriveExecution(executionArn)).toBeDefined();
    await expect.poll(() => fn.called).toEqual([0]);
    const waiting = await mapRunOf(first, executionArn);
    expect(waiting.itemCounts).toMatchObject({ running: 1, pendingRedrive: 3, failed: 0 });
    expect((await first.pendingRedrives(waiting.mapRunArn)).size).toBe(3);
    fn.behave = "succeeds";
    const second = await engineOver(store, fn);
    await ended(second, executionArn);
    expect(fn.called).toEqual([0, 1, 2, 3]);
    const run = await mapRunOf(second, executionArn);
    expect(run).toMatchObject({ status: "SUCCEEDED", redriveCount: 1 });
    expect(run.itemCounts).toMatchObject({ failed: 1, succeeded: 3, pendingRedrive: 0 });
  });

  test("ends a run whose execution was stopped before the run had ended", async () => {
    const store = createMemoryStore();
    const fn = toldFunction();
    const first = await engineOver(store, fn);
    const executionArn = await startMachine(first, itemsOf(3, {}));
    await expect.poll(() => fn.called.length).toBe(3);
    const underWay = await mapRunOf(first, executionArn);
    await first.stopExecution(executionArn, {});
    const { mapRunArn } = underWay;
    await expect.poll(async () => (await store.mapRun(mapRunArn))?.status).toBe("ABORTED");
    // As if the process had been killed before the last write.
    await store.putMapRun(underWay);
    const second = await engineOver(store, fn);
    const run = await mapRunOf(second, executionArn);
    expect(run.status).toBe("ABORTED");
    expect(run.itemCounts).toMatchObject({ total: 3, running: 0, aborted: 3 });
  });
});

describe("a redrive right after a stop", () => {
  test("waits until the run's children have been stopped, and runs them again", async () => {
    const store = createMemoryStore();
    const fn = toldFunction();
    const engine = await engineOver(store, fn);
    const executionArn = await startMachine(engine, itemsOf(3, {}));
    await expect.poll(() => fn.called.length).toBe(3);
    await engine.stopExecution(executionArn, {});
    fn.behave = "succeeds";
    await nextMillisecond();
    await engine.redriveExecution(executionArn);
    await ended(engine, executionArn);
    const run = await mapRunOf(engine, executionArn);
    expect(run.status).toBe("SUCCEEDED");
    expect(run.itemCounts).toMatchObject({ succeeded: 3, aborted: 0 });
  });
});

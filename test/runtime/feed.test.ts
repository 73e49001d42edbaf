import { expect, test } from "vitest";
import { Payload } from "../../src/expression/payload.ts";
import { awsLimits } from "../../src/machine/limits.ts";
import type { FeedItem, FeedSubscriber } from "../../src/ports/feed.ts";
import { createEngine } from "../../src/runtime/create-engine.ts";
import type { Engine } from "../../src/runtime/engine.ts";
import { systemClock } from "../../src/runtime/system-clock.ts";
import { systemIds } from "../../src/runtime/system-ids.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import { fakeFunction, fakeReader, fakeWriter, runToEnd } from "./map-run-fixture.ts";

const silent = { debug() {}, info() {}, warn() {}, error() {} };

async function engineOver(
  store: ReturnType<typeof createMemoryStore>,
  subscribers: readonly FeedSubscriber[],
): Promise<Engine> {
  return createEngine({
    store,
    clock: systemClock,
    ids: systemIds,
    logger: silent,
    handlers: fakeFunction((event) => event).handlers,
    limits: awsLimits,
    mapRunIo: () => ({ reader: fakeReader, writer: fakeWriter() }),
    subscribers,
    onFailure: (reason) => {
      throw reason;
    },
  });
}

const definition = {
  StartAt: "T",
  States: {
    T: { Type: "Task", Resource: "arn:aws:lambda:us-east-1:000000000000:function:f", Next: "P" },
    P: { Type: "Pass", End: true },
  },
};

test("what is fed is durable already, and all of it in the order of the history", async () => {
  const store = createMemoryStore();
  const fed: FeedItem[] = [];
  const looks: Promise<boolean>[] = [];
  const engine = await engineOver(store, [
    {
      name: "test",
      capacity: 1_000,
      receive(items) {
        fed.push(...items);
        for (const { execution, events } of items) {
          const { executionArn } = execution.record;
          const last = events.at(-1)?.id ?? 0;
          looks.push(
            store
              .journal(executionArn, { reverse: true, limit: 1 })
              .then(([chunk]) => (chunk?.lastEventId ?? -1) >= last),
          );
        }
      },
      startAgain() {},
    },
  ]);
  const { record } = await runToEnd(engine, definition);
  await engine.shutdown(0);
  expect(await Promise.all(looks)).not.toContain(false);
  expect(looks.length).toBeGreaterThan(1);
  const ids = fed.flatMap(({ events }) => events.map(({ id }) => id)).filter((id) => id > 0);
  expect(ids).toEqual(Array.from({ length: ids.length }, (_, index) => index + 1));
  expect(fed.at(-1)).toMatchObject({ status: "SUCCEEDED", stoppedAt: record.stopDate });
  expect(fed.slice(0, -1).every(({ status }) => status === "RUNNING")).toBe(true);
});

test("a subscriber that never comes back holds up no execution", async () => {
  const store = createMemoryStore();
  let given = 0;
  const engine = await engineOver(store, [
    {
      name: "stuck",
      capacity: 5,
      receive(items) {
        given += items.length;
        return new Promise<void>(() => {});
      },
      startAgain: () => new Promise<void>(() => {}),
    },
  ]);
  const { record } = await runToEnd(engine, definition);
  const stateMachine = await engine.directory.get(record.stateMachineArn);
  if (stateMachine === undefined) throw new Error("the machine is gone");
  for (let index = 0; index < 20; index++) {
    const input = Payload.ofValue({ index });
    const { executionArn } = await engine.startExecution({ stateMachine, input });
    await engine.waitUntilClosed(executionArn, 5_000, new AbortController().signal);
    const described = await engine.describeExecution(executionArn);
    expect(described?.record.status).toBe("SUCCEEDED");
  }
  expect(given).toBe(1);
});

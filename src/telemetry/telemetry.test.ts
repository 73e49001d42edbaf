import { expect, test } from "vitest";
import type { JournalEvent } from "../machine/journal/journal-event.ts";
import type { Clock } from "../ports/clock.ts";
import type { FeedExecution } from "../ports/feed.ts";
import type { Logger } from "../ports/logger.ts";
import { createMemoryStore } from "../store/memory/memory-store.ts";
import { Telemetry } from "./telemetry.ts";

const machine = "arn:aws:states:us-east-1:123456789012:stateMachine:Order";
const minute = Date.UTC(2026, 10, 29, 19, 2);
const silent = { debug() {}, info() {}, warn() {}, error() {} } satisfies Logger;

function steppedClock(): Clock & { at: number } {
  return {
    at: minute,
    now() {
      return this.at;
    },
    schedule: () => () => {},
  };
}

function started(telemetry: Telemetry, more: object = {}): void {
  const execution = {
    record: { executionArn: "one", stateMachineArn: machine, startDate: minute, ...more },
    type: "STANDARD",
  } as unknown as FeedExecution;
  const events = ["ExecutionStarted", "PassStateEntered"].map((type, index) => ({
    type,
    id: index + 1,
    previousEventId: index,
    at: minute,
    details: {},
  })) as unknown as readonly JournalEvent[];
  telemetry.executions.happened(execution, events, undefined);
}

const startedMetric = {
  region: "us-east-1",
  namespace: "AWS/States",
  name: "ExecutionsStarted",
  dimensions: { StateMachineArn: machine },
};
const query = { metric: startedMetric, from: minute, to: minute + 600_000, periodMs: 60_000 };

test("minutes of all nodes are added up, stored or not", async () => {
  const store = createMemoryStore();
  const clock = steppedClock();
  const [one, other] = ["one", "other"].map(
    (node) => new Telemetry({ store, clock, logger: silent, node }),
  ) as [Telemetry, Telemetry];
  started(one);
  await one.flush();
  started(one);
  await one.flush();
  started(other);
  await other.flush();
  started(one);
  clock.at += 60_000;
  expect(await one.points([query])).toEqual([
    new Map([[minute, { count: 4, sum: 4, min: 1, max: 1 }]]),
  ]);
  const all = { ...query, metric: { ...startedMetric, dimensions: {} } };
  expect((await other.points([all]))[0]?.get(minute)?.sum).toBe(3);
});

test("usage of a month is that of all nodes, with children of Map Runs counted for their machine", async () => {
  const store = createMemoryStore();
  const clock = steppedClock();
  const one = new Telemetry({ store, clock, logger: silent, node: "one" });
  started(one);
  started(one, { stateMachineArn: `${machine}/Label` });
  await one.close();
  const other = new Telemetry({ store, clock, logger: silent, node: "other" });
  started(other);
  expect(await other.usage("2026-11")).toEqual([
    {
      stateMachineArn: machine,
      type: "STANDARD",
      executions: 3,
      mapRunChildren: 1,
      mapRuns: 0,
      transitions: 3,
      requests: 0,
      gbSeconds: 0,
    },
  ]);
  expect(await other.usageMonths()).toEqual(["2026-11"]);
});

test("minutes that are older than the retention go", async () => {
  const store = createMemoryStore();
  const clock = steppedClock();
  const telemetry = new Telemetry({ store, clock, logger: silent, node: "one" });
  started(telemetry);
  await telemetry.flush();
  clock.at = Date.UTC(2026, 11, 20, 0, 0);
  await telemetry.flush();
  expect((await telemetry.points([query]))[0]?.size).toBe(0);
  expect(await telemetry.metricsSince(0)).toEqual([]);
});

test("what the store does not take is stored with the next minute", async () => {
  const store = createMemoryStore();
  const clock = steppedClock();
  let isDown = true;
  const failing = Object.create(store) as typeof store;
  failing.putDocument = async (record) => {
    if (isDown) throw new Error("the store is away");
    return store.putDocument(record);
  };
  const telemetry = new Telemetry({ store: failing, clock, logger: silent, node: "one" });
  started(telemetry);
  await telemetry.flush();
  started(telemetry);
  isDown = false;
  await telemetry.flush();
  const other = new Telemetry({ store, clock, logger: silent, node: "other" });
  expect((await other.points([query]))[0]?.get(minute)?.sum).toBe(2);
  expect(await other.usage("2026-11")).toMatchObject([{ executions: 2, transitions: 2 }]);
});

test("an hour that is over is summed once for all nodes, and answers what is asked for by the hour", async () => {
  const store = createMemoryStore();
  const clock = steppedClock();
  const [one, other] = ["one", "other"].map(
    (node) => new Telemetry({ store, clock, logger: silent, node }),
  ) as [Telemetry, Telemetry];
  const hour = Date.UTC(2026, 10, 29, 19);
  started(one);
  await one.flush();
  started(other);
  await other.flush();
  clock.at = hour + 3_600_000 + 299_999;
  await one.sumHours(clock.at);
  expect(
    (await store.documents("telemetry.hours", { limit: 400 })).items.map(({ id }) => id),
  ).not.toContain("2026-11-29T19");
  clock.at += 1;
  await one.sumHours(clock.at);
  // Nobody reads the minutes again.
  for (const { collection, id, version } of (
    await store.documents("telemetry.minutes", { limit: 10 })
  ).items) {
    await store.deleteDocument(collection, id, version);
  }
  const hourly = { ...query, from: hour - 7_200_000, to: clock.at, periodMs: 3_600_000 };
  expect((await other.points([hourly]))[0]?.get(hour)?.sum).toBe(2);
});

test("what comes late to an hour that was summed is not lost", async () => {
  const store = createMemoryStore();
  const clock = steppedClock();
  const one = new Telemetry({ store, clock, logger: silent, node: "one" });
  const late = new Telemetry({ store, clock, logger: silent, node: "late" });
  const hour = Date.UTC(2026, 10, 29, 19);
  started(one);
  started(late);
  await one.flush();
  clock.at = hour + 2 * 3_600_000;
  await one.sumHours(clock.at);
  const hourly = { ...query, from: hour, to: clock.at, periodMs: 3_600_000 };
  expect((await one.points([hourly]))[0]?.get(hour)?.sum).toBe(1);
  await late.flush();
  expect((await one.points([hourly]))[0]?.get(hour)?.sum).toBe(2);
});

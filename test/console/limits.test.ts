import { expect, test } from "vitest";
import { ExecutionIndex, type IndexedExecution } from "../../src/console/index/execution-index.ts";
import { rowOf } from "../../src/console/index/summaries.ts";
import { executionsNearLimit } from "../../src/console/limits/near-limits.ts";
import { ResourceLimits } from "../../src/console/limits/resource-limits.ts";
import { noteUsage, type Usage } from "../../src/console/limits/usage.ts";
import { historyEvent, isPublic } from "../../src/machine/journal/history.ts";
import { awsLimits } from "../../src/machine/limits.ts";
import type { FeedItem } from "../../src/ports/feed.ts";
import { maxPollers } from "../../src/service/activity-pollers.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import { followerOf } from "./follow.ts";
import { Drive, machineOf, startOfTime } from "../machine/drive.ts";

const hourMs = 3_600_000;
const running = (more: Partial<IndexedExecution>): IndexedExecution => ({
  executionArn: "arn:e",
  stateMachineArn: "arn:m",
  name: "e",
  stateMachineName: "m",
  type: "STANDARD",
  status: "RUNNING",
  startDate: startOfTime,
  redriveCount: 0,
  ...more,
});
const nearAt = (rows: readonly IndexedExecution[], now = startOfTime) =>
  executionsNearLimit(rows, awsLimits, now).map(({ limit, used, most }) => ({ limit, used, most }));

test("an execution is near the limit of its history from four fifths of it on", () => {
  expect(nearAt([running({ events: 19_999 })])).toEqual([]);
  expect(nearAt([running({ events: 20_000 })])).toEqual([
    { limit: "historyEvents", used: 20_000, most: 25_000 },
  ]);
});

test("one that has ended is near no limit", () => {
  expect(nearAt([running({ events: 24_999, status: "FAILED" })])).toEqual([]);
});

test("the history and the age of an Express execution have limits of their own", () => {
  const express = running({ type: "EXPRESS", events: 24_999 });
  expect(nearAt([express])).toEqual([]);
  expect(nearAt([express], startOfTime + 240_000)).toEqual([
    { limit: "duration", used: 240_000, most: 300_000 },
  ]);
  expect(nearAt([running({})], startOfTime + 240_000)).toEqual([]);
  expect(nearAt([running({})], startOfTime + 8_000 * hourMs)).toHaveLength(1);
});

test("what is nearest comes first", () => {
  const rows = [
    running({ name: "a", largestPayload: 220_000 }),
    running({ name: "b", events: 24_000 }),
  ];
  expect(executionsNearLimit(rows, awsLimits, startOfTime).map(({ name }) => name)).toEqual([
    "b",
    "a",
  ]);
});

test("a server with limits of its own is measured by them", () => {
  const limits = { ...awsLimits, historyEvents: 100 };
  expect(executionsNearLimit([running({ events: 80 })], limits, startOfTime)).toHaveLength(1);
});

const machine = machineOf({
  StartAt: "Small",
  States: {
    Small: { Type: "Pass", Result: "é", Next: "Hold" },
    Hold: { Type: "Wait", Seconds: 60, End: true },
  },
});

test("events and the largest payload are measured as the history shows them", () => {
  const text = "é".repeat(2_000);
  const drive = new Drive(machine).start({ text });
  const usage: Usage = {};
  for (const event of drive.journal) noteUsage(usage, [event], "STANDARD");
  const shown = drive.journal.filter(isPublic).map((event) => historyEvent(event, true));
  expect(usage.events).toBe(shown.at(-1)?.["id"]);
  expect(usage.largestPayload).toBe(Buffer.byteLength(JSON.stringify({ text })));
});

test("the index measures what it is told, and rows do not carry it", async () => {
  const index = new ExecutionIndex(() => Promise.resolve([]));
  await index.loaded();
  const drive = new Drive(machine).start({ text: "x".repeat(5_000) });
  const { executionArn, stateMachineArn, name } = machine.identity;
  const item: FeedItem = {
    sequence: 1,
    execution: {
      record: {
        executionArn,
        stateMachineArn,
        name,
        revisionId: "r",
        status: "RUNNING",
        startDate: startOfTime,
      },
      type: "STANDARD",
      identity: machine.identity,
      logging: undefined,
    },
    events: drive.journal,
    status: "RUNNING",
    stoppedAt: 0,
    redriveCount: 0,
  };
  await followerOf({ index }).receive([item]);
  const [execution] = index.newestFirst();
  expect(execution).toMatchObject({ events: expect.any(Number), largestPayload: 5_011 });
  expect(execution && Object.keys(rowOf(execution))).not.toContain("largestPayload");
});

test("versions, aliases and waiting workers are counted, and not again for half a minute", async () => {
  const store = createMemoryStore();
  const arn = "arn:aws:states:us-east-1:000000000000:stateMachine:m";
  const activityArn = "arn:aws:states:us-east-1:000000000000:activity:a";
  await store.putActivity({ activityArn, name: "a", createdAt: 0, tags: {} });
  const limits = { ...awsLimits, versions: 5, aliases: 5 };
  const revision = {
    stateMachineArn: arn,
    revisionId: "r",
    initial: true,
    createdAt: 0,
    definition: "{}",
    roleArn: "",
  };
  for (let version = 1; version <= 4; version++) {
    await store.putStateMachine(
      {
        stateMachineArn: arn,
        name: "m",
        type: "STANDARD",
        status: "ACTIVE",
        createdAt: 0,
        revisionId: "r",
        lastVersion: version,
        tags: {},
      },
      version === 1 ? revision : undefined,
      { stateMachineArn: arn, version, revisionId: "r", createdAt: 0 },
    );
  }
  let now = 0;
  let waiting = maxPollers - 1;
  const resources = new ResourceLimits(store, { count: () => waiting }, { now: () => now });
  const near = async () =>
    (await resources.near(limits)).map(({ limit, used }) => `${limit} ${used}`);
  expect(await near()).toEqual(["versions 4", `pollers ${maxPollers - 1}`]);
  waiting = 0;
  expect(await near()).toContain(`pollers ${maxPollers - 1}`);
  now = 30_000;
  expect(await near()).toEqual(["versions 4"]);
});

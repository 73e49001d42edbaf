import { expect, test } from "vitest";
import { Payload } from "../../expression/payload.ts";
import type { JournalEvent } from "../../machine/journal/journal-event.ts";
import type { ExecutionRecord } from "../../ports/store.ts";
import { ExpressHistories } from "./express-histories.ts";

const machine = "arn:aws:states:us-east-1:123456789012:stateMachine:m";

function record(name: string, stateMachineArn = machine): ExecutionRecord {
  return {
    executionArn: `${stateMachineArn.replace(":stateMachine:", ":express:")}:${name}:id`,
    stateMachineArn,
    revisionId: "r",
    name,
    status: "RUNNING",
    startDate: 1,
  };
}

function entered(id: number, text = "{}"): JournalEvent {
  return {
    type: "PassStateEntered",
    id,
    previousEventId: id - 1,
    at: id,
    branch: 0,
    payload: Payload.ofText(text),
    details: { name: "Pass" },
    internal: undefined,
  };
}

const retry: JournalEvent = {
  type: "RetryScheduled",
  id: 0,
  previousEventId: 0,
  at: 1,
  branch: 0,
  payload: undefined,
  details: {},
  internal: { retrier: 0, resumeAt: 2 },
};

const plenty = { executions: 10, bytes: 1_000_000, perSecond: 10 };

test("an execution is shown while it runs and after its end, with its public events in order", () => {
  const histories = new ExpressHistories(plenty);
  const trace = histories.begin(record("a"));
  histories.add(trace, [entered(1), entered(2)]);
  histories.add(trace, [retry]);
  histories.add(trace, [entered(3)]);
  const { executionArn } = record("a");
  expect(histories.find(executionArn)?.events.map(({ id }) => id)).toEqual([1, 2, 3]);
  expect(histories.find(executionArn)?.record.status).toBe("RUNNING");
  histories.end(trace, "FAILED", 7);
  expect(histories.find(executionArn)?.record).toMatchObject({ status: "FAILED", stopDate: 7 });
  expect(histories.find(executionArn)?.events).toHaveLength(3);
});

test("the oldest that have ended make room, and those that run stay", () => {
  const histories = new ExpressHistories({ ...plenty, executions: 2 });
  histories.begin(record("running"));
  for (const name of ["a", "b", "c"]) histories.end(histories.begin(record(name)), "SUCCEEDED", 1);
  expect(histories.list({}, { limit: 10 }).records.map(({ name }) => name)).toEqual([
    "c",
    "b",
    "running",
  ]);
});

test("bytes make room as well", () => {
  const histories = new ExpressHistories({ ...plenty, bytes: 100_000 });
  const document = JSON.stringify("x".repeat(5_000));
  for (let count = 0; count < 10; count++) {
    const trace = histories.begin(record(`e${count}`));
    histories.add(trace, [entered(1, document)]);
    histories.end(trace, "SUCCEEDED", 1);
  }
  const names = histories.list({}, { limit: 10 }).records.map(({ name }) => name);
  expect(names).toEqual(["e9", "e8", "e7", "e6"]);
});

test("an execution with very many events keeps its first and its last ones, and says so", () => {
  const histories = new ExpressHistories({ ...plenty, bytes: 10 * 1024 });
  const trace = histories.begin(record("loop"));
  for (let id = 1; id <= 1_000; id++) histories.add(trace, [entered(id)]);
  histories.end(trace, "TIMED_OUT", 1_000);
  const found = histories.find(record("loop").executionArn);
  const ids = found?.events.map(({ id }) => id) ?? [];
  expect(found?.truncated).toBe(true);
  expect(ids.slice(0, 3)).toEqual([1, 2, 3]);
  expect(ids.at(-1)).toBe(1_000);
  expect(ids.length).toBeLessThan(20);
});

test("of many that end within a second some are kept of each outcome; the rest is counted", () => {
  const histories = new ExpressHistories({ ...plenty, perSecond: 2 });
  const end = (name: string, status: "SUCCEEDED" | "FAILED", at: number): void =>
    histories.end(histories.begin(record(name)), status, at);
  for (const name of ["s1", "s2", "s3", "s4"]) end(name, "SUCCEEDED", 500);
  end("f1", "FAILED", 600);
  end("s5", "SUCCEEDED", 1_000);
  const { records, notKept } = histories.list({}, { limit: 10 });
  expect(records.map(({ name }) => name)).toEqual(["s5", "f1", "s2", "s1"]);
  expect(notKept).toBe(2);
});

test("pages follow each other without gaps, though others begin in between", () => {
  const histories = new ExpressHistories(plenty);
  for (let count = 1; count <= 5; count++) histories.begin(record(`e${count}`));
  const first = histories.list({}, { limit: 2 });
  histories.begin(record("late"));
  const second = histories.list({}, { limit: 2, after: first.next as number });
  const third = histories.list({}, { limit: 2, after: second.next as number });
  const names = [first, second, third].flatMap(({ records }) => records.map(({ name }) => name));
  expect(names).toEqual(["e5", "e4", "e3", "e2", "e1"]);
  expect(third.next).toBeUndefined();
});

test("a list has only what was asked for", () => {
  const histories = new ExpressHistories(plenty);
  const other = `${machine}2`;
  histories.end(histories.begin(record("a")), "FAILED", 1);
  histories.end(histories.begin(record("b", other)), "FAILED", 1);
  histories.begin(record("c", other));
  const names = (filter: Parameters<typeof histories.list>[0]): string[] =>
    histories.list(filter, { limit: 10 }).records.map(({ name }) => name);
  expect(names({ stateMachineArn: other })).toEqual(["c", "b"]);
  expect(names({ status: "FAILED" })).toEqual(["b", "a"]);
  expect(names({ stateMachineArn: other, status: "RUNNING" })).toEqual(["c"]);
});

test("a document that several events in a row have counts once", () => {
  const histories = new ExpressHistories(plenty);
  const trace = histories.begin(record("a"));
  const payload = Payload.ofText('"12345678"');
  const events = [entered(1), entered(2), entered(3)].map((event) => ({ ...event, payload }));
  histories.add(trace, events as JournalEvent[]);
  expect(trace.characters).toBe(10);
});

import { expect, test } from "vitest";
import type { JournalEvent } from "../machine/journal/journal-event.ts";
import type { ExecutionRecord } from "../ports/store.ts";
import { createMapRunIdleness } from "./map-run-idleness.ts";

function execution(executionArn: string, mapRunArn?: string): ExecutionRecord {
  const mapRun = mapRunArn === undefined ? {} : { mapRun: { mapRunArn, index: 0, itemCount: 1 } };
  return { executionArn, ...mapRun } as ExecutionRecord;
}

function event(type: JournalEvent["type"], details: object = {}): JournalEvent {
  return { type, branch: 1, details } as JournalEvent;
}

const parent = execution("parent");
const child = execution("child", "run");

test("a Map Run is busy by itself before its first child, between children and after its last one", () => {
  const runs = createMapRunIdleness();
  expect(runs.busy()).toBe(false);
  runs.note(parent, [event("MapRunStarted", { mapRunArn: "run" })]);
  expect(runs.busy()).toBe(true);
  runs.note(child, [event("ExecutionStarted"), event("WaitStateEntered")]);
  expect(runs.busy()).toBe(false);
  runs.note(child, [event("ExecutionSucceeded")]);
  expect(runs.busy()).toBe(true);
  runs.note(parent, [event("MapRunSucceeded")]);
  expect(runs.busy()).toBe(false);
});

test("a Map Run ends with the execution that started it", () => {
  const runs = createMapRunIdleness();
  runs.note(parent, [event("MapRunStarted", { mapRunArn: "run" })]);
  runs.note(execution("parent 2"), [event("ExecutionFailed")]);
  expect(runs.busy()).toBe(true);
  runs.note(parent, [event("ExecutionTimedOut")]);
  expect(runs.busy()).toBe(false);
});

import { expect, test } from "vitest";
import {
  batchBytes,
  batchEvents,
  batchSize,
  bytesBesideMessage,
  queuedEvent,
} from "./log-batch.ts";

test("a call takes at most 10,000 events", () => {
  const events = Array.from({ length: batchEvents + 5 }, () => queuedEvent(1, "x"));
  expect(batchSize(events)).toBe(batchEvents);
});

test("a call takes at most 1 MB, with 26 bytes beside each message", () => {
  const half = "x".repeat(batchBytes / 2 - bytesBesideMessage);
  expect(batchSize([queuedEvent(1, half), queuedEvent(1, half)])).toBe(2);
  expect(batchSize([queuedEvent(1, half), queuedEvent(1, `${half}x`)])).toBe(1);
});

test("messages count in bytes of UTF-8", () => {
  expect(queuedEvent(1, "é€😀").bytes).toBe(2 + 3 + 4 + bytesBesideMessage);
});

test("a call spans less than 24 hours, in whichever order its events came", () => {
  const day = 24 * 60 * 60 * 1_000;
  const at = (time: number) => queuedEvent(time, "x");
  expect(batchSize([at(0), at(day - 1), at(1)])).toBe(3);
  expect(batchSize([at(0), at(day)])).toBe(1);
  expect(batchSize([at(day), at(1), at(0)])).toBe(2);
});

test("nothing is no batch", () => {
  expect(batchSize([])).toBe(0);
});

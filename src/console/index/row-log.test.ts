import { expect, test } from "vitest";
import type { IndexedExecution } from "./execution-index.ts";
import { RowLog } from "./row-log.ts";

const row = (executionArn: string) => ({ executionArn }) as IndexedExecution;
const arnsSince = (log: RowLog, position: string) =>
  log.since(position)?.map(({ executionArn }) => executionArn);

test("a position leads to each row that has changed since, once", () => {
  const log = new RowLog();
  log.rowsChanged([row("a"), row("b")]);
  const { position } = log;
  expect(arnsSince(log, position)).toEqual([]);
  log.rowsChanged([row("c"), row("a")]);
  log.rowsChanged([row("c")]);
  expect(arnsSince(log, position)).toEqual(["a", "c"]);
});

test("what was forgotten, lost, or told by another process is not known", () => {
  const log = new RowLog(2);
  const { position } = log;
  log.rowsChanged([row("a"), row("b")]);
  expect(arnsSince(log, position)).toEqual(["a", "b"]);
  log.rowsChanged([row("c")]);
  expect(arnsSince(log, position)).toBeUndefined();
  expect(log.since(new RowLog().position)).toBeUndefined();
  expect(log.since("nonsense")).toBeUndefined();
  const newest = log.position;
  log.rowsLost();
  expect(log.since(newest)).toBeUndefined();
});

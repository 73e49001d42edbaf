import { expect, test } from "vitest";
import type { ExecutionRow } from "../../../../src/console/view-types.ts";
import { addPage, changeRows, readList, reread, reveal } from "./execution-list.ts";

const row = (id: number, more: Partial<ExecutionRow> = {}): ExecutionRow => ({
  executionArn: `arn:${id}`,
  name: String(id),
  stateMachineArn: "arn:m",
  stateMachineName: "m",
  type: "STANDARD",
  status: "RUNNING",
  startDate: id,
  redriveCount: 0,
  ...more,
});
const names = (rows: readonly ExecutionRow[]) => rows.map(({ name }) => name);
const list = readList("", { rows: [row(2), row(1)] });

test("a row that is shown changes where it is", () => {
  const changed = changeRows(list, [row(1, { status: "SUCCEEDED" })], () => false);
  expect(changed.rows.map(({ status }) => status)).toEqual(["RUNNING", "SUCCEEDED"]);
  expect(changed.waiting).toEqual([]);
});

test("a new row waits until it is asked for", () => {
  const changed = changeRows(list, [row(4), row(3)], ({ name }) => name !== "3");
  expect(names(changed.rows)).toEqual(["2", "1"]);
  expect(names(changed.waiting)).toEqual(["4"]);
  expect(names(reveal(changed).rows)).toEqual(["4", "2", "1"]);
});

test("a row that waits and no longer matches does not wait any more", () => {
  const waiting = changeRows(list, [row(3)], () => true);
  expect(changeRows(waiting, [row(3)], () => false).waiting).toEqual([]);
});

test("the state that failed is not forgotten by a change that does not name it", () => {
  const ended = { status: "FAILED", stopDate: 9 } as const;
  const known = readList("", { rows: [row(1, { ...ended, failedState: "Pay" })] });
  expect(changeRows(known, [row(1, ended)], () => true).rows[0]?.failedState).toBe("Pay");
  const again = changeRows(known, [row(1)], () => true);
  expect(again.rows[0]?.failedState).toBeUndefined();
});

test("a page that has nothing in common with what is shown leaves a gap", () => {
  expect(reread(list, { rows: [row(9)], next: "arn:9" }).hasGap).toBe(true);
  expect(reread(list, { rows: [row(3), row(2)], next: "arn:2" }).hasGap).toBe(false);
});

test("a further page adds each execution once", () => {
  const more = addPage(list, { rows: [row(1), row(0)], next: "arn:0" });
  expect(names(more.rows)).toEqual(["2", "1", "0"]);
  expect(more.next).toBe("arn:0");
});

import { expect, test } from "vitest";
import {
  groupOf,
  listedWorkflows,
  ownerOf,
  sortedWorkflows,
  tagGroups,
  type ListedWorkflow,
} from "./workflow-list.ts";

function workflow(name: string, tags: Readonly<Record<string, string>> = {}): ListedWorkflow {
  const stateMachineArn = `arn:aws:states:us-east-1:000000000000:stateMachine:${name}`;
  const row = {
    stateMachineArn,
    name,
    type: "STANDARD",
    creationDate: 0,
    running: 0,
    succeeded: 0,
    failed: 0,
    started: [],
  } as const;
  const [listed = row] = listedWorkflows(
    [row],
    [{ stateMachineArn, updatedAt: name.length, tags, aliases: [] }],
  );
  return listed;
}

const rows = [
  workflow("orders", { team: "shop", "cost:center": "7" }),
  workflow("invoices", { Owner: "ada", team: "money" }),
  workflow("ship"),
];
const byName = { column: "name", isDescending: false } as const;
const names = (found: readonly ListedWorkflow[]) => found.map(({ name }) => name);

test("who owns a workflow is its tag owner, or else its team", () => {
  expect(rows.map(ownerOf)).toEqual(["shop", "ada", undefined]);
});

test("those that are pinned come first, in either direction", () => {
  const pins = new Set(["arn:aws:states:us-east-1:000000000000:stateMachine:ship"]);
  const all = { filter: "" };
  expect(names(sortedWorkflows(rows, all, byName, pins))).toEqual(["ship", "invoices", "orders"]);
  const descending = { column: "name", isDescending: true } as const;
  expect(names(sortedWorkflows(rows, all, descending, pins))).toEqual([
    "ship",
    "orders",
    "invoices",
  ]);
});

test("a tag is one of the words that are looked for, and a filter of its own", () => {
  expect(names(sortedWorkflows(rows, { filter: "money" }, byName))).toEqual(["invoices"]);
  expect(names(sortedWorkflows(rows, { filter: "", tag: "team=shop" }, byName))).toEqual([
    "orders",
  ]);
  expect(names(sortedWorkflows(rows, { filter: "", tag: "team=sho" }, byName))).toEqual([]);
});

test("workflows are grouped by a key, or by what keys have in common", () => {
  expect(tagGroups(rows)).toEqual(["cost", "cost:center", "Owner", "team"]);
  expect(rows.map((row) => groupOf(row, "team"))).toEqual(["shop", "money", undefined]);
  expect(rows.map((row) => groupOf(row, "cost"))).toEqual(["center=7", undefined, undefined]);
});

test("what has no owner is last in either direction", () => {
  for (const isDescending of [false, true]) {
    const sorted = sortedWorkflows(rows, { filter: "" }, { column: "owner", isDescending });
    expect(names(sorted).at(-1)).toBe("ship");
  }
});

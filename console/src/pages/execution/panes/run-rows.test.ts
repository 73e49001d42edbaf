import { expect, test } from "vitest";
import type { VisitView } from "../../../../../src/console/view-types.ts";
import { holdersOf, shownRows, treeOf, visitMatches, type RunRow } from "./run-rows.ts";

function visit(id: number, name: string, more: Partial<VisitView> = {}): VisitView {
  return {
    id,
    parent: 0,
    lane: 0,
    key: `/${name}`,
    name,
    type: "Task",
    status: "succeeded",
    enteredAt: id * 10,
    exitedAt: id * 10 + 5,
    attempts: [],
    within: 0,
    ...more,
  };
}

const none: ReadonlySet<string> = new Set();

function lines(rows: readonly RunRow[]): readonly string[] {
  return rows.map(
    ({ visit: state, lane, level }) =>
      "  ".repeat(level - 1) + (state?.name ?? `${lane?.kind} ${lane?.index}`),
  );
}

const run = [
  visit(1, "Start"),
  visit(2, "Both", { type: "Parallel" }),
  visit(3, "Right", { parent: 2, lane: 1 }),
  visit(4, "Left", { parent: 2, lane: 0 }),
  visit(5, "Left too", { parent: 2, lane: 0, status: "failed", error: "Broken" }),
  visit(6, "End"),
];

test("rows are in order of entry, and within branches in the order of the branches", () => {
  expect(lines(shownRows(treeOf(run), none))).toEqual([
    "Start",
    "Both",
    "  branch 0",
    "    Left",
    "    Left too",
    "  branch 1",
    "    Right",
    "End",
  ]);
});

test("a branch lasts from its first state to its last, and is as that is", () => {
  const [, , branch] = shownRows(treeOf(run), none);
  expect(branch?.lane).toEqual({
    kind: "branch",
    index: 0,
    status: "failed",
    from: 40,
    to: 55,
    error: "Broken",
  });
  expect(branch).toMatchObject({ level: 2, position: 1, siblings: 2 });
});

test("what is closed hides what it holds", () => {
  expect(lines(shownRows(treeOf(run), new Set(["v2"])))).toEqual(["Start", "Both", "End"]);
});

test("the items of a Map are closed at first, when there are many", () => {
  const items = Array.from({ length: 20 }, (_, lane) => visit(lane + 2, "In", { parent: 1, lane }));
  const tree = treeOf([visit(1, "Map", { type: "Map" }), ...items]);
  expect(shownRows(tree, none)).toHaveLength(21);
  expect(lines(shownRows(tree, new Set(["l1:3"]))).slice(4, 7)).toEqual([
    "  item 3",
    "    In",
    "  item 4",
  ]);
});

test("what is looked for is shown with what holds it, closed or not", () => {
  const rows = shownRows(treeOf(run), new Set(["v2"]), visitMatches("broken left"));
  expect(lines(rows)).toEqual(["Both", "  branch 0", "    Left too"]);
});

test("holders are told from the inside out", () => {
  expect(holdersOf(treeOf(run), 5).map(({ id }) => id)).toEqual(["l2:0", "v2"]);
  expect(holdersOf(treeOf(run), 1)).toEqual([]);
});

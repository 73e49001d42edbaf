import { expect, test } from "vitest";
import { compileFilter, parseFilter } from "../../../src/console/filter.ts";
import { startedWithin, windowOf, windowSearch } from "./window-search.ts";

test("a window is both ends in their order, or none", () => {
  expect(windowSearch({ from: "1000", to: 2_000 })).toEqual({ from: 1_000, to: 2_000 });
  for (const wrong of [
    { from: 1 },
    { from: 2, to: 1 },
    { from: "x", to: 3 },
    { from: 1, to: 9e15 },
  ]) {
    expect(windowOf(windowSearch(wrong)), JSON.stringify(wrong)).toBeUndefined();
  }
});

test("the list is filtered by the very window", () => {
  const window = { from: Date.UTC(2026, 0, 1, 12), to: Date.UTC(2026, 0, 1, 13) };
  const { terms, problems } = parseFilter(startedWithin(window));
  expect(problems).toEqual([]);
  const isWithin = compileFilter(terms, window.to);
  const at = (startDate: number) =>
    isWithin({
      name: "",
      stateMachineName: "",
      type: "STANDARD",
      status: "RUNNING",
      redriveCount: 0,
      startDate,
    });
  expect([window.from - 1, window.from, window.to - 1, window.to].map(at)).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

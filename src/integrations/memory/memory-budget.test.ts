import { expect, test } from "vitest";
import { MemoryBudget } from "./memory-budget.ts";

test("what may be forgotten makes room, as much as is needed", () => {
  const budget = new MemoryBudget(100);
  const kept = [30, 30, 30];
  for (const bytes of kept) budget.take(bytes);
  budget.onFull(() => {
    const oldest = kept.shift();
    if (oldest !== undefined) budget.give(oldest);
    return oldest !== undefined;
  });
  expect(budget.take(50)).toBe(true);
  expect(kept).toEqual([30]);
  expect(budget.usedBytes).toBe(80);
  expect(budget.take(101)).toBe(false);
  expect(kept).toEqual([30]);
});

test("where nothing may be forgotten, nothing more is taken", () => {
  const budget = new MemoryBudget(100);
  budget.take(90);
  expect(budget.take(20)).toBe(false);
  expect(budget.usedBytes).toBe(90);
});

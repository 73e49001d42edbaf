import { expect, test } from "vitest";
import { isNestedDeeperThan } from "./json-depth.ts";

test("levels are counted, wherever they are, and brackets in strings are not", () => {
  expect(isNestedDeeperThan('[[{"a":[1]}]]', 4)).toBe(false);
  expect(isNestedDeeperThan('[[{"a":[1]}]]', 3)).toBe(true);
  expect(isNestedDeeperThan("[[],[],[],[],[[]]]", 3)).toBe(false);
  expect(isNestedDeeperThan("[[],[],[],[],[[]]]", 2)).toBe(true);
  expect(isNestedDeeperThan('["[[[[\\"[[[[", "\\\\"]', 1)).toBe(false);
  expect(isNestedDeeperThan("[]", 0)).toBe(true);
  expect(isNestedDeeperThan("1", 1)).toBe(false);
});

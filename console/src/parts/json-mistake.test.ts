import { expect, test } from "vitest";
import { formatJson } from "./format-json.ts";
import { jsonMistake } from "./json-mistake.ts";

test.each([
  ["", 1, 1, "value"],
  ['{\n  "a": 1,\n}', 3, 1, "name"],
  ['{"a" 1}', 1, 6, "colon"],
  ['{"a": 1 "b": 2}', 1, 9, "commaOrObjectEnd"],
  ["[1 2]", 1, 4, "commaOrArrayEnd"],
  ["[1,]", 1, 4, "value"],
  ["[01]", 1, 2, "value"],
  ['["open]', 1, 2, "string"],
  ['"\\x"', 1, 1, "string"],
  ["{} {}", 1, 4, "extra"],
  ["{'a': 1}", 1, 2, "name"],
  ['{"a": tru}', 1, 7, "value"],
])("the first mistake of %j is found", (text, line, column, expected) => {
  expect(jsonMistake(text)).toMatchObject({ line, column, expected });
});

test("what is JSON has no mistake", () => {
  expect(jsonMistake(' {"a": [1, -2.5e+3, "\\u00e9", null, {}, []]} ')).toBeUndefined();
});

test("a text of nothing but brackets is a mistake, not an overflow", () => {
  expect(jsonMistake("[".repeat(200_000))).toMatchObject({ expected: "value" });
});

test("a long text that is not closed is found at once", () => {
  const text = `{"a": "${"x".repeat(100_000)}`;
  const before = performance.now();
  expect(jsonMistake(text)).toMatchObject({ expected: "string" });
  formatJson(text);
  expect(performance.now() - before).toBeLessThan(2_000);
});

test("a new layout keeps digits and escapes", () => {
  expect(
    formatJson('{"n":1.10,"big":12345678901234567890,"t":"a\\u0041 {","e":{},"l":[1,[]]}'),
  ).toBe(
    '{\n  "n": 1.10,\n  "big": 12345678901234567890,\n  "t": "a\\u0041 {",\n  "e": {},\n  "l": [\n    1,\n    []\n  ]\n}',
  );
});

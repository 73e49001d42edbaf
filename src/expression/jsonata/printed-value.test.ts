import fc from "fast-check";
import { expect, test } from "vitest";
import { printedValue } from "./printed-value.ts";
import type { Value } from "./value.ts";

test("what is short is quoted as JSON text", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      fc.pre(JSON.stringify(value).length <= 32_768);
      expect(printedValue(value as Value)).toBe(JSON.stringify(value));
    }),
  );
});

test("of what is long the beginning is quoted, however often the same is in it, and however deep", () => {
  const deep = JSON.parse("[".repeat(900) + "]".repeat(900)) as Value;
  const again: Value = Array(200_000).fill(Array(200_000).fill(deep));
  expect(printedValue(again)).toBe(
    `[[${Array(100).fill(JSON.stringify(deep)).join()}`.slice(0, 32_768),
  );
  expect(printedValue({ a: "x".repeat(1_000_000) })).toBe(`{"a":"${"x".repeat(32_762)}`);
  let endless: Value = 1;
  for (let depth = 0; depth < 100_000; depth++) endless = [endless];
  expect(printedValue(endless)).toMatch(/^\[{1000,}\]*$/);
});

import { expect, test } from "vitest";
import type { JsonValue } from "../expression/json.ts";
import { substitutePlaceholders } from "./placeholders.ts";

function substitute(value: JsonValue, defined: Record<string, string>): JsonValue {
  return substitutePlaceholders(value, new Map(Object.entries(defined)));
}

test("a placeholder is filled in wherever it is in a string, and the others stay", () => {
  const filled = substitute({ a: ["arn:${Account}:${Name}"] }, { Account: "1" });
  expect(filled).toEqual({ a: ["arn:1:${Name}"] });
});

test("a string that is only a placeholder takes the type of a number or a boolean", () => {
  const value = { Seconds: "${S}", Flag: "${F}", Text: "in ${S} s" };
  expect(substitute(value, { S: "30", F: "true" })).toEqual({
    Seconds: 30,
    Flag: true,
    Text: "in 30 s",
  });
});

test("an account number stays a text", () => {
  expect(substitute("${A}", { A: "123456789012" })).toBe("123456789012");
  expect(substitute("${A}", { A: "012" })).toBe("012");
});

test("a value that looks like a replacement pattern or a placeholder is taken as it is", () => {
  expect(substitute("<${A}>", { A: "$&${B}", B: "no" })).toBe("<$&${B}>");
});

test("a member named __proto__ stays a member", () => {
  const value = JSON.parse('{"__proto__": "${A}"}') as JsonValue;
  expect(JSON.stringify(substitute(value, { A: "x" }))).toBe('{"__proto__":"x"}');
});

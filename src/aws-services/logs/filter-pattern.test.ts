import { expect, test } from "vitest";
import { filterPattern } from "./filter-pattern.ts";

test.each([
  ["", "anything", true],
  ["ERROR", "an ERROR", true],
  ["ERROR", "an error", false],
  ["one two", "two, one", true],
  ["one two", "one", false],
  ["?one ?two", "two", true],
  ["?one ?two", "three", false],
  ["one -two", "one two", false],
  ['"one two"', "one  two", false],
  ['"one two"', "one two", true],
  ['{ $.level = "WARN" }', '{"level":"WARN"}', true],
  ['{ $.a.b != "x" }', '{"a":{"b":"y"}}', true],
  ['{ $.a.b != "x" }', '{"a":{}}', false],
  ["{ $.n >= 3 }", '{"n":3}', true],
  ["{ $.n < 3 }", '{"n":3}', false],
  ['{ $.id = "a*c*e" }', '{"id":"abcde"}', true],
  ['{ $.id = "a*ab" }', '{"id":"ab"}', false],
  ['{ $.id = "x" }', "no JSON", false],
])("%j finds %j: %j", (pattern, message, isFound) => {
  expect(filterPattern(pattern)(message)).toBe(isFound);
});

test.each(["[a, b]", "{ $.a = 1 && $.b = 2 }", "%regex%"])("%j is refused", (pattern) => {
  expect(() => filterPattern(pattern)).toThrow("Stepwell filters by terms");
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { describeJsonError, textPosition } from "./json-error.ts";
import { maximumJsonDepth } from "../../expression/json-depth.ts";
import { parseJsonText } from "./json-text.ts";

const values = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

test.each([
  ["nope", `Unrecognized token 'nope': was expecting ${values}`, 0],
  ['{"a": tru}', `Unrecognized token 'tru': was expecting ${values}`, 6],
  ['{"a": }', `Unexpected character ('}' (code 125)): expected a valid value ${values}`, 6],
  [
    '{"a": 1,}',
    "Unexpected character ('}' (code 125)): was expecting double-quote to start field name",
    8,
  ],
  [
    "{a: 1}",
    "Unexpected character ('a' (code 97)): was expecting double-quote to start field name",
    1,
  ],
  [
    '{"a" 1}',
    "Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value",
    5,
  ],
  [
    '{"a": 1 "b": 2}',
    "Unexpected character ('\"' (code 34)): was expecting comma to separate Object entries",
    8,
  ],
  [
    "[1 2]",
    "Unexpected character ('2' (code 50)): was expecting comma to separate Array entries",
    3,
  ],
  ["[1,]", `Unexpected character (']' (code 93)): expected a valid value ${values}`, 3],
  ["{} {}", "Trailing token found after value", 3],
  ["[01]", "Invalid numeric value: Leading zeroes not allowed", 1],
  ["[1.]", "Invalid numeric value: '1.'", 1],
  ["", "Unexpected end-of-input", 0],
  ['{"a": [', "Unexpected end-of-input: expected close marker for Array", 7],
  ['{"a', "Unexpected end-of-input in field name", 3],
  ['["a', "Unexpected end-of-input: was expecting closing quote for a string value", 3],
  ['["\\x"]', "Unrecognized character escape 'x' (code 120)", 2],
  ['["\\u12"]', "Unrecognized character escape 'u' (code 117)", 2],
  [
    '["a\nb"]',
    "Illegal unquoted character ((CTRL-CHAR, code 10)): has to be escaped using backslash to be included in string value",
    3,
  ],
])("%j: %s", (text, message, offset) => {
  expect(() => JSON.parse(text)).toThrow(SyntaxError);
  expect(describeJsonError(text)).toEqual({ message, offset });
});

test("what comes before the mistake may be any JSON", () => {
  const text = String.raw`[[], {}, {"a": {"b\"\u00e9": [-1.5e+3, true, false, null]}}, x]`;
  expect(describeJsonError(text).offset).toBe(text.length - 2);
});

test("an offset is a line and a column, from 1", () => {
  expect(textPosition("ab\ncd", 4)).toEqual({ line: 2, column: 2 });
  expect(textPosition("", 0)).toEqual({ line: 1, column: 1 });
});

test("nesting is limited", () => {
  const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
  expect(parseJsonText(nested(maximumJsonDepth)).error).toBeUndefined();
  expect(parseJsonText(nested(maximumJsonDepth + 1)).error?.message).toMatch(/nesting depth/);
});

test("law: whatever JSON.parse refuses gets a description with a place in the text", () => {
  const fragments = fc.constantFrom(
    '"',
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "1",
    "-",
    "tru",
    "\\",
    "\n",
    " ",
  );
  fc.assert(
    fc.property(fc.array(fragments, { maxLength: 12 }), (parts) => {
      const text = parts.join("");
      const { error } = parseJsonText(text);
      if (error === undefined) {
        JSON.parse(text);
        return;
      }
      expect(() => JSON.parse(text)).toThrow(SyntaxError);
      expect(error.offset).toBeLessThanOrEqual(text.length);
      expect(error.message).not.toBe("");
    }),
    { numRuns: 2000 },
  );
});

import { expect, test } from "vitest";
import { parameterText, readerOf } from "./values.ts";

const text = 25;

test.each(["", "plain", "\0", "a\0b\u0001c", "\u0001a\u0001b", "\0\0", 'quote " and \\'])(
  "the text %j is read as it was written, and has no U+0000 on the way",
  (value) => {
    const stored = parameterText(value);
    expect(stored).not.toContain("\0");
    expect(readerOf(text)(stored ?? "")).toBe(value);
  },
);

test("texts of JSON are stored as they are", () => {
  const value = JSON.stringify({ "a\0": "\u0001" });
  expect(parameterText(value)).toBe(value);
});

test.each([
  [[], "{}"],
  [[1, null, -2.5], "{1,NULL,-2.5}"],
  [[true, false, null], "{true,false,NULL}"],
  [["a", "NULL", null, ""], '{"a","NULL",NULL,""}'],
  [['"', "\\", "{,}"], '{"\\"","\\\\","{,}"}'],
])("the array %j is %s", (values, expected) => {
  expect(parameterText(values)).toBe(expected);
});

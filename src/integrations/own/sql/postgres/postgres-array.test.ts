import { expect, test } from "vitest";
import { arrayFrom } from "./postgres-array.ts";

test.each([
  ["{}", []],
  ["{1,2}", ["1", "2"]],
  ['{NULL,"NULL",null}', [null, "NULL", "null"]],
  ['{"a \\"b\\"","c,d","\\\\","{}"}', ['a "b"', "c,d", "\\", "{}"]],
  [
    "{{1,2},{3,NULL}}",
    [
      ["1", "2"],
      ["3", null],
    ],
  ],
  ["[0:1]={1,2}", ["1", "2"]],
  ['{""}', [""]],
  // What the server never writes ends all the same.
  ['{1,"2', ["1", "2"]],
  ["no array", "no array"],
])("%s", (text, expected) => {
  expect(arrayFrom(text, (element) => element)).toEqual(expected);
});

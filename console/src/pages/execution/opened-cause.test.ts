import { expect, test } from "vitest";
import { opened } from "./opened-cause.ts";

test.each([
  ["no money", "no money"],
  ['"a text"', "a text"],
  ["12", "12"],
  ['{"errorMessage":"x","trace":["a","b"]}', '"errorMessage": "x"'],
  [JSON.stringify({ Error: "E", Cause: JSON.stringify({ deep: 1 }) }), '"deep": 1'],
  [JSON.stringify({ stack: "one\ntwo" }), "one\ntwo"],
  ["{broken", "{broken"],
])("%s is shown so that it can be read", (cause, shown) => {
  expect(opened(cause)).toContain(shown);
});

import { expect, test } from "vitest";
import { checkLimit, decodePosition, encodePosition } from "./page-position.ts";

test.each([
  { key: 1_700_000_000_000, id: 12 },
  { key: 1_700_000_000_000.5, id: 1 },
  { key: -1, id: 0 },
])("the position $key, $id is read as it was written", (position) => {
  expect(decodePosition(encodePosition(position))).toEqual(position);
});

test.each(["", "5", "5_", "_5", "5_5_5", "a_b", "5_Infinity", "NaN_1"])(
  "the text '%s' is no position",
  (text) => {
    expect(() => decodePosition(text)).toThrow(/not the position/);
  },
);

test.each([0, -1, 1.5, NaN, Infinity])("%f is no limit", (limit) => {
  expect(() => checkLimit(limit)).toThrow(/limit/);
});

import { expect, test } from "vitest";
import { decodeListing, encodeListing } from "./listing-position.ts";

test.each([
  { startDate: 1_700_000_000_000, id: "9223372036854775807", part: 255 },
  { startDate: -1, id: "0", part: 0 },
])("the position $startDate, $id, $part is read as it was written", (position) => {
  expect(decodeListing(encodeListing(position))).toEqual(position);
});

test.each(["", "1_2", "1_2_", "1_-2_3", "a_2_3", "1_2_3_4", "1.5_2_3"])(
  "the text '%s' is no position",
  (text) => {
    expect(() => decodeListing(text)).toThrow(/not the position/);
  },
);

import fc from "fast-check";
import { expect, test } from "vitest";
import { formatTimestamp, parseTimestamp } from "./timestamp.ts";

test("a timestamp of the profile gives its instant", () => {
  expect(parseTimestamp("2016-03-14T01:59:00Z")).toBe(Date.UTC(2016, 2, 14, 1, 59));
  expect(parseTimestamp("2016-03-14T01:59:00+09:30")).toBe(Date.UTC(2016, 2, 13, 16, 29));
  expect(parseTimestamp("2016-03-14T01:59:00-18:00")).toBe(Date.UTC(2016, 2, 14, 19, 59));
  expect(parseTimestamp("1970-01-01T00:00:00.5Z")).toBe(500);
  expect(parseTimestamp("1970-01-01T00:00:00.123456789Z")).toBe(123.456789);
  expect(parseTimestamp("1969-12-31T23:59:59.750Z")).toBe(-250);
  expect(parseTimestamp("0001-01-01T00:00:00Z")).toBe(-62_135_596_800_000);
  expect(parseTimestamp("2000-02-29T00:00:00Z")).toBe(Date.UTC(2000, 1, 29));
  expect(parseTimestamp("2024-02-29T23:59:59Z")).toBe(Date.UTC(2024, 1, 29, 23, 59, 59));
});

test.each([
  "2016-12-05 21:29:29Z",
  "2016-12-05T21:29:29",
  "2016-12-05T25:29:29Z",
  "05-12-2016T21:29:29Z",
  "2016-12-05t21:29:29Z",
  "2016-12-05T21:29:29z",
  "2016-12-05T21:29Z",
  "2016-12-05T24:00:00Z",
  "2016-12-05T21:60:29Z",
  "2016-12-31T23:59:60Z",
  "2016-13-05T21:29:29Z",
  "2016-00-05T21:29:29Z",
  "2016-04-31T21:29:29Z",
  "2016-12-32T21:29:29Z",
  "2016-12-00T21:29:29Z",
  "2023-02-29T00:00:00Z",
  "1900-02-29T00:00:00Z",
  "2016-12-05T21:29:29.Z",
  "2016-12-05T21:29:29.1234567890Z",
  "2016-12-05T21:29:29+0900",
  "2016-12-05T21:29:29+09",
  "2016-12-05T21:29:29+19:00",
  "2016-12-05T21:29:29+18:01",
  "2016-12-05T21:29:29+09:60",
  "2016-12-05",
  " 2016-12-05T21:29:29Z",
  "2016-12-05T21:29:29Z\n",
  "+002016-12-05T21:29:29Z",
  "",
])("%j is none", (text) => {
  expect(parseTimestamp(text)).toBeUndefined();
});

test("the fraction is written only if there is one", () => {
  expect(formatTimestamp(0)).toBe("1970-01-01T00:00:00Z");
  expect(formatTimestamp(1_700_000_000_120)).toBe("2023-11-14T22:13:20.120Z");
});

test("what is written is read as the same instant", () => {
  fc.assert(
    fc.property(fc.integer({ min: -62_000_000_000_000, max: 250_000_000_000_000 }), (ms) => {
      expect(parseTimestamp(formatTimestamp(ms))).toBe(ms);
    }),
  );
});

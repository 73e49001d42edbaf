import { expect, test } from "vitest";
import { trendOf } from "./trend.ts";

const hour = 3_600_000;
const now = 100 * hour;
const since = (hours: number, count: number) => ({ count, firstAt: now - hours * hour });

test("what came up within the hour is new", () => {
  expect(trendOf(since(0.5, 40), 40, now)).toBe("new");
});

test("the last hour is compared with an hour of the day before", () => {
  expect(trendOf(since(24, 23 + 10), 10, now)).toBe("rising");
  expect(trendOf(since(24, 23 + 1), 1, now)).toBe("steady");
  expect(trendOf(since(24, 230 + 2), 2, now)).toBe("falling");
  expect(trendOf(since(24, 23), 0, now)).toBe("quiet");
});

test("two failures are no rise", () => {
  expect(trendOf(since(24, 2), 2, now)).toBe("steady");
});

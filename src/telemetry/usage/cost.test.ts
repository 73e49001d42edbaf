import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { costOfMonth } from "./cost.ts";
import { costReport } from "./cost-report.ts";
import { parsePrices } from "./prices.ts";
import { nothingUsed, type Usage } from "./usage.ts";

const prices = parsePrices(readFileSync("data/prices.json", "utf8"));
const arn = (name: string): string => `arn:aws:states:us-east-1:123456789012:stateMachine:${name}`;

test("4,000 transitions a month are free, and the next thousand cost 2.5 cents", () => {
  expect(costOfMonth({ ...nothingUsed, transitions: 4_000 }, prices).total).toBe(0);
  expect(costOfMonth({ ...nothingUsed, transitions: 5_000 }, prices).total).toBeCloseTo(0.025);
});

test("Express is requests and GB-seconds, which get cheaper by tiers", () => {
  // AWS's own example is of 64 MB and 30 s, a million times a month.
  const used = { ...nothingUsed, requests: 1_000_000, gbSeconds: 1_000_000 * 30 * (64 / 1_024) };
  const { requests, duration } = costOfMonth(used, prices);
  expect(requests).toBe(1);
  expect(duration).toBeCloseTo(31.26, 1);
  const tiers = costOfMonth({ ...nothingUsed, gbSeconds: 6_000 * 3_600 }, prices);
  expect(tiers.duration).toBeCloseTo(
    3_600 * (1_000 * 0.00001667 + 4_000 * 0.00000833 + 1_000 * 0.00000456),
  );
});

const usage: readonly Usage[] = [
  {
    ...nothingUsed,
    stateMachineArn: arn("A"),
    type: "STANDARD",
    executions: 1,
    transitions: 6_000,
  },
  {
    ...nothingUsed,
    stateMachineArn: arn("A"),
    stateMachineVersionArn: `${arn("A")}:2`,
    type: "STANDARD",
    executions: 1,
    transitions: 2_000,
  },
  {
    ...nothingUsed,
    stateMachineArn: arn("B"),
    type: "STANDARD",
    executions: 5,
    transitions: 2_000,
  },
];
const options = {
  month: "2026-11",
  prices,
  tagsOf: (of: string): { readonly [key: string]: string } =>
    of === arn("B") ? { team: "ship" } : {},
};

test("rows add up to the whole, which has what is free once", () => {
  const report = costReport(usage, { ...options, by: "machine" });
  expect(report.total.cost.total).toBeCloseTo(0.15);
  expect(report.rows.map(({ key, transitions, cost }) => [key, transitions, cost.total])).toEqual([
    ["A", 8_000, expect.closeTo(0.12)],
    ["B", 2_000, expect.closeTo(0.03)],
  ]);
  expect(report.freeTransitions).toBe(4_000);
});

test("usage is grouped by versions and by the values of a tag", () => {
  const keys = (by: "version" | "tag:team") =>
    costReport(usage, { ...options, by }).rows.map(({ key, transitions }) => [key, transitions]);
  expect(keys("version")).toEqual([
    ["A", 6_000],
    ["B", 2_000],
    ["A:2", 2_000],
  ]);
  expect(keys("tag:team")).toEqual([
    ["", 8_000],
    ["ship", 2_000],
  ]);
});

test("a file of prices that lacks something is refused", () => {
  expect(() => parsePrices('{"date":"2026-11-29"}')).toThrow("region is missing");
});

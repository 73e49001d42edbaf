import { expect, test } from "vitest";
import type { Statistics } from "../../telemetry/counting/tally.ts";
import type { MetricQuery, Points } from "../../telemetry/minutes/metric-reader.ts";
import type { IndexedExecution } from "../index/execution-index.ts";
import { countedSeries } from "./counted-series.ts";

const arn = "arn:aws:states:eu-west-1:123456789012:stateMachine:Order";
const now = Date.UTC(2026, 10, 29, 19, 2, 30);
const hourMs = 3_600_000;

const once = (value: number): Statistics => ({ count: 1, sum: value, min: value, max: value });

function counted(values: { readonly [name: string]: readonly [at: number, of: Statistics] }) {
  const asked: MetricQuery[] = [];
  return {
    asked,
    async points(queries: readonly MetricQuery[]): Promise<readonly Points[]> {
      asked.push(...queries);
      return queries.map(
        ({ metric }) =>
          new Map([values[metric.name] ?? []].filter((each) => each.length > 0) as never),
      );
    },
  };
}

test("a minute's counts are those of the point that ends with it, and what is going on ends now", async () => {
  const minute = Date.UTC(2026, 10, 29, 19, 1);
  const source = counted({
    ExecutionsStarted: [minute, once(4)],
    ExecutionsFailed: [minute, once(1)],
    ExecutionsTimedOut: [minute, once(2)],
    ExecutionTime: [minute, { count: 2, sum: 1_100, min: 100, max: 1_000 }],
  });
  const running = [
    { startDate: now - 90_000 },
    { startDate: now - 90_000, stopDate: now - 60_000 },
  ];
  const view = await countedSeries(source, arn, running as unknown as IndexedExecution[], {
    now,
    windowMs: hourMs,
  });
  expect(view.times).toHaveLength(60);
  expect(view.times.slice(-2)).toEqual([minute + 60_000, now]);
  expect(view.started.slice(-3)).toEqual([0, 4, 0]);
  expect(view.failed.slice(-3)).toEqual([0, 3, 0]);
  expect(view.running.slice(-3)).toEqual([2, 1, 1]);
  const last = (line: readonly (number | null)[]) =>
    line.slice(-2).map((each) => each && Math.round(each / 100));
  expect([last(view.p50), last(view.p99)]).toEqual([
    [1, null],
    [10, null],
  ]);
  expect(source.asked[0]?.metric).toMatchObject({
    region: "eu-west-1",
    dimensions: { StateMachineArn: arn },
  });
});

test.each([
  [1, 60_000, 60],
  [6, 6 * 60_000, 60],
  [24, 24 * 60_000, 60],
  // Whole hours, which are stored as sums.
  [168, 3 * hourMs, 56],
])("%i hours are shown by %i ms", async (hours, everyMs, length) => {
  const source = counted({});
  const view = await countedSeries(source, arn, [], { now, windowMs: hours * hourMs });
  expect([view.everyMs, view.times.length]).toEqual([everyMs, length]);
  expect(source.asked.every(({ from, periodMs }) => from % periodMs === 0)).toBe(true);
});

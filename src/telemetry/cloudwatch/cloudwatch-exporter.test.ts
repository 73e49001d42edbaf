import { expect, test } from "vitest";
import { FigureRegistry } from "../../runtime/figures/figure-registry.ts";
import type { MetricSeries } from "../counting/metric-series.ts";
import { repeated, Tally } from "../counting/tally.ts";
import {
  CloudWatchExporter,
  type CloudWatchSettings,
  type PutAnswer,
} from "./cloudwatch-exporter.ts";
import type { Datum } from "./datum.ts";

const minute = Date.UTC(2026, 10, 29, 19, 2);

function series(more: Partial<MetricSeries> = {}): MetricSeries {
  return {
    region: "us-east-1",
    namespace: "AWS/States",
    name: "ExecutionsStarted",
    dimensions: { StateMachineArn: "one" },
    statistics: { count: 2, sum: 2, min: 1, max: 1 },
    ...more,
  };
}

/** An exporter whose requests are answered in order, then taken; pauses end when somebody lets them. */
function exporting(settings: CloudWatchSettings = {}, ...answers: readonly PutAnswer[]) {
  const requests: {
    readonly region: string;
    readonly Namespace: string;
    readonly MetricData: readonly Datum[];
  }[] = [];
  const pauses: { readonly ms: number; readonly end: () => void }[] = [];
  const warnings: string[] = [];
  const figures = new FigureRegistry();
  const exporter = new CloudWatchExporter({
    settings,
    figures,
    clock: {
      now: () => 0,
      schedule(at, end) {
        pauses.push({ ms: at, end });
        return () => {};
      },
    },
    logger: {
      debug() {},
      info() {},
      warn: (_message, fields) => warnings.push(String(fields?.["reason"])),
      error() {},
    },
    async put(region, input) {
      requests.push({ region, ...input });
      return answers[requests.length - 1] ?? { type: "taken" };
    },
  });
  const counted = (name: string): unknown =>
    figures.read().find((figure) => figure.name === `stepwell_cloudwatch_${name}_total`)
      ?.samples[0];
  return { exporter, requests, pauses, warnings, counted };
}

test("a minute is sent under a namespace of one's own, with sums over all workflows", async () => {
  const { exporter, requests, counted } = exporting();
  exporter.add(minute, [
    series(),
    series({ dimensions: { StateMachineArn: "two" } }),
    series({ dimensions: { StateMachineArn: "two", Version: "1" } }),
    series({ namespace: "Shop" }),
  ]);
  await exporter.flush();
  const [request] = requests;
  expect(request).toMatchObject({ region: "us-east-1", Namespace: "Stepwell/States" });
  expect(
    request?.MetricData.map(({ Dimensions, StatisticValues }) => [
      Dimensions.map(({ Value }) => Value).join(),
      StatisticValues?.Sum,
    ]),
  ).toEqual([
    ["one", 2],
    ["", 4],
    ["two", 2],
    ["two,1", 2],
  ]);
  expect(request?.MetricData[0]).toMatchObject({ Timestamp: new Date(minute), Unit: "Count" });
  expect(counted("sent")).toMatchObject({ value: 4 });
});

test("durations are sent with values of which CloudWatch makes percentiles", async () => {
  const { exporter, requests } = exporting({ metrics: ["ExecutionTime"] });
  const tally = new Tally();
  for (const value of [100, 100, 900]) tally.add(value);
  const dimensions = { StateMachineArn: "one", Version: "1" };
  exporter.add(minute, [
    series(),
    series({ name: "ExecutionTime", dimensions, statistics: tally.statistics }),
  ]);
  await exporter.flush();
  const [datum, ...others] = requests[0]?.MetricData ?? [];
  expect(others).toEqual([]);
  expect(datum).toMatchObject({
    MetricName: "ExecutionTime",
    Unit: "Milliseconds",
    Counts: [2, 1],
  });
  const [least = 0, most = 0] = datum?.Values ?? [];
  expect(Math.abs(least - 100) / 100).toBeLessThan(0.02);
  expect(Math.abs(most - 900) / 900).toBeLessThan(0.02);
});

test("Regions and namespaces have requests of their own, each of 500 metrics at most", async () => {
  const { exporter, requests } = exporting({ namespace: "Mine" });
  const many = Array.from({ length: 600 }, (_, index) =>
    series({ dimensions: { ActivityArn: `a${index}` } }),
  );
  exporter.add(minute, [
    ...many,
    series({ region: "eu-west-1", dimensions: {} }),
    series({ namespace: "AWS/Usage", name: "CallCount", dimensions: {}, statistics: repeated(1) }),
  ]);
  await exporter.flush();
  expect(
    requests.map(({ region, Namespace, MetricData }) => [region, Namespace, MetricData.length]),
  ).toEqual([
    ["us-east-1", "Mine", 500],
    ["us-east-1", "Mine", 100],
    ["eu-west-1", "Mine", 1],
    ["us-east-1", "Stepwell/Usage", 1],
  ]);
});

test("what fails in passing is sent again after a pause, and what is refused is dropped at once", async () => {
  const { exporter, requests, pauses, warnings, counted } = exporting(
    {},
    { type: "retry", reason: "busy" },
    { type: "taken" },
    { type: "refused", reason: "not allowed" },
  );
  exporter.add(minute, [series()]);
  await expect.poll(() => pauses.length).toBe(1);
  expect(pauses[0]?.ms).toBe(1_000);
  pauses[0]?.end();
  await exporter.flush();
  expect(requests).toHaveLength(2);
  exporter.add(minute, [series()]);
  await exporter.flush();
  expect(requests).toHaveLength(3);
  expect(warnings).toEqual(["not allowed"]);
  expect(counted("sent")).toMatchObject({ value: 2 });
  expect(counted("dropped")).toMatchObject({ value: 2 });
});

test("a server that leaves waits for no pause, and drops what is not taken then", async () => {
  const busy: PutAnswer = { type: "retry", reason: "busy" };
  const { exporter, requests, pauses, counted } = exporting({}, busy, busy);
  exporter.add(minute, [series()]);
  await expect.poll(() => pauses.length).toBe(1);
  exporter.add(minute, [series({ region: "eu-west-1", dimensions: {} })]);
  await exporter.close();
  expect(requests).toHaveLength(2);
  expect(counted("dropped")).toMatchObject({ value: 3 });
});

test("what waits has a bound, and the oldest goes first", async () => {
  const held = exporting({}, { type: "retry", reason: "busy" });
  const many = Array.from({ length: 20_001 }, (_, index) =>
    series({ dimensions: { ActivityArn: `a${index}` } }),
  );
  held.exporter.add(minute, many);
  await expect.poll(() => held.pauses.length).toBe(1);
  expect(held.counted("dropped")).toMatchObject({ value: 1 });
  expect(held.requests[0]?.MetricData[0]?.Dimensions[0]?.Value).toBe("a1");
});

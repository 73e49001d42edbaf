import { expect, test } from "vitest";
import { createMemoryStore } from "../../store/memory/memory-store.ts";
import { Telemetry } from "../../telemetry/telemetry.ts";
import { Alarms } from "./alarms.ts";

test("an alarm follows the values of its metric, and acts once for each state", async () => {
  const store = createMemoryStore();
  const clock = {
    at: Date.UTC(2026, 10, 29, 19, 0),
    now: () => clock.at,
    schedule: () => () => {},
  };
  const logger = { debug() {}, info() {}, warn() {}, error() {} };
  const telemetry = new Telemetry({ store, clock, logger, node: "one" });
  const told: string[] = [];
  const alarms = new Alarms({
    store,
    telemetry,
    clock,
    logger,
    lateMs: 0,
    notify: async (target, { document }) =>
      void told.push(`${target} ${String(document["OldStateValue"])}`),
  });
  const metric = { region: "us-east-1", namespace: "Shop", name: "Errors", dimensions: {} };
  await alarms.put({
    region: "us-east-1",
    accountId: "123456789012",
    arn: "arn:aws:cloudwatch:us-east-1:123456789012:alarm:errors",
    name: "errors",
    input: {
      Namespace: "Shop",
      MetricName: "Errors",
      Statistic: "Sum",
      Period: 60,
      EvaluationPeriods: 2,
      Threshold: 5,
      ComparisonOperator: "GreaterThanThreshold",
      AlarmActions: ["https://alarm"],
      OKActions: ["https://ok"],
    },
    actionsEnabled: true,
    state: "OK",
    reason: "",
    configuredAt: 0,
    stateUpdatedAt: 0,
    stateChangedAt: 0,
  });
  const minute = async (errors: number): Promise<string | undefined> => {
    const statistics = { count: 1, sum: errors, min: errors, max: errors };
    telemetry.put(clock.at, { ...metric, statistics });
    clock.at += 60_000;
    await alarms.judgeAll(clock.at);
    return (await alarms.get("us-east-1", "errors"))?.state;
  };
  await minute(1);
  expect(await minute(9)).toBe("OK");
  expect(await minute(9)).toBe("ALARM");
  expect(await minute(9)).toBe("ALARM");
  expect(await minute(0)).toBe("OK");
  expect(told).toEqual(["https://alarm OK", "https://ok ALARM"]);
});

import { expect, test } from "vitest";
import { createMemoryStore } from "../../store/memory/memory-store.ts";
import { Telemetry } from "../telemetry.ts";
import type { AlertRule } from "./alert-rule.ts";
import { Alerts } from "./alerts.ts";

const start = Date.UTC(2026, 10, 29, 19, 0);

function watching(rule: Partial<AlertRule>) {
  const store = createMemoryStore();
  const clock = { at: start, now: () => clock.at, schedule: () => () => {} };
  const logger = { debug() {}, info() {}, warn() {}, error() {} };
  const telemetry = new Telemetry({ store, clock, logger, node: "one" });
  const told: string[] = [];
  const alerts = new Alerts({
    rules: [
      {
        name: "orders",
        workflow: "Order",
        when: "failureRate",
        above: 20,
        minutes: 5,
        notify: ["https://example.org/hook"],
        ...rule,
      },
    ],
    store,
    telemetry,
    clock,
    logger,
    region: "us-east-1",
    accountId: "123456789012",
    notify: async (_, { subject }) => void told.push(subject),
  });
  const StateMachineArn = "arn:aws:states:us-east-1:123456789012:stateMachine:Order";
  const ended = (status: string, count: number): void => {
    telemetry.put(clock.at, {
      region: "us-east-1",
      namespace: "AWS/States",
      name: `Executions${status}`,
      dimensions: { StateMachineArn },
      statistics: { count, sum: count, min: 1, max: 1 },
    });
  };
  const minutesLater = (minutes: number): Promise<void> => {
    clock.at += minutes * 60_000;
    return alerts.judgeAll(clock.at);
  };
  return { alerts, told, ended, minutesLater };
}

test("a failure rate fires once, and tells when it is over", async () => {
  const { alerts, told, ended, minutesLater } = watching({});
  ended("Succeeded", 7);
  ended("Failed", 3);
  await minutesLater(1);
  await minutesLater(1);
  expect(told).toEqual(["[Stepwell] orders is firing"]);
  expect(await alerts.statuses()).toMatchObject([{ isFiring: true, value: 30 }]);
  ended("Succeeded", 100);
  await minutesLater(1);
  expect(told).toEqual(["[Stepwell] orders is firing", "[Stepwell] orders is resolved"]);
});

test("a failure rate of nothing says nothing", async () => {
  const { told, minutesLater } = watching({});
  await minutesLater(1);
  expect(told).toEqual([]);
});

test("no success for too long fires", async () => {
  const { told, ended, minutesLater } = watching({ when: "noSuccess", minutes: 10 });
  ended("Succeeded", 1);
  await minutesLater(10);
  expect(told).toEqual([]);
  await minutesLater(1);
  expect(told).toEqual(["[Stepwell] orders is firing"]);
});

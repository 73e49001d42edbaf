import { expect, test } from "vitest";
import type { JsonObject } from "../../expression/json.ts";
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

/** Alarms of one Region by the members they were put with; states are set, time is stepped. */
async function composites(inputs: { readonly [name: string]: JsonObject }) {
  const store = createMemoryStore();
  const clock = { at: 0, now: () => clock.at, schedule: () => () => {} };
  const warnings: string[] = [];
  const logger = {
    debug() {},
    info() {},
    warn: (message: string) => void warnings.push(message),
    error() {},
  };
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
  for (const [name, input] of Object.entries(inputs)) {
    await alarms.put({
      region: "us-east-1",
      accountId: "123456789012",
      arn: `arn:aws:cloudwatch:us-east-1:123456789012:alarm:${name}`,
      name,
      input,
      actionsEnabled: true,
      state: "OK",
      reason: "",
      configuredAt: 0,
      stateUpdatedAt: 0,
      stateChangedAt: 0,
    });
  }
  const stateOf = async (name: string) => (await alarms.get("us-east-1", name))?.state;
  const set = async (name: string, state: "OK" | "ALARM"): Promise<void> => {
    const alarm = await alarms.get("us-east-1", name);
    if (alarm !== undefined) await alarms.change(alarm, { state, reason: "set" });
  };
  const later = async (seconds: number): Promise<void> => {
    clock.at += seconds * 1_000;
    await alarms.judgeComposites("us-east-1");
  };
  return { stateOf, set, later, told, warnings };
}

test("a composite alarm of composite alarms follows in one go", async () => {
  const { stateOf, set } = await composites({
    a: {},
    both: { AlarmRule: "ALARM(a)" },
    above: { AlarmRule: "ALARM(both) AND NOT OK(a)" },
  });
  await set("a", "ALARM");
  expect(await stateOf("above")).toBe("ALARM");
});

test("composite alarms that depend on themselves stay as they are, and the others are judged", async () => {
  const { stateOf, set, warnings } = await composites({
    a: {},
    one: { AlarmRule: "OK(two) OR ALARM(a)" },
    two: { AlarmRule: "ALARM(one)" },
    other: { AlarmRule: "ALARM(a)" },
  });
  await set("a", "ALARM");
  expect([await stateOf("one"), await stateOf("two"), await stateOf("other")]).toEqual([
    "OK",
    "OK",
    "ALARM",
  ]);
  expect(warnings).toEqual([]);
});

const suppressed = {
  a: {},
  quiet: {},
  watched: {
    AlarmRule: "ALARM(a)",
    AlarmActions: ["https://alarm"],
    ActionsSuppressor: "quiet",
    ActionsSuppressorWaitPeriod: 60,
    ActionsSuppressorExtensionPeriod: 120,
  },
};

test("actions wait for the suppressor to go into alarm, then they are performed", async () => {
  const { set, later, told } = await composites(suppressed);
  await set("a", "ALARM");
  await later(59);
  expect(told).toEqual([]);
  await later(1);
  expect(told).toEqual(["https://alarm OK"]);
  await later(600);
  expect(told).toHaveLength(1);
});

test("actions are held back while the suppressor is in alarm, and for a time after it", async () => {
  const { set, later, told } = await composites(suppressed);
  await set("quiet", "ALARM");
  await set("a", "ALARM");
  await later(600);
  await set("quiet", "OK");
  await later(119);
  expect(told).toEqual([]);
  await later(1);
  expect(told).toEqual(["https://alarm OK"]);
});

test("an alarm that is over before its actions were performed is not told of", async () => {
  const { set, later, told } = await composites(suppressed);
  await set("a", "ALARM");
  await later(30);
  await set("a", "OK");
  await later(600);
  expect(told).toEqual([]);
});

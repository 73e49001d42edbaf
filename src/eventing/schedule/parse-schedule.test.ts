import { expect, test } from "vitest";
import { describeSchedule, type ScheduleDescription } from "./describe-schedule.ts";
import { flexibleDelay } from "./flexible-window.ts";
import { InvalidSchedule, parseSchedule } from "./parse-schedule.ts";
import { timeZone } from "./time-zone.ts";

// Observed: what both services refuse; the last ones are our own.
test.each([
  "cron(0 1 * * * *)",
  "cron(7 20 * * NOT *)",
  "cron(INVALID)",
  "cron(0 dummy ? * MON-FRI *)",
  "cron(71 8 1 * ? *)",
  "cron()",
  "cron(0 8 ? * ? *)",
  "cron(0 8 * * ?)",
  "cron(0, 8, ?, *, MON, *)",
  "cron(0 8 32 * ? *)",
  "cron(0 8 0W * ? *)",
  "cron(0 8 ? * 8 *)",
  "cron(0 8 ? * 2#6 *)",
  "cron(0 8 5-3 * ? *)",
  "cron(0/0 8 1 * ? *)",
  "cron(0 8 1 * ? 1969)",
  "cron(0 8 1 * ? 2200)",
  "rate(10 seconds)",
  "rate(10 years)",
  "rate()",
  "rate(10)",
  "rate(-1 minutes)",
  "rate(0 minutes)",
  "rate(1.5 hours)",
  "rate(10 minutess)",
  "rate(999999999 days)",
  "at(2021-12-31)",
  "at(2021-12-31T23:59:59Z)",
  "at(2021-13-31T23:59:59)",
  "at(2021-02-30T00:00:00)",
  "",
  " rate(1 minute)",
])("%j is refused in the words of each service", (text) => {
  expect(() => parseSchedule(text, "events")).toThrow(
    new InvalidSchedule("Parameter ScheduleExpression is not valid."),
  );
  expect(() => parseSchedule(text, "scheduler")).toThrow(
    new InvalidSchedule(`Invalid Schedule Expression ${text}.`),
  );
});

test.each([
  ["rate(1 minute)", true],
  ["rate(1 minutes)", false],
  ["rate(2 minute)", false],
  ["rate(2 hours)", true],
  ["at(2025-01-01T00:00:00)", false],
] as const)("%s is good for a rule: %s, and for Scheduler", (text, isGood) => {
  const parse = () => parseSchedule(text, "events");
  if (isGood) expect(parse().text).toBe(text);
  else expect(parse).toThrow(InvalidSchedule);
  expect(parseSchedule(text, "scheduler").text).toBe(text);
});

test.each<[string, ScheduleDescription]>([
  ["rate(5 minutes)", { kind: "rate", value: 5, unit: "minute" }],
  ["at(2025-01-01T09:30:00)", { kind: "once", at: "2025-01-01T09:30:00" }],
  ["cron(5 * * * ? *)", { kind: "hourly", minute: 5 }],
  ["cron(0 9 * * ? *)", { kind: "daily", at: "09:00" }],
  ["cron(0 9 ? * * *)", { kind: "daily", at: "09:00" }],
  ["cron(30 18 ? * MON-FRI *)", { kind: "weekly", days: [2, 3, 4, 5, 6], at: "18:30" }],
  ["cron(0 8 1 * ? *)", { kind: "monthly", day: 1, at: "08:00" }],
  ["cron(0 8 L * ? *)", { kind: "monthly", day: "last", at: "08:00" }],
  ["cron(0 8 LW * ? *)", { kind: "cron", text: "cron(0 8 LW * ? *)" }],
  ["cron(0 8 1 1 ? *)", { kind: "cron", text: "cron(0 8 1 1 ? *)" }],
  ["cron(0 8,9 * * ? *)", { kind: "cron", text: "cron(0 8,9 * * ? *)" }],
])("%s is said as %j", (text, description) => {
  expect(describeSchedule(parseSchedule(text, "scheduler"))).toEqual(description);
});

test("a flexible window spreads ticks over all of it, and always the same", () => {
  const delays = Array.from({ length: 2000 }, (_, tick) =>
    flexibleDelay("arn:a", tick * 60_000, 15),
  );
  const quarters = [0, 0, 0, 0];
  for (const delay of delays) quarters[Math.floor(delay / 225_000)]! += 1;
  expect(quarters.every((count) => count > 400)).toBe(true);
  expect(Math.max(...delays)).toBeLessThan(15 * 60_000);
  expect(flexibleDelay("arn:a", 60_000, 15)).toBe(delays[1]);
  expect(flexibleDelay("arn:a", 60_000, 0)).toBe(0);
});

test("a zone is a name of the IANA database", () => {
  expect(timeZone("Europe/Berlin")?.offsetAt(Date.parse("2025-07-01T00:00:00Z"))).toBe(7_200_000);
  expect(timeZone("Mars/Olympus")).toBeUndefined();
  expect(timeZone("+01:00")).toBeUndefined();
});

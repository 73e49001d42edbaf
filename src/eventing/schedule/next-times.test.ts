import { describe, expect, test } from "vitest";
import { nextTime, nextTimes } from "./next-times.ts";
import { parseSchedule } from "./parse-schedule.ts";
import { timeZone, type TimeZone } from "./time-zone.ts";

function zoneOf(name: string): TimeZone {
  const zone = timeZone(name);
  if (zone === undefined) throw new Error(`there is no zone ${name}`);
  return zone;
}

/** Ticks as texts, from an instant on. */
function ticks(text: string, zone: string, from: string, count: number, end?: string): string[] {
  const frame = {
    zone: zoneOf(zone),
    start: Date.parse(from),
    end: end === undefined ? undefined : Date.parse(end),
  };
  const found: string[] = [];
  for (const tick of nextTimes(parseSchedule(text, "scheduler"), Date.parse(from) - 1, frame)) {
    found.push(new Date(tick).toISOString().replace(":00.000Z", "Z"));
    if (found.length === count) break;
  }
  return found;
}

/** What the wall shows. */
interface Wall {
  readonly minute: number;
  readonly hour: number;
  readonly day: number;
  readonly month: number;
  readonly year: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  readonly lastDay: number;
}

/** Expressions beside what they mean, said by hand. */
const meanings: readonly (readonly [string, (wall: Wall) => boolean])[] = [
  ["cron(0 * * * ? *)", (w) => w.minute === 0],
  ["cron(0/15 2 * * ? *)", (w) => w.hour === 2 && w.minute % 15 === 0],
  ["cron(30 2 * * ? *)", (w) => w.hour === 2 && w.minute === 30],
  ["cron(45 1 * * ? *)", (w) => w.hour === 1 && w.minute === 45],
  ["cron(15 0 * * ? *)", (w) => w.hour === 0 && w.minute === 15],
  ["cron(0 9 ? * MON-FRI *)", (w) => at(w, 9) && w.weekday > 0 && w.weekday < 6],
  ["cron(0 8 1 * ? *)", (w) => at(w, 8) && w.day === 1],
  [
    "cron(5 22-2 ? * SAT,SUN *)",
    (w) => w.minute === 5 && (w.hour >= 22 || w.hour <= 2) && w.weekday % 6 === 0,
  ],
  ["cron(0 12 L * ? *)", (w) => at(w, 12) && w.day === w.lastDay],
  ["cron(0 12 L-2 * ? *)", (w) => at(w, 12) && w.day === w.lastDay - 2],
  ["cron(0 2 ? * 1L *)", (w) => at(w, 2) && w.weekday === 0 && w.day + 7 > w.lastDay],
  ["cron(0 2 ? * SUN#2 *)", (w) => at(w, 2) && w.weekday === 0 && w.day > 7 && w.day <= 14],
  ["cron(0 3 15W * ? *)", (w) => at(w, 3) && w.day === weekdayNear(w, 15)],
  ["cron(0 3 LW * ? *)", (w) => at(w, 3) && w.day === weekdayNear(w, w.lastDay)],
  [
    "cron(10-20/5 */6 */2 3,10 ? 2025)",
    (w) =>
      [10, 15, 20].includes(w.minute) &&
      w.hour % 6 === 0 &&
      w.day % 2 === 1 &&
      [3, 10].includes(w.month),
  ],
];

function at(wall: Wall, hour: number): boolean {
  return wall.hour === hour && wall.minute === 0;
}

/** The day from Monday to Friday that is nearest to a day in the month of the wall. */
function weekdayNear({ year, month, lastDay }: Wall, wanted: number): number {
  const isWeekday = (day: number): boolean =>
    day >= 1 && day <= lastDay && new Date(Date.UTC(year, month - 1, day)).getUTCDay() % 6 !== 0;
  for (const distance of [0, -1, 1, -2, 2]) {
    if (isWeekday(wanted + distance)) return wanted + distance;
  }
  return Number.NaN;
}

const halfHour = 30 * 60_000;

/** Each minute from one instant to another with what the wall shows then; one that it has shown before is left out. */
function walk(zone: string, from: string, to: string): readonly (readonly [number, Wall])[] {
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone: zone,
    dateStyle: "short",
    timeStyle: "short",
  });
  const seen = new Set<string>();
  const minutes: [number, Wall][] = [];
  for (let block = Date.parse(from); block < Date.parse(to); block += halfHour) {
    // Clocks are changed at full and half hours.
    const shown = format.format(block);
    if (seen.has(shown)) continue;
    seen.add(shown);
    const first = new Date(`${shown.replace(" ", "T")}Z`);
    for (let minute = 0; minute < 30; minute++) {
      const wall = new Date(first.getTime() + minute * 60_000);
      const [year, month] = [wall.getUTCFullYear(), wall.getUTCMonth() + 1];
      minutes.push([
        block + minute * 60_000,
        {
          minute: wall.getUTCMinutes(),
          hour: wall.getUTCHours(),
          day: wall.getUTCDate(),
          month,
          year,
          weekday: wall.getUTCDay(),
          lastDay: new Date(Date.UTC(year, month, 0)).getUTCDate(),
        },
      ]);
    }
  }
  return minutes;
}

describe("ticks are those of a walk from minute to minute", () => {
  // Clocks change within each of these times: Casablanca's for Ramadan, Seoul's not at all.
  const walks = [
    ["Europe/Berlin", "2025-03-20T00:00:00Z", "2025-04-20T00:00:00Z"],
    ["Europe/Berlin", "2025-10-15T00:00:00Z", "2025-11-10T00:00:00Z"],
    ["America/New_York", "2025-03-01T00:00:00Z", "2025-04-02T00:00:00Z"],
    ["America/New_York", "2025-10-20T00:00:00Z", "2025-11-20T00:00:00Z"],
    ["Australia/Lord_Howe", "2025-03-25T00:00:00Z", "2025-04-20T00:00:00Z"],
    ["Australia/Lord_Howe", "2025-09-25T00:00:00Z", "2025-10-20T00:00:00Z"],
    ["Asia/Seoul", "2025-02-20T00:00:00Z", "2025-03-20T00:00:00Z"],
    ["Africa/Casablanca", "2025-02-15T00:00:00Z", "2025-04-15T00:00:00Z"],
    ["America/Havana", "2025-10-25T00:00:00Z", "2025-11-10T00:00:00Z"],
  ] as const;
  let compared = 0;
  test.each(walks)("%s from %s", (zone, from, to) => {
    const minutes = walk(zone, from, to);
    for (const [text, isMeant] of meanings) {
      const expected = minutes.filter(([, wall]) => isMeant(wall)).map(([instant]) => instant);
      const frame = { zone: zoneOf(zone), start: Date.parse(from), end: Date.parse(to) - 1 };
      const schedule = parseSchedule(text, "scheduler");
      expect([text, ...nextTimes(schedule, frame.start - 1, frame)]).toEqual([text, ...expected]);
      compared += expected.length;
    }
  });
  test("and there are more than a thousand of them", () => {
    expect(compared).toBeGreaterThan(1000);
  });
});

// Documented: EventBridge, "cron expressions"; EventBridge Scheduler, "schedule types".
test.each<[string, string, string, string[]]>([
  ["cron(0 10 * * ? *)", "UTC", "2025-01-01T00:00:00Z", ["2025-01-01T10:00Z", "2025-01-02T10:00Z"]],
  [
    "cron(15 12 * * ? *)",
    "UTC",
    "2025-01-01T12:15:00Z",
    ["2025-01-01T12:15Z", "2025-01-02T12:15Z"],
  ],
  [
    "cron(0 18 ? * MON-FRI *)",
    "UTC",
    "2025-01-03T18:00:00Z",
    ["2025-01-03T18:00Z", "2025-01-06T18:00Z"],
  ],
  ["cron(0 8 1 * ? *)", "UTC", "2025-01-01T09:00:00Z", ["2025-02-01T08:00Z", "2025-03-01T08:00Z"]],
  [
    "cron(0/10 * ? * MON-FRI *)",
    "UTC",
    "2025-01-03T23:45:00Z",
    ["2025-01-03T23:50Z", "2025-01-06T00:00Z"],
  ],
  [
    "cron(0/30 20-2 ? * MON-FRI *)",
    "UTC",
    "2025-01-03T23:20:00Z",
    ["2025-01-03T23:30Z", "2025-01-06T00:00Z"],
  ],
  [
    "cron(15 10 ? * 6L 2022-2023)",
    "UTC",
    "2022-11-26T00:00:00Z",
    ["2022-12-30T10:15Z", "2023-01-27T10:15Z"],
  ],
  [
    "cron(0 9 ? * 2#1 *)",
    "UTC",
    "2025-08-31T00:00:00Z",
    ["2025-09-01T09:00Z", "2025-10-06T09:00Z"],
  ],
  ["cron(0 0 29 2 ? *)", "UTC", "2097-01-01T00:00:00Z", ["2104-02-29T00:00Z", "2108-02-29T00:00Z"]],
  ["cron(0 0 1W * ? *)", "UTC", "2025-02-01T00:00:00Z", ["2025-02-03T00:00Z", "2025-03-03T00:00Z"]],
  ["cron(0 0 1 1 ? 2199)", "UTC", "2025-01-01T00:00:00Z", ["2199-01-01T00:00Z"]],
  [
    "rate(5 minutes)",
    "America/New_York",
    "2025-01-01T00:01:00Z",
    ["2025-01-01T00:01Z", "2025-01-01T00:06Z"],
  ],
  // A day of a rate is 24 hours where the clocks are put forward.
  [
    "rate(1 day)",
    "Europe/Berlin",
    "2025-03-29T12:00:00Z",
    ["2025-03-29T12:00Z", "2025-03-30T12:00Z"],
  ],
  ["at(2022-11-20T13:00:00)", "America/New_York", "2022-01-01T00:00:00Z", ["2022-11-20T18:00Z"]],
  // Shown twice: the first time counts.
  ["at(2025-10-26T02:30:00)", "Europe/Berlin", "2025-01-01T00:00:00Z", ["2025-10-26T00:30Z"]],
  // Never shown.
  ["at(2025-03-30T02:30:00)", "Europe/Berlin", "2025-01-01T00:00:00Z", []],
])("%s in %s from %s", (text, zone, from, expected) => {
  expect(ticks(text, zone, from, 2)).toEqual(expected);
});

test("a schedule ends, its last instant included", () => {
  const hourly = (end: string): string[] =>
    ticks("cron(0 * * * ? *)", "UTC", "2025-01-01T00:30:00Z", 9, end);
  expect(hourly("2025-01-01T02:00:00Z")).toEqual(["2025-01-01T01:00Z", "2025-01-01T02:00Z"]);
  expect(hourly("2025-01-01T01:59:59Z")).toEqual(["2025-01-01T01:00Z"]);
});

test("a schedule for one time minds neither start nor end", () => {
  const schedule = parseSchedule("at(2025-06-01T00:00:00)", "scheduler");
  const zone = zoneOf("UTC");
  const frame = { zone, start: Date.parse("2025-07-01T00:00:00Z"), end: 0 };
  expect(nextTime(schedule, 0, frame)).toBe(Date.parse("2025-06-01T00:00:00Z"));
});

test.each(["cron(0 0 30 2 ? *)", "cron(0 0 31 2,4,6,9,11 ? *)", "cron(30 2 ? 3 SUN#2 2008-2199)"])(
  "%s never comes in New York, which is known soon",
  (text) => {
    const frame = { zone: zoneOf("America/New_York"), start: Date.parse("2008-01-01T00:00:00Z") };
    const began = performance.now();
    expect(nextTime(parseSchedule(text, "scheduler"), frame.start, frame)).toBeUndefined();
    expect(performance.now() - began).toBeLessThan(1000);
  },
);

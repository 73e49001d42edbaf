import type { LocalTime } from "./schedule.ts";

/** How far clocks on the wall are from UTC. */
export interface TimeZone {
  readonly name: string;
  /** What has to be added to UTC, in milliseconds. */
  offsetAt(utc: number): number;
}

const utcZone: TimeZone = { name: "UTC", offsetAt: () => 0 };

/** A zone of the IANA database; `undefined` for one that there is not. Offsets (`+01:00`) are no zones of AWS. */
export function timeZone(name: string): TimeZone | undefined {
  if (name === "UTC") return utcZone;
  if (!/^[A-Za-z]/.test(name) || name.length > longestName) return undefined;
  const known = zones.get(name);
  if (known !== undefined) return known;
  const format = formatOf(name);
  if (format === undefined) return undefined;
  const zone: TimeZone = { name, offsetAt: rememberingOffsets(format) };
  // There are some 600 names, but each in any case.
  if (zones.size >= mostZones) zones.clear();
  zones.set(name, zone);
  return zone;
}

/**
 * The instant when the wall shows a time: the first where it does so twice, `undefined` where it never does, because clocks are put forward
 * over it. *Documented*: EventBridge Scheduler, daylight saving time.
 */
export function instantOf(local: LocalTime, zone: TimeZone): number | undefined {
  const before = zone.offsetAt(local - day);
  const after = zone.offsetAt(local + day);
  // Clocks change once in these two days, if at all: it is one offset or the other.
  const first = local - Math.max(before, after);
  if (first + zone.offsetAt(first) === local) return first;
  const second = local - Math.min(before, after);
  return second + zone.offsetAt(second) === local ? second : undefined;
}

/** *Documented*: `ScheduleExpressionTimezone`. */
const longestName = 50;
const mostZones = 1000;
const day = 86_400_000;

/** Formats are costly to make. They are only remembered: what a zone answers does not depend on it. */
const zones = new Map<string, TimeZone>();

function formatOf(name: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat("en-US", {
      timeZone: name,
      calendar: "gregory",
      numberingSystem: "latn",
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  } catch {
    return undefined;
  }
}

/** Our choice: clocks have been changed at quarters of an hour only since 1973, and schedules are about what comes. */
const quarter = 900_000;
const mostOffsets = 1000;

/** A look into the zone takes 5 to 10 microseconds, and schedules of one zone ask for the same days. */
function rememberingOffsets(format: Intl.DateTimeFormat): (utc: number) => number {
  const offsets = new Map<number, number>();
  return (utc) => {
    const at = Math.floor(utc / quarter);
    let offset = offsets.get(at);
    if (offset === undefined) {
      if (offsets.size >= mostOffsets) offsets.clear();
      offset = offsetOf(format, at * quarter);
      offsets.set(at, offset);
    }
    return offset;
  };
}

function offsetOf(format: Intl.DateTimeFormat, utc: number): number {
  // "7/13/2022, 13:48:01": formatToParts would take twice the time.
  const [month, date, year, hour, minute, second] = format
    .format(utc)
    .split(/[^0-9]+/)
    .map(Number) as [number, number, number, number, number, number];
  return Date.UTC(year, month - 1, date, hour, minute, second) - utc;
}

import { daysOf } from "./cron-days.ts";
import { type CronFields, firstYear, lastYear } from "./cron-fields.ts";
import { millisecondsOf, type Schedule } from "./schedule.ts";
import { instantOf, type TimeZone } from "./time-zone.ts";

/** When a schedule runs, beside its expression. Instants are in milliseconds since the epoch. */
export interface ScheduleFrame {
  /** Rules of EventBridge are in UTC always. */
  readonly zone: TimeZone;
  /**
   * From here on. A rate counts from it: it is the `StartDate`, or else when the schedule was made. *Documented*: Scheduler takes it (and
   * the end) for nothing where the schedule is for one time.
   */
  readonly start: number;
  /** The last instant at which it may run. */
  readonly end?: number | undefined;
}

/** The first tick after an instant; `undefined` where there is none any more. */
export function nextTime(
  schedule: Schedule,
  after: number,
  { zone, start, end = Number.POSITIVE_INFINITY }: ScheduleFrame,
): number | undefined {
  if (schedule.type === "at") {
    const tick = instantOf(schedule.local, zone);
    return tick !== undefined && tick > after ? tick : undefined;
  }
  // From the start on, the start included.
  const from = Math.max(after, start - 1);
  const tick =
    schedule.type === "cron"
      ? nextOfCron(schedule.fields, from, zone)
      : nextOfRate(schedule.value * millisecondsOf[schedule.unit], from, start);
  return tick !== undefined && tick <= end ? tick : undefined;
}

/** All ticks after an instant, one by one. It may not end: take as many as are needed. */
export function* nextTimes(
  schedule: Schedule,
  after: number,
  frame: ScheduleFrame,
): Generator<number, void> {
  for (
    let tick = nextTime(schedule, after, frame);
    tick !== undefined;
    tick = nextTime(schedule, tick, frame)
  ) {
    yield tick;
  }
}

/** Elapsed time: `start`, `start` + period, … */
function nextOfRate(period: number, after: number, start: number): number {
  return after < start ? start : start + (Math.floor((after - start) / period) + 1) * period;
}

const minute = 60_000;
const hour = 3_600_000;
const day = 86_400_000;

/**
 * Goes through the months that there may be, and in them through days and times by the wall. A time that the wall never shows is passed
 * over, and one that it shows twice counts once. The longest search, for a day that never comes, is through 230 years of months:
 * less than a millisecond.
 */
function nextOfCron(fields: CronFields, after: number, zone: TimeZone): number | undefined {
  const local = after + zone.offsetAt(after);
  // Where clocks are put back, the wall has shown the next time already: the search begins that much earlier.
  const from = new Date(local - longestChange);
  const year = Math.max(from.getUTCFullYear(), firstYear);
  const month = from.getUTCFullYear() < firstYear ? 1 : from.getUTCMonth() + 1;
  for (let at = year * 12 + month - 1; at < (lastYear + 1) * 12; at++) {
    for (const date of daysOf(fields, Math.floor(at / 12), (at % 12) + 1)) {
      const midnight = Date.UTC(Math.floor(at / 12), at % 12, date);
      if (midnight + day <= local - longestChange) continue;
      const tick = firstOfDay(fields, midnight, after, zone);
      if (tick !== undefined) return tick;
    }
  }
  return undefined;
}

/** Our choice: no zone has put its clocks back by more (Samoa left out a day, in the other direction). */
const longestChange = day;

function firstOfDay(
  fields: CronFields,
  midnight: number,
  after: number,
  zone: TimeZone,
): number | undefined {
  const before = zone.offsetAt(midnight - day);
  const later = zone.offsetAt(midnight + 2 * day);
  // No time of this day comes later than by this offset: what is past with it is passed over without a look at the zone.
  const latest = Math.min(before, later);
  for (const hourOfDay of fields.hours) {
    if (midnight + hourOfDay * hour + hour - minute - latest <= after) continue;
    for (const minuteOfHour of fields.minutes) {
      const local = midnight + hourOfDay * hour + minuteOfHour * minute;
      if (local - latest <= after) continue;
      // On nearly all days the clocks do not change.
      const tick = before === later ? local - latest : instantOf(local, zone);
      if (tick !== undefined && tick > after) return tick;
    }
  }
  return undefined;
}

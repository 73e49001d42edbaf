import type { CronFields } from "./cron-fields.ts";
import type { RateUnit, Schedule } from "./schedule.ts";

/** What a schedule says, for a sentence in any language. Times are `09:00`, days of the week from 1 (Sunday) to 7. */
export type ScheduleDescription =
  | { readonly kind: "rate"; readonly value: number; readonly unit: RateUnit }
  | { readonly kind: "once"; readonly at: string }
  | { readonly kind: "hourly"; readonly minute: number }
  | { readonly kind: "daily"; readonly at: string }
  | { readonly kind: "weekly"; readonly days: readonly number[]; readonly at: string }
  | { readonly kind: "monthly"; readonly day: number | "last"; readonly at: string }
  /** One that no short sentence says: it is shown as it is written. */
  | { readonly kind: "cron"; readonly text: string };

export function describeSchedule(schedule: Schedule): ScheduleDescription {
  switch (schedule.type) {
    case "rate":
      return { kind: "rate", value: schedule.value, unit: schedule.unit };
    case "at":
      return { kind: "once", at: new Date(schedule.local).toISOString().slice(0, 19) };
    case "cron":
      return describeCron(schedule.fields) ?? { kind: "cron", text: schedule.text };
  }
}

const allMonths = 12;
const allYears = 230;
const allHours = 24;

function describeCron(fields: CronFields): ScheduleDescription | undefined {
  const { minutes, hours, months, years } = fields;
  const [minute, secondMinute] = minutes;
  const [hour, secondHour] = hours;
  if (months.size < allMonths || years.size < allYears) return undefined;
  if (minute === undefined || secondMinute !== undefined || hour === undefined) return undefined;
  if (hours.length === allHours) return isEveryDay(fields) ? { kind: "hourly", minute } : undefined;
  if (secondHour !== undefined) return undefined;
  const at = `${twoDigits(hour)}:${twoDigits(minute)}`;
  return isEveryDay(fields) ? { kind: "daily", at } : describeDays(fields, at);
}

function isEveryDay({ days }: CronFields): boolean {
  const every = days.by === "day-of-month" ? 31 : 7;
  return days.any.some((rule) => rule.type === "days" && rule.days.size === every);
}

function describeDays({ days }: CronFields, at: string): ScheduleDescription | undefined {
  if (days.by === "day-of-month") {
    const [only, second] = days.any;
    if (only === undefined || second !== undefined) return undefined;
    if (only.type === "before-last" && only.days === 0) return { kind: "monthly", day: "last", at };
    const [day, another] = only.type === "days" ? only.days : [];
    return day === undefined || another !== undefined ? undefined : { kind: "monthly", day, at };
  }
  const chosen = days.any.flatMap((rule) => (rule.type === "days" ? [...rule.days] : [Number.NaN]));
  if (chosen.some(Number.isNaN)) return undefined;
  return { kind: "weekly", days: [...new Set(chosen)].sort((a, b) => a - b), at };
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}

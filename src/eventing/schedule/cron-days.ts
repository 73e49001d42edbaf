import type { CronFields, DayOfMonth, DayOfWeek } from "./cron-fields.ts";

/** The days of a month of which an expression speaks, ascending; none where the month or the year is another. */
export function daysOf(fields: CronFields, year: number, month: number): readonly number[] {
  if (!fields.years.has(year) || !fields.months.has(month)) return [];
  const { days } = fields;
  const length = daysInMonth(year, month);
  const firstWeekday = weekdayOf(year, month, 1);
  const isOne =
    days.by === "day-of-month"
      ? (day: number) => days.any.some((rule) => isDayOfMonth(rule, day, length, firstWeekday))
      : (day: number) => days.any.some((rule) => isDayOfWeek(rule, day, length, firstWeekday));
  return Array.from({ length }, (_, index) => index + 1).filter(isOne);
}

function isDayOfMonth(
  rule: DayOfMonth,
  day: number,
  length: number,
  firstWeekday: number,
): boolean {
  switch (rule.type) {
    case "days":
      return rule.days.has(day);
    case "before-last":
      return day === length - rule.days;
    case "weekday": {
      const wanted = rule.day === "last" ? length : rule.day;
      return wanted <= length && day === nearestWeekday(wanted, length, firstWeekday);
    }
  }
}

function isDayOfWeek(rule: DayOfWeek, day: number, length: number, firstWeekday: number): boolean {
  const weekday = ((firstWeekday + day - 2) % 7) + 1;
  switch (rule.type) {
    case "days":
      return rule.days.has(weekday);
    case "last":
      return weekday === rule.day && day + 7 > length;
    case "nth":
      return weekday === rule.day && Math.ceil(day / 7) === rule.nth;
  }
}

const sunday = 1;
const saturday = 7;

/** The nearest day from Monday to Friday, which never is in another month. */
function nearestWeekday(day: number, length: number, firstWeekday: number): number {
  const weekday = ((firstWeekday + day - 2) % 7) + 1;
  if (weekday === saturday) return day === 1 ? 3 : day - 1;
  if (weekday === sunday) return day === length ? day - 2 : day + 1;
  return day;
}

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** From 1 (Sunday) to 7. */
function weekdayOf(year: number, month: number, day: number): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1;
}

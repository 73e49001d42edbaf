import {
  type CronFields,
  type DayOfMonth,
  type DayOfWeek,
  type DayRule,
  firstYear,
  lastYear,
} from "./cron-fields.ts";

/** Values of a field. */
interface Range {
  readonly first: number;
  readonly last: number;
  /** Names that stand for numbers. */
  readonly names?: readonly string[];
  /** Whether `22-2` goes over the end. Our choice: as Quartz does, which AWS's syntax comes from. */
  readonly wraps: boolean;
}

const minutes: Range = { first: 0, last: 59, wraps: true };
const hours: Range = { first: 0, last: 23, wraps: true };
const daysOfMonth: Range = { first: 1, last: 31, wraps: false };
const months: Range = {
  first: 1,
  last: 12,
  names: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"],
  wraps: true,
};
const daysOfWeek: Range = {
  first: 1,
  last: 7,
  names: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"],
  wraps: true,
};
const years: Range = { first: firstYear, last: lastYear, wraps: false };

/**
 * Reads the six fields of `cron(…)`; `undefined` for what is none.
 *
 * *Documented*: EventBridge, cron expressions: names, ranges, steps, lists, `L`, `W`, `#`, and a `?` in exactly one of the fields of days.
 * Our choice: steps and ranges that go over the end are taken in days of the week too, and names in any case, as Quartz takes them.
 */
export function parseCron(text: string): CronFields | undefined {
  const fields = text.trim().toUpperCase().split(/\s+/);
  if (fields.length !== 6) return undefined;
  const [minute, hour, dayOfMonth, month, dayOfWeek, year] = fields as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const minuteValues = parseList(minute, minutes);
  const hourValues = parseList(hour, hours);
  const monthValues = parseList(month, months);
  const yearValues = parseList(year, years);
  const days = parseDays(dayOfMonth, dayOfWeek);
  if (
    minuteValues === undefined ||
    hourValues === undefined ||
    monthValues === undefined ||
    yearValues === undefined ||
    days === undefined
  ) {
    return undefined;
  }
  return {
    minutes: ascending(minuteValues),
    hours: ascending(hourValues),
    days,
    months: monthValues,
    years: yearValues,
  };
}

/** *Documented*: where one of the fields of days has a value, the other has a `?`. */
function parseDays(dayOfMonth: string, dayOfWeek: string): DayRule | undefined {
  if ((dayOfMonth === "?") === (dayOfWeek === "?")) return undefined;
  if (dayOfWeek === "?") {
    const any = parseEach(dayOfMonth, parseDayOfMonth);
    return any && { by: "day-of-month", any };
  }
  const any = parseEach(dayOfWeek, parseDayOfWeek);
  return any && { by: "day-of-week", any };
}

function parseEach<T>(
  field: string,
  parse: (item: string) => T | undefined,
): readonly T[] | undefined {
  const items = field.split(",").map(parse);
  return items.includes(undefined) ? undefined : (items as readonly T[]);
}

function parseDayOfMonth(item: string): DayOfMonth | undefined {
  if (item === "LW") return { type: "weekday", day: "last" };
  const [isLast, before] = /^L(?:-(\d{1,2}))?$/.exec(item) ?? [];
  if (isLast !== undefined) {
    const days = Number(before ?? 0);
    return days < daysOfMonth.last ? { type: "before-last", days } : undefined;
  }
  const weekday = /^(\d{1,2})W$/.exec(item)?.[1];
  if (weekday !== undefined) {
    const day = valueOf(weekday, daysOfMonth);
    return day === undefined ? undefined : { type: "weekday", day };
  }
  const days = parseItem(item, daysOfMonth);
  return days && { type: "days", days };
}

function parseDayOfWeek(item: string): DayOfWeek | undefined {
  if (item === "L") return { type: "days", days: new Set([daysOfWeek.last]) };
  const last = /^(\w+)L$/.exec(item)?.[1];
  if (last !== undefined) {
    const day = valueOf(last, daysOfWeek);
    return day === undefined ? undefined : { type: "last", day };
  }
  const [, which, nth] = /^(\w+)#([1-5])$/.exec(item) ?? [];
  if (which !== undefined) {
    const day = valueOf(which, daysOfWeek);
    return day === undefined ? undefined : { type: "nth", day, nth: Number(nth) };
  }
  const days = parseItem(item, daysOfWeek);
  return days && { type: "days", days };
}

function parseList(field: string, range: Range): ReadonlySet<number> | undefined {
  const items = parseEach(field, (item) => parseItem(item, range));
  return items && new Set(items.flatMap((item) => [...item]));
}

/** `*`, `5`, `5-10`, and any of them with a step; `5/10` goes to the end. */
function parseItem(item: string, range: Range): ReadonlySet<number> | undefined {
  const [, values = "", stepText] = /^([^/]*)(?:\/(\d{1,4}))?$/.exec(item) ?? [];
  const step = Number(stepText ?? 1);
  if (step < 1 || step > range.last) return undefined;
  const [first, last] = boundsOf(values, stepText !== undefined, range);
  if (first === undefined || last === undefined) return undefined;
  const size = range.last - range.first + 1;
  const found = new Set<number>();
  for (let value = first; value <= (last < first ? last + size : last); value += step) {
    found.add(value > range.last ? value - size : value);
  }
  return found;
}

function boundsOf(
  values: string,
  hasStep: boolean,
  range: Range,
): readonly [number | undefined, number | undefined] {
  if (values === "*") return [range.first, range.last];
  const [firstText = "", lastText, more] = values.split("-");
  const first = valueOf(firstText, range);
  if (lastText === undefined) return [first, hasStep ? range.last : first];
  const last = more === undefined ? valueOf(lastText, range) : undefined;
  if (first === undefined || last === undefined) return [undefined, undefined];
  return last < first && !range.wraps ? [undefined, undefined] : [first, last];
}

function valueOf(text: string, { first, last, names }: Range): number | undefined {
  const named = names?.indexOf(text) ?? -1;
  if (named !== -1) return named + first;
  const value = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  return value >= first && value <= last ? value : undefined;
}

function ascending(values: ReadonlySet<number>): readonly number[] {
  return [...values].sort((a, b) => a - b);
}

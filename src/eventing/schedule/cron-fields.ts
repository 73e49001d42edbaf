/** A cron expression that is compiled. */
export interface CronFields {
  /** Ascending. */
  readonly minutes: readonly number[];
  /** Ascending. */
  readonly hours: readonly number[];
  readonly days: DayRule;
  /** From 1 to 12. */
  readonly months: ReadonlySet<number>;
  readonly years: ReadonlySet<number>;
}

/** The days of a month: by day of the month or by day of the week, of which one is always `?`. */
export type DayRule =
  | { readonly by: "day-of-month"; readonly any: readonly DayOfMonth[] }
  | { readonly by: "day-of-week"; readonly any: readonly DayOfWeek[] };

export type DayOfMonth =
  | { readonly type: "days"; readonly days: ReadonlySet<number> }
  /** `L`, `L-3`: so many days before the last. */
  | { readonly type: "before-last"; readonly days: number }
  /** `15W`, `LW`: the weekday that is nearest, in the same month. */
  | { readonly type: "weekday"; readonly day: number | "last" };

/** Days of the week are from 1 (Sunday) to 7. */
export type DayOfWeek =
  | { readonly type: "days"; readonly days: ReadonlySet<number> }
  /** `6L`: the last of the month. */
  | { readonly type: "last"; readonly day: number }
  /** `6#3`: the third of the month. */
  | { readonly type: "nth"; readonly day: number; readonly nth: number };

/** *Documented*: the years of a cron expression. */
export const firstYear = 1970;
export const lastYear = 2199;

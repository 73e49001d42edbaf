import type { CronFields } from "./cron-fields.ts";

/** When something is to happen: an expression of EventBridge's rules or of EventBridge Scheduler. */
export type Schedule =
  | { readonly type: "cron"; readonly text: string; readonly fields: CronFields }
  | {
      readonly type: "rate";
      readonly text: string;
      readonly value: number;
      readonly unit: RateUnit;
    }
  | { readonly type: "at"; readonly text: string; readonly local: LocalTime };

export type RateUnit = "minute" | "hour" | "day";

/** What a clock on the wall shows, in milliseconds since 1970-01-01T00:00:00 of the same wall. */
export type LocalTime = number;

/** *Documented*: days of a rate are 24 hours of elapsed time, whatever the clocks do. */
export const millisecondsOf: { readonly [unit in RateUnit]: number } = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

import { describeSchedule } from "../../../../src/eventing/schedule/describe-schedule.ts";
import { nextTimes } from "../../../../src/eventing/schedule/next-times.ts";
import {
  InvalidSchedule,
  parseSchedule,
  type ScheduleService,
} from "../../../../src/eventing/schedule/parse-schedule.ts";
import type { Schedule } from "../../../../src/eventing/schedule/schedule.ts";
import { timeZone } from "../../../../src/eventing/schedule/time-zone.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { useFormat, useLanguage } from "../../i18n/language.tsx";

/** What an expression comes to, while it is typed. */
export type ReadExpression =
  { readonly schedule: Schedule; readonly next: readonly number[] } | { readonly problem: string };

/** *Our choice*: times that are shown of what is to come. */
const shownTimes = 5;

/** Reads an expression as the server does. `undefined`: there is no such zone. */
export function readExpression(
  text: string,
  service: ScheduleService,
  zoneName: string,
  now: number,
): ReadExpression | undefined {
  const zone = timeZone(zoneName);
  if (zone === undefined) return undefined;
  try {
    const schedule = parseSchedule(text, service);
    const next: number[] = [];
    for (const tick of nextTimes(schedule, now, { zone, start: now })) {
      if (next.push(tick) >= shownTimes) break;
    }
    return { schedule, next };
  } catch (error) {
    if (!(error instanceof InvalidSchedule)) throw error;
    return { problem: error.message };
  }
}

/** Says a schedule in words; one that no short sentence says is nothing. */
export function useScheduleWords(): (schedule: Schedule) => string | undefined {
  const { words } = useAroundText().triggers;
  const { language } = useLanguage();
  const format = useFormat();
  const dayName = new Intl.DateTimeFormat(language, { weekday: "short", timeZone: "UTC" });
  const days = new Intl.ListFormat(language, { type: "unit" });
  // The fourth of January 1970 was a Sunday.
  const nameOf = (day: number) => dayName.format(Date.UTC(1970, 0, 3 + day));
  return (schedule) => {
    const told = describeSchedule(schedule);
    switch (told.kind) {
      case "rate":
        return words.rate[told.unit](format.number(told.value));
      case "once":
        return words.once(told.at.replace("T", " "));
      case "hourly":
        return words.hourly(String(told.minute).padStart(2, "0"));
      case "daily":
        return words.daily(told.at);
      case "weekly":
        return words.weekly(days.format(told.days.map(nameOf)), told.at);
      case "monthly":
        return told.day === "last"
          ? words.lastOfMonth(told.at)
          : words.monthly(format.number(told.day), told.at);
      case "cron":
        return undefined;
    }
  };
}

/** An expression in words, as far as there are any. */
export function useExpressionWords(): (
  expression: string,
  service: ScheduleService,
) => string | undefined {
  const wordsOf = useScheduleWords();
  return (expression, service) => {
    const read = readExpression(expression, service, "UTC", 0);
    return read !== undefined && "schedule" in read ? wordsOf(read.schedule) : undefined;
  };
}

/** Writes times as the wall of a zone shows them, with the day. */
export function useZoneTimes(zone: string): (at: number) => string {
  const { language } = useLanguage();
  const isKnown = timeZone(zone) !== undefined;
  const format = new Intl.DateTimeFormat(language, {
    weekday: "short",
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZone: isKnown ? zone : "UTC",
    timeZoneName: "short",
  });
  return (at) => format.format(at);
}

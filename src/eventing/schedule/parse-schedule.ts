import { parseCron } from "./parse-cron.ts";
import { millisecondsOf, type RateUnit, type Schedule } from "./schedule.ts";

/** Which of AWS's services the expression is for: rules of EventBridge know no `at`, and mind the plural. */
export type ScheduleService = "events" | "scheduler";

/** An expression that the service refuses (`ValidationException`), in its words. */
export class InvalidSchedule extends Error {
  override readonly name = "InvalidSchedule";
}

/** *Documented*: both services. */
const longestExpression = 256;

/** Reads `cron(…)`, `rate(…)` or `at(…)`. Throws an {@link InvalidSchedule}. */
export function parseSchedule(text: string, service: ScheduleService): Schedule {
  const schedule = text.length <= longestExpression ? parse(text, service) : undefined;
  if (schedule !== undefined) return schedule;
  // Observed: both services' words.
  throw new InvalidSchedule(
    service === "events"
      ? "Parameter ScheduleExpression is not valid."
      : `Invalid Schedule Expression ${text}.`,
  );
}

function parse(text: string, service: ScheduleService): Schedule | undefined {
  const [, type, inside = ""] = /^(cron|rate|at)\(([^()]*)\)$/.exec(text) ?? [];
  switch (type) {
    case "cron": {
      const fields = parseCron(inside);
      return fields && { type, text, fields };
    }
    case "rate":
      return parseRate(text, inside, service);
    case "at":
      return service === "scheduler" ? parseAt(text, inside) : undefined;
    default:
      return undefined;
  }
}

/** *Documented*: a rule takes the singular for one and the plural for more; Scheduler takes both for all. */
function parseRate(text: string, inside: string, service: ScheduleService): Schedule | undefined {
  const [, number, unit, plural] = /^\s*(\d{1,9})\s+(minute|hour|day)(s?)\s*$/.exec(inside) ?? [];
  const value = Number(number);
  if (unit === undefined || value < 1) return undefined;
  if (service === "events" && (value === 1) === (plural === "s")) return undefined;
  const isFar = value * millisecondsOf[unit as RateUnit] > longestRate;
  return isFar ? undefined : { type: "rate", text, value, unit: unit as RateUnit };
}

/** Our choice: instants stay within those that a date can hold. */
const longestRate = 1000 * 366 * millisecondsOf.day;

/** *Documented*: `at(yyyy-mm-ddThh:mm:ss)`. */
function parseAt(text: string, inside: string): Schedule | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/.test(inside)) return undefined;
  const local = Date.parse(`${inside}Z`);
  // A day that there is not would have been another.
  const isDate = !Number.isNaN(local) && new Date(local).toISOString().startsWith(inside);
  return isDate ? { type: "at", text, local } : undefined;
}

import { parseTimestamp } from "../../../expression/timestamp.ts";

/** Seconds since the epoch, to the end of the year 9999. */
const epochSeconds = /^\d{1,12}$/;

const w3cDate =
  /^(\d{4})-(\d{2})(?:-(\d{2})(?:T(\d{2}:\d{2})(:\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?)?$/i;

/**
 * The instant of a date condition's value, in milliseconds since the epoch; `undefined` for what is none.
 *
 * *Documented*: the forms of ISO 8601 that the W3C names, or epoch time; digits alone are the latter. Our choice: what is left
 * out is the first there is, and a time without a zone is UTC.
 */
export function parseInstant(text: string): number | undefined {
  if (epochSeconds.test(text)) return Number(text) * 1000;
  const [, year, month, day = "01", minutes = "00:00", seconds = ":00", zone = "Z"] =
    w3cDate.exec(text) ?? [];
  if (year === undefined) return undefined;
  return parseTimestamp(`${year}-${month}-${day}T${minutes}${seconds}${zone.toUpperCase()}`);
}

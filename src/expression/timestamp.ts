const profile =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})$/;

/**
 * The instant of a timestamp in milliseconds since the epoch, with a fraction for finer ones;
 * `undefined` for what is none.
 *
 * RFC 3339 with an upper-case `T`, seconds, and `Z` or a numeric offset; *observed*: anything looser,
 * such as a blank in the middle or no zone, is refused. Leap seconds and offsets beyond 18 hours are none,
 * as for the Java parser that the error's wording comes from.
 */
export function parseTimestamp(text: string): number | undefined {
  const parts = profile.exec(text);
  if (parts === null) return undefined;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const offset = offsetMinutes(parts[8] as string);
  if (offset === undefined) return undefined;
  const instant = new Date(0);
  // Date.UTC would take the years 0 to 99 for 1900 to 1999.
  instant.setUTCFullYear(year, month - 1, day);
  instant.setUTCHours(hour, minute - offset, second);
  return instant.getTime() + fractionMs(parts[7]);
}

/** An instant as the service writes it: UTC, milliseconds only where there are any. *Observed.* */
export function formatTimestamp(ms: number): string {
  return new Date(ms).toISOString().replace(".000Z", "Z");
}

const maximumOffsetMinutes = 18 * 60;

function daysInMonth(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  if (month === 2) return isLeap ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function offsetMinutes(zone: string): number | undefined {
  if (zone === "Z") return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(4));
  if (minutes > 59 || hours * 60 + minutes > maximumOffsetMinutes) return undefined;
  return (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes);
}

function fractionMs(digits = ""): number {
  return digits === "" ? 0 : Number(digits.padEnd(9, "0")) / 1e6;
}

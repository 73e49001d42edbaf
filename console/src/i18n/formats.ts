import type { Catalogue } from "./catalogue.ts";

export interface Formats {
  number(value: number): string;
  percent(share: number): string;
  /** Date and time to the second. */
  dateTime(at: number): string;
  /** The time of day to the minute. */
  clock(at: number): string;
  /** Two times of which nothing is said twice: `Nov 28, 14:00 – 15:30`. */
  timeRange(from: number, to: number): string;
  /** To the millisecond. */
  exactTime(at: number): string;
  /** `3 min ago`; `now` is the server's clock. */
  relative(at: number, now: number): string;
  /** `1.2 s`, `14 min 2 s`. */
  duration(milliseconds: number): string;
  bytes(count: number): string;
  /** `$0.000325` */
  usd(amount: number): string;
}

const units = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1_000],
] as const;

/** In which zone times are told: that of the browser, or UTC. */
export type Zone = "local" | "utc";

export function formats(locale: string, text: Catalogue, zone: Zone = "local"): Formats {
  const timeZone = zone === "utc" ? "UTC" : undefined;
  // A time that is not that of the clock on the wall says so.
  const named = zone === "utc" ? (time: string) => `${time} UTC` : (time: string) => time;
  const number = new Intl.NumberFormat(locale);
  const compact = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  const usd = new Intl.NumberFormat(locale, {
    style: "currency",
    currency: "USD",
    maximumSignificantDigits: 3,
  });
  const dateTime = new Intl.DateTimeFormat(locale, {
    dateStyle: "medium",
    timeStyle: "medium",
    timeZone,
  });
  const clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", timeZone });
  const range = new Intl.DateTimeFormat(locale, {
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZone,
  });
  const exact = new Intl.DateTimeFormat(locale, {
    timeZone,
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    fractionalSecondDigits: 3,
  });
  // Making one takes longer than a row of a list may.
  const made = new Map<string, Intl.NumberFormat>();
  const amount = (value: number, unit: string, digits = 0) => {
    const key = `${unit} ${digits}`;
    let format = made.get(key);
    if (format === undefined) {
      format = new Intl.NumberFormat(locale, {
        style: "unit",
        unit,
        unitDisplay: "short",
        maximumFractionDigits: digits,
      });
      made.set(key, format);
    }
    return format.format(value);
  };

  function duration(milliseconds: number): string {
    const ms = Math.max(0, milliseconds);
    if (ms < 1_000) return amount(Math.round(ms), "millisecond");
    if (ms < 60_000) return amount(ms / 1_000, "second", ms < 10_000 ? 2 : 1);
    const large = units.findIndex(([, size]) => ms >= size);
    const [unit, size] = units[large] ?? units[3];
    const whole = Math.floor(ms / size);
    const [nextUnit, nextSize] = units[large + 1] ?? units[3];
    const rest = Math.floor((ms - whole * size) / nextSize);
    return rest === 0 ? amount(whole, unit) : `${amount(whole, unit)} ${amount(rest, nextUnit)}`;
  }

  return {
    number: (value) => number.format(value),
    percent: (share) => percent.format(share),
    dateTime: (at) => named(dateTime.format(at)),
    clock: (at) => clock.format(at),
    timeRange: (from, to) => named(range.formatRange(from, to)),
    exactTime: (at) => exact.format(at),
    relative(at, now) {
      const past = now - at;
      if (past < 1_000) return text.time.now;
      const [unit, size] = units.find(([, each]) => past >= each) ?? units[3];
      return text.time.ago(amount(Math.floor(past / size), unit));
    },
    duration,
    usd: (amount) => usd.format(amount),
    bytes(count) {
      if (count < 1_000) return `${number.format(count)} B`;
      if (count < 1_000_000) return `${compact.format(count / 1_000)} kB`;
      if (count < 1_000_000_000) return `${compact.format(count / 1_000_000)} MB`;
      return `${compact.format(count / 1_000_000_000)} GB`;
    },
  };
}

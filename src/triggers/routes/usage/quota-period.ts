import type { Quota } from "../rest/rest-records.ts";

const dayMs = 86_400_000;

/** The day that a quota's period began, in UTC: `2026-11-23`. *Documented*: a week begins with Sunday, a month with its first day. */
export function periodStart({ period }: Pick<Quota, "period">, now: number): string {
  const date = new Date(now);
  if (period === "MONTH") return `${date.toISOString().slice(0, 7)}-01`;
  const days = period === "WEEK" ? date.getUTCDay() : 0;
  return new Date(now - days * dayMs).toISOString().slice(0, 10);
}

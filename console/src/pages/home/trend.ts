import type { ErrorGroup } from "../../../../src/console/view-types.ts";

export type Trend = "new" | "rising" | "steady" | "falling" | "quiet";

const hourMs = 3_600_000;
/** The hours before the last one of a day. */
const hoursBefore = 23;
/** Our choice: fewer in an hour are no rise. */
const leastToRise = 3;

/** How often a failure came in the last hour, against the 23 hours before it. */
export function trendOf(
  { count, firstAt }: Pick<ErrorGroup, "count" | "firstAt">,
  inLastHour: number,
  now: number,
): Trend {
  if (now - firstAt < hourMs) return "new";
  if (inLastHour === 0) return "quiet";
  const hours = Math.max(1, Math.min(hoursBefore, (now - firstAt) / hourMs - 1));
  const usual = Math.max(0, count - inLastHour) / hours;
  if (inLastHour >= leastToRise && inLastHour > usual * 2) return "rising";
  return inLastHour < usual / 2 ? "falling" : "steady";
}

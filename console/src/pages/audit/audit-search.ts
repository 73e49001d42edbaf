import type { AuditOutcome } from "../../../../src/console/view-types.ts";
import type { AuditCallFilter } from "../../api/client.ts";

export const auditTimes = ["hour", "day", "week", "all"] as const;
export type AuditTime = (typeof auditTimes)[number];

export const outcomes: readonly AuditOutcome[] = ["allowed", "denied", "failed"];

/** What the page's address says of its filter; absent: the usual. */
export interface AuditSearch {
  readonly who?: string;
  readonly action?: string;
  readonly resource?: string;
  readonly outcome?: AuditOutcome;
  /** Absent: the last day. */
  readonly time?: AuditTime;
  /** Calls that only read are shown, too. */
  readonly reads?: true;
}

export function auditSearch(search: Readonly<Record<string, unknown>>): AuditSearch {
  const outcome = outcomes.find((each) => each === search["outcome"]);
  const time = auditTimes.find((each) => each === search["time"]);
  const texts = (["who", "action", "resource"] as const).flatMap((name) => {
    const value = search[name];
    // A text of digits comes as a number.
    const text = typeof value === "number" ? String(value) : value;
    return typeof text === "string" && text !== "" ? [[name, text] as const] : [];
  });
  return {
    ...Object.fromEntries(texts),
    ...(outcome && { outcome }),
    ...(time && { time }),
    ...(search["reads"] === true && { reads: true }),
  };
}

const hourMs = 3_600_000;
const windows: { readonly [T in AuditTime]: number | undefined } = {
  hour: hourMs,
  day: 24 * hourMs,
  week: 7 * 24 * hourMs,
  all: undefined,
};

/** What is asked of the server. */
export function auditFilterOf(
  { time = "day", reads, ...texts }: AuditSearch,
  now: number,
): AuditCallFilter {
  const window = windows[time];
  return {
    ...texts,
    ...(reads !== true && { changesOnly: true }),
    ...(window !== undefined && { since: now - window }),
  };
}

import { type AuditSettings, usualAuditSettings } from "../iam/audit/audit-trail.ts";
import type { AuthMode } from "./auth-schema.ts";
import { type Check, isBoolean, isRecord, objectOf, wholeFrom, wrong } from "./config-checks.ts";

/** How calls are written down; absent: as usual where callers must sign, and not where nobody is asked who he is. */
export type AuditConfiguration = "off" | Partial<AuditSettings>;

/** *Our choices*: ten years, and files that can still be read at once. */
const mostRetentionDays = 3_653;
const fileBytes = { least: 64 * 1_024, most: 64 * 1_024 * 1_024 };

const isAuditTable = objectOf({
  required: isBoolean,
  retentionDays: wholeFrom(1, mostRetentionDays),
  maxFileBytes: wholeFrom(fileBytes.least, fileBytes.most),
} satisfies { readonly [K in keyof AuditSettings]: Check });

export const isAudit: Check = (value) => {
  if (value === "off") return undefined;
  return isRecord(value) ? isAuditTable(value) : wrong('must be "off" or an object');
};

export function auditOf(
  config: AuditConfiguration | undefined,
  mode: AuthMode,
): AuditSettings | "off" {
  if (config === "off" || (config === undefined && mode === "open")) return "off";
  return { ...usualAuditSettings, ...config };
}

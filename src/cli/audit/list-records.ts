import { outcomeOf } from "../../iam/audit/audit-filter.ts";
import { type ChainedRecord, onBehalfIn, whoOf } from "../../iam/audit/audit-record.ts";
import { type AuditPageQuery, readTrail } from "../../iam/audit/read-trail.ts";
import { UsageError } from "../errors.ts";
import { tableOf } from "../table.ts";

export interface ListOptions {
  readonly since?: string | undefined;
  readonly who?: string | undefined;
  readonly action?: string | undefined;
  readonly resource?: string | undefined;
  readonly denied?: boolean | undefined;
  readonly limit?: string | undefined;
  readonly json?: boolean | undefined;
}

const usualLimit = 100;
const mostRecords = 100_000;

/** Prints the records of all logs that are asked for, the newest first. */
export async function listRecords(
  folders: readonly string[],
  options: ListOptions,
): Promise<number> {
  const limit = limitOf(options.limit);
  const query = {
    who: options.who,
    action: options.action,
    resource: options.resource,
    outcome: options.denied === true ? ("denied" as const) : undefined,
    since: options.since === undefined ? undefined : timeOf(options.since, Date.now()),
    limit,
  };
  const all = await Promise.all(folders.map((folder) => newest(folder, query)));
  const records = all
    .flat()
    .sort((a, b) => b.eventTime.localeCompare(a.eventTime) || b.sequence - a.sequence)
    .slice(0, limit);
  process.stdout.write(
    options.json === true
      ? records.map((record) => `${JSON.stringify(record)}\n`).join("")
      : shown(records),
  );
  return 0;
}

async function newest(folder: string, query: AuditPageQuery): Promise<readonly ChainedRecord[]> {
  const found: ChainedRecord[] = [];
  let before: number | undefined;
  do {
    const page = await readTrail(folder, { ...query, limit: query.limit - found.length, before });
    found.push(...page.records);
    before = page.next;
  } while (before !== undefined && found.length < query.limit);
  return found;
}

function shown(records: readonly ChainedRecord[]): string {
  const isOnBehalf = records.some((record) => onBehalfIn(record) !== undefined);
  const rows = records.map((record) =>
    [
      record.eventTime,
      record.errorCode === undefined
        ? outcomeOf(record)
        : `${outcomeOf(record)} ${record.errorCode}`,
      record.eventName,
      whoOf(record),
      ...(isOnBehalf ? [onBehalfIn(record) ?? ""] : []),
      record.sourceIPAddress,
      record.resources?.[0]?.ARN ?? "",
    ].map(plain),
  );
  const who = isOnBehalf ? ["WHO", "ON BEHALF OF"] : ["WHO"];
  return tableOf(["TIME", "OUTCOME", "ACTION", ...who, "FROM", "RESOURCE"], rows);
}

/** What callers have sent steers no terminal. */
function plain(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, "\ufffd");
}

function limitOf(text: string | undefined): number {
  if (text === undefined) return usualLimit;
  const limit = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= mostRecords) return limit;
  throw new UsageError(`--limit is a number from 1 to ${mostRecords}, not '${text}'.`);
}

const units = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A date, or how long before `now`. */
export function timeOf(text: string, now: number): number {
  const [, count, unit] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  if (count !== undefined) return now - Number(count) * units[unit as keyof typeof units];
  const at = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isFinite(at)) return at;
  throw new UsageError(`--since is a date or how long ago (30m, 24h, 7d), not '${text}'.`);
}

/**
 * The language in which executions are looked for: `status:failed workflow:orders error:CardDeclined started:>-2h
 * duration:>5s lost parcel`. A term is `field:value`; what has no field is looked for in names and errors. All terms
 * have to hold; the same field twice means either. A value with blanks is put in double quotes.
 */
export interface FilterTerm {
  readonly field: FilterField | MemberField | "text";
  readonly value: string;
}

/** A member of the input or the output, as `input.order.id`. Found where the workflow's tag names it: `memberTag`. */
export type MemberField = `${"input" | "output"}.${string}`;

export const filterFields = [
  "status",
  "workflow",
  "name",
  "error",
  "state",
  "started",
  "duration",
  "version",
  "alias",
  "type",
  "waiting",
  "redrives",
  "parent",
] as const;
export type FilterField = (typeof filterFields)[number];

export interface ParsedFilter {
  readonly terms: readonly FilterTerm[];
  /** What cannot be understood, in words for whoever wrote it. */
  readonly problems: readonly string[];
}

const statuses = ["running", "succeeded", "failed", "timed_out", "aborted", "pending_redrive"];

export function parseFilter(text: string): ParsedFilter {
  const terms: FilterTerm[] = [];
  const problems: string[] = [];
  for (const [, field, quoted, plain] of text.matchAll(
    /(?:([A-Za-z]+|(?:in|out)put\.[^\s":]+):)?(?:"((?:[^"\\]|\\.)*)"?|(\S+))/g,
  )) {
    const value = quoted === undefined ? (plain ?? "") : quoted.replace(/\\(.)/g, "$1");
    if (field === undefined) {
      if (plain !== undefined && isBareField(plain)) problems.push(`'${plain}' has no value`);
      else terms.push({ field: "text", value });
      continue;
    }
    if (isMemberField(field)) {
      terms.push({ field, value });
      continue;
    }
    const known = filterFields.find((name) => name === field.toLowerCase());
    if (known === undefined) problems.push(`There is no field '${field}'`);
    else {
      const problem = problemOf(known, value);
      if (problem === undefined) terms.push({ field: known, value });
      else problems.push(problem);
    }
  }
  return { terms, problems };
}

/** A field that nothing follows, as it is while somebody writes. */
function isBareField(word: string): boolean {
  if (word.endsWith(":") && isMemberField(word.slice(0, -1))) return true;
  return filterFields.some((name) => `${name}:` === word.toLowerCase());
}

export function isMemberField(field: string): field is MemberField {
  return /^(?:in|out)put\.[^\s":]+$/.test(field);
}

/** The text that {@link parseFilter} makes these terms of. */
export function filterText(terms: readonly FilterTerm[]): string {
  return terms
    .map(({ field, value }) => {
      const isPlain = /^[^\s"\\:]+$/.test(value) || (field !== "text" && /^[^\s"\\]+$/.test(value));
      const shown = isPlain ? value : `"${value.replace(/["\\]/g, String.raw`\$&`)}"`;
      return field === "text" ? shown : `${field}:${shown}`;
    })
    .join(" ");
}

function problemOf(field: FilterField, value: string): string | undefined {
  switch (field) {
    case "status":
      return statuses.includes(value.toLowerCase())
        ? undefined
        : `'${value}' is no status; there are ${statuses.join(", ")}`;
    case "started":
      return comparison(value, timeOf) === undefined
        ? `'${value}' is no time; write >-2h, <2026-01-31 or >2026-01-31T12:00:00Z`
        : undefined;
    case "duration":
      return comparison(value, durationOf) === undefined
        ? `'${value}' is no duration; write >5s, <200ms or >1.5h`
        : undefined;
    case "waiting":
      return isYesOrNo(value) ? undefined : `'${value}' is neither yes nor no`;
    case "redrives":
      return countComparison(value) === undefined
        ? `'${value}' is no number of redrives; write >0, 2 or 1..3`
        : undefined;
    case "parent":
      return value === "none" || value.startsWith("arn:")
        ? undefined
        : `'${value}' is no parent; write none or the ARN of an execution`;
    default:
      return undefined;
  }
}

/** What a filter is asked of. */
export interface Filtered {
  readonly name: string;
  readonly stateMachineName: string;
  readonly type: string;
  readonly status: string;
  readonly startDate: number;
  readonly stopDate?: number;
  readonly version?: string;
  readonly alias?: string;
  readonly error?: string;
  readonly failedState?: string;
  /** Tells the states that it is in, one for each line of control. */
  readonly lines?: { states(): Iterable<string> } | undefined;
  readonly waitingFor?: string;
  readonly asked?: number;
  readonly redriveCount: number;
  readonly parentArn?: string;
  /** The members that are indexed, as texts. */
  readonly members?: ReadonlyMap<string, string>;
}

/** Our choice: of longer values the beginning is indexed. */
export const longestMember = 200;

/** Whether an execution is one of those that are looked for; `now` is what `-2h` counts from. */
export function compileFilter(
  terms: readonly FilterTerm[],
  now: number,
): (row: Filtered) => boolean {
  const byField = Map.groupBy(terms, ({ field }) => field);
  const tests = [...byField].map(([field, alternatives]) => {
    const each = alternatives.map(({ value }) => testOf(field, value, now));
    // Two words must both be there; two statuses cannot both hold.
    return field === "text"
      ? (row: Filtered) => each.every((test) => test(row))
      : (row: Filtered) => each.some((test) => test(row));
  });
  return (row) => tests.every((test) => test(row));
}

function testOf(
  field: FilterTerm["field"],
  value: string,
  now: number,
): (row: Filtered) => boolean {
  const sought = value.toLowerCase();
  if (isMemberField(field)) {
    const beginning = sought.slice(0, longestMember);
    return (row) => row.members?.get(field)?.toLowerCase() === beginning;
  }
  const has = (text: string | undefined) => text?.toLowerCase().includes(sought) === true;
  switch (field) {
    case "status":
      return (row) => row.status.toLowerCase() === sought;
    case "workflow":
      return (row) => row.stateMachineName.toLowerCase() === sought;
    case "type":
      return (row) => row.type.toLowerCase() === sought;
    case "name":
      return (row) => has(row.name);
    case "error":
      return (row) => has(row.error);
    case "state":
      return (row) => row.failedState?.toLowerCase() === sought || isIn(row, sought);
    case "version":
      return (row) => row.version === value;
    case "alias":
      return (row) => row.alias === value;
    case "started": {
      const compare = comparison(value, (text) => timeOf(text, now));
      return (row) => compare?.(row.startDate) === true;
    }
    case "duration": {
      const compare = comparison(value, durationOf);
      return (row) => compare?.((row.stopDate ?? now) - row.startDate) === true;
    }
    case "waiting": {
      const isSought = sought === "yes";
      return (row) => isWaiting(row) === isSought;
    }
    case "redrives": {
      const compare = countComparison(value);
      return (row) => compare?.(row.redriveCount) === true;
    }
    case "parent":
      return (row) => row.parentArn === (value === "none" ? undefined : value);
    case "text":
      return (row) =>
        has(row.name) || has(row.stateMachineName) || has(row.error) || has(row.failedState);
  }
}

function isIn({ status, lines }: Filtered, sought: string): boolean {
  if (status !== "RUNNING" || lines === undefined) return false;
  for (const name of lines.states()) if (name.toLowerCase() === sought) return true;
  return false;
}

/** It waits for somebody's answer. */
function isWaiting({ status, waitingFor, asked = 0 }: Filtered): boolean {
  return status === "RUNNING" && (waitingFor !== undefined || asked > 0);
}

function isYesOrNo(value: string): boolean {
  return /^(?:yes|no)$/i.test(value);
}

/** A comparison, or the number itself. */
function countComparison(text: string): ((value: number) => boolean) | undefined {
  const exact = countOf(text);
  return exact === undefined ? comparison(text, countOf) : (value) => value === exact;
}

function countOf(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** `>x`, `<x`, `>=x`, `<=x`, or `x..y`. */
function comparison(
  text: string,
  read: (text: string) => number | undefined,
): ((value: number) => boolean) | undefined {
  const [, from, to] = /^(.+?)\.\.(.+)$/.exec(text) ?? [];
  if (from !== undefined && to !== undefined) {
    const [low, high] = [read(from), read(to)];
    if (low === undefined || high === undefined) return undefined;
    return (value) => value >= low && value <= high;
  }
  const [, operator, limitText = ""] = /^([<>]=?)(.+)$/.exec(text) ?? [];
  const limit = read(limitText);
  if (operator === undefined || limit === undefined) return undefined;
  switch (operator) {
    case ">":
      return (value) => value > limit;
    case ">=":
      return (value) => value >= limit;
    case "<":
      return (value) => value < limit;
    default:
      return (value) => value <= limit;
  }
}

const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

function durationOf(text: string): number | undefined {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text) ?? [];
  return amount === undefined || unit === undefined
    ? undefined
    : Number(amount) * (unitMs[unit] ?? 0);
}

function timeOf(text: string, now = 0): number | undefined {
  if (text.startsWith("-")) {
    const ago = durationOf(text.slice(1));
    return ago === undefined ? undefined : now - ago;
  }
  if (!/^\d{4}-\d{2}-\d{2}(?:T.+)?$/.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

import { filterFields, filterText, type FilterField } from "../../../../src/console/filter.ts";
import { isField, rawPieces } from "./filter-pieces.ts";

/** What may come after the colon; statuses and times are known, the rest comes from what is there. */
export type FilterValues = Readonly<Partial<Record<FilterField, readonly string[]>>>;

export const knownValues = {
  status: ["running", "succeeded", "failed", "timed_out", "aborted", "pending_redrive"],
  started: [">-15m", ">-1h", ">-24h", ">-7d"],
  duration: [">1s", ">10s", ">1m", ">1h", "<1s"],
  type: ["standard", "express"],
  waiting: ["yes", "no"],
  redrives: [">0", "0"],
  parent: ["none"],
} as const satisfies FilterValues;

export interface Completion {
  readonly insert: string;
  readonly field: FilterField;
  /** Absent: it completes the field, and a value is still to come. */
  readonly value?: string;
}

const most = 12;
/** From so many letters on, values are offered without their field. */
const lettersForValues = 2;

/** What the word that is being written may become. */
export function completionsOf(token: string, values: FilterValues): readonly Completion[] {
  const [, name = "", rest = ""] = /^([A-Za-z]+):"?(.*?)"?$/s.exec(token) ?? [];
  const field = name.toLowerCase();
  if (isField(field)) {
    const sought = rest.toLowerCase();
    return (values[field] ?? [])
      .filter((value) => value.toLowerCase().includes(sought))
      .slice(0, most)
      .map((value) => completed(field, value));
  }
  const sought = token.toLowerCase();
  const fields = filterFields
    .filter((each) => each.startsWith(sought))
    .map((each) => ({ insert: `${each}:`, field: each }));
  if (token.length < lettersForValues) return fields;
  const matching = (["status", "workflow", "error", "state"] as const).flatMap((each) =>
    (values[each] ?? [])
      .filter((value) => value.toLowerCase().includes(sought))
      .map((value) => completed(each, value)),
  );
  return [...fields, ...matching].slice(0, most);
}

function completed(field: FilterField, value: string): Completion {
  return { insert: filterText([{ field, value }]), field, value };
}

/** The last word of a text: what is being written. A value in quotes is one word. */
export function lastToken(text: string): string {
  const last = rawPieces(text).at(-1) ?? "";
  return text.endsWith(last) ? last : "";
}

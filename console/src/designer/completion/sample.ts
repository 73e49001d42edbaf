import type { Candidate, SampleData, SampleType } from "./candidate.ts";

/** Our choices: items of an array that are looked at for names, and characters of a value that are shown. */
const mostItems = 50;
const mostShown = 60;

type Members = Readonly<Record<string, unknown>>;

export function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The member of this name; `undefined` if the object itself has none. */
export function memberOf(value: unknown, name: string): unknown {
  return isMembers(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** The context object: that of the data, with the item that an `ItemSelector` is for. */
export function contextOf({ context, item }: SampleData): unknown {
  if (item === undefined) return context;
  return { ...(isMembers(context) && context), Map: { Item: item } };
}

/** The values of the items' members by name, of the first that has one, as paths over arrays find them. */
export function membersOfAll(values: readonly unknown[]): ReadonlyMap<string, unknown> {
  const found = new Map<string, unknown>();
  for (const value of values.slice(0, mostItems)) {
    if (!isMembers(value)) continue;
    for (const [name, member] of Object.entries(value)) {
      if (!found.has(name)) found.set(name, member);
    }
  }
  return found;
}

/** What a value is and how it looks. Large values are not written out. */
export function sampleOf(value: unknown): NonNullable<Candidate["sample"]> {
  return { type: typeOf(value), text: shown(value) };
}

function typeOf(value: unknown): SampleType {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  const type = typeof value;
  return type === "string" || type === "number" || type === "boolean" ? type : "object";
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return `[${value.length}]`;
  if (isMembers(value)) {
    // Some names are enough, however many there are.
    const names = Object.keys(value).slice(0, mostShown).join(", ");
    return `{${shortened(names)}}`;
  }
  return typeof value === "string"
    ? shortened(JSON.stringify(value.slice(0, mostShown + 1)))
    : String(value);
}

function shortened(text: string): string {
  return text.length > mostShown ? `${text.slice(0, mostShown)}…` : text;
}

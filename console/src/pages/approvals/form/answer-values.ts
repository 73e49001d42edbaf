import type { Catalogue } from "../../../i18n/catalogue.ts";
import type { Formats } from "../../../i18n/formats.ts";
import type { AnswerField } from "./answer-schema.ts";

/** What is written in the fields, by their paths: always text, as it was typed. */
export type Draft = Readonly<Record<string, string>>;

/** What the fields come to: members that may be left out are, if nothing was written. */
export interface Answer {
  readonly value: Readonly<Record<string, unknown>>;
  /** What is wrong, by path. */
  readonly problems: ReadonlyMap<string, string>;
}

export function pathOf(parent: string, name: string): string {
  // Never a bare name: a field may be called "constructor", which every record has.
  return `${parent}/${name}`;
}

export function initialDraft(fields: readonly AnswerField[], parent = "", given?: unknown): Draft {
  const draft: Record<string, string> = {};
  for (const field of fields) {
    const path = pathOf(parent, field.name);
    const initial = memberOf(given, field.name) ?? field.initial;
    if (field.kind === "object") Object.assign(draft, initialDraft(field.fields, path, initial));
    else if (initial !== undefined) draft[path] = written(field, initial);
  }
  return draft;
}

function written(field: AnswerField, value: unknown): string {
  if (field.kind === "choice") {
    const wanted = JSON.stringify(value);
    const index = field.options.findIndex(({ value: option }) => JSON.stringify(option) === wanted);
    return index < 0 ? "" : String(index);
  }
  if (field.kind === "lines") return Array.isArray(value) ? value.map(String).join("\n") : "";
  if (field.kind === "json") return JSON.stringify(value, null, 2);
  if (field.kind === "text" && field.format === "date-time") return localTime(value);
  return String(value);
}

/** As a field of the browser takes it: in this browser's zone, without saying so. */
function localTime(value: unknown): string {
  const at = new Date(String(value));
  if (Number.isNaN(at.getTime())) return "";
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

export function readAnswer(
  fields: readonly AnswerField[],
  draft: Draft,
  words: Catalogue["approvals"]["form"],
  format: Formats,
): Answer {
  const problems = new Map<string, string>();
  return { value: valuesOf(fields, ""), problems };

  function valuesOf(all: readonly AnswerField[], parent: string): Record<string, unknown> {
    const values: Record<string, unknown> = {};
    for (const field of all) {
      const path = pathOf(parent, field.name);
      const value = valueOf(field, path);
      // Not assigned, as the schema names the members: "__proto__" would be no member.
      if (value !== undefined) {
        Object.defineProperty(values, field.name, { value, enumerable: true });
      }
    }
    return values;
  }

  function valueOf(field: AnswerField, path: string): unknown {
    if (field.kind === "object") {
      const isEmpty = !field.isRequired && !hasAny(field.fields, path);
      return isEmpty ? undefined : valuesOf(field.fields, path);
    }
    const text = draft[path] ?? "";
    if (text.trim() === "") {
      if (field.isRequired) problems.set(path, words.required);
      return undefined;
    }
    const { value, problem } = read(field, text, words, format);
    if (problem !== undefined) problems.set(path, problem);
    return value;
  }

  function hasAny(all: readonly AnswerField[], parent: string): boolean {
    return all.some((field) => {
      const path = pathOf(parent, field.name);
      if (field.kind === "object") return hasAny(field.fields, path);
      return (draft[path] ?? "").trim() !== "";
    });
  }
}

interface ReadValue {
  readonly value?: unknown;
  readonly problem?: string | undefined;
}

function read(
  field: Exclude<AnswerField, { kind: "object" }>,
  text: string,
  words: Catalogue["approvals"]["form"],
  format: Formats,
): ReadValue {
  const n = (value: number) => format.number(value);
  switch (field.kind) {
    case "boolean":
      return { value: text === "true" };
    case "choice":
      return { value: field.options[Number(text)]?.value };
    case "json":
      try {
        return { value: JSON.parse(text) as unknown };
      } catch (thrown) {
        return { problem: `${words.json}: ${(thrown as Error).message}` };
      }
    case "number": {
      const value = Number(text);
      const { minimum, maximum, above, below, multipleOf } = field;
      if (!Number.isFinite(value)) return { problem: words.number };
      if (field.isInteger && !Number.isInteger(value)) return { problem: words.integer };
      if (minimum !== undefined && value < minimum) return { problem: words.min(n(minimum)) };
      if (maximum !== undefined && value > maximum) return { problem: words.max(n(maximum)) };
      if (above !== undefined && value <= above) return { problem: words.above(n(above)) };
      if (below !== undefined && value >= below) return { problem: words.below(n(below)) };
      if (multipleOf !== undefined && !isMultiple(value, multipleOf)) {
        return { problem: words.multiple(n(multipleOf)) };
      }
      return { value };
    }
    case "lines": {
      const value = text.split("\n").filter((line) => line.trim() !== "");
      const { minItems, maxItems, isUnique } = field;
      if (minItems !== undefined && value.length < minItems) {
        return { problem: words.minItems(n(minItems)) };
      }
      if (maxItems !== undefined && value.length > maxItems) {
        return { problem: words.maxItems(n(maxItems)) };
      }
      if (isUnique && new Set(value).size < value.length) return { problem: words.unique };
      return { value };
    }
    case "text": {
      const { minLength, maxLength, pattern } = field;
      const { length } = Array.from(text);
      if (minLength !== undefined && length < minLength) {
        return { problem: words.minLength(n(minLength)) };
      }
      if (maxLength !== undefined && length > maxLength) {
        return { problem: words.maxLength(n(maxLength)) };
      }
      if (pattern !== undefined && !matches(text, pattern)) {
        return { problem: words.pattern(pattern) };
      }
      return ofFormat(text, field.format, words);
    }
  }
}

function ofFormat(
  text: string,
  format: (AnswerField & { kind: "text" })["format"],
  words: Catalogue["approvals"]["form"],
): ReadValue {
  if (format === "email" && !/^[^\s@]+@[^\s@]+$/.test(text)) return { problem: words.email };
  if (format === "uri" && !URL.canParse(text)) return { problem: words.uri };
  if (format === "date" && Number.isNaN(Date.parse(text))) return { problem: words.date };
  if (format === "date-time") {
    const at = new Date(text);
    return Number.isNaN(at.getTime()) ? { problem: words.date } : { value: at.toISOString() };
  }
  return { value: text };
}

/** Of decimals, too: 0.3 is a multiple of 0.1. */
function isMultiple(value: number, of: number): boolean {
  const ratio = value / of;
  return Math.abs(ratio - Math.round(ratio)) < 1e-9 * Math.max(1, Math.abs(ratio));
}

/** A pattern that is no regular expression asks nothing. */
function matches(text: string, pattern: string): boolean {
  try {
    return new RegExp(pattern, "u").test(text);
  } catch {
    return true;
  }
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}

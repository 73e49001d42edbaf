import type { Layout } from "./layout.ts";
import { isMultiline, reindented } from "./lines.ts";
import { isNewObject, RawNumber, Snippet, type NewValue } from "./new-value.ts";

/** How scalars and keys are written in flow style: JSON and YAML differ in nothing else. */
export interface FlowNotation {
  scalar(value: string | number | boolean | null): string;
  key(name: string): string;
}

export const jsonNotation: FlowNotation = {
  scalar: (value) => JSON.stringify(value),
  key: (name) => JSON.stringify(name),
};

export interface FlowPlace {
  readonly layout: Layout;
  readonly notation: FlowNotation;
  /** What the line begins with on which the value begins. */
  readonly indent: string;
  /**
   * `inline`: on one line whatever it holds. `lines`: a line for each entry. `fitting`: a line for each entry, but for small
   * values where the layout has those on one line.
   */
  readonly mode: "inline" | "lines" | "fitting";
}

/** Our choice: Prettier's width in this repository, from the indent on. */
const longestInline = 100;

/** A value in braces and brackets. Lines but the first begin with the place's indent. */
export function printFlow(value: NewValue, place: FlowPlace): string {
  if (value instanceof RawNumber) return value.text;
  if (value instanceof Snippet) return printSnippet(value, place);
  if (Array.isArray(value)) return printArray(value as readonly NewValue[], place);
  if (isNewObject(value)) return printObject(value, place);
  return place.notation.scalar(value as string | number | boolean | null);
}

/** A key with its value. */
export function printMember(name: string, value: NewValue, place: FlowPlace): string {
  return `${place.notation.key(name)}${place.layout.colon}${printFlow(value, place)}`;
}

function printSnippet(snippet: Snippet, place: FlowPlace): string {
  const { text, indent, isFlow, value } = snippet;
  const isTaken = isFlow && (place.mode !== "inline" || !isMultiline(text, 0, text.length));
  if (!isTaken) return printFlow(value, place);
  return reindented(text, indent, place.indent, place.layout.eol);
}

function printObject(value: { readonly [name: string]: NewValue }, place: FlowPlace): string {
  const members = Object.entries(value);
  if (members.length === 0) return "{}";
  const { comma, padding, hasInlineObjects } = place.layout;
  const inline = (): string => {
    const printed = members.map(([name, member]) => printMember(name, member, inlined(place)));
    return `{${padding}${printed.join(comma)}${padding}}`;
  };
  if (place.mode === "inline") return inline();
  if (place.mode === "fitting" && hasInlineObjects && members.every(([, each]) => isSmall(each))) {
    const line = inline();
    if (fits(line, place)) return line;
  }
  const inner = indented(place);
  return lines(
    "{",
    "}",
    members.map(([name, member]) => printMember(name, member, inner)),
    place,
  );
}

function printArray(items: readonly NewValue[], place: FlowPlace): string {
  if (items.length === 0) return "[]";
  const { comma, hasInlineArrays } = place.layout;
  const inline = (): string => {
    return `[${items.map((item) => printFlow(item, inlined(place))).join(comma)}]`;
  };
  if (place.mode === "inline") return inline();
  if (place.mode === "fitting" && hasInlineArrays && items.every(isSmall)) {
    const line = inline();
    if (fits(line, place)) return line;
  }
  const inner = indented(place);
  return lines(
    "[",
    "]",
    items.map((item) => printFlow(item, inner)),
    place,
  );
}

function lines(open: string, close: string, entries: readonly string[], place: FlowPlace): string {
  const { layout, indent } = place;
  const separator = layout.eol + indent + layout.unit;
  return `${open}${separator}${entries.join(`,${separator}`)}${layout.eol}${indent}${close}`;
}

function inlined(place: FlowPlace): FlowPlace {
  return { ...place, mode: "inline" };
}

function indented(place: FlowPlace): FlowPlace {
  return { ...place, indent: place.indent + place.layout.unit, mode: "fitting" };
}

/** A scalar, or a container of nothing else that is not large. */
function isSmall(value: NewValue): boolean {
  if (value instanceof Snippet) return !isMultiline(value.text, 0, value.text.length);
  if (typeof value !== "object" || value === null || value instanceof RawNumber) return true;
  const parts = Object.values(value) as readonly NewValue[];
  return parts.length <= 1 && parts.every((part) => typeof part !== "object" || part === null);
}

function fits(line: string, place: FlowPlace): boolean {
  return place.indent.length + line.length <= longestInline && !/[\r\n]/.test(line);
}

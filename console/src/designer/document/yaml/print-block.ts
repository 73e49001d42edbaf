import type { Layout } from "../layout.ts";
import { reindented } from "../lines.ts";
import { isNewObject, RawNumber, Snippet, type NewValue } from "../new-value.ts";
import { printKey, printScalar } from "./print-scalar.ts";

/** Prints in block style. An indent is what the line of the entry begins with; it is not printed in front of the first line. */
export interface BlockPrinter {
  /** `name: value`, with the comments that the value brings along. */
  member(name: string, value: NewValue, indent: string): string;
  /** `- value` */
  item(value: NewValue, indent: string): string;
  /** What is behind the colon of a member, from the blank or the line end on. */
  behindColon(value: NewValue, indent: string): string;
  /** The value where it has no line before it: behind a dash, or as the root. */
  value(value: NewValue, indent: string): string;
}

export function blockPrinter(layout: Layout): BlockPrinter {
  const { eol, unit, isSingleQuoted } = layout;

  function member(name: string, value: NewValue, indent: string): string {
    return (
      leadOf(value, indent, eol) + `${printKey(name, isSingleQuoted)}:${behindColon(value, indent)}`
    );
  }

  function item(value: NewValue, indent: string): string {
    const tail = tailOf(value, "item", indent, eol);
    const printed = tail ?? ` ${valueText(value, `${indent}  `, indent)}`;
    return `${leadOf(value, indent, eol)}-${printed}`;
  }

  function behindColon(value: NewValue, indent: string): string {
    const tail = tailOf(value, "member", indent, eol);
    if (tail !== undefined) return tail;
    if (!isBlockContainer(value)) return ` ${valueText(value, indent, indent)}`;
    const isArray = Array.isArray(value instanceof Snippet ? value.value : value);
    const inner = isArray && !layout.areDashesIndented ? indent : indent + unit;
    return eol + inner + valueText(value, inner, indent);
  }

  /** `owner` is the indent that a literal's lines are deeper than. */
  function valueText(value: NewValue, indent: string, owner: string): string {
    if (value instanceof RawNumber) return value.text;
    if (value instanceof Snippet) {
      const isTaken = value.isContainer || value.entry !== undefined;
      if (!isTaken) return valueText(value.value, indent, owner);
      const at = value.isContainer && !value.isFlow ? indent : owner;
      return reindented(value.text, value.indent, at, eol);
    }
    if (Array.isArray(value)) {
      const items = value as readonly NewValue[];
      return items.length === 0
        ? "[]"
        : joined(
            items.map((each) => item(each, indent)),
            indent,
          );
    }
    if (isNewObject(value)) {
      const members = Object.entries(value).map(([name, each]) => member(name, each, indent));
      return members.length === 0 ? "{}" : joined(members, indent);
    }
    return scalar(value as string | number | boolean | null, owner);
  }

  function joined(entries: readonly string[], indent: string): string {
    return entries.join(eol + indent);
  }

  function scalar(value: string | number | boolean | null, owner: string): string {
    const literal = typeof value === "string" ? literalOf(value, owner + unit, eol) : undefined;
    return literal ?? printScalar(value, isSingleQuoted);
  }

  return { member, item, behindColon, value: (value, indent) => valueText(value, indent, indent) };
}

/** The comments above a value that is moved. */
function leadOf(value: NewValue, indent: string, eol: string): string {
  const lead = value instanceof Snippet ? (value.entry?.lead ?? []) : [];
  return lead.map((line) => line + eol + indent).join("");
}

/** The text behind the colon or the dash as it was, where it means the same behind the other. */
function tailOf(
  value: NewValue,
  kind: "member" | "item",
  indent: string,
  eol: string,
): string | undefined {
  if (!(value instanceof Snippet) || value.entry === undefined) return undefined;
  const { entry, isContainer, isFlow } = value;
  if (entry.kind !== kind && isContainer && !isFlow) return undefined;
  return reindented(entry.tail, entry.indent, indent, eol);
}

function isBlockContainer(value: NewValue): boolean {
  if (value instanceof Snippet) return value.isContainer && !value.isFlow;
  if (typeof value !== "object" || value === null || value instanceof RawNumber) return false;
  return Object.keys(value).length > 0;
}

/** A text of several lines as a literal, `undefined` where a literal would not be read as the same text. */
function literalOf(value: string, indent: string, eol: string): string | undefined {
  if (
    !/\n/.test(value) ||
    /[\p{Cc}\u2028\u2029\uFEFF]|[\uD800-\uDFFF]/u.test(value.replaceAll("\n", ""))
  ) {
    return undefined;
  }
  // The first line says how deep the literal is.
  if (/^\s/.test(value) || value.trim() === "") return undefined;
  const body = value.replace(/\n+$/, "");
  const ends = value.length - body.length;
  // Blank lines at the end are kept only by `+`, which the next edit at the end would have to mind.
  if (ends > 1) return undefined;
  const lines = body.split("\n").map((line) => (line === "" ? "" : indent + line));
  return [ends === 0 ? "|-" : "|", ...lines].join(eol);
}

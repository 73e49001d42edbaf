import type { DocumentNode } from "./definition-document.ts";

/** What is put into a text: a JSON value, in which a part may be given as text that is there already. */
export type NewValue =
  | string
  | number
  | boolean
  | null
  | RawNumber
  | Snippet
  | readonly NewValue[]
  | { readonly [name: string]: NewValue };

/** A number that a double does not hold as it was written: `1.10`, `9007199254740993`. */
export class RawNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/**
 * A value that keeps its text where it goes, in the document that it is from: its layout, its numbers and, in YAML, its comments.
 * `snippetOf` makes one.
 */
export class Snippet {
  readonly isFlow: boolean;
  readonly isContainer: boolean;
  /** The value alone. */
  readonly text: string;
  /** What is in front of each of its lines but the first. */
  readonly indent: string;
  /** The entry that held it, where that is of a YAML block. */
  readonly entry: BlockEntry | undefined;
  /** The same value without its text, for a place that cannot take it. */
  readonly value: NewValue;

  constructor(parts: Snippet) {
    this.isFlow = parts.isFlow;
    this.isContainer = parts.isContainer;
    this.text = parts.text;
    this.indent = parts.indent;
    this.entry = parts.entry;
    this.value = parts.value;
  }
}

export interface BlockEntry {
  readonly kind: "member" | "item";
  /** The comments that stand above it, without what is in front of them. */
  readonly lead: readonly string[];
  /** From behind the colon or the dash to the end of the entry, with the comment there. */
  readonly tail: string;
  /** What is in front of each line of the tail but the first. */
  readonly indent: string;
}

/** Whether a new value is an object to be printed, not one of the classes. */
export function isNewObject(value: NewValue): value is { readonly [name: string]: NewValue } {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof RawNumber) &&
    !(value instanceof Snippet)
  );
}

/** A value with its numbers as they are written. Aliases are what they stand for. */
export function exactValue(text: string, node: DocumentNode): NewValue {
  switch (node.kind) {
    case "scalar": {
      if (typeof node.value !== "number") return node.value;
      const written = text.slice(node.from, node.to);
      const isJson = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/.test(written);
      return isJson && String(node.value) !== written ? new RawNumber(written) : node.value;
    }
    case "alias":
      return exactValue(text, node.target);
    case "array":
      return node.items.map(({ value }) => exactValue(text, value));
    case "object":
      return Object.fromEntries(
        node.members.map(({ name, value }) => [name, exactValue(text, value)]),
      );
  }
}

/** A plain JSON value as a new one; what JSON has no value for is left out. */
export function newValueOf(value: unknown): NewValue | undefined {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (value instanceof RawNumber || value instanceof Snippet) return value;
  if (typeof value !== "object") return undefined;
  if (Array.isArray(value)) {
    return value.map(newValueOf).filter((item) => item !== undefined);
  }
  const members = Object.entries(value).map(
    ([name, member]) => [name, newValueOf(member)] as const,
  );
  return Object.fromEntries(
    members.filter((member): member is [string, NewValue] => member[1] !== undefined),
  );
}

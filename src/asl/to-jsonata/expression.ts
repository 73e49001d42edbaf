import type { NoteCode } from "./note.ts";

/** What is known of an expression's value without its data. */
export type KnownType = "text" | "integer" | "boolean" | "list";

/** A JSONata expression that takes the place of a path, a call or a comparison. */
export interface Expression {
  readonly text: string;
  /** Whether it can be followed by a step or stand beside an operator as it is. */
  readonly isPrimary: boolean;
  /** Whether its value may be nothing, where what it replaces fails. */
  readonly mayBeNothing: boolean;
  readonly type?: KnownType;
  /** A list without the brackets that keep it one, for what takes a sequence as well. */
  readonly sequence?: string;
  /** What is not the same any more. */
  readonly remarks: readonly NoteCode[];
  /** What it takes the place of, as it was written. */
  readonly from?: string;
}

/** An expression that gives something whatever the data is. */
export function certain(text: string, type?: KnownType): Expression {
  return {
    text,
    isPrimary: true,
    mayBeNothing: false,
    remarks: [],
    ...(type === undefined ? {} : { type }),
  };
}

/** The text as an operand, or to be followed by a step. */
export function primary({ text, isPrimary }: Expression): string {
  return isPrimary ? text : `(${text})`;
}

/** The remarks of the parts of an expression, and its own. */
export function remarksOf(
  parts: readonly Expression[],
  ...own: readonly NoteCode[]
): readonly NoteCode[] {
  return [...new Set([...parts.flatMap(({ remarks }) => remarks), ...own])];
}

/**
 * The remarks of parts that stand where nothing passes for something: in a text, a list or an object, or beside an operator
 * that takes it.
 */
export function remarksWithin(
  parts: readonly Expression[],
  ...own: readonly NoteCode[]
): readonly NoteCode[] {
  const unnoticed = parts.some(({ mayBeNothing }) => mayBeNothing);
  return remarksOf(parts, ...(unnoticed ? (["MISSING_IS_NOTHING"] as const) : []), ...own);
}

/** A call that gives nothing if one of its arguments is nothing, as JSONata's functions do. */
export function call(
  name: string,
  parts: readonly Expression[],
  own: readonly NoteCode[] = [],
  type?: KnownType,
): Expression {
  return {
    text: `$${name}(${parts.map(({ text }) => text).join(", ")})`,
    isPrimary: true,
    mayBeNothing: parts.some(({ mayBeNothing }) => mayBeNothing),
    remarks: remarksOf(parts, ...own),
    ...(type === undefined ? {} : { type }),
  };
}

/** A list of what the text gives: brackets keep one item, and none, a list. */
export function listOf(sequence: string, parts: Pick<Expression, "remarks">): Expression {
  return {
    text: `[${sequence}]`,
    isPrimary: true,
    mayBeNothing: false,
    type: "list",
    sequence,
    remarks: parts.remarks,
  };
}

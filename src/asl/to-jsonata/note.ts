import type { JsonValue } from "../../expression/json.ts";

/**
 * What is not the same after a conversion, or could not be converted.
 *
 * What is so for every state is never noted. Where JSONPath fails with `States.Runtime`, which nothing catches, JSONata fails with
 * `States.QueryEvaluationError`, which a Catcher may catch. And it takes more: a step by name goes through lists, the first item of
 * what is no list is that itself, and seconds with a fraction are cut.
 */
export interface ConversionNote {
  readonly level: NoteLevel;
  readonly code: NoteCode;
  /** The field in the converted value: `States`, `Check`, `Choices`, `0`, `Condition`. */
  readonly path: readonly (string | number)[];
  /** What was written there: a path, an intrinsic function call, a comparison. */
  readonly from?: JsonValue;
  /** What it was replaced with; absent: it stayed. */
  readonly to?: JsonValue;
}

/**
 * - `missing`: the same for all data with which the state did not fail; what is missing is nothing now, and may go unnoticed.
 * - `differs`: another result for some data that the state took; the code says which.
 * - `left`: the state stays in JSONPath.
 */
export type NoteLevel = "missing" | "differs" | "left";

export type NoteCode = keyof typeof noteLevels;

/** Every code with its level. */
export const noteLevels = {
  /** A part of an expression may be missing without a failure: in a text, a comparison, or a member of a merged object. */
  MISSING_IS_NOTHING: "missing",
  /** What is no list counts as a list of it: `[*]` does not go through an object's members, and slices and filters take a value. */
  NOT_A_LIST: "differs",
  /** A selected value that is a list itself is put into the selected ones item by item. */
  LIST_IN_LIST: "differs",
  /** A function of a path fails for items of another type, which Jayway passes over. */
  FUNCTION_OF_OTHERS: "differs",
  /** A filter compares numbers with texts that are numbers; JSONata does not. */
  LOOSE_COMPARISON: "differs",
  /** A template that is looked up is taken as it is: a backslash in it means itself. */
  TEMPLATE_ESCAPES: "differs",
  /** Objects and lists in a text are JSON, not as Java prints them; of a number there are 15 digits. */
  TEXT_OF_VALUE: "differs",
  /** The JSON text of a text is the text itself, without quotes; numbers have 15 digits. */
  JSON_OF_TEXT: "differs",
  /** Characters beyond ASCII have another Base64. */
  BASE64_OF_NON_ASCII: "differs",
  /** The item of an empty list is nothing, not null. */
  ITEM_OF_EMPTY_LIST: "differs",
  /** An empty text is no JSON, not null. */
  JSON_OF_EMPTY_TEXT: "differs",
  /** Numbers with a fraction are taken as they are, not rounded before. */
  FRACTIONS: "differs",
  /** A random value that was drawn once and taken twice is drawn twice. */
  RANDOM_TWICE: "differs",
  /** Values are found by what they are, not by their text: `true` is not `"true"`. */
  CONTAINS_BY_TEXT: "differs",
  /** The same seed gives another number. */
  RANDOM_OF_SEED: "differs",
  /** Comparing with a text that is no timestamp fails instead of not holding. */
  NOT_A_TIMESTAMP: "differs",
  /** Days that a month does not have pass for a timestamp. */
  TIMESTAMP_PATTERN: "differs",
  /** An object is not iterated by its members. */
  ITEMS_OF_OBJECT: "differs",

  /** A step of a path that JSONata has nothing alike for. */
  UNSUPPORTED_PATH: "left",
  /** An operator of a filter that JSONata has nothing alike for. */
  UNSUPPORTED_FILTER: "left",
  /** An intrinsic function with arguments that cannot be known before it runs, such as the separators of a text. */
  UNSUPPORTED_INTRINSIC: "left",
  /** `ResultPath` points into a list. */
  RESULT_PATH_IN_LIST: "left",
  /** A variable has the name of a function of JSONata, which hides it. */
  VARIABLE_HIDDEN_BY_FUNCTION: "left",
  /** An expression would be longer or nested deeper than JSONata's bounds. */
  EXPRESSION_TOO_LARGE: "left",
  /** A path finds nothing, whatever the data is: the state fails whenever that is evaluated. */
  ALWAYS_FAILS: "left",
  /** The state is wrong already: what it means cannot be said. */
  INVALID: "left",
} as const satisfies Readonly<Record<string, NoteLevel>>;

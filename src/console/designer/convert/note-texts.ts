import type { NoteCode, NoteLevel } from "../../../asl/to-jsonata/note.ts";

/** What a note of a conversion says in English: for the console, which has it in other languages too, and for the command line. */
export const noteTexts = {
  MISSING_IS_NOTHING: "What is missing is nothing now, where the state failed before.",
  NOT_A_LIST: "What is no list counts as a list of it.",
  LIST_IN_LIST: "A list within the selected ones is put in item by item.",
  FUNCTION_OF_OTHERS: "The function fails for items of another type, which were passed over.",
  LOOSE_COMPARISON: "Numbers are not compared with texts that are numbers.",
  TEMPLATE_ESCAPES: "A backslash in the looked-up template means itself.",
  TEXT_OF_VALUE: "Objects and lists in a text are written as JSON.",
  JSON_OF_TEXT: "The JSON of a text is the text itself, without quotes.",
  BASE64_OF_NON_ASCII: "Characters beyond ASCII have another Base64.",
  ITEM_OF_EMPTY_LIST: "The item of an empty list is nothing, not null.",
  JSON_OF_EMPTY_TEXT: "An empty text is no JSON, not null.",
  FRACTIONS: "Fractions are kept, not rounded before.",
  RANDOM_TWICE: "A random value is drawn twice.",
  CONTAINS_BY_TEXT: "Values are found by what they are, not by their text.",
  RANDOM_OF_SEED: "The same seed gives another number.",
  NOT_A_TIMESTAMP: "A text that is no timestamp fails instead of not holding.",
  TIMESTAMP_PATTERN: "Days that a month does not have pass for a timestamp.",
  ITEMS_OF_OBJECT: "An object is not iterated by its members.",
  UNSUPPORTED_PATH: "JSONata has nothing like this path.",
  UNSUPPORTED_FILTER: "JSONata has nothing like this filter.",
  UNSUPPORTED_INTRINSIC: "The function's arguments are known only when it runs.",
  RESULT_PATH_IN_LIST: "ResultPath points into a list.",
  VARIABLE_HIDDEN_BY_FUNCTION: "A variable has the name of a function of JSONata.",
  EXPRESSION_TOO_LARGE: "The expression would be too long.",
  ALWAYS_FAILS: "The path finds nothing, whatever the data is.",
  INVALID: "The state is wrong already.",
} as const satisfies Readonly<Record<NoteCode, string>>;

/** What each level says. */
export const noteLevelTexts = {
  missing: "May be missing",
  differs: "Differs",
  left: "Not converted",
} as const satisfies Readonly<Record<NoteLevel, string>>;

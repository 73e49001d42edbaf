import type { DocCode } from "./functions.ts";

/** The data that names are completed from; each a JSON value, absent where there is none. */
export interface SampleData {
  readonly input?: unknown;
  readonly context?: unknown;
  /** Of a Map's `ItemSelector`: what the context object has as its `Map.Item`. */
  readonly item?: unknown;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly result?: unknown;
  readonly errorOutput?: unknown;
}

/** What is written: `jsonata` is the text between the delimiters; `intrinsic` and `jsonpath` are fields with `.$` and paths. */
export type CompletedLanguage = "jsonata" | "jsonpath" | "intrinsic";

/** What is asked: where the cursor is in a field, and what its names are completed from. */
export interface CompletionQuestion {
  readonly language: CompletedLanguage;
  readonly text: string;
  /** Between the characters of `text`. */
  readonly cursor: number;
  readonly data: SampleData;
  /** What of `$states` the field may read beside `input` and `context`. */
  readonly allowed?: readonly ("result" | "errorOutput")[];
  /** In JSONPath, the document that `$` is. */
  readonly of?: "input" | "result" | "errorOutput";
}

/** Something that may stand at the cursor. */
export interface Candidate {
  /** As it is listed: `customer`, `$sum`, `States.Format`. */
  readonly label: string;
  readonly kind: "member" | "variable" | "function" | "root" | "keyword";
  /** What replaces the text from `Completion.from` to the cursor. */
  readonly insert: string;
  /** Where the cursor goes within `insert`; at its end if absent. */
  readonly cursor?: number;
  /** Of a function: `$sum(array)`, as its language's documentation names its parameters. */
  readonly signature?: string;
  /** Of a function or root: what the page has a short description of. */
  readonly doc?: DocCode;
  /** Where the text begins that it replaces, if not where that of the others does: `['my name']` takes the dot, too. */
  readonly from?: number;
  /** Of a member or variable: what its value is in the sample, and how it looks, shortly. */
  readonly sample?: { readonly type: SampleType; readonly text: string };
}

export type SampleType = "null" | "boolean" | "number" | "string" | "array" | "object";

/** What may stand at the cursor, the most likely first. */
export interface Completion {
  /** Where the text begins that a candidate replaces. */
  readonly from: number;
  readonly candidates: readonly Candidate[];
}

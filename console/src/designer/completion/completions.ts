import type { CompletedLanguage, Completion, SampleData } from "./candidate.ts";

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

/** What may stand at the cursor; `undefined` where nothing can be said: within a text, or after what is no path. */
export type Completions = (question: CompletionQuestion) => Completion | undefined;

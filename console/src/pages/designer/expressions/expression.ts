import type { AskedField } from "../../../../../src/console/view-types.ts";
import type {
  CompletedLanguage,
  CompletionQuestion,
} from "../../../designer/completion/candidate.ts";
import type { QueryLanguage } from "../../../designer/edits/fragment.ts";

/** What an expression is: how it is completed, and how the server is asked what it comes to. */
export interface ExpressionSort extends Pick<AskedField, "expected" | "of"> {
  /** Absent: it is completed, and not evaluated, since what it looks in is not known before the state runs. */
  readonly kind?: AskedField["kind"] | undefined;
  /** What the server's errors name it: `Output`, `Choices[0]/Condition`. */
  readonly field: string;
  readonly allowed?: CompletionQuestion["allowed"];
}

/** The language of a lone expression's text. */
export function completedLanguage(language: QueryLanguage, text: string): CompletedLanguage {
  if (language === "JSONata") return "jsonata";
  return text.trimStart().startsWith("$") || text.trim() === "" ? "jsonpath" : "intrinsic";
}

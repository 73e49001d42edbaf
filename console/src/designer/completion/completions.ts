import type { CompletedLanguage, Completion, CompletionQuestion } from "./candidate.ts";
import { completeJsonata } from "./complete-jsonata.ts";
import { completeIntrinsic, completePath } from "./complete-jsonpath.ts";

/** Our choices: a text that is longer is not looked through while somebody types, and as many are shown at most. */
const longestText = 32_768;
const mostCandidates = 200;

/** What may stand at the cursor; `undefined` where nothing can be said: within a text, or after what is no path. */
export function completions(question: CompletionQuestion): Completion | undefined {
  if (question.text.length > longestText) return undefined;
  const found = complete[question.language](question);
  return found && { ...found, candidates: found.candidates.slice(0, mostCandidates) };
}

const complete: {
  readonly [L in CompletedLanguage]: (question: CompletionQuestion) => Completion | undefined;
} = {
  jsonata: completeJsonata,
  jsonpath: completePath,
  intrinsic: completeIntrinsic,
};

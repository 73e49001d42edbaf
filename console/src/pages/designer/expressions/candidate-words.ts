import { useCallback } from "react";
import type { Candidate } from "../../../designer/completion/candidate.ts";
import { useText } from "../../../i18n/language.tsx";

/** What a candidate is, in a line: of functions how they are called, too. */
export function useCandidateWords(): (candidate: Candidate) => string | undefined {
  const { expressionDocs } = useText();
  return useCallback(
    ({ doc, signature, sample }) => {
      const said = doc === undefined ? undefined : expressionDocs[doc];
      return sample === undefined
        ? said
        : [signature, said].filter(Boolean).join("\n") || undefined;
    },
    [expressionDocs],
  );
}

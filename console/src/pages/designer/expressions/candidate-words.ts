import { useCallback } from "react";
import type { Candidate } from "../../../designer/completion/candidate.ts";
import { useDesignerText } from "../../../i18n/designer/texts.ts";

/** What a candidate is, in a line: of functions how they are called, too. */
export function useCandidateWords(): (candidate: Candidate) => string | undefined {
  const { expressionDocs } = useDesignerText();
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

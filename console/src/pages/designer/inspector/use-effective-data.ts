import { useMemo } from "react";
import type { AskedField } from "../../../../../src/console/view-types.ts";
import type { SampleData } from "../../../designer/completion/candidate.ts";
import type { QueryLanguage } from "../../../designer/edits/fragment.ts";
import type { StateEntry } from "../../../designer/edits/graph-index.ts";
import { useEvaluation } from "../expressions/use-evaluation.ts";

/**
 * The data as the fields behind `InputPath` see it: `$` is what that takes of the input. *Spec*: ASL, input and output processing; of
 * `null` they see an empty object.
 */
export function useEffectiveData(
  { fields }: StateEntry,
  language: QueryLanguage,
  data: SampleData | undefined,
): SampleData | undefined {
  const path = language === "JSONPath" ? fields["InputPath"] : undefined;
  const isAsked = typeof path === "string" && path !== "$" && data !== undefined;
  const asked = useMemo(
    (): AskedField | undefined =>
      isAsked ? { id: "InputPath", kind: "jsonpath", text: path } : undefined,
    [isAsked, path],
  );
  const { result } = useEvaluation(asked, data);
  const taken = isAsked && result !== undefined && "value" in result ? result : undefined;
  return useMemo(() => {
    if (data === undefined || (path !== null && !isAsked)) return data;
    if (path === null) return { ...data, input: {} };
    // Of a value that is too large to be told whole nothing can be read.
    return taken === undefined || taken.isCut
      ? data
      : { ...data, input: JSON.parse(taken.value) as unknown };
  }, [data, path, isAsked, taken]);
}

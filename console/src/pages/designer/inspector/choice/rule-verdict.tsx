import { useId, useMemo } from "react";
import type { AskedField } from "../../../../../../src/console/view-types.ts";
import { OutcomeLine } from "../../expressions/outcome-line.tsx";
import { useEvaluation } from "../../expressions/use-evaluation.ts";
import { useInspected } from "../inspected.ts";

/** Whether a JSONPath rule is taken with the pinned data. */
export function RuleVerdict({ rule, index }: { readonly rule: unknown; readonly index: number }) {
  const { data } = useInspected();
  const id = useId();
  const asked = useMemo(
    (): AskedField => ({ id, kind: "choiceRule", field: `Choices[${index}]`, value: rule }),
    [id, rule, index],
  );
  return <OutcomeLine evaluation={useEvaluation(asked, data)} isPinned={data !== undefined} />;
}

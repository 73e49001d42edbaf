import { useMemo } from "react";
import type { SampleData } from "../../../designer/completion/candidate.ts";
import type { QueryLanguage } from "../../../designer/edits/fragment.ts";
import type { StateEntry } from "../../../designer/edits/graph-index.ts";
import { useEvaluation } from "../expressions/use-evaluation.ts";
import {
  effectiveInput,
  firstItem,
  itemsOfMap,
  mergedResult,
  selectedResult,
  type Stage,
  type Step,
} from "./stages.ts";

/** The pinned data at each stage; `undefined`: it is not known there. */
export type Stages = { readonly [S in Stage]: SampleData | undefined };

/** The data as each field of a state sees it, computed of the fields before it by the server. */
export function useStages(
  state: StateEntry,
  language: QueryLanguage,
  raw: SampleData | undefined,
): Stages {
  const input = useStep(
    useMemo(
      () => raw && effectiveInput(state.fields, language, raw),
      [state.fields, language, raw],
    ),
  );
  const effective = useMemo(
    // Where it cannot be taken the fields behind it are tried with all of it.
    () => raw && (input === undefined ? raw : { ...raw, input: input.value }),
    [raw, input],
  );
  const isJsonPath = language === "JSONPath";
  const result = useStep(
    useMemo(
      () => (isJsonPath && effective ? selectedResult(state, effective) : undefined),
      [isJsonPath, state, effective],
    ),
  );
  const selected = useMemo(() => raw && withResult(raw, result), [raw, result]);
  const merged = useStep(
    useMemo(
      () => (result && selected ? mergedResult(state.fields, selected) : undefined),
      [result, state.fields, selected],
    ),
  );
  const items = useStep(
    useMemo(
      () => (effective ? itemsOfMap(state, language, effective) : undefined),
      [state, language, effective],
    ),
  );
  return useMemo(() => {
    const item = items && firstItem(items.value);
    return {
      raw,
      effective,
      selected,
      output: raw && withResult(raw, merged),
      item: effective && (item === undefined ? effective : { ...effective, item }),
    };
  }, [raw, effective, selected, merged, items]);
}

interface Known {
  readonly value: unknown;
}

function withResult(data: SampleData, known: Known | undefined): SampleData {
  return { ...data, result: known?.value };
}

/** The value of a step once it is known. Of one that is too large to be told whole nothing can be read. */
function useStep(step: Step): Known | undefined {
  const question = step !== undefined && "question" in step ? step.question : undefined;
  const { result } = useEvaluation(question?.field, question?.data);
  const told =
    question !== undefined && result !== undefined && "value" in result && !result.isCut
      ? result.value
      : undefined;
  return useMemo(() => {
    if (step === undefined) return undefined;
    if ("value" in step) return step;
    return told === undefined ? undefined : { value: JSON.parse(told) as unknown };
  }, [step, told]);
}

import { useEffect, useMemo, useState } from "react";
import type {
  AskedField,
  EvaluationData,
  FieldResult,
} from "../../../../../src/console/view-types.ts";
import { designer } from "../../../api/designer.ts";
import type { SampleData } from "../../../designer/completion/candidate.ts";

/** Our choice: a pause in typing after which the server is asked. */
const pauseMs = 250;

export interface Evaluation {
  readonly result: FieldResult | undefined;
  /** What is shown is of an earlier text or of earlier data. */
  readonly isBehind: boolean;
  /** The server could not be asked. */
  readonly failure: Error | undefined;
  /** The pinned data has no such document, and the field looks in it: it was not asked. */
  readonly lacks?: "result" | "errorOutput";
}

const nothing: Evaluation = { result: undefined, isBehind: false, failure: undefined };

/** What a field comes to with this data, asked of the server after a pause. A newer question ends the one before it. */
export function useEvaluation(
  field: AskedField | undefined,
  data: SampleData | undefined,
): Evaluation {
  const lacks = field === undefined || data === undefined ? undefined : lacking(field, data);
  const isAsked = field !== undefined && lacks === undefined;
  const question = useMemo(
    () => (isAsked ? JSON.stringify({ fields: [field], data: asked(data) }) : undefined),
    [isAsked, field, data],
  );
  const [answer, setAnswer] = useState<
    Pick<Evaluation, "result" | "failure"> & { readonly question: string }
  >();
  useEffect(() => {
    if (question === undefined) return undefined;
    const aborting = new AbortController();
    const timer = setTimeout(() => {
      designer
        .evaluate(JSON.parse(question) as Parameters<typeof designer.evaluate>[0], {
          signal: aborting.signal,
        })
        .then(({ results }) => setAnswer({ question, result: results[0], failure: undefined }))
        .catch((error: unknown) => {
          if (aborting.signal.aborted) return;
          const failure = error instanceof Error ? error : new Error(String(error));
          setAnswer({ question, result: undefined, failure });
        });
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      aborting.abort();
    };
  }, [question]);
  if (lacks !== undefined) return { ...nothing, lacks };
  if (question === undefined) return nothing;
  return {
    result: answer?.result,
    failure: answer?.failure,
    isBehind: answer?.question !== question,
  };
}

function asked(data: SampleData | undefined): EvaluationData {
  const text = (name: keyof SampleData) =>
    data?.[name] === undefined ? {} : { [name]: JSON.stringify(data[name]) };
  return {
    ...text("input"),
    ...text("context"),
    ...text("item"),
    ...text("variables"),
    ...text("result"),
    ...text("errorOutput"),
  };
}

/** Which document a field looks in that is not there: a past execution that failed has no result. */
function lacking(field: AskedField, data: SampleData): "result" | "errorOutput" | undefined {
  const { of = "input", kind, text, value } = field;
  if (of === "input" || data[of] !== undefined) return undefined;
  const isRead =
    kind !== "jsonata" || (text ?? JSON.stringify(value) ?? "").includes(`$states.${of}`);
  return isRead ? of : undefined;
}

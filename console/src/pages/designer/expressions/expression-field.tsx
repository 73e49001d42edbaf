import { useId, useMemo, type ReactNode } from "react";
import type { AskedField } from "../../../../../src/console/view-types.ts";
import type { SampleData } from "../../../designer/completion/candidate.ts";
import type { QueryLanguage } from "../../../designer/edits/fragment.ts";
import { CodeInput } from "./code-input.tsx";
import { completedLanguage, type ExpressionSort } from "./expression.ts";
import { completing, jsonataColours } from "./expression-extensions.ts";
import { FieldFrame } from "./field-frame.tsx";
import { OutcomeLine } from "./outcome-line.tsx";
import { useCandidateWords } from "./candidate-words.ts";
import { useDraft } from "./use-draft.ts";
import { useEvaluation, type Evaluation } from "./use-evaluation.ts";
import { useLatest } from "./use-latest.ts";

export interface ExpressionFieldProps {
  readonly label: string;
  /** The member's name in ASL, where the label is not that. */
  readonly member?: string;
  readonly hint?: ReactNode;
  readonly aside?: ReactNode;
  readonly isRequired?: boolean;
  readonly language: QueryLanguage;
  /** What it is completed from and tried with; `undefined`: nothing is pinned. */
  readonly data: SampleData | undefined;
  /** The text without `{%` and `%}`. */
  readonly value: string;
  readonly sort: ExpressionSort;
  /** What was typed, after a pause and when the field is left. */
  readonly onChange: (value: string) => void;
}

/** An expression to type: completed from the data, with its result or error beneath. */
export function ExpressionField(props: ExpressionFieldProps): ReactNode {
  const { label, language, data, sort, value, onChange } = props;
  const { text, change, flush } = useDraft(value, onChange);
  const words = useCandidateWords();
  const now = useLatest({ data, sort, language, words });
  const id = useId();
  const { kind, field, expected, of } = sort;
  const asked = useMemo((): AskedField | undefined => {
    if (kind === undefined || text.trim() === "") return undefined;
    return {
      id,
      kind: kind === "jsonpath" && !text.trimStart().startsWith("$") ? "intrinsic" : kind,
      field,
      text: kind === "jsonata" ? `${opening}${text} %}` : text,
      ...(expected && { expected }),
      ...(of && { of }),
    };
  }, [id, kind, field, expected, of, text]);
  const evaluation = useEvaluation(asked, data);
  const extensions = () => [
    completing(
      (written, cursor) => ({ from: 0, question: questionOf(now.current, written, cursor) }),
      (candidate) => now.current.words(candidate),
    ),
    language === "JSONata" ? jsonataColours : [],
  ];
  return (
    <FieldFrame {...props}>
      <CodeInput
        label={label}
        text={text}
        onChange={change}
        onFlush={flush}
        extensions={extensions}
        isOneLine={language === "JSONPath"}
        mistake={mistakeIn(evaluation, kind === "jsonata" ? opening.length : 0)}
      />
      {asked !== undefined && <OutcomeLine evaluation={evaluation} isPinned={data !== undefined} />}
    </FieldFrame>
  );
}

const opening = "{% ";

/** The place that the server tells, in the text without its delimiters. */
function mistakeIn({ result, isBehind }: Evaluation, offset: number) {
  if (isBehind || result === undefined || !("error" in result)) return undefined;
  const { from, to } = result.error;
  return from === undefined || to === undefined
    ? undefined
    : { from: Math.max(0, from - offset), to: Math.max(0, to - offset) };
}

function questionOf(
  { data, sort, language }: Pick<ExpressionFieldProps, "data" | "sort" | "language">,
  text: string,
  cursor: number,
) {
  return {
    language: completedLanguage(language, text),
    text,
    cursor,
    data: data ?? {},
    ...(sort.allowed && { allowed: sort.allowed }),
    ...(sort.of && { of: sort.of }),
  };
}

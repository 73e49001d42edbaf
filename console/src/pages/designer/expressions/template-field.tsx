import { useId, useMemo, useState, type ReactNode } from "react";
import type { AskedField } from "../../../../../src/console/view-types.ts";
import type { SampleData } from "../../../designer/completion/candidate.ts";
import type { QueryLanguage } from "../../../designer/edits/fragment.ts";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { useCandidateWords } from "./candidate-words.ts";
import { CodeInput } from "./code-input.tsx";
import type { ExpressionSort } from "./expression.ts";
import { completing, jsonText } from "./expression-extensions.ts";
import { FieldFrame } from "./field-frame.tsx";
import { OutcomeLine } from "./outcome-line.tsx";
import { templatePlace } from "./template-place.ts";
import { useDraft } from "./use-draft.ts";
import { useEvaluation } from "./use-evaluation.ts";
import { useLatest } from "./use-latest.ts";

export interface TemplateFieldProps {
  readonly label: string;
  readonly member?: string;
  readonly hint?: ReactNode;
  readonly aside?: ReactNode;
  readonly isRequired?: boolean;
  readonly language: QueryLanguage;
  readonly data: SampleData | undefined;
  /** Any JSON; `undefined`: the member is not there, as it is again where the text is emptied. */
  readonly value: unknown;
  readonly sort: ExpressionSort;
  readonly onChange: (value: unknown) => void;
}

/** Our choice: what has more characters is not evaluated while it is typed. */
const longestEvaluated = 65_536;

/** JSON with expressions in it, as text: completed within them, with what it comes to beneath. */
export function TemplateField(props: TemplateFieldProps): ReactNode {
  const { label, language, data, sort, value, onChange } = props;
  const { inspector: words } = useDesignerText();
  const written = value === undefined ? "" : JSON.stringify(value, undefined, 2);
  const [isWrong, setWrong] = useState(false);
  const commit = (typed: string) => {
    const read = readJson(typed);
    setWrong(read === "wrong");
    if (read !== "wrong" && !isSameJson(typed, written)) onChange(read.value);
  };
  const { text, change, flush } = useDraft(written, commit, { isSame: isSameJson });
  const candidateWords = useCandidateWords();
  const now = useLatest({ data, sort, language, candidateWords });
  const id = useId();
  const { kind, field, expected, of } = sort;
  const asked = useMemo((): AskedField | undefined => {
    const read = kind === undefined || text.length > longestEvaluated ? "wrong" : readJson(text);
    if (kind === undefined || read === "wrong" || read.value === undefined) return undefined;
    return { id, kind, field, value: read.value, ...(expected && { expected }), ...(of && { of }) };
  }, [id, kind, field, expected, of, text]);
  const evaluation = useEvaluation(asked, data);
  const extensions = () => [
    jsonText,
    completing(
      (json, cursor) => {
        const place = templatePlace(json, cursor, now.current.language);
        if (place === undefined) return undefined;
        const { from, ...question } = place;
        const { allowed, of: document } = now.current.sort;
        return {
          from,
          question: {
            ...question,
            data: now.current.data ?? {},
            ...(allowed && { allowed }),
            ...(document && { of: document }),
          },
        };
      },
      (candidate) => now.current.candidateWords(candidate),
    ),
  ];
  return (
    <FieldFrame {...props}>
      <CodeInput
        label={label}
        text={text}
        onChange={(typed) => {
          if (readJson(typed) !== "wrong") setWrong(false);
          change(typed);
        }}
        onFlush={flush}
        extensions={extensions}
        isTemplate
      />
      {isWrong && readJson(text) === "wrong" ? (
        <p role="status" className="mt-1 text-xs text-fail">
          {words.notJson}
        </p>
      ) : (
        asked !== undefined && <OutcomeLine evaluation={evaluation} isPinned={data !== undefined} />
      )}
    </FieldFrame>
  );
}

/** An empty text is no value. */
function readJson(text: string): { readonly value: unknown } | "wrong" {
  if (text.trim() === "") return { value: undefined };
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return "wrong";
  }
}

/** The same value, whatever its layout. */
function isSameJson(one: string, other: string): boolean {
  const [a, b] = [readJson(one), readJson(other)];
  return a !== "wrong" && b !== "wrong" && JSON.stringify(a.value) === JSON.stringify(b.value);
}

import { Check, X } from "lucide-react";
import { useMemo, useRef, useState, type RefObject } from "react";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { answerFields, type AnswerField } from "./form/answer-schema.ts";
import { initialDraft, readAnswer, type Draft } from "./form/answer-values.ts";
import { Fields, inputLook, Labelled } from "./form/field.tsx";
import { decision, type PreparedAnswer } from "./prepared-answer.ts";

/** What is being written as the answer of a question. */
export interface Answering {
  readonly fields: readonly AnswerField[];
  readonly draft: Draft;
  readonly setDraft: (draft: Draft) => void;
  /** Of a decision whose form does not ask for one itself; `undefined`: the form does, or it is none. */
  readonly comment: string | undefined;
  readonly setComment: (comment: string) => void;
  /** Approve and Reject answer it. */
  readonly isDecision: boolean;
  /** What is wrong, by path, once somebody has tried to answer. */
  readonly problems: ReadonlyMap<string, string>;
  readonly form: RefObject<HTMLFormElement | null>;
  readonly prepared: (isApproved: boolean | undefined) => PreparedAnswer;
  /** Hands the answer on, or shows what is wrong with it. */
  readonly prepare: (isApproved: boolean | undefined) => void;
}

export function useAnswering(
  schema: unknown,
  onPrepared: (answer: PreparedAnswer) => void,
): Answering {
  const { approvals: text } = useText();
  const format = useFormat();
  const all = useMemo(() => answerFields(schema), [schema]);
  const isDecision =
    all === undefined || all.some(({ name, kind }) => name === "approved" && kind === "boolean");
  const fields = all?.filter(({ name }) => !(isDecision && name === "approved")) ?? [];
  const hasComment = fields.some(({ name }) => name === "comment");
  const [draft, setDraft] = useState(() => initialDraft(fields));
  const [comment, setComment] = useState("");
  const [isTried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const { value, problems } = readAnswer(fields, draft, text.form, format);
  const prepared = (isApproved: boolean | undefined): PreparedAnswer => {
    if (isApproved === undefined) return { kind: "answer", output: JSON.stringify(value) };
    return decision(isApproved, hasComment ? "" : comment, value);
  };
  return {
    fields,
    draft,
    setDraft,
    comment: isDecision && !hasComment ? comment : undefined,
    setComment,
    isDecision,
    problems: isTried ? problems : noProblems,
    form,
    prepared,
    prepare(isApproved) {
      setTried(true);
      if (problems.size === 0) onPrepared(prepared(isApproved));
      else focusFirstProblem(form.current);
    },
  };
}

/** The form that a question asks for, with what sends it. */
export function AskedForm({ answering }: { readonly answering: Answering }) {
  const { approvals: text } = useText();
  const format = useFormat();
  const { isDecision, comment, problems, prepare } = answering;
  return (
    <form
      ref={answering.form}
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        // Enter in a field never decides: it would have to guess.
        if (!isDecision) prepare(undefined);
      }}
    >
      <Fields
        fields={answering.fields}
        draft={answering.draft}
        problems={problems}
        onChange={(path, written) => answering.setDraft({ ...answering.draft, [path]: written })}
      />
      {comment !== undefined && (
        <Labelled label={text.comment} isOptional>
          {(ids) => (
            <textarea
              {...ids}
              rows={2}
              value={comment}
              className={inputLook}
              onChange={({ target }) => answering.setComment(target.value)}
            />
          )}
        </Labelled>
      )}
      {problems.size > 0 && (
        <p role="alert" className="text-[13px] text-fail">
          {text.form.problems(format.number(problems.size))}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        {isDecision ? (
          <>
            <Button look="primary" className="h-9! px-5!" onPress={() => prepare(true)}>
              <Check aria-hidden size={15} />
              {text.approve}
            </Button>
            <Button look="danger" className="h-9! px-5!" onPress={() => prepare(false)}>
              <X aria-hidden size={15} />
              {text.reject}
            </Button>
          </>
        ) : (
          <Button look="primary" className="h-9! px-5!" type="submit">
            {text.review}
          </Button>
        )}
      </div>
    </form>
  );
}

const noProblems: ReadonlyMap<string, string> = new Map();

function focusFirstProblem(form: HTMLElement | null): void {
  // The fields are marked by the render that this press causes.
  requestAnimationFrame(() => {
    form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  });
}

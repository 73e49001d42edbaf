import { Check, X } from "lucide-react";
import { useMemo, useState } from "react";
import type { ApprovalView } from "../../../../src/console/view-types.ts";
import { useShortcuts } from "../../app/keys.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { JsonEditor } from "../../parts/json-editor.tsx";
import { jsonMistake } from "../../parts/json-mistake.ts";
import { Button } from "../../parts/button.tsx";
import { answerFields } from "./form/answer-schema.ts";
import { initialDraft, readAnswer } from "./form/answer-values.ts";
import { Fields, inputLook, Labelled } from "./form/field.tsx";
import { Fold } from "./fold.tsx";
import { decision, type PreparedAnswer } from "./prepared-answer.ts";

interface AnswerProps {
  readonly onPrepared: (answer: PreparedAnswer) => void;
}

/** How a task can be answered: the form that was asked for, or yes and no; any JSON; a failure. */
export function AnswerForm({
  approval,
  onPrepared,
}: AnswerProps & { readonly approval: ApprovalView }) {
  const { approvals: text } = useText();
  const fields = useMemo(() => answerFields(approval.schema), [approval.schema]);
  const isDecision =
    fields === undefined ||
    fields.some(({ name, kind }) => name === "approved" && kind === "boolean");
  const asked = fields?.filter(({ name }) => !(isDecision && name === "approved")) ?? [];
  const hasComment = asked.some(({ name }) => name === "comment");
  const [draft, setDraft] = useState(() => initialDraft(asked));
  const [comment, setComment] = useState("");
  const [isTried, setTried] = useState(false);
  const format = useFormat();
  const { value, problems } = readAnswer(asked, draft, text.form, format);

  function prepared(isApproved: boolean | undefined): PreparedAnswer {
    if (isApproved === undefined) return { kind: "answer", output: JSON.stringify(value) };
    return decision(isApproved, hasComment ? "" : comment, value);
  }

  function prepare(isApproved: boolean | undefined): void {
    setTried(true);
    if (problems.size === 0) onPrepared(prepared(isApproved));
    else focusFirstProblem();
  }

  useShortcuts(
    isDecision
      ? [
          { keys: "a", label: text.keyApprove, group: text.keys, run: () => prepare(true) },
          { keys: "r", label: text.keyReject, group: text.keys, run: () => prepare(false) },
        ]
      : [],
  );

  return (
    <div className="flex flex-col gap-4">
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          // Enter in a field never decides: it would have to guess.
          if (!isDecision) prepare(undefined);
        }}
      >
        <Fields
          fields={asked}
          draft={draft}
          problems={isTried ? problems : noProblems}
          onChange={(path, written) => setDraft({ ...draft, [path]: written })}
        />
        {isDecision && !hasComment && (
          <Labelled label={text.comment} isOptional>
            {(ids) => (
              <textarea
                {...ids}
                rows={2}
                value={comment}
                className={inputLook}
                onChange={({ target }) => setComment(target.value)}
              />
            )}
          </Labelled>
        )}
        {isTried && problems.size > 0 && (
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
      <div className="flex flex-col border-t border-line pt-2">
        <Fold title={text.rawAnswer}>
          <RawAnswer
            start={JSON.stringify(
              JSON.parse(outputOf(prepared(isDecision ? true : undefined))),
              null,
              2,
            )}
            onPrepared={onPrepared}
          />
        </Fold>
        <Fold title={text.failTask}>
          <FailTask onPrepared={onPrepared} />
        </Fold>
      </div>
    </div>
  );
}

const noProblems: ReadonlyMap<string, string> = new Map();

function outputOf(answer: PreparedAnswer): string {
  return answer.kind === "fail" ? "{}" : answer.output;
}

function focusFirstProblem(): void {
  // The fields are marked by the render that this press causes.
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  });
}

function RawAnswer({ start, onPrepared }: AnswerProps & { readonly start: string }) {
  const { approvals: text } = useText();
  const [written, setWritten] = useState(start);
  return (
    <div className="flex flex-col items-start gap-3">
      <div className="w-full">
        <JsonEditor
          label={text.rawLabel}
          hint={text.rawHint}
          rows={8}
          value={written}
          onChange={setWritten}
        />
      </div>
      <Button
        isDisabled={jsonMistake(written) !== undefined}
        onPress={() => onPrepared({ kind: "answer", output: written })}
      >
        {text.review}
      </Button>
    </div>
  );
}

/** Documented: characters of SendTaskFailure's `error` and `cause`. */
const longestError = 256;
const longestCause = 32_768;

function FailTask({ onPrepared }: AnswerProps) {
  const { approvals: text } = useText();
  const format = useFormat();
  const [error, setError] = useState("Rejected");
  const [cause, setCause] = useState("");
  const problemOf = (written: string, most: number) =>
    written.length > most ? text.tooLong(format.number(most)) : undefined;
  const isWrong = error.length > longestError || cause.length > longestCause;
  return (
    <div className="flex flex-col items-start gap-3">
      <p className="text-xs text-dim">{text.failHint}</p>
      <div className="w-full max-w-80">
        <Labelled label={text.error} problem={problemOf(error, longestError)}>
          {(ids) => (
            <input
              {...ids}
              value={error}
              className={`${inputLook} font-mono`}
              onChange={({ target }) => setError(target.value)}
            />
          )}
        </Labelled>
      </div>
      <div className="w-full">
        <Labelled label={text.cause} isOptional problem={problemOf(cause, longestCause)}>
          {(ids) => (
            <textarea
              {...ids}
              rows={2}
              value={cause}
              className={inputLook}
              onChange={({ target }) => setCause(target.value)}
            />
          )}
        </Labelled>
      </div>
      <Button
        look="danger"
        isDisabled={isWrong}
        onPress={() => onPrepared({ kind: "fail", error, cause })}
      >
        {text.reviewFailure}
      </Button>
    </div>
  );
}

import { useState } from "react";
import type { ApprovalView } from "../../../../src/console/view-types.ts";
import { useShortcuts } from "../../app/keys.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { JsonEditor } from "../../parts/json-editor.tsx";
import { jsonMistake } from "../../parts/json-mistake.ts";
import { Button } from "../../parts/button.tsx";
import { AskedForm, useAnswering } from "./asked-form.tsx";
import { inputLook, Labelled } from "./form/field.tsx";
import { Fold } from "./fold.tsx";
import type { PreparedAnswer } from "./prepared-answer.ts";

interface AnswerProps {
  readonly onPrepared: (answer: PreparedAnswer) => void;
}

/** How a task can be answered: the form that was asked for, or yes and no; any JSON; a failure. */
export function AnswerForm({
  approval,
  onPrepared,
}: AnswerProps & { readonly approval: ApprovalView }) {
  const { approvals: text } = useText();
  const answering = useAnswering(approval.schema, onPrepared);
  const { isDecision, prepare, prepared } = answering;
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
      <AskedForm answering={answering} />
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

function outputOf(answer: PreparedAnswer): string {
  return answer.kind === "fail" ? "{}" : answer.output;
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

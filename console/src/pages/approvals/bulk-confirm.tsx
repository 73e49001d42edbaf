import { Check, CircleAlert, Hourglass } from "lucide-react";
import { useState } from "react";
import type { ApprovalView } from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { JsonView } from "../../parts/json-view.tsx";
import type { Answered } from "./inbox.tsx";
import { usePerson } from "./person.ts";
import { sentText, type PreparedAnswer } from "./prepared-answer.ts";
import { taskIdOf } from "./task-id.ts";

/** The second of two steps, for several: shows what is sent to which, sends it one after the other, and says what came of each. */
export function BulkConfirm({
  approvals,
  answer,
  onClose,
  onSent,
}: {
  readonly approvals: readonly ApprovalView[];
  readonly answer: PreparedAnswer | undefined;
  readonly onClose: () => void;
  /** Told of those that were answered, when the dialog closes. */
  readonly onSent: (answered: readonly Answered[]) => void;
}) {
  const { approvals: text } = useText();
  const format = useFormat();
  return (
    <Dialog
      title={text.bulkConfirm(format.number(approvals.length))}
      isOpen={answer !== undefined}
      onClose={onClose}
    >
      {answer !== undefined && (
        <Sending approvals={approvals} answer={answer} onClose={onClose} onSent={onSent} />
      )}
    </Dialog>
  );
}

type Result = "sent" | Error;

function Sending({
  approvals: given,
  answer,
  onClose,
  onSent,
}: {
  readonly approvals: readonly ApprovalView[];
  readonly answer: PreparedAnswer;
  readonly onClose: () => void;
  /** Told of those that were answered, when the dialog closes. */
  readonly onSent: (answered: readonly Answered[]) => void;
}) {
  const text = useText();
  const format = useFormat();
  const person = usePerson();
  // Those that have been answered leave the list: what is sent to which stays as it was confirmed.
  const [approvals] = useState(given);
  const [results, setResults] = useState<ReadonlyMap<string, Result>>(new Map());
  const [step, setStep] = useState<"asking" | "sending" | "done">("asking");
  const send = async () => {
    setStep("sending");
    for (const approval of approvals) {
      const { executionArn, taskId } = approval;
      const result = await server
        .answer({
          executionArn,
          taskId,
          ...(person !== "" && { name: person }),
          ...(answer.kind === "fail"
            ? { error: answer.error, cause: answer.cause }
            : { output: answer.output }),
        })
        .then(() => "sent" as const)
        .catch((thrown: unknown) => (thrown instanceof Error ? thrown : new Error(String(thrown))));
      setResults((before) => new Map(before).set(taskIdOf(approval), result));
    }
    setStep("done");
  };
  const close = () => {
    onSent(
      approvals
        .filter((approval) => results.get(taskIdOf(approval)) === "sent")
        .map((approval) => ({ approval, answer })),
    );
    onClose();
  };
  const sent = [...results.values()].filter((result) => result === "sent").length;
  const isHarsh = answer.kind === "reject" || answer.kind === "fail";
  const labels = {
    approve: text.approvals.sendApprove,
    reject: text.approvals.sendReject,
    answer: text.approvals.sendAnswer,
    fail: text.approvals.sendFail,
  };
  return (
    <div className="flex flex-col gap-4">
      <ul className="flex max-h-52 flex-col gap-1.5 overflow-y-auto text-[13px]">
        {approvals.map((approval) => {
          const result = results.get(taskIdOf(approval));
          return (
            <li key={taskIdOf(approval)} className="flex items-start gap-2">
              <Sign result={result} />
              <span className="min-w-0 break-words">
                {approval.title}
                {result instanceof Error && (
                  <span className="block text-xs text-fail">
                    {text.approvals.notSent}: {result.message}
                  </span>
                )}
              </span>
            </li>
          );
        })}
      </ul>
      <JsonView value={sentText(answer)} label={text.approvals.willSend} />
      <p role="status" className="text-xs text-dim">
        {step === "asking"
          ? text.approvals.bulkOnce
          : text.approvals.bulkSent(format.number(sent), format.number(approvals.length))}
      </p>
      <div className="flex flex-wrap justify-end gap-2">
        {step === "done" ? (
          <Button
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the button that was focused is gone
            autoFocus
            look="primary"
            onPress={close}
          >
            {text.app.close}
          </Button>
        ) : (
          <>
            <Button isDisabled={step === "sending"} onPress={onClose}>
              {text.app.cancel}
            </Button>
            <Button
              // oxlint-disable-next-line jsx-a11y/no-autofocus -- a dialog moves the focus anyway; this is where it is wanted
              autoFocus
              look={isHarsh ? "danger" : "primary"}
              isDisabled={step === "sending"}
              onPress={() => void send()}
            >
              {step === "sending" ? text.approvals.sending : labels[answer.kind]}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}

function Sign({ result }: { readonly result: Result | undefined }) {
  const { approvals: text } = useText();
  if (result === undefined)
    return <Hourglass aria-hidden size={14} className="mt-0.5 shrink-0 text-faint" />;
  if (result === "sent")
    return (
      <Check role="img" aria-label={text.sent} size={14} className="mt-0.5 shrink-0 text-ok" />
    );
  return (
    <CircleAlert
      role="img"
      aria-label={text.notSent}
      size={14}
      className="mt-0.5 shrink-0 text-fail"
    />
  );
}

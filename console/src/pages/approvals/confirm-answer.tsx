import { useMutation } from "@tanstack/react-query";
import { serverNow } from "../../app/server-clock.ts";
import { server, ServerError } from "../../api/client.ts";
import type { ApprovalView } from "../../../../src/console/view-types.ts";
import { useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { JsonView } from "../../parts/json-view.tsx";
import { usePerson } from "./person.ts";
import { sentText, type PreparedAnswer } from "./prepared-answer.ts";

/** The second of two steps: shows what is to be sent, and sends that. */
export function ConfirmAnswer({
  approval,
  answer,
  onClose,
  onSent,
}: {
  readonly approval: ApprovalView;
  readonly answer: PreparedAnswer | undefined;
  readonly onClose: () => void;
  readonly onSent: (answer: PreparedAnswer) => void;
}) {
  const { approvals: text } = useText();
  const titles = {
    approve: text.confirmApprove,
    reject: text.confirmReject,
    answer: text.confirmAnswer,
    fail: text.confirmFail,
  };
  return (
    <Dialog
      title={titles[answer?.kind ?? "answer"]}
      isOpen={answer !== undefined}
      onClose={onClose}
    >
      {answer !== undefined && (
        <Confirmation approval={approval} answer={answer} onClose={onClose} onSent={onSent} />
      )}
    </Dialog>
  );
}

function Confirmation({
  approval,
  answer,
  onClose,
  onSent,
}: {
  readonly approval: ApprovalView;
  readonly answer: PreparedAnswer;
  readonly onClose: () => void;
  readonly onSent: (answer: PreparedAnswer) => void;
}) {
  const text = useText();
  const person = usePerson();
  const { executionArn, taskId, claim } = approval;
  const send = useMutation({
    mutationFn: () =>
      server.answer({
        executionArn,
        taskId,
        ...(person !== "" && { name: person }),
        ...(answer.kind === "fail"
          ? { error: answer.error, cause: answer.cause }
          : { output: answer.output }),
      }),
    onSuccess: () => onSent(answer),
  });
  const isFinal = send.isError && isOver(send.error);
  const labels = {
    approve: text.approvals.sendApprove,
    reject: text.approvals.sendReject,
    answer: text.approvals.sendAnswer,
    fail: text.approvals.sendFail,
  };
  const isHarsh = answer.kind === "reject" || answer.kind === "fail";
  return (
    <div className="flex flex-col gap-4">
      <p className="font-medium break-words">{approval.title}</p>
      <JsonView value={sentText(answer)} label={text.approvals.willSend} />
      {claim !== undefined && claim.name !== person && (
        <p className="text-[13px] font-medium text-wait">{text.approvals.claimedBy(claim.name)}</p>
      )}
      <p className="text-xs text-dim">
        {text.approvals.once}{" "}
        {person === "" ? text.approvals.sentUnnamed : text.approvals.sentAs(person)}
      </p>
      {send.isError && <NotSent error={send.error} due={approval.due} />}
      <div className="flex flex-wrap justify-end gap-2">
        <Button
          key={String(isFinal)}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the button that was focused is gone
          autoFocus={isFinal}
          onPress={onClose}
        >
          {isFinal ? text.app.close : text.app.cancel}
        </Button>
        {!isFinal && (
          <Button
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- a dialog moves the focus anyway; this is where it is wanted
            autoFocus
            look={isHarsh ? "danger" : "primary"}
            isDisabled={send.isPending}
            onPress={() => send.mutate()}
          >
            {send.isPending ? text.approvals.sending : labels[answer.kind]}
          </Button>
        )}
      </div>
    </div>
  );
}

function NotSent({ error, due }: { readonly error: Error; readonly due: number | undefined }) {
  const { approvals: text } = useText();
  const code = error instanceof ServerError ? error.code : "";
  // The API says "timed out" of every task that has ended; only the time tells the two apart.
  const isLate = due !== undefined && due <= serverNow();
  const words = !isOver(error) ? text.notSent : isLate ? text.timedOut : text.alreadyAnswered;
  return (
    <div role="alert" className="rounded-lg bg-fail-soft px-3 py-2 text-[13px] text-fail">
      <p className="font-medium">{words}</p>
      <p className="mt-0.5 text-xs break-words">
        {code !== "" && <span className="font-mono">{code}: </span>}
        {error.message}
      </p>
    </div>
  );
}

/** Whether no answer will be taken any more. */
function isOver(error: Error): boolean {
  return (
    error instanceof ServerError &&
    (error.code.endsWith("TaskDoesNotExist") || error.code.endsWith("TaskTimedOut"))
  );
}

import { Layers } from "lucide-react";
import { useState } from "react";
import type { ApprovalView } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Card } from "../../parts/layout.tsx";
import { AnswerForm } from "./answer-form.tsx";
import { BulkConfirm } from "./bulk-confirm.tsx";
import type { Answered } from "./inbox.tsx";
import type { PreparedAnswer } from "./prepared-answer.ts";
import { taskIdOf } from "./task-id.ts";

/** One answer for several questions that have the same form. */
export function BulkAnswer({
  approvals,
  onKeep,
  onConfirming,
  onSent,
}: {
  readonly approvals: readonly ApprovalView[];
  /** Keeps only these chosen. */
  readonly onKeep: (approvals: readonly ApprovalView[]) => void;
  /** Told when the second step begins, and when it has ended. */
  readonly onConfirming: (isConfirming: boolean) => void;
  readonly onSent: (answered: readonly Answered[]) => void;
}) {
  const { approvals: text } = useText();
  const format = useFormat();
  const [prepared, setPrepared] = useState<PreparedAnswer>();
  const [first] = approvals;
  if (first === undefined) return null;
  const alike = approvals.filter((each) => formOf(each) === formOf(first));
  const confirm = (answer: PreparedAnswer | undefined) => {
    setPrepared(answer);
    onConfirming(answer !== undefined);
  };
  return (
    <article className="flex flex-col gap-4">
      <Card>
        <div className="flex items-start gap-3">
          <Layers aria-hidden size={20} className="mt-0.5 shrink-0 text-accent" />
          <div className="min-w-0 grow">
            <h2 className="text-lg leading-snug font-semibold">
              {text.bulkTitle(format.number(approvals.length))}
            </h2>
            <ul className="mt-2 flex max-h-60 flex-col gap-1 overflow-y-auto text-[13px]">
              {approvals.map((each) => (
                <li key={taskIdOf(each)} className="break-words">
                  {each.title}{" "}
                  <span className="text-xs text-dim">
                    {each.stateMachineName} · {each.executionName}
                  </span>
                </li>
              ))}
            </ul>
          </div>
        </div>
      </Card>
      <Card title={text.answer}>
        {alike.length === approvals.length ? (
          <AnswerForm key={formOf(first)} approval={first} onPrepared={confirm} />
        ) : (
          <div className="flex flex-col items-start gap-3">
            <p>{text.bulkUnlike}</p>
            <Button onPress={() => onKeep(alike)}>
              {text.bulkKeep(format.number(alike.length), first.title)}
            </Button>
          </div>
        )}
      </Card>
      <BulkConfirm
        approvals={approvals}
        answer={prepared}
        onClose={() => confirm(undefined)}
        onSent={onSent}
      />
    </article>
  );
}

/** Questions are alike that take the same answer: of the same state, with the same form. */
function formOf({ stateMachineArn, key, schema }: ApprovalView): string {
  return JSON.stringify([stateMachineArn, key, schema ?? null]);
}

import { useState } from "react";
import { useAroundText } from "../../i18n/around/texts.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { type GivenTarget, putTarget } from "./rule-calls.ts";
import { isComplete, TargetFields } from "./target-fields.tsx";
import { useTriggerChange } from "./use-trigger-change.ts";
import { TriggerForm } from "./trigger-form.tsx";

/** Gives a rule one more target. */
export function AddTarget({
  ruleArn,
  onClose,
}: {
  readonly ruleArn: string;
  readonly onClose: () => void;
}) {
  const { triggers: words } = useAroundText();
  const [target, setTarget] = useState<GivenTarget>({
    arn: "",
    roleArn: `arn:aws:iam::${ruleArn.split(":")[4] ?? ""}:role/rule`,
    input: "",
    deadLetterArn: "",
  });
  const put = useTriggerChange(() => putTarget(ruleArn, target), onClose);
  const canPut = isComplete(target);
  return (
    <Dialog isOpen title={words.rule.addTarget} onClose={onClose}>
      <TriggerForm save={put} action={words.rule.addTarget} canSave={canPut} onClose={onClose}>
        <TargetFields
          given={target}
          onChange={setTarget}
          service="events.amazonaws.com"
          inputHint={words.inputOfRuleHint}
        />
      </TriggerForm>
    </Dialog>
  );
}

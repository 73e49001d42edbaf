import { useState } from "react";
import { useAroundText } from "../../i18n/around/texts.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { FormFoot } from "./form-foot.tsx";
import { type GivenTarget, putTarget } from "./rule-calls.ts";
import { isComplete, TargetFields } from "./target-fields.tsx";
import { useTriggerChange } from "./use-trigger-change.ts";

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
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (canPut) put.mutate();
        }}
      >
        <TargetFields
          given={target}
          onChange={setTarget}
          service="events.amazonaws.com"
          inputHint={words.inputOfRuleHint}
        />
        <FormFoot
          error={put.error}
          action={words.rule.addTarget}
          canSave={canPut}
          isSaving={put.isPending}
          onClose={onClose}
        />
      </form>
    </Dialog>
  );
}

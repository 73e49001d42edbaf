import { Plus } from "lucide-react";
import { useState } from "react";
import type { BusView, RuleView } from "../../../../src/console/view-types.ts";
import { regionOf } from "../../api/client.ts";
import { callService } from "../../api/triggers.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { Button } from "../../parts/button.tsx";
import { Problem } from "../../parts/field.tsx";
import { JsonView } from "../../parts/json-view.tsx";
import { StackOf } from "../stacks/stack-of.tsx";
import { AddTarget } from "./add-target.tsx";
import { EditAndRemove } from "./edit-and-remove.tsx";
import { Outcomes } from "./outcomes.tsx";
import { deleteRule, removeTargets, ruleName } from "./rule-calls.ts";
import { RuleForm } from "./rule-form.tsx";
import { Targets } from "./targets.tsx";
import { useTriggerChange } from "./use-trigger-change.ts";

/** A rule: its pattern, whom it gives what matches, and what came of it. */
export function RuleDetails({
  rule,
  buses,
}: {
  readonly rule: RuleView;
  readonly buses: readonly BusView[];
}) {
  const { triggers: text } = useAroundText();
  const [isAdding, setAdding] = useState(false);
  const { arn, name, isEnabled, description, pattern, expression } = rule;
  const turn = useTriggerChange(() =>
    callService("events", isEnabled ? "DisableRule" : "EnableRule", ruleName(arn), regionOf(arn)),
  );
  const remove = useTriggerChange(() => deleteRule(arn));
  const removeTarget = useTriggerChange((id: string) => removeTargets(arn, [id]));
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-2">
        <Button isDisabled={turn.isPending} onPress={() => turn.mutate()}>
          {isEnabled ? text.disable : text.enable}
        </Button>
        <Button onPress={() => setAdding(true)}>
          <Plus aria-hidden size={14} />
          {text.rule.addTarget}
        </Button>
        <EditAndRemove
          name={name}
          hint={text.removeHint}
          form={(close) => <RuleForm rule={rule} buses={buses} onClose={close} />}
          remove={() => remove.mutateAsync()}
        />
      </div>
      <Problem error={turn.error ?? removeTarget.error} />
      <StackOf arn={arn} />
      {description !== undefined && <p className="text-[13px] break-words">{description}</p>}
      {expression !== undefined && (
        <p className="text-[13px] text-dim">
          {text.rule.onSchedule} <code>{expression}</code>
        </p>
      )}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        {pattern !== undefined && <JsonView value={pattern} label={text.rule.pattern} />}
        <div className="flex min-w-0 flex-col gap-4">
          <section className="min-w-0">
            <h3 className="mb-1 text-[13px] font-semibold">{text.targets}</h3>
            <Targets
              targets={rule.targets}
              actions={(target) => (
                <Button
                  look="quiet"
                  isDisabled={removeTarget.isPending}
                  onPress={() => target.id !== undefined && removeTarget.mutate(target.id)}
                >
                  {text.rule.removeTarget}
                </Button>
              )}
            />
          </section>
          <Outcomes outcomes={rule.outcomes} />
        </div>
      </div>
      {isAdding && <AddTarget ruleArn={arn} onClose={() => setAdding(false)} />}
    </div>
  );
}

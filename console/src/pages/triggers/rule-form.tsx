import { useState } from "react";
import type { BusView, RuleView } from "../../../../src/console/view-types.ts";
import { regionOf } from "../../api/client.ts";
import { callService } from "../../api/triggers.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { TextField } from "../../parts/text-field.tsx";
import { BusChoice } from "./bus-choice.tsx";
import { examplePattern, tryPattern } from "./event-pattern.ts";
import { ExpressionField, isSchedule } from "./expression-field.tsx";
import { PatternTester } from "./pattern-tester.tsx";
import { type GivenTarget, putTarget } from "./rule-calls.ts";
import { NameField } from "./name-field.tsx";
import { isComplete, TargetFields } from "./target-fields.tsx";
import { useTriggerChange } from "./use-trigger-change.ts";
import { TriggerForm } from "./trigger-form.tsx";

/** *Documented*: names of rules. */
const nameForm = /^[.\-_A-Za-z0-9]{1,64}$/;

interface RuleFormProps {
  readonly buses: readonly BusView[];
  /** What is changed; absent: a new one is made, with its first target. */
  readonly rule?: RuleView;
  readonly onClose: () => void;
}

/** Makes a rule with a pattern, or changes one; both are tried with an event meanwhile. */
export function RuleForm(props: RuleFormProps) {
  const { rule: text } = useAroundText().triggers;
  return (
    <Dialog
      isOpen
      title={props.rule === undefined ? text.create : text.edit(props.rule.name)}
      onClose={props.onClose}
      width="max-w-4xl"
    >
      <Form {...props} />
    </Dialog>
  );
}

function Form({ buses, rule, onClose }: RuleFormProps) {
  const { triggers: words } = useAroundText();
  const [name, setName] = useState(rule?.name ?? "");
  const [busArn, setBusArn] = useState(
    buses.find((bus) => bus.name === rule?.bus && bus.region === rule.region)?.arn ??
      buses[0]?.arn ??
      "",
  );
  const [description, setDescription] = useState(rule?.description ?? "");
  const [pattern, setPattern] = useState(rule?.pattern ?? examplePattern);
  const [target, setTarget] = useState<GivenTarget>({
    arn: "",
    roleArn: `arn:aws:iam::${busArn.split(":")[4] ?? ""}:role/rule`,
    input: "",
    deadLetterArn: "",
  });
  const isNew = rule === undefined;
  const isNamed = nameForm.test(name);
  // A rule without a pattern has an expression.
  const isTimed = rule !== undefined && rule.pattern === undefined;
  const [when, setWhen] = useState({ expression: rule?.expression ?? "", zone: "UTC" });
  const isRight = isTimed
    ? isSchedule(when, "events")
    : tryPattern(pattern, "{}").type !== "invalid";
  const canSave = isNamed && isRight && (!isNew || isComplete(target));

  const save = useTriggerChange(async () => {
    const { RuleArn } = await callService<{ readonly RuleArn: string }>(
      "events",
      "PutRule",
      {
        Name: name,
        EventBusName: busArn,
        Description: description,
        State: rule?.isEnabled === false ? "DISABLED" : "ENABLED",
        ...(isTimed
          ? { ScheduleExpression: when.expression }
          : { EventPattern: pattern, ScheduleExpression: rule?.expression }),
      },
      regionOf(busArn),
    );
    if (isNew) await putTarget(RuleArn, target);
  }, onClose);
  return (
    <TriggerForm
      save={save}
      action={isNew ? words.rule.create : words.save}
      canSave={canSave}
      onClose={onClose}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <NameField
          name={name}
          onChange={setName}
          isNew={isNew}
          isNamed={isNamed}
          problem={words.rule.nameProblem}
        />
        <BusChoice buses={buses} arn={busArn} onChange={setBusArn} isDisabled={!isNew} />
      </div>
      <TextField label={words.description} value={description} onChange={setDescription} />
      {isTimed ? (
        <ExpressionField when={when} onChange={setWhen} service="events" />
      ) : (
        <PatternTester pattern={pattern} onPattern={setPattern} />
      )}
      {isNew && (
        <TargetFields
          given={target}
          onChange={setTarget}
          service="events.amazonaws.com"
          inputHint={words.inputOfRuleHint}
        />
      )}
    </TriggerForm>
  );
}

import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import type { ScheduleView } from "../../../../src/console/view-types.ts";
import { regionOf, server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { callService } from "../../api/triggers.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { Check } from "../../parts/check.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { TextField } from "../../parts/text-field.tsx";
import { ExpressionField, isSchedule } from "./expression-field.tsx";
import type { GivenTarget } from "./rule-calls.ts";
import { readSchedule } from "./schedule-calls.ts";
import { NameField } from "./name-field.tsx";
import { isComplete, TargetFields } from "./target-fields.tsx";
import { useTriggerChange } from "./use-trigger-change.ts";
import { TriggerForm } from "./trigger-form.tsx";

/** *Documented*: names of Scheduler. */
const nameForm = /^[0-9a-zA-Z-_.]{1,64}$/;

interface ScheduleFormProps {
  /** What is changed; absent: a new one is made. */
  readonly schedule?: ScheduleView;
  /** What it starts, where that is known. */
  readonly targetArn?: string;
  readonly onClose: () => void;
}

/** Makes a schedule of Scheduler, or changes one. */
export function ScheduleForm(props: ScheduleFormProps) {
  const { schedule: text } = useAroundText().triggers;
  const { schedule, onClose } = props;
  return (
    <Dialog
      isOpen
      title={schedule === undefined ? text.create : text.edit(schedule.name)}
      onClose={onClose}
      width="max-w-3xl"
    >
      <Form {...props} />
    </Dialog>
  );
}

function Form({ schedule, targetArn, onClose }: ScheduleFormProps): ReactNode {
  const { triggers: words } = useAroundText();
  const session = useQuery({ queryKey: keys.session, queryFn: server.session });
  const [name, setName] = useState(schedule?.name ?? "");
  const [when, setWhen] = useState({
    expression: schedule?.expression ?? "cron(0 9 * * ? *)",
    zone: schedule?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
  });
  const [window, setWindow] = useState(String(schedule?.windowMinutes ?? ""));
  const [description, setDescription] = useState(schedule?.description ?? "");
  const [isOn, setOn] = useState(schedule?.isEnabled ?? true);
  const [changed, setTarget] = useState<GivenTarget>();
  const target = changed ?? firstTarget(schedule, targetArn, session.data?.accountId);
  const isNew = schedule === undefined;
  const isNamed = nameForm.test(name);
  const canSave = isNamed && isSchedule(when, "scheduler") && isComplete(target);

  const save = useTriggerChange(async () => {
    const stored =
      schedule?.group === undefined
        ? undefined
        : await readSchedule({ ...schedule, group: schedule.group });
    const { Input: _, DeadLetterConfig: __, ...storedTarget } = stored?.Target ?? {};
    return callService(
      "scheduler",
      isNew ? "CreateSchedule" : "UpdateSchedule",
      {
        ...stored,
        Name: name,
        ScheduleExpression: when.expression,
        ScheduleExpressionTimezone: when.zone,
        Description: description,
        State: isOn ? "ENABLED" : "DISABLED",
        FlexibleTimeWindow:
          window === ""
            ? { Mode: "OFF" }
            : { Mode: "FLEXIBLE", MaximumWindowInMinutes: Number(window) },
        Target: {
          ...storedTarget,
          Arn: target.arn,
          RoleArn: target.roleArn,
          ...(target.input.trim() !== "" && { Input: target.input }),
          ...(target.deadLetterArn !== "" && { DeadLetterConfig: { Arn: target.deadLetterArn } }),
        },
      },
      schedule === undefined ? undefined : regionOf(schedule.arn),
    );
  }, onClose);
  return (
    <TriggerForm
      save={save}
      action={isNew ? words.schedule.create : words.save}
      canSave={canSave}
      onClose={onClose}
    >
      <NameField
        name={name}
        onChange={setName}
        isNew={isNew}
        isNamed={isNamed}
        problem={words.schedule.nameProblem}
      />
      <ExpressionField when={when} onChange={setWhen} service="scheduler" />
      <TargetFields
        given={target}
        onChange={setTarget}
        service="scheduler.amazonaws.com"
        inputHint={words.inputHint}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label={words.schedule.window}
          hint={words.schedule.windowHint}
          type="number"
          min={1}
          max={1440}
          value={window}
          onChange={setWindow}
        />
        <TextField label={words.description} value={description} onChange={setDescription} />
      </div>
      <Check label={words.schedule.isOn} isOn={isOn} onChange={setOn} />
    </TriggerForm>
  );
}

function firstTarget(
  schedule: ScheduleView | undefined,
  arn = "",
  accountId = "000000000000",
): GivenTarget {
  const [target] = schedule?.targets ?? [];
  return {
    arn: target?.arn ?? arn,
    // Where nobody is asked who he is, any role does.
    roleArn: target?.roleArn ?? `arn:aws:iam::${accountId}:role/schedule`,
    input: target?.input ?? "",
    deadLetterArn: target?.deadLetterArn ?? "",
  };
}

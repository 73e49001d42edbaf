import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { regionOf, server } from "../../api/client.ts";
import { useText } from "../../i18n/language.tsx";
import { Check } from "../../parts/check.tsx";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Field, inputLook, Problem } from "../../parts/field.tsx";
import type { StateMachine } from "./state-machine.ts";
import { workflowKeys } from "./use-workflows.ts";

export type Setting = "role" | "logging" | "tracing";

/** Changes one setting of a workflow; its definition stays as it is. */
export function SettingDialog({
  setting,
  ...props
}: {
  readonly setting: Setting;
  readonly machine: StateMachine;
  readonly onClose: () => void;
}) {
  switch (setting) {
    case "role":
      return <RoleDialog {...props} />;
    case "logging":
      return <LoggingDialog {...props} />;
    case "tracing":
      return <TracingDialog {...props} />;
  }
}

interface DialogProps {
  readonly machine: StateMachine;
  readonly onClose: () => void;
}

function Frame({
  machine: { stateMachineArn },
  title,
  change,
  isComplete = true,
  onClose,
  children,
}: DialogProps & {
  readonly title: string;
  /** What UpdateStateMachine is given. */
  readonly change: object;
  readonly isComplete?: boolean;
  readonly children: ReactNode;
}) {
  const text = useText();
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: () =>
      server.call("UpdateStateMachine", { stateMachineArn, ...change }, regionOf(stateMachineArn)),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: workflowKeys.machine(stateMachineArn) });
      onClose();
    },
  });
  const canSave = isComplete && !save.isPending;
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (canSave) save.mutate();
        }}
      >
        {children}
        <Problem error={save.error} />
        <div className="flex flex-wrap items-center justify-end gap-2">
          <p className="grow basis-56 text-xs text-dim">{text.editing.appliesNext}</p>
          <Button onPress={onClose}>{text.app.cancel}</Button>
          <Button look="primary" type="submit" isDisabled={!canSave}>
            {save.isPending ? text.workflows.saving : text.workflows.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function RoleDialog(props: DialogProps) {
  const text = useText();
  const [roleArn, setRole] = useState(props.machine.roleArn);
  return (
    <Frame
      {...props}
      title={text.editing.editRole}
      change={{ roleArn }}
      isComplete={roleArn !== "" && roleArn !== props.machine.roleArn}
    >
      <Field label={text.workflows.createRole} hint={text.workflows.createRoleHint}>
        {(ids) => (
          <input
            {...ids}
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog was opened to type here
            autoFocus
            required
            spellCheck={false}
            autoComplete="off"
            value={roleArn}
            onChange={(event) => setRole(event.target.value)}
            className={`${inputLook} h-8 font-mono text-xs!`}
          />
        )}
      </Field>
    </Frame>
  );
}

const levels = ["OFF", "FATAL", "ERROR", "ALL"] as const;

function LoggingDialog(props: DialogProps) {
  const text = useText();
  const { loggingConfiguration: now } = props.machine;
  const [level, setLevel] = useState(now?.level ?? "OFF");
  const [includeExecutionData, setData] = useState(now?.includeExecutionData ?? false);
  const [group, setGroup] = useState(
    now?.destinations?.[0]?.cloudWatchLogsLogGroup?.logGroupArn ?? "",
  );
  return (
    <Frame
      {...props}
      title={text.editing.editLogging}
      change={{
        loggingConfiguration: {
          level,
          includeExecutionData,
          ...(group !== "" && {
            destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: group } }],
          }),
        },
      }}
      isComplete={level === "OFF" || group !== ""}
    >
      <Field label={text.editing.level}>
        {(ids) => (
          <select
            {...ids}
            value={level}
            onChange={(event) => setLevel(event.target.value as typeof level)}
            className={`${inputLook} h-8`}
          >
            {levels.map((id) => (
              <option key={id} value={id}>
                {text.workflows.logLevels[id]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={text.editing.logGroup} hint={text.editing.logGroupHint}>
        {(ids) => (
          <input
            {...ids}
            spellCheck={false}
            autoComplete="off"
            value={group}
            onChange={(event) => setGroup(event.target.value)}
            className={`${inputLook} h-8 font-mono text-xs!`}
          />
        )}
      </Field>
      <Check label={text.editing.includeData} isOn={includeExecutionData} onChange={setData} />
    </Frame>
  );
}

function TracingDialog(props: DialogProps) {
  const text = useText();
  const [enabled, setEnabled] = useState(props.machine.tracingConfiguration?.enabled ?? false);
  return (
    <Frame
      {...props}
      title={text.editing.editTracing}
      change={{ tracingConfiguration: { enabled } }}
    >
      <Check label={text.editing.tracingOn} isOn={enabled} onChange={setEnabled} />
      <p className="text-xs text-dim">{text.editing.tracingHint}</p>
    </Frame>
  );
}

import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Pencil, Trash2 } from "lucide-react";
import { useState, type ReactNode } from "react";
import { regionOf, server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Button, IconButton } from "../../parts/button.tsx";
import { CopyButton } from "../../parts/copy.tsx";
import { Card } from "../../parts/layout.tsx";
import { Ago } from "../../parts/time.tsx";
import { StackOf } from "../stacks/stack-of.tsx";
import { ConfirmDialog } from "./confirm-dialog.tsx";
import { PermissionsCard } from "./permissions-card.tsx";
import { SettingDialog, type Setting } from "./setting-dialogs.tsx";
import type { StateMachine } from "./state-machine.ts";
import { TagsCard } from "./tags-card.tsx";
import { workflowKeys } from "./use-workflows.ts";

/** How the workflow is set up, and its end. */
export function ConfigurationTab({ machine }: { readonly machine: StateMachine }) {
  const text = useText();
  const format = useFormat();
  const [editing, setEditing] = useState<Setting>();
  const pencil = (setting: Setting, label: string) => (
    <IconButton label={label} onPress={() => setEditing(setting)} className="-my-1.5">
      <Pencil aria-hidden size={14} />
    </IconButton>
  );
  const { loggingConfiguration, tracingConfiguration, encryptionConfiguration } = machine;
  const groups = loggingConfiguration?.destinations?.flatMap(
    ({ cloudWatchLogsLogGroup }) => cloudWatchLogsLogGroup?.logGroupArn ?? [],
  );
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Card title={text.workflows.general}>
        <Facts>
          <Fact label={text.workflows.arn} code={machine.stateMachineArn} />
          <Fact
            label={text.workflows.role}
            code={machine.roleArn}
            aside={pencil("role", text.editing.editRole)}
          />
          <Fact label={text.workflows.type}>{text.workflows.types[machine.type]}</Fact>
          <Fact label={text.workflows.created}>
            <Ago at={machine.creationDate * 1_000} />
          </Fact>
          {machine.revisionId !== undefined && (
            <Fact label={text.workflows.revision} code={machine.revisionId} />
          )}
        </Facts>
        <StackOf arn={machine.stateMachineArn} className="mt-3" />
      </Card>
      <TagsCard stateMachineArn={machine.stateMachineArn} />
      <Card title={text.workflows.logging} aside={pencil("logging", text.editing.editLogging)}>
        <Facts>
          <Fact label={text.workflows.logLevel}>
            {text.workflows.logLevels[loggingConfiguration?.level ?? "OFF"]}
          </Fact>
          <Fact label={text.workflows.logData}>
            {loggingConfiguration?.includeExecutionData === true
              ? text.workflows.included
              : text.workflows.notIncluded}
          </Fact>
          {groups?.map((group) => (
            <Fact key={group} label={text.workflows.logDestinations} code={group} />
          ))}
          <Fact label={text.workflows.tracing} aside={pencil("tracing", text.editing.editTracing)}>
            {tracingConfiguration?.enabled === true ? text.workflows.on : text.workflows.off}
          </Fact>
        </Facts>
      </Card>
      <Card title={text.workflows.encryption}>
        <Facts>
          <Fact label={text.workflows.type}>
            {text.workflows.encryptionTypes[encryptionConfiguration?.type ?? "AWS_OWNED_KEY"]}
          </Fact>
          {encryptionConfiguration?.kmsKeyId !== undefined && (
            <Fact label={text.workflows.kmsKey} code={encryptionConfiguration.kmsKeyId} />
          )}
          {encryptionConfiguration?.kmsDataKeyReusePeriodSeconds !== undefined && (
            <Fact label={text.workflows.keyReuse}>
              {format.duration(encryptionConfiguration.kmsDataKeyReusePeriodSeconds * 1_000)}
            </Fact>
          )}
        </Facts>
      </Card>
      <PermissionsCard machine={machine} />
      <DeleteCard machine={machine} />
      {editing !== undefined && (
        <SettingDialog setting={editing} machine={machine} onClose={() => setEditing(undefined)} />
      )}
    </div>
  );
}

function Facts({ children }: { readonly children: ReactNode }) {
  return (
    <dl className="grid gap-x-6 gap-y-2.5 text-[13px] sm:grid-cols-[minmax(7rem,auto)_minmax(0,1fr)]">
      {children}
    </dl>
  );
}

function Fact({
  label,
  code,
  aside,
  children,
}: {
  readonly label: string;
  /** A name to copy. */
  readonly code?: string;
  readonly aside?: ReactNode;
  readonly children?: ReactNode;
}) {
  return (
    <>
      <dt className="text-dim max-sm:-mb-2">{label}</dt>
      <dd className="flex min-w-0 items-start justify-between gap-2">
        {code === undefined ? (
          <span>{children}</span>
        ) : (
          <span className="inline-flex max-w-full items-start gap-1">
            <span className="min-w-0 pt-0.5 font-mono text-xs break-all">{code}</span>
            <CopyButton value={code} />
          </span>
        )}
        {aside}
      </dd>
    </>
  );
}

function DeleteCard({ machine: { stateMachineArn, name } }: { readonly machine: StateMachine }) {
  const text = useText();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);
  const perform = async () => {
    await server.call("DeleteStateMachine", { stateMachineArn }, regionOf(stateMachineArn));
    await navigate({ to: "/workflows" });
    client.removeQueries({ queryKey: workflowKeys.machine(stateMachineArn) });
    void client.invalidateQueries({ queryKey: keys.workflows });
  };
  return (
    <Card title={text.workflows.danger} className="lg:col-span-2">
      <div className="flex flex-wrap items-center gap-3">
        <p className="min-w-0 grow basis-72 text-[13px] text-dim">{text.workflows.dangerHint}</p>
        <Button look="danger" onPress={() => setOpen(true)}>
          <Trash2 aria-hidden size={14} />
          {text.workflows.deleteSubmit}
        </Button>
      </div>
      {isOpen && (
        <ConfirmDialog
          title={text.workflows.deleteTitle(name)}
          hint={text.workflows.dangerHint}
          typed={name}
          action={text.workflows.deleteSubmit}
          perform={perform}
          onClose={() => setOpen(false)}
        />
      )}
    </Card>
  );
}

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useMemo, useRef, useState } from "react";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useShortcuts } from "../../app/keys.ts";
import { useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Problem } from "../../parts/field.tsx";
import { JsonEditor, showPlace } from "../../parts/json-editor.tsx";
import { Diagnostics } from "./diagnostics.tsx";
import { NameAndType, RoleField } from "./new-workflow-fields.tsx";
import { sampleDefinition, useDefaultRole } from "./new-workflow.ts";
import type { StateMachine } from "./state-machine.ts";
import { useValidation } from "./use-validation.ts";

interface CreateProps {
  /** Names that are taken. */
  readonly names: readonly string[];
  /** What it begins as a copy of; absent: a sample. */
  readonly from?: StateMachine | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly onClose: () => void;
}

/** A new workflow from a name and a definition. */
export function CreateWorkflowDialog({
  isOpen,
  ...props
}: CreateProps & { readonly isOpen: boolean }) {
  const text = useText();
  const title =
    props.from === undefined
      ? text.workflows.create
      : text.workflowList.duplicateTitle(props.from.name);
  return (
    <Dialog title={title} isOpen={isOpen} onClose={props.onClose} width="max-w-3xl">
      <CreateForm {...props} />
    </Dialog>
  );
}

function CreateForm({ names, from, tags = {}, onClose }: CreateProps) {
  const text = useText();
  const navigate = useNavigate();
  const client = useQueryClient();
  const defaultRole = useDefaultRole();
  const [name, setName] = useState(() => (from === undefined ? "" : freeName(from.name, names)));
  const [type, setType] = useState(from?.type ?? "STANDARD");
  const [definition, setDefinition] = useState(from?.definition ?? sampleDefinition);
  const [role, setRole] = useState(from?.roleArn);
  const area = useRef<HTMLTextAreaElement>(null);
  const validation = useValidation(definition, type);
  const isTaken = names.includes(name);

  const create = useMutation({
    mutationFn: () =>
      server.call<{ readonly stateMachineArn: string }>("CreateStateMachine", {
        name,
        type,
        definition,
        roleArn: role ?? defaultRole,
        ...(from?.loggingConfiguration && { loggingConfiguration: from.loggingConfiguration }),
        ...(from?.tracingConfiguration && { tracingConfiguration: from.tracingConfiguration }),
        ...(Object.keys(tags).length > 0 && {
          tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
        }),
      }),
    onSuccess: ({ stateMachineArn }) => {
      void client.invalidateQueries({ queryKey: keys.workflows });
      onClose();
      void navigate({ to: "/workflows/$arn", params: { arn: stateMachineArn } });
    },
  });
  const { mutate, isPending } = create;
  const canCreate =
    name !== "" &&
    !isTaken &&
    validation.data?.result === "OK" &&
    !validation.isStale &&
    !isPending;

  useShortcuts(
    useMemo(
      () => [
        {
          keys: "Mod+Enter",
          label: text.workflows.createSubmit,
          group: text.workflows.create,
          run: () => canCreate && mutate(),
        },
      ],
      [text, canCreate, mutate],
    ),
  );

  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (canCreate) mutate();
      }}
    >
      <NameAndType
        name={name}
        isTaken={isTaken}
        type={type}
        onChange={(change) => {
          if (change.name !== undefined) setName(change.name);
          if (change.type !== undefined) setType(change.type);
        }}
      />
      <div>
        <JsonEditor
          label={text.workflows.createDefinition}
          hint={text.workflows.createDefinitionHint}
          value={definition}
          onChange={setDefinition}
          rows={14}
          area={area}
        />
        <Diagnostics
          validation={validation}
          definition={definition}
          onGo={(offset) => showPlace(area.current, offset)}
        />
      </div>
      <RoleField role={role ?? defaultRole} onChange={setRole} />
      <Problem error={create.error} />
      <div className="flex justify-end gap-2">
        <Button onPress={onClose}>{text.app.cancel}</Button>
        <Button look="primary" type="submit" isDisabled={!canCreate}>
          {isPending ? text.workflows.creating : text.workflows.createSubmit}
        </Button>
      </div>
    </form>
  );
}

/** Our choice: `orders-copy`, `orders-copy-2`; a name has 80 characters at most. */
function freeName(name: string, taken: readonly string[]): string {
  for (let count = 1; ; count++) {
    const end = count === 1 ? "-copy" : `-copy-${count}`;
    const free = name.slice(0, 80 - end.length) + end;
    if (!taken.includes(free)) return free;
  }
}

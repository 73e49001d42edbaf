import { useQuery, useQueryClient } from "@tanstack/react-query";
import { regionOf, server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useText } from "../../i18n/language.tsx";
import { StartDialog } from "../start/start-dialog.tsx";
import { ConfirmDialog } from "./confirm-dialog.tsx";
import { CreateWorkflowDialog } from "./create-workflow-dialog.tsx";
import { describedOptions } from "./state-machine.ts";
import { workflowKeys } from "./use-workflows.ts";
import { workflowFactsKey } from "./use-workflow-facts.ts";
import type { ListedWorkflow } from "./workflow-list.ts";

export interface OpenDialog {
  readonly dialog: "start" | "duplicate" | "delete";
  readonly row: ListedWorkflow;
}

/** What an action on a row of the list asks before it is done. */
export function RowDialog({
  open: { dialog, row },
  names,
  onClose,
}: {
  readonly open: OpenDialog;
  /** Names that are taken. */
  readonly names: readonly string[];
  readonly onClose: () => void;
}) {
  const { stateMachineArn, type } = row;
  switch (dialog) {
    case "start":
      return <StartDialog stateMachineArn={stateMachineArn} type={type} isOpen onClose={onClose} />;
    case "duplicate":
      return <DuplicateDialog row={row} names={names} onClose={onClose} />;
    case "delete":
      return <DeleteDialog row={row} onClose={onClose} />;
  }
}

function DuplicateDialog({
  row,
  names,
  onClose,
}: {
  readonly row: ListedWorkflow;
  readonly names: readonly string[];
  readonly onClose: () => void;
}) {
  const { data: machine } = useQuery(describedOptions(row.stateMachineArn));
  if (machine === undefined) return null;
  return (
    <CreateWorkflowDialog
      isOpen
      names={names}
      from={machine}
      tags={copiedTags(row)}
      onClose={onClose}
    />
  );
}

/** All but the one by which the server knows an example of its own: it would take the copy for it. */
function copiedTags({ facts }: ListedWorkflow): Readonly<Record<string, string>> {
  const { "stepwell:example": _example, ...tags } = facts?.tags ?? {};
  return tags;
}

function DeleteDialog({
  row: { stateMachineArn, name },
  onClose,
}: {
  readonly row: ListedWorkflow;
  readonly onClose: () => void;
}) {
  const { workflows: text } = useText();
  const client = useQueryClient();
  return (
    <ConfirmDialog
      title={text.deleteTitle(name)}
      hint={text.dangerHint}
      typed={name}
      action={text.deleteSubmit}
      perform={async () => {
        await server.call("DeleteStateMachine", { stateMachineArn }, regionOf(stateMachineArn));
        client.removeQueries({ queryKey: workflowKeys.machine(stateMachineArn) });
        void client.invalidateQueries({ queryKey: workflowFactsKey });
        await client.invalidateQueries({ queryKey: keys.workflows });
      }}
      onClose={onClose}
    />
  );
}

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { regionOf, server } from "../../api/client.ts";
import { useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Field, inputLook, Problem } from "../../parts/field.tsx";
import type { StateMachine } from "./state-machine.ts";
import { workflowKeys } from "./use-workflows.ts";

/** Makes a version of the current definition. */
export function PublishDialog({
  machine: { stateMachineArn, revisionId },
  onClose,
}: {
  readonly machine: StateMachine;
  readonly onClose: () => void;
}) {
  const text = useText();
  const client = useQueryClient();
  const [description, setDescription] = useState("");
  const publish = useMutation({
    mutationFn: () =>
      server.call(
        "PublishStateMachineVersion",
        {
          stateMachineArn,
          ...(description !== "" && { description }),
          // Refused if somebody has changed the definition since it was read.
          ...(revisionId !== undefined && { revisionId }),
        },
        regionOf(stateMachineArn),
      ),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: workflowKeys.machine(stateMachineArn) });
      onClose();
    },
  });
  return (
    <Dialog title={text.workflows.publish} isOpen onClose={onClose} width="max-w-md">
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          publish.mutate();
        }}
      >
        <p className="text-dim">{text.workflows.publishHint}</p>
        <Field label={text.workflows.descriptionOptional}>
          {(ids) => (
            <input
              {...ids}
              // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog was opened to type here
              autoFocus
              maxLength={256}
              autoComplete="off"
              value={description}
              onChange={(event) => setDescription(event.target.value)}
              className={`${inputLook} h-8`}
            />
          )}
        </Field>
        <Problem error={publish.error} />
        <div className="flex justify-end gap-2">
          <Button onPress={onClose}>{text.app.cancel}</Button>
          <Button look="primary" type="submit" isDisabled={publish.isPending}>
            {publish.isPending ? text.workflows.publishing : text.workflows.publish}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

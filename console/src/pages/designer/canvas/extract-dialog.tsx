import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { regionOf, server } from "../../../api/client.ts";
import { keys } from "../../../api/keys.ts";
import { readDefinition } from "../../../designer/document/read-definition.ts";
import { isRefused } from "../../../designer/edits/edit-result.ts";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { Button } from "../../../parts/button.tsx";
import { Dialog } from "../../../parts/dialog.tsx";
import { Field, inputLook, Problem } from "../../../parts/field.tsx";
import { useDefaultRole } from "../../workflows/new-workflow.ts";
import { useDesigner } from "../use-designer.ts";
import type { CanvasCommands } from "./canvas-commands.ts";
import { refusalWords } from "./outcome-words.ts";

interface ExtractProps {
  readonly commands: CanvasCommands;
  readonly onClose: () => void;
}

/** Asks for the name of the workflow that the selected states become, creates it, and puts a Task that starts it in their place. */
export function ExtractDialog(props: ExtractProps) {
  const text = useDesignerText().canvas.extract;
  return (
    <Dialog title={text.title} isOpen onClose={props.onClose}>
      <ExtractForm {...props} />
    </Dialog>
  );
}

function ExtractForm({ commands, onClose }: ExtractProps) {
  const text = useDesignerText().canvas;
  const { workflow } = useDesigner();
  const client = useQueryClient();
  const defaultRole = useDefaultRole();
  const [first] = commands.selected;
  const state = commands.index.states.get(first ?? "");
  const [name, setName] = useState(() => suggested(state?.name ?? ""));
  const tried = commands.childText(name);
  const refused = isRefused(tried) ? refusalWords(tried, commands.index, text) : undefined;
  const isValid = /^[\w-]{1,80}$/.test(name);

  const create = useMutation({
    mutationFn: async () => {
      if (isRefused(tried)) return;
      const arn = workflow.machine?.stateMachineArn;
      const { stateMachineArn } = await server.call<{ readonly stateMachineArn: string }>(
        "CreateStateMachine",
        {
          name,
          // A child whose output is waited for has to be a Standard one.
          type: "STANDARD",
          definition: JSON.stringify(readDefinition(tried.child).value, null, 2),
          roleArn: workflow.machine?.roleArn ?? defaultRole,
        },
        ...(arn === undefined ? [] : [regionOf(arn)]),
      );
      void client.invalidateQueries({ queryKey: keys.workflows });
      commands.extract(name, stateMachineArn);
      onClose();
    },
  });
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (isValid && refused === undefined && !create.isPending) create.mutate();
      }}
    >
      <p className="text-[13px] text-dim">{text.extract.text}</p>
      <Field label={text.extract.name} hint={text.extract.nameHint}>
        {(ids) => (
          <input
            {...ids}
            autoFocus
            value={name}
            maxLength={80}
            aria-invalid={!isValid}
            onChange={(event) => setName(event.target.value)}
            className={`h-8 ${inputLook}`}
          />
        )}
      </Field>
      <Problem error={refused} />
      <Problem error={create.error} />
      <div className="flex justify-end">
        <Button
          type="submit"
          look="primary"
          isDisabled={!isValid || refused !== undefined || create.isPending}
        >
          {create.isPending ? text.extract.working : text.extract.submit}
        </Button>
      </div>
    </form>
  );
}

/** A name of a workflow takes letters, digits, - and _. */
function suggested(name: string): string {
  const plain = name.replaceAll(/[^\w-]+/g, "-").replaceAll(/^-+|-+$/g, "");
  return plain.slice(0, 80);
}

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ArrowRight, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { keys } from "../../api/keys.ts";
import { useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { CopyButton } from "../../parts/copy.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Field, inputLook, Problem } from "../../parts/field.tsx";
import { formatJson } from "../../parts/format-json.ts";
import type { DefinitionDraft } from "./definition-draft.ts";
import { DefinitionDifference, LookChoice, type DifferenceLook } from "./definition-difference.tsx";
import { saveDefinition } from "./save-definition.ts";
import type { StateMachine } from "./state-machine.ts";
import { workflowKeys } from "./use-workflows.ts";

/** Shows what a draft changes, and saves it; says so if somebody else was faster. */
export function SaveDefinitionDialog({
  machine,
  draft,
  onDraft,
  onSaved,
  onClose,
}: {
  readonly machine: StateMachine;
  readonly draft: DefinitionDraft;
  readonly onDraft: (draft: DefinitionDraft) => void;
  readonly onSaved: (saved: { readonly version?: string }) => void;
  readonly onClose: () => void;
}) {
  const text = useText();
  const client = useQueryClient();
  const [look, setLook] = useState<DifferenceLook>("graph");
  const [state, setState] = useState<string>();
  const [isPublished, setPublished] = useState(false);
  const [description, setDescription] = useState("");
  const [theirs, setTheirs] = useState<string>();

  const save = useMutation({
    mutationFn: (base: string) =>
      saveDefinition({
        machine,
        definition: draft.text,
        base,
        ...(isPublished && { publish: description }),
      }),
    onSuccess: async (outcome) => {
      if (!outcome.saved) {
        setTheirs(outcome.theirs);
        return;
      }
      void client.invalidateQueries({ queryKey: keys.workflows });
      await client.invalidateQueries({
        queryKey: workflowKeys.machine(machine.stateMachineArn),
      });
      onSaved({ ...(outcome.version !== undefined && { version: outcome.version }) });
    },
  });
  const before = theirs ?? draft.base;

  return (
    <Dialog title={text.editing.reviewTitle} isOpen onClose={onClose} width="max-w-6xl">
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!save.isPending) save.mutate(before);
        }}
      >
        {theirs !== undefined && (
          <Conflict
            theirs={theirs}
            mine={draft.text}
            onTake={() => {
              const laidOut = formatJson(theirs);
              onDraft({ text: laidOut, base: laidOut });
              void client.invalidateQueries({
                queryKey: workflowKeys.machine(machine.stateMachineArn),
              });
              onClose();
            }}
            onRebase={() => {
              onDraft({ text: draft.text, base: formatJson(theirs) });
              onClose();
            }}
          />
        )}
        <section className="overflow-hidden rounded-xl border border-line bg-surface">
          <div className="flex flex-wrap items-center justify-end gap-3 border-b border-line px-4 py-2">
            {theirs !== undefined && (
              <p className="flex grow items-center gap-1.5 text-xs font-medium text-dim">
                {text.editing.theirs}
                <ArrowRight aria-hidden size={13} />
                {text.editing.mine}
              </p>
            )}
            <LookChoice look={look} onLook={setLook} />
          </div>
          <DefinitionDifference
            before={before}
            after={draft.text}
            look={look}
            state={state}
            onState={setState}
          />
        </section>
        <div className="grid items-start gap-x-6 gap-y-3 sm:grid-cols-2">
          <label className="flex min-h-8 cursor-pointer items-center gap-2.5 text-[13px] font-medium">
            <input
              type="checkbox"
              checked={isPublished}
              onChange={(event) => setPublished(event.target.checked)}
              className="h-4 w-4 accent-accent"
            />
            {text.editing.publishToo}
          </label>
          {isPublished && (
            <Field label={text.editing.versionDescription}>
              {(ids) => (
                <input
                  {...ids}
                  maxLength={256}
                  autoComplete="off"
                  value={description}
                  onChange={(event) => setDescription(event.target.value)}
                  className={`${inputLook} h-8`}
                />
              )}
            </Field>
          )}
        </div>
        <Problem error={save.error} />
        <div className="flex flex-wrap items-center justify-end gap-2">
          <p className="grow basis-64 text-xs text-dim">{text.editing.saveHint}</p>
          <Button onPress={onClose}>{text.app.cancel}</Button>
          <Button
            look={theirs === undefined ? "primary" : "danger"}
            type="submit"
            isDisabled={save.isPending}
          >
            {save.isPending
              ? text.editing.saving
              : theirs !== undefined
                ? text.editing.overwrite
                : isPublished
                  ? text.editing.saveAndPublish
                  : text.editing.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Conflict({
  theirs,
  mine,
  onTake,
  onRebase,
}: {
  readonly theirs: string;
  readonly mine: string;
  readonly onTake: () => void;
  readonly onRebase: () => void;
}) {
  const text = useText();
  return (
    <div role="alert" className="rounded-lg border border-wait/60 bg-wait-soft p-3 text-[13px]">
      <p className="flex items-center gap-2 font-semibold text-wait">
        <TriangleAlert aria-hidden size={15} />
        {text.editing.conflict}
      </p>
      <p className="mt-1">{text.editing.conflictHint}</p>
      <div className="mt-2 flex flex-wrap items-center gap-2">
        <Button onPress={onRebase}>{text.editing.rebase}</Button>
        <Button onPress={onTake}>{text.editing.takeTheirs}</Button>
        <span className="inline-flex items-center gap-1">
          {text.editing.theirs}
          <CopyButton value={theirs} label={text.editing.copyTheirs} />
        </span>
        <span className="inline-flex items-center gap-1">
          {text.editing.mine}
          <CopyButton value={mine} label={text.editing.copyMine} />
        </span>
      </div>
    </div>
  );
}

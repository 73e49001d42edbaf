import { Save, Undo2 } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import { useShortcuts } from "../../app/keys.ts";
import { useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { formatJson } from "../../parts/format-json.ts";
import { JsonEditor, showPlace } from "../../parts/json-editor.tsx";
import { Card } from "../../parts/layout.tsx";
import { keepDraft, keptDraft, type DefinitionDraft } from "./definition-draft.ts";
import { Diagnostics } from "./diagnostics.tsx";
import { SaveDefinitionDialog } from "./save-definition-dialog.tsx";
import type { StateMachine } from "./state-machine.ts";
import { useValidation } from "./use-validation.ts";

/** The definition as text to change, with what the server says of it beside. */
export function DefinitionEditor({
  machine,
  onClose,
}: {
  readonly machine: StateMachine;
  /** With the version that was published, if one was. */
  readonly onClose: (saved?: { readonly version?: string }) => void;
}) {
  const text = useText();
  const { stateMachineArn, type } = machine;
  const [isKept] = useState(() => keptDraft(stateMachineArn) !== undefined);
  const [draft, setDraft] = useState<DefinitionDraft>(
    () => keptDraft(stateMachineArn) ?? begun(machine.definition),
  );
  const [isReviewing, setReviewing] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const validation = useValidation(draft.text, type);
  const isChanged = draft.text !== draft.base;
  const isValid = validation.data?.result === "OK" && !validation.isStale;
  const canSave = isChanged && isValid;
  const change = (next: DefinitionDraft) => {
    keepDraft(stateMachineArn, next);
    setDraft(next);
  };

  useShortcuts(
    useMemo(
      () => [
        {
          keys: "Mod+s",
          label: text.editing.review,
          group: text.editing.editing,
          run: () => canSave && setReviewing(true),
        },
      ],
      [text, canSave],
    ),
  );

  return (
    <Card
      title={text.editing.editing}
      aside={
        <>
          {isChanged ? (
            <Button look="quiet" onPress={() => change(begun(machine.definition))}>
              <Undo2 aria-hidden size={14} />
              <span className="max-sm:sr-only">{text.editing.discard}</span>
            </Button>
          ) : (
            <Button look="quiet" onPress={() => onClose()}>
              {text.editing.stopEditing}
            </Button>
          )}
          <Button look="primary" isDisabled={!canSave} onPress={() => setReviewing(true)}>
            <Save aria-hidden size={14} />
            {text.editing.review}
          </Button>
        </>
      }
    >
      {isKept && isChanged && <p className="mb-3 text-[13px] text-wait">{text.editing.draft}</p>}
      <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <JsonEditor
          label={text.workflows.definitionText}
          value={draft.text}
          onChange={(typed) => change({ ...draft, text: typed })}
          rows={28}
          autoFocus
          area={area}
        />
        <section className="min-w-0">
          <h3 className="mb-1 text-[13px] font-medium">{text.editing.checks}</h3>
          <Diagnostics
            validation={validation}
            definition={draft.text}
            onGo={(offset) => showPlace(area.current, offset)}
          />
          <p className="mt-2 text-xs text-dim">
            {!isChanged
              ? text.editing.noChange
              : validation.data?.result === "FAIL"
                ? text.editing.fixFirst
                : text.editing.checksHint}
          </p>
        </section>
      </div>
      {isReviewing && (
        <SaveDefinitionDialog
          machine={machine}
          draft={draft}
          onDraft={change}
          onSaved={(saved) => {
            keepDraft(stateMachineArn, undefined);
            onClose(saved);
          }}
          onClose={() => setReviewing(false)}
        />
      )}
    </Card>
  );
}

/** What tools wrote in one line is laid out: nobody edits that. */
function begun(definition: string): DefinitionDraft {
  const text = definition.trim().includes("\n") ? definition : formatJson(definition);
  return { text, base: text };
}

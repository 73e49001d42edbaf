import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { keys } from "../../../api/keys.ts";
import { useShortcuts } from "../../../app/keys.ts";
import type { DefinitionDocument } from "../../../designer/document/definition-document.ts";
import { readDefinition } from "../../../designer/document/read-definition.ts";
import { nearestSpan } from "../../../designer/edits/state-at-path.ts";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { useText } from "../../../i18n/language.tsx";
import { Button } from "../../../parts/button.tsx";
import { Dialog } from "../../../parts/dialog.tsx";
import { Problem } from "../../../parts/field.tsx";
import {
  DefinitionDifference,
  LookChoice,
  type DifferenceLook,
} from "../../workflows/definition-difference.tsx";
import { Diagnostics } from "../../workflows/diagnostics.tsx";
import type { StateMachine } from "../../workflows/state-machine.ts";
import { useValidation } from "../../workflows/use-validation.ts";
import { workflowKeys } from "../../workflows/use-workflows.ts";
import { settingsInput } from "../config/settings-store.ts";
import { useDesigner, useDesignerView, useWorkflowSettings } from "../use-designer.ts";
import { jsonTextOf } from "./json-text.ts";
import { MergePanel } from "./merge-panel.tsx";
import { moveAlias, notPublished, PublishFields, type Publishing } from "./publish-fields.tsx";
import { saveDesigned } from "./save-designed.ts";
import { isSameDefinition, revisionOf } from "./saved-definition.ts";
import { changedSettings, saveTags } from "./settings-changes.ts";
import type { SavedOutcome } from "./saved-outcome.ts";
import type { Ship } from "./use-ship.ts";

interface SaveProps {
  readonly machine: StateMachine;
  readonly ship: Ship;
  /** Shows a place of the text. */
  readonly onGo: (offset: number) => void;
  readonly onSaved: (outcome: SavedOutcome) => void;
  readonly onClose: () => void;
}

/** Shows what is about to be saved, and saves it; merges it with what somebody else has saved meanwhile. */
export function SaveDialog(props: SaveProps) {
  const text = useText();
  const { ship: words } = useDesignerText();
  const { machine, ship, onClose } = props;
  // What the page has read of the server may be newer than what the text began with.
  const [theirs, setTheirs] = useState(ship.isNewer ? machine : undefined);
  const [isMerged, setMerged] = useState(false);
  return (
    <Dialog
      title={theirs === undefined ? text.editing.reviewTitle : words.mergeTitle}
      isOpen
      onClose={onClose}
      width="max-w-6xl"
    >
      {theirs === undefined ? (
        <Review {...props} isMerged={isMerged} onConflict={setTheirs} />
      ) : (
        <MergePanel
          base={ship.saved.definition}
          theirs={theirs}
          onMerged={(definition) => {
            ship.setSaved({ text: definition, definition, revisionId: revisionOf(theirs) });
            setTheirs(undefined);
            setMerged(true);
          }}
          onClose={onClose}
        />
      )}
    </Dialog>
  );
}

function Review({
  machine,
  ship,
  isMerged,
  onGo,
  onConflict,
  onSaved,
  onClose,
}: SaveProps & {
  readonly isMerged: boolean;
  readonly onConflict: (theirs: StateMachine) => void;
}) {
  const text = useText();
  const { ship: words } = useDesignerText();
  const client = useQueryClient();
  const { store, settings: settingsStore } = useDesigner();
  const settings = useWorkflowSettings();
  const others = changedSettings(settingsStore.saved, settings);
  const document = useDesignerView((view) => view.document);
  const [look, setLook] = useState<DifferenceLook>("graph");
  const [state, setState] = useState<string>();
  const [publishing, setPublishing] = useState<Publishing>(notPublished);
  const { stateMachineArn, type } = machine;
  const { saved } = ship;
  const definition = useMemo(() => jsonTextOf(document) ?? "", [document]);
  const validation = useValidation(definition, type);
  const isYaml = document.format === "yaml";
  const isSame = isSameDefinition(definition, saved.definition);

  const save = useMutation({
    mutationFn: async (): Promise<SavedOutcome | undefined> => {
      const { isPublished, description } = publishing;
      const answer = await saveDesigned({
        stateMachineArn,
        definition,
        saved,
        ...(others.length > 0 && { settings: settingsInput(settings, machine.roleArn) }),
        ...(isPublished && { publish: description }),
      });
      if (!answer.isSaved) {
        onConflict(answer.theirs);
        return undefined;
      }
      if (others.includes("tags")) {
        await saveTags(stateMachineArn, settingsStore.saved.tags ?? [], settings.tags ?? []);
      }
      settingsStore.markSaved(settings);
      ship.setSaved({ text: store.text, definition, revisionId: answer.revisionId });
      const { version } = answer;
      return version === undefined ? {} : { version, ...(await moveAlias(publishing, version)) };
    },
    onSuccess: async (outcome) => {
      if (outcome === undefined) return;
      void client.invalidateQueries({ queryKey: keys.workflows });
      await client.invalidateQueries({ queryKey: workflowKeys.machine(stateMachineArn) });
      onSaved(outcome);
    },
  });
  const { mutate, isPending } = save;
  const canSave =
    validation.data?.result === "OK" &&
    !validation.isStale &&
    !isPending &&
    (!isSame || publishing.isPublished || ship.isChanged);

  useShortcuts(
    useMemo(
      () => [
        {
          keys: "Mod+Enter",
          label: text.editing.save,
          group: words.group,
          run: () => canSave && mutate(),
        },
      ],
      [text, words, canSave, mutate],
    ),
  );

  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (canSave) mutate();
      }}
    >
      {isMerged && (
        <p role="status" className="rounded-md bg-ok-soft px-3 py-2 text-[13px]">
          {words.merged}
        </p>
      )}
      {isYaml && <p className="rounded-md bg-run-soft px-3 py-2 text-[13px]">{words.yamlNote}</p>}
      <section
        aria-label={words.difference}
        className="overflow-hidden rounded-xl border border-line bg-surface"
      >
        <div className="flex flex-wrap items-center justify-end gap-3 border-b border-line px-4 py-2">
          <LookChoice look={look} onLook={setLook} />
        </div>
        {isSame ? (
          <p className="px-4 py-8 text-center text-[13px] text-dim">{words.nothing}</p>
        ) : (
          <DefinitionDifference
            before={saved.definition}
            after={definition}
            look={look}
            state={state}
            onState={setState}
          />
        )}
      </section>
      {others.length > 0 && (
        <p className="text-[13px]">
          {words.otherSettings(others.map((each) => words.settings[each]).join(", "))}
        </p>
      )}
      <section aria-label={words.checks}>
        <Diagnostics
          validation={validation}
          definition={definition}
          onGo={(offset) => onGo(isYaml ? placeIn(document, definition, offset) : offset)}
        />
      </section>
      <PublishFields
        stateMachineArn={stateMachineArn}
        publishing={publishing}
        onChange={setPublishing}
      />
      <Problem error={save.error} />
      <div className="flex flex-wrap items-center justify-end gap-2">
        <p className="grow basis-64 text-xs text-dim">{text.editing.saveHint}</p>
        <Button onPress={onClose}>{text.app.cancel}</Button>
        <Button look="primary" type="submit" isDisabled={!canSave}>
          {isPending
            ? text.editing.saving
            : publishing.isPublished
              ? text.editing.saveAndPublish
              : text.editing.save}
        </Button>
      </div>
    </form>
  );
}

/** Where the text has what its JSON has at an offset. */
function placeIn(document: DefinitionDocument, json: string, offset: number): number {
  return nearestSpan(document, readDefinition(json, "json").pathAt(offset)).from;
}

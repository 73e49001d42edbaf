import { useMemo, useState } from "react";
import { compareThreeWays } from "../../../designer/merge/compare-three-ways.ts";
import { mergeInto } from "../../../designer/merge/merge-into.ts";
import type { MergeChoice, MergeChoices, MergedChange } from "../../../designer/merge/merge.ts";
import { readDefinition } from "../../../designer/document/read-definition.ts";
import { applyEdits } from "../../../designer/document/text-edits.ts";
import { isRefused } from "../../../designer/edits/edit-result.ts";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { useFormat, useText } from "../../../i18n/language.tsx";
import { Button } from "../../../parts/button.tsx";
import {
  DefinitionDifference,
  LookChoice,
  type DifferenceLook,
} from "../../workflows/definition-difference.tsx";
import { Diagnostics } from "../../workflows/diagnostics.tsx";
import type { StateMachine } from "../../workflows/state-machine.ts";
import { useValidation } from "../../workflows/use-validation.ts";
import { useDesigner, useDesignerView } from "../use-designer.ts";
import { jsonTextOf } from "./json-text.ts";
import { ConflictChoice, placeText } from "./conflict-choice.tsx";

/** Brings together what somebody else has saved and what is open: by itself where it can, by choice where both changed the same. */
export function MergePanel({
  base,
  theirs,
  onMerged,
  onClose,
}: {
  /** What both began with. */
  readonly base: string;
  readonly theirs: StateMachine;
  /** The text has both now; what is saved is their definition. */
  readonly onMerged: (theirs: string) => void;
  readonly onClose: () => void;
}) {
  const text = useText();
  const { ship: words } = useDesignerText();
  const format = useFormat();
  const { store } = useDesigner();
  const mine = useDesignerView((view) => view.document);
  const [choices, setChoices] = useState<MergeChoices>(new Map());
  const [look, setLook] = useState<DifferenceLook>("unified");
  const [state, setState] = useState<string>();
  const merge = useMemo(
    () =>
      compareThreeWays({
        base: readDefinition(base, "json"),
        theirs: readDefinition(theirs.definition, "json"),
        mine,
      }),
    [base, theirs, mine],
  );
  const result = useMemo(() => mergeInto(mine, merge, choices), [mine, merge, choices]);
  const merged = useMemo(
    () =>
      isRefused(result)
        ? undefined
        : jsonTextOf(readDefinition(applyEdits(mine.text, result.edits), mine.format)),
    [mine, result],
  );
  const validation = useValidation(merged ?? "", theirs.type);
  const { changes, conflicts } = merge;
  const chosen = conflicts.filter(({ id }) => choices.has(id)).length;
  const choose = (id: string, choice: MergeChoice) =>
    setChoices((before) => new Map(before).set(id, choice));
  const chooseAll = (choice: MergeChoice) =>
    setChoices(new Map(conflicts.map(({ id }) => [id, choice])));

  return (
    <div className="flex flex-col gap-4">
      <p className="text-[13px] text-dim">{words.mergeHint}</p>
      <Taken changes={changes} />
      <section aria-label={words.conflicts(format.number(conflicts.length))}>
        <div className="mb-2 flex flex-wrap items-center gap-2">
          <h3 className="grow text-[13px] font-semibold">
            {conflicts.length === 0
              ? words.conflictsNone
              : words.conflicts(format.number(conflicts.length))}
          </h3>
          {conflicts.length > 1 && (
            <>
              <Button onPress={() => chooseAll("mine")}>{words.allMine}</Button>
              <Button onPress={() => chooseAll("theirs")}>{words.allTheirs}</Button>
            </>
          )}
        </div>
        <ul className="flex flex-col gap-3">
          {conflicts.map((conflict) => (
            <li key={conflict.id}>
              <ConflictChoice
                conflict={conflict}
                choice={choices.get(conflict.id)}
                onChoose={(choice) => choose(conflict.id, choice)}
              />
            </li>
          ))}
        </ul>
      </section>
      {merged === undefined ? (
        <p role="alert" className="text-[13px] text-fail">
          {words.mergeRefused}
        </p>
      ) : (
        <section
          aria-label={words.result}
          className="overflow-hidden rounded-xl border border-line bg-surface"
        >
          <div className="flex flex-wrap items-center gap-3 border-b border-line px-4 py-2">
            <h3 className="grow text-[13px] font-semibold">{words.result}</h3>
            <LookChoice look={look} onLook={setLook} />
          </div>
          <DefinitionDifference
            before={theirs.definition}
            after={merged}
            look={look}
            state={state}
            onState={setState}
          />
          <div className="border-t border-line px-4 py-2">
            <Diagnostics validation={validation} definition={merged} onGo={() => undefined} />
          </div>
        </section>
      )}
      <div className="flex flex-wrap items-center justify-end gap-2">
        {conflicts.length > 0 && (
          <p role="status" className="grow text-xs text-dim tabular-nums">
            {words.chosen(format.number(chosen), format.number(conflicts.length))}
          </p>
        )}
        <Button onPress={onClose}>{text.app.cancel}</Button>
        <Button
          look="primary"
          isDisabled={merged === undefined || chosen < conflicts.length}
          onPress={() => {
            store.edit("merge", (document) => mergeInto(document, merge, choices));
            onMerged(theirs.definition);
          }}
        >
          {words.merge}
        </Button>
      </div>
    </div>
  );
}

/** What comes from theirs by itself. */
function Taken({ changes }: { readonly changes: readonly MergedChange[] }) {
  const { ship: words } = useDesignerText();
  const format = useFormat();
  if (changes.length === 0) return <p className="text-[13px]">{words.takenNone}</p>;
  return (
    <details className="text-[13px]">
      <summary className="min-h-6 cursor-pointer rounded font-semibold">
        {words.taken(format.number(changes.length))}
      </summary>
      <ul className="mt-1 max-h-40 list-disc overflow-y-auto pl-5 font-mono text-xs">
        {changes.map(({ place }) => (
          <li key={placeText(place)}>{placeText(place)}</li>
        ))}
      </ul>
    </details>
  );
}

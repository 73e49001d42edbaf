import { compose, type Composed, type EditStep } from "../document/compose.ts";
import type { DefinitionDocument, TextEdit } from "../document/definition-document.ts";
import { removeValue } from "../document/edit-document.ts";
import { exactValue, type NewValue } from "../document/new-value.ts";
import { setValue } from "../document/set-value.ts";
import { ordered, OverlapError } from "../document/text-edits.ts";
import { locate } from "../document/tree.ts";
import { edited } from "../edits/draft.ts";
import type { EditResult } from "../edits/edit-result.ts";
import type { Merge, MergeChoices, MergedChange } from "./merge.ts";
import { isSameValue } from "./same-value.ts";

/**
 * Takes into my text what they have changed: all that does not overlap, and of the conflicts those that are chosen to be theirs.
 * What is mine stays as it is written.
 */
export function mergeInto(
  mine: DefinitionDocument,
  { changes, conflicts }: Merge,
  choices: MergeChoices,
): EditResult {
  const taken: readonly MergedChange[] = [
    ...changes,
    ...conflicts.filter(({ id }) => choices.get(id) === "theirs"),
  ];
  return edited(mine, (draft) => {
    const { edits } = atOnce(mine, taken) ?? oneByOne(mine, taken);
    draft.step(() => edits);
    return { select: [] };
  });
}

/**
 * All edits of the text as it is, which reads it once. `undefined` where they come upon each other: each puts a value where
 * another one does, as two new members behind the same one of a YAML block may.
 */
function atOnce(mine: DefinitionDocument, taken: readonly MergedChange[]): Composed | undefined {
  let edits: readonly TextEdit[];
  try {
    edits = ordered(
      mine.text,
      taken.flatMap((change) => stepsOf(change).flatMap((step) => step(mine))),
    );
  } catch (error) {
    if (error instanceof OverlapError) return undefined;
    throw error;
  }
  const composed = compose(mine, () => edits);
  return isTaken(composed.document, taken) ? composed : undefined;
}

/** From the last on: of two members behind the same one the second is put there first. */
function oneByOne(mine: DefinitionDocument, taken: readonly MergedChange[]): Composed {
  return compose(mine, ...taken.toReversed().flatMap(stepsOf));
}

function stepsOf({ place: { holder, names, after }, theirs }: MergedChange): readonly EditStep[] {
  return names.map((name) => {
    const path = [...holder, name];
    const value = theirs.get(name);
    return (document) => {
      if (value !== undefined) return setValue(document, path, value, after);
      return document.spanOf(path) === undefined ? [] : removeValue(document, path);
    };
  });
}

function isTaken(document: DefinitionDocument, taken: readonly MergedChange[]): boolean {
  const at = (path: readonly (string | number)[]): NewValue | undefined => {
    const found = document.root && locate(document.root, path);
    return found && exactValue(document.text, found.node);
  };
  return (
    document.faults.length === 0 &&
    taken.every(({ place: { holder, names }, theirs }) =>
      names.every((name) => isSameValue(at([...holder, name]), theirs.get(name))),
    )
  );
}

import { compose, type Composed, type EditStep } from "../document/compose.ts";
import type { DefinitionDocument, Path, TextEdit } from "../document/definition-document.ts";
import { removeValue, replaceValue } from "../document/edit-document.ts";
import { EditRefusal } from "../document/edit-refusal.ts";
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
    const { edits } = composed(mine, taken);
    draft.step(() => edits);
    return { select: [] };
  });
}

/** How a value comes to its place: what is there stays where it is the same, or all of it is written anew. */
type Put = (
  document: DefinitionDocument,
  path: Path,
  value: NewValue,
  after?: string | null,
) => readonly TextEdit[];

/** With the least that does: the text is held against what is wanted, for YAML has places where two edits come upon each other. */
function composed(mine: DefinitionDocument, taken: readonly MergedChange[]): Composed {
  const once = atOnce(mine, taken);
  if (once !== undefined && isTaken(once.document, taken)) return once;
  for (const put of [setValue, putAnew]) {
    // From the last on: of two members behind the same one the second is put there first.
    const steps = taken.toReversed().flatMap((change) => stepsOf(change, put));
    const done = composedOrNot(() => compose(mine, ...steps));
    if (done !== undefined && isTaken(done.document, taken)) return done;
  }
  throw new EditRefusal("notation");
}

/** All edits meant of the text as it is, which reads it once more for all of them. */
function atOnce(mine: DefinitionDocument, taken: readonly MergedChange[]): Composed | undefined {
  return composedOrNot(() => {
    const steps = taken.flatMap((change) => stepsOf(change, setValue));
    const edits = ordered(
      mine.text,
      steps.flatMap((step) => step(mine)),
    );
    return compose(mine, () => edits);
  });
}

/** `undefined` where edits overlap, or a step has left a text that the next cannot read. */
function composedOrNot(compose: () => Composed): Composed | undefined {
  try {
    return compose();
  } catch (error) {
    const isBroken = error instanceof EditRefusal && error.code === "unreadable";
    if (isBroken || error instanceof OverlapError) return undefined;
    throw error;
  }
}

const putAnew: Put = (document, path, value, after) =>
  document.spanOf(path) === undefined
    ? setValue(document, path, value, after)
    : replaceValue(document, path, value);

function stepsOf(
  { place: { holder, names, after }, theirs }: MergedChange,
  put: Put,
): readonly EditStep[] {
  return names.map((name) => {
    const path = [...holder, name];
    const value = theirs.get(name);
    return (document) => {
      if (value !== undefined) return put(document, path, value, after);
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

import type { JsonEdit } from "../../../../../src/asl/to-jsonata/edits.ts";
import { compose, type EditStep } from "../../../designer/document/compose.ts";
import type {
  DefinitionDocument,
  TextEdit,
} from "../../../designer/document/definition-document.ts";
import { addMember, removeValue, renameKey } from "../../../designer/document/edit-document.ts";
import { newValueOf, type NewValue } from "../../../designer/document/new-value.ts";
import { setValue } from "../../../designer/document/set-value.ts";
import { ordered } from "../../../designer/document/text-edits.ts";

/**
 * The server's steps as edits of the text: what they do not name stays as it is written. Throws an `EditRefusal`.
 *
 * Steps in different outermost states have nothing to do with each other. The first of each are made together, then the second,
 * and so on: the text is read as often as one state has steps, not as often as there are steps.
 */
export function convertEdits(
  document: DefinitionDocument,
  steps: readonly JsonEdit[],
): readonly TextEdit[] {
  const groups = Map.groupBy(steps, ({ path }) => (path.length > 2 ? path[1] : undefined));
  const rounds = Math.max(0, ...[...groups.values()].map(({ length }) => length));
  const together = Array.from({ length: rounds }, (_, round): EditStep => {
    const made = [...groups.values()].flatMap((group) => group.slice(round, round + 1)).map(stepOf);
    return (now) =>
      ordered(
        now.text,
        made.flatMap((step) => step(now)),
      );
  });
  return compose(document, ...together).edits;
}

function stepOf(edit: JsonEdit): EditStep {
  const { path } = edit;
  const holder = path.slice(0, -1);
  const name = String(path.at(-1));
  switch (edit.type) {
    case "set":
      return (document) => setValue(document, path, valueOf(edit.value));
    case "rename":
      return (document) => renameKey(document, path, edit.name);
    case "remove":
      return (document) => removeValue(document, path);
    case "insert":
      return (document) =>
        addMember(document, holder, name, valueOf(edit.value), edit.after ?? null);
  }
}

/** What the server sends is JSON. */
function valueOf(value: unknown): NewValue {
  return newValueOf(value) ?? null;
}

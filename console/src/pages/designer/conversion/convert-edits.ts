import type { JsonEdit } from "../../../../../src/asl/to-jsonata/edits.ts";
import { compose, type EditStep } from "../../../designer/document/compose.ts";
import type {
  DefinitionDocument,
  TextEdit,
} from "../../../designer/document/definition-document.ts";
import { addMember, removeValue, renameKey } from "../../../designer/document/edit-document.ts";
import { newValueOf, type NewValue } from "../../../designer/document/new-value.ts";
import { setValue } from "../../../designer/document/set-value.ts";

/** The server's steps as edits of the text: what they do not name stays as it is written. Throws an `EditRefusal`. */
export function convertEdits(
  document: DefinitionDocument,
  steps: readonly JsonEdit[],
): readonly TextEdit[] {
  return compose(document, ...steps.map(stepOf)).edits;
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

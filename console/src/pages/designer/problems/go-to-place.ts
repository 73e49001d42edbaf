import { EditorView } from "@codemirror/view";
import type { Path, Span } from "../../../designer/document/definition-document.ts";
import { graphIndex } from "../../../designer/edits/graph-index.ts";
import { nearestSpan, stateAtPath } from "../../../designer/edits/state-at-path.ts";
import type { DesignerStore } from "../designer-store.ts";

/** Leads to a place of the text: its cursor goes there, and the state around it is selected. */
export function goToSpan(store: DesignerStore, { from, to }: Span): void {
  const { length } = store.view.editor.doc;
  const [anchor, head] = [Math.min(from, length), Math.min(to, length)];
  store.dispatch({
    selection: { anchor, head },
    effects: EditorView.scrollIntoView(anchor, { y: "center" }),
    userEvent: "select",
  });
}

/** The same for an entry of the document, or the nearest around it that there is. */
export function goToPath(store: DesignerStore, path: Path): void {
  store.read();
  const { document } = store.view;
  goToSpan(store, nearestSpan(document, path));
  const key = stateAtPath(graphIndex(document), path)?.key;
  if (key !== undefined) store.select([key]);
}

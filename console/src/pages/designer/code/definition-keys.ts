import { EditorView } from "@codemirror/view";
import { nearestSpan } from "../../../designer/edits/state-at-path.ts";
import { codeHelp } from "./code-help.ts";
import { namedState } from "./state-places.ts";

/** Leads to the state that the text at the offset names. */
export function goToDefinition(view: EditorView, offset = view.state.selection.main.head): boolean {
  const document = view.state.facet(codeHelp)?.document();
  if (document === undefined || document.faults.length > 0) return false;
  const state = namedState(document, offset);
  if (state === undefined) return false;
  const { from, to } = nearestSpan(document, state.path);
  view.dispatch({
    selection: { anchor: from, head: to },
    effects: EditorView.scrollIntoView(from, { y: "center" }),
    userEvent: "select",
  });
  return true;
}

/** Ctrl (⌘) and a press on a name do the same. */
export const pressDefinition = EditorView.domEventHandlers({
  mousedown(event, view) {
    if (!(event.ctrlKey || event.metaKey) || event.button !== 0) return false;
    const offset = view.posAtCoords({ x: event.clientX, y: event.clientY });
    if (offset === null || !goToDefinition(view, offset)) return false;
    event.preventDefault();
    return true;
  },
});

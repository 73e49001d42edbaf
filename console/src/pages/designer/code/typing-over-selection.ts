import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

/**
 * Text that is typed over a selection. Left to itself Chrome keeps the colours of what it replaces in a style attribute, which the
 * security policy reports, before CodeMirror draws the line anew.
 */
export const typingOverSelection: Extension = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { main } = view.state.selection;
    const isTyped = event.inputType === "insertText" && event.data !== null;
    if (!isTyped || main.empty || event.isComposing) return false;
    event.preventDefault();
    const text = event.data;
    const insert = () =>
      view.state.update(view.state.replaceSelection(text), {
        userEvent: "input.type",
        scrollIntoView: true,
      });
    const handlers = view.state.facet(EditorView.inputHandler);
    if (!handlers.some((each) => each(view, main.from, main.to, text, insert))) {
      view.dispatch(insert());
    }
    return true;
  },
});

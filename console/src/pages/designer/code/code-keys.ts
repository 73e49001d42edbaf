import { foldEffect } from "@codemirror/language";
import type { EditorView, KeyBinding } from "@codemirror/view";
import { graphIndex } from "../../../designer/edits/graph-index.ts";
import { codeHelp } from "./code-help.ts";
import { goToDefinition } from "./definition-keys.ts";

/** Folds every state of the outermost scope to its first line. */
export function foldAllStates(view: EditorView): boolean {
  const document = view.state.facet(codeHelp)?.document();
  if (document === undefined) return false;
  const effects = [...graphIndex(document).root.states.values()].flatMap(({ path }) => {
    const span = document.spanOf(path);
    if (span === undefined) return [];
    const isJson = document.format === "json";
    const from = isJson ? span.from + 1 : (document.keySpanOf(path)?.to ?? span.from) + 1;
    const to = isJson ? span.to - 1 : span.to;
    return to > from && view.state.doc.lineAt(from).number < view.state.doc.lineAt(to).number
      ? [foldEffect.of({ from, to })]
      : [];
  });
  view.dispatch({ effects });
  return effects.length > 0;
}

export const codeKeys: readonly KeyBinding[] = [
  { key: "F12", run: (view) => goToDefinition(view) },
  { key: "Shift-F12", run: (view) => view.state.facet(codeHelp)?.showUses() ?? false },
  { key: "Mod-Alt-s", run: foldAllStates },
];

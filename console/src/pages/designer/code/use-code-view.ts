import { EditorState, type Transaction } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { useEffect, useRef, useState, type RefObject } from "react";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import type { DesignerStore } from "../designer-store.ts";
import { codeParts, languageOf } from "./code-extensions.ts";
import type { CodeHelp } from "./code-help.ts";
import { codeHelp } from "./code-help.ts";

/**
 * Shows the store's state in an element. The view gives its transactions to the store, and takes from it each that was made
 * elsewhere as a transaction, so that its cursor, folds and scroll stay.
 */
export function useCodeView(
  store: DesignerStore,
  help: CodeHelp,
): { readonly parent: RefObject<HTMLDivElement | null>; readonly view: EditorView | undefined } {
  const parent = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<EditorView | undefined>();
  useEffect(() => {
    if (parent.current === null) return undefined;
    // The security policy takes no style element: in a shadow tree CodeMirror's styles are adopted sheets.
    const root = parent.current.shadowRoot ?? parent.current.attachShadow({ mode: "open" });
    const made = new EditorView({
      state: store.view.editor,
      parent: root,
      root,
      dispatchTransactions: (transactions) => store.take(...transactions),
    });
    const unfollow = store.follow((transactions: readonly Transaction[]) =>
      made.update(transactions),
    );
    setView(made);
    made.dispatch({
      effects: EditorView.scrollIntoView(made.state.selection.main, { y: "center" }),
    });
    return () => {
      unfollow();
      made.destroy();
      setView(undefined);
    };
  }, [store]);
  useHelp(store, help);
  return { parent, view };
}

/** What the helpers know and say, and the notation that is coloured. */
function useHelp(store: DesignerStore, help: CodeHelp): void {
  const { code } = useDesignerText();
  useEffect(() => {
    store.dispatch({
      effects: [
        codeParts.help.reconfigure(codeHelp.of(help)),
        codeParts.phrases.reconfigure([
          EditorState.phrases.of(code.editorPhrases),
          EditorView.contentAttributes.of({ "aria-label": code.editor, tabindex: "0" }),
        ]),
      ],
    });
  }, [store, help, code]);
  useEffect(() => {
    let shown: string | undefined;
    const colour = () => {
      const { format } = store.view.document;
      if (format === shown) return;
      shown = format;
      store.dispatch({ effects: codeParts.language.reconfigure(languageOf(format)) });
    };
    colour();
    return store.subscribe(colour);
  }, [store]);
}

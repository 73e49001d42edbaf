import { EditorView } from "@codemirror/view";
import { useEffect } from "react";
import { graphIndex } from "../../../designer/edits/graph-index.ts";
import { stateAtOffset } from "../../../designer/edits/state-at-path.ts";
import type { NodeKey } from "../../../graph/model.ts";
import type { DesignerStore } from "../designer-store.ts";

/** The graph's selection follows the cursor, and the cursor what is selected elsewhere. */
export function useSameSelection(store: DesignerStore): void {
  useEffect(() => {
    /** What the cursor was told or has told last: it is not told again. */
    let known: NodeKey | undefined = store.view.selected[0];
    const showSelected = () => {
      const [key] = store.view.selected;
      if (key === known || store.view.isBehind) return;
      known = key;
      if (key !== undefined) leadCursor(store, key);
    };
    const unfollow = store.follow((transactions) => {
      const isMoved = transactions.some(
        (each) =>
          each.isUserEvent("select") || each.isUserEvent("input") || each.isUserEvent("delete"),
      );
      // The text is read after its transactions are told.
      if (isMoved) queueMicrotask(showCursor);
    });
    const showCursor = () => {
      const { document, isBehind, editor } = store.view;
      if (isBehind || document.faults.length > 0) return;
      const key = stateAtOffset(document, editor.selection.main.head)?.key;
      if (key === undefined || key === store.view.selected[0]) return;
      known = key;
      store.select([key]);
    };
    if (known !== undefined) leadCursor(store, known);
    const unsubscribe = store.subscribe(showSelected);
    return () => {
      unfollow();
      unsubscribe();
    };
  }, [store]);
}

/** A cursor that is within the state stays where it is. */
function leadCursor(store: DesignerStore, key: NodeKey): void {
  const { document, editor } = store.view;
  const state = graphIndex(document).states.get(key);
  const [name, value] = [
    state && document.keySpanOf(state.path),
    state && document.spanOf(state.path),
  ];
  const { head } = editor.selection.main;
  if (name === undefined || value === undefined || (head >= name.from && head <= value.to)) return;
  if (name.to > editor.doc.length) return;
  store.dispatch({
    selection: { anchor: name.from },
    effects: EditorView.scrollIntoView(name.from, { y: "center" }),
  });
}

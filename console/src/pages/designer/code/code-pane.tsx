import { EditorView } from "@codemirror/view";
import { useEffect, useRef } from "react";
import { useDesigner } from "../use-designer.ts";

/** The text, edited by keys. It shows the store's state, and gives it each transaction. */
export function CodePane() {
  const { store } = useDesigner();
  const parent = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (parent.current === null) return undefined;
    const view: EditorView = new EditorView({
      state: store.view.editor,
      parent: parent.current,
      dispatchTransactions: (transactions) => {
        for (const transaction of transactions) store.take(transaction);
      },
    });
    const unsubscribe = store.subscribe(() => {
      if (view.state !== store.view.editor) view.setState(store.view.editor);
    });
    return () => {
      unsubscribe();
      view.destroy();
    };
  }, [store]);
  return <div ref={parent} className="h-full min-h-0 overflow-auto bg-surface" />;
}

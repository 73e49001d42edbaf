import type { EditorState, Transaction } from "@codemirror/state";
import { expect, test, vi } from "vitest";
import { setField } from "../../designer/edits/fields.ts";
import { DesignerStore } from "./designer-store.ts";

const text = '{\n  "StartAt": "A",\n  "States": { "A": { "Type": "Pass", "End": true } }\n}\n';

/** A view without a screen: it has the store's state as long as it is told of every transaction. */
function follower(store: DesignerStore): { state: EditorState } {
  const view = { state: store.view.editor };
  store.follow((transactions: readonly Transaction[]) => {
    for (const transaction of transactions) {
      expect(transaction.startState).toBe(view.state);
      view.state = transaction.state;
    }
  });
  return view;
}

test("a view that follows has the store's own state after keys, edits of the graph, undo and redo", () => {
  const store = new DesignerStore(text);
  const view = follower(store);
  store.dispatch({ changes: { from: 1, insert: " " }, userEvent: "input.type" });
  store.edit("setField", (document) => setField(document, "/A", ["Comment"], "x"));
  store.undo();
  store.redo();
  store.undo();
  expect(view.state).toBe(store.view.editor);
  store.undo();
  expect(view.state.doc.toString()).toBe(text);
});

test("a long text is read when its typing pauses, and at once for an edit of the graph", () => {
  vi.useFakeTimers();
  try {
    const states = Array.from({ length: 2_000 }, (_, at) => [`S${at}`, { Type: "Succeed" }]);
    const long = JSON.stringify({ StartAt: "S0", States: Object.fromEntries(states) }, null, 2);
    const store = new DesignerStore(long);
    const before = store.view.document;
    store.dispatch({ changes: { from: 1, insert: " " } });
    expect(store.view).toMatchObject({ document: before, isBehind: true });
    expect(store.text).toBe(`{ ${long.slice(1)}`);
    vi.runAllTimers();
    expect(store.view.isBehind).toBe(false);
    expect(store.view.document.text).toBe(store.text);
    store.dispatch({ changes: { from: 1, insert: " " } });
    store.edit("setField", (document) => setField(document, "/S1", ["Comment"], "x"));
    expect(JSON.parse(store.text)).toMatchObject({ States: { S1: { Comment: "x" } } });
    expect(store.text.startsWith("{  ")).toBe(true);
  } finally {
    vi.useRealTimers();
  }
});

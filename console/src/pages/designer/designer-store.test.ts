import type { EditorState, Transaction } from "@codemirror/state";
import { expect, test, vi } from "vitest";
import { setField } from "../../designer/edits/fields.ts";
import { renameState } from "../../designer/edits/rename.ts";
import { wrapStates } from "../../designer/edits/wrap.ts";
import { DesignerStore } from "./designer-store.ts";
import { PinnedStore } from "./pinned/pinned-store.ts";
import { tryStoreOf } from "./try/try-store.ts";

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

test("what is kept by a state's key goes along when it is renamed, wrapped or moved, and back when that is undone", () => {
  const two =
    '{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"M"},"M":{"Type":"Map","ItemProcessor":' +
    '{"StartAt":"I","States":{"I":{"Type":"Pass","End":true}}},"End":true}}}';
  const store = new DesignerStore(two);
  const pinned = new PinnedStore(undefined);
  const tried = tryStoreOf(store);
  store.onMoved((moves) => {
    pinned.move(moves);
    tried.move(moves);
  });
  const sample = { from: "sample" } as const;
  for (const key of ["/A", "/M/I"]) pinned.pin(key, { data: { input: key }, source: sample });
  tried.toggleBreakpoint("/M");
  store.select(["/A"]);
  const found = () => ({
    pinned: Object.fromEntries(
      ["/A", "/B", "/M/I", "/N/I", "/Both[0]/N/I", "/Both[0]/B"].flatMap((key) => {
        const input = pinned.get(key)?.data.input;
        return input === undefined ? [] : [[key, input]];
      }),
    ),
    breakpoints: [...tried.view.breakpoints],
    selected: store.view.selected,
  });
  const start = {
    pinned: { "/A": "/A", "/M/I": "/M/I" },
    breakpoints: ["/M"],
    selected: ["/A"],
  };
  expect(found()).toEqual(start);
  store.edit("rename", (document) => renameState(document, "/A", "B"));
  expect(store.view.renamed).toEqual({ from: "A", to: "B" });
  store.edit("rename", (document) => renameState(document, "/M", "N"));
  expect(found()).toEqual({
    pinned: { "/B": "/A", "/N/I": "/M/I" },
    breakpoints: ["/N"],
    selected: ["/N"],
  });
  store.edit("wrap", (document) =>
    wrapStates(document, ["/B", "/N"], { as: "Parallel", name: "Both" }),
  );
  expect(found()).toMatchObject({
    pinned: { "/Both[0]/B": "/A", "/Both[0]/N/I": "/M/I" },
    breakpoints: ["/Both[0]/N"],
  });
  store.select(["/Both[0]/B"]);
  store.undo();
  store.undo();
  store.undo();
  expect(found()).toEqual(start);
  expect(store.view.renamed).toEqual({ from: "B", to: "A" });
  store.redo();
  expect(found().pinned).toEqual({ "/B": "/A", "/M/I": "/M/I" });
});

test("states of the same name are not taken for one another", () => {
  const twice = (outer: string) =>
    `{"StartAt":"A","States":{"A":{"Type":"Map","ItemProcessor":{"StartAt":"X","States":{"X":{}}}},` +
    `"${outer}":{"Type":"Map","ItemProcessor":{"StartAt":"X","States":{"X":{}}}}}}`;
  const store = new DesignerStore(twice("B"));
  const moved: (readonly [string, string])[] = [];
  store.onMoved((moves) => moved.push(...moves));
  store.edit("rename", (document) => renameState(document, "/B", "C"));
  expect(store.text).toBe(twice("C"));
  expect(moved).toEqual([["/B", "/C"]]);
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

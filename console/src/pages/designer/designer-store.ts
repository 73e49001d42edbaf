import { history, invertedEffects, redo, redoDepth, undo, undoDepth } from "@codemirror/commands";
import {
  EditorState,
  StateEffect,
  Transaction,
  type Extension,
  type TransactionSpec,
} from "@codemirror/state";
import type {
  DefinitionDocument,
  DefinitionFormat,
} from "../../designer/document/definition-document.ts";
import { readDefinition } from "../../designer/document/read-definition.ts";
import { graphIndex } from "../../designer/edits/graph-index.ts";
import { keyMoves, type Renaming } from "../../designer/edits/key-moves.ts";
import { type Edited, type EditResult, isRefused } from "../../designer/edits/edit-result.ts";
import type { NodeKey } from "../../graph/model.ts";

/** What everything on the page sees. It never changes: the store has another one after each change. */
export interface DesignerView {
  /** The text, with the history that undoes it: what a code view shows. */
  readonly editor: EditorState;
  /** The text as it was read. */
  readonly document: DefinitionDocument;
  /** The newest one that could be read: what the graph shows. The same as `document` unless that has faults. */
  readonly readable: DefinitionDocument;
  /** The text that was opened or saved last: what is not as it is here is not saved. */
  readonly base: string;
  /** States that are selected, by their keys. */
  readonly selected: readonly NodeKey[];
  /** The edge that is selected, by its id. */
  readonly edge: string | undefined;
  /** What the newest edit came to, to be shown and read aloud: another object for each. */
  readonly outcome: Outcome | undefined;
  /** The newest state that was given another name on the page, or its old one by an undo: another object for each. */
  readonly renamed: Renaming | undefined;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /**
   * The text has changed since `document` was read: a long one is read when its typing pauses. Edits of the graph read it first;
   * who needs places in the newest text calls `store.read()`.
   */
  readonly isBehind: boolean;
}

export interface Outcome {
  /** The name of the edit among the texts: `insert`, `delete`, … */
  readonly edit: string;
  readonly result: EditResult;
}

/** Our choices: what is read in a few milliseconds is read with each key, and the rest as soon as somebody stops typing. */
const longestReadAtOnce = 60_000;
const readingPauseMs = 250;

/** Who names states by their keys has to be told of it when one is renamed, and again when that is undone. */
const stateRenamed = StateEffect.define<Renaming>();

const renamingsAreUndone = invertedEffects.of(({ effects }) =>
  renamingsIn(effects).map(({ from, to }) => stateRenamed.of({ from: to, to: from })),
);

function renamingsIn(effects: Transaction["effects"]): readonly Renaming[] {
  return effects.flatMap((effect) => (effect.is(stateRenamed) ? [effect.value] : []));
}

/**
 * The open definition. Its text is one CodeMirror state, whose history is the only undo: what is done on the canvas is a
 * transaction of it, as a keystroke is. It lives without a code view, too.
 */
export class DesignerStore {
  #view: DesignerView;
  readonly #listeners = new Set<() => void>();
  readonly #followers = new Set<(transactions: readonly Transaction[]) => void>();
  readonly #format: DefinitionFormat | undefined;
  readonly #movers = new Set<(moves: ReadonlyMap<NodeKey, NodeKey>) => void>();
  /** Of transactions whose text has not been read yet. */
  #renamings: readonly Renaming[] = [];
  #reading: ReturnType<typeof setTimeout> | undefined;

  /** `extensions`: what a code view adds to the state (it is to be there from the first). */
  constructor(text: string, extensions: Extension = [], format?: DefinitionFormat) {
    this.#format = format;
    const editor = EditorState.create({
      doc: text,
      extensions: [history({ minDepth: 1_000 }), renamingsAreUndone, extensions],
    });
    const document = readDefinition(text, format);
    this.#view = {
      editor,
      document,
      readable: document.faults.length === 0 ? document : readDefinition("{}", "json"),
      base: text,
      selected: [],
      edge: undefined,
      outcome: undefined,
      renamed: undefined,
      canUndo: false,
      canRedo: false,
      isBehind: false,
    };
  }

  get view(): DesignerView {
    return this.#view;
  }

  /** The text as it is now, also while `document` is behind it. */
  get text(): string {
    return this.#view.editor.doc.toString();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Takes transactions of this store's state, one after the other: what a code view is to dispatch to. Whoever follows is
   * given each, so that a view keeps its cursor, folds and scroll.
   */
  take(...transactions: readonly Transaction[]): void {
    const editor = transactions.at(-1)?.state;
    if (editor === undefined) return;
    const isChanged = transactions.some(({ docChanged }) => docChanged);
    this.#view = { ...this.#view, editor };
    for (const follower of this.#followers) follower(transactions);
    if (!isChanged) {
      this.#show({});
      return;
    }
    const renamings = transactions.flatMap(({ effects }) => renamingsIn(effects));
    this.#renamings = [...this.#renamings, ...renamings];
    this.#show({ canUndo: undoDepth(editor) > 0, canRedo: redoDepth(editor) > 0, isBehind: true });
    if (editor.doc.length <= longestReadAtOnce) this.read();
    else this.#readLater();
  }

  /** Tells of all transactions before anything else is told of them. */
  follow(follower: (transactions: readonly Transaction[]) => void): () => void {
    this.#followers.add(follower);
    return () => this.#followers.delete(follower);
  }

  /** Tells which states have other keys, before the text with them is shown; their data and marks go along. */
  onMoved(mover: (moves: ReadonlyMap<NodeKey, NodeKey>) => void): () => void {
    this.#movers.add(mover);
    return () => this.#movers.delete(mover);
  }

  /** Reads the text now, if `document` is behind it. */
  read(): void {
    clearTimeout(this.#reading);
    if (!this.#view.isBehind) return;
    const document = readDefinition(this.text, this.#format);
    this.#show({
      document,
      isBehind: false,
      ...(document.faults.length === 0 && this.#followed(document)),
    });
  }

  /** A text that can be read, with what is selected in it. */
  #followed(readable: DefinitionDocument): Partial<DesignerView> {
    const renamings = this.#renamings;
    this.#renamings = [];
    const moves = keyMoves(graphIndex(this.#view.readable), graphIndex(readable), renamings);
    if (moves.size === 0) return { readable };
    for (const mover of this.#movers) mover(moves);
    const renamed = renamings.at(-1);
    return {
      readable,
      selected: this.#view.selected.map((key) => moves.get(key) ?? key),
      ...(renamed && { renamed }),
    };
  }

  #readLater(): void {
    clearTimeout(this.#reading);
    this.#reading = setTimeout(() => this.read(), readingPauseMs);
  }

  dispatch(spec: TransactionSpec): void {
    this.take(this.#view.editor.update(spec));
  }

  /** Performs an edit of the graph. `edit` names it among the texts. */
  edit(edit: string, change: (document: DefinitionDocument) => EditResult): EditResult {
    this.read();
    const { document, readable } = this.#view;
    const result: EditResult = document === readable ? change(document) : { refused: "unreadable" };
    if (isRefused(result)) {
      this.#show({ outcome: { edit, result } });
      return result;
    }
    this.#perform(edit, result);
    return result;
  }

  #perform(edit: string, result: Edited): void {
    if (result.edits.length > 0) {
      this.dispatch({
        changes: result.edits.map(({ from, to, insert }) => ({ from, to, insert })),
        userEvent: `design.${edit}`,
        // Each edit of the graph is undone alone, however fast they come.
        annotations: [Transaction.addToHistory.of(true)],
        ...(result.renamed && { effects: stateRenamed.of(result.renamed) }),
      });
    }
    this.#show({
      outcome: { edit, result },
      ...(result.select.length > 0 && { selected: result.select, edge: undefined }),
    });
  }

  /** To be told what is saved now. */
  setBase(base: string): void {
    if (base !== this.#view.base) this.#show({ base });
  }

  /** Replaces the whole text, as one step of the history: another notation, a starter. */
  replaceText(text: string): void {
    const { editor } = this.#view;
    this.dispatch({
      changes: { from: 0, to: editor.doc.length, insert: text },
      userEvent: "design.replace",
    });
  }

  undo(): void {
    undo({ state: this.#view.editor, dispatch: (transaction) => this.take(transaction) });
  }

  redo(): void {
    redo({ state: this.#view.editor, dispatch: (transaction) => this.take(transaction) });
  }

  select(selected: readonly NodeKey[], edge?: string): void {
    this.#show({ selected, edge });
  }

  #show(change: Partial<DesignerView>): void {
    this.#view = { ...this.#view, ...change };
    for (const listener of this.#listeners) listener();
  }
}

import { history, redo, redoDepth, undo, undoDepth } from "@codemirror/commands";
import { EditorState, type Extension, Transaction, type TransactionSpec } from "@codemirror/state";
import type {
  DefinitionDocument,
  DefinitionFormat,
} from "../../designer/document/definition-document.ts";
import { readDefinition } from "../../designer/document/read-definition.ts";
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
  /** States that are selected, by their keys. */
  readonly selected: readonly NodeKey[];
  /** The edge that is selected, by its id. */
  readonly edge: string | undefined;
  /** What the newest edit came to, to be shown and read aloud: another object for each. */
  readonly outcome: Outcome | undefined;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

export interface Outcome {
  /** The name of the edit among the texts: `insert`, `delete`, … */
  readonly edit: string;
  readonly result: EditResult;
}

/**
 * The open definition. Its text is one CodeMirror state, whose history is the only undo: what is done on the canvas is a
 * transaction of it, as a keystroke is. It lives without a code view, too.
 */
export class DesignerStore {
  #view: DesignerView;
  readonly #listeners = new Set<() => void>();
  readonly #format: DefinitionFormat | undefined;

  /** `extensions`: what a code view adds to the state (it is to be there from the first). */
  constructor(text: string, extensions: Extension = [], format?: DefinitionFormat) {
    this.#format = format;
    const editor = EditorState.create({
      doc: text,
      extensions: [history({ minDepth: 1_000 }), extensions],
    });
    const document = readDefinition(text, format);
    this.#view = {
      editor,
      document,
      readable: document.faults.length === 0 ? document : readDefinition("{}", "json"),
      selected: [],
      edge: undefined,
      outcome: undefined,
      canUndo: false,
      canRedo: false,
    };
  }

  get view(): DesignerView {
    return this.#view;
  }

  get text(): string {
    return this.#view.document.text;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes a transaction of this store's state: what a code view is to dispatch to. */
  take(transaction: Transaction): void {
    const editor = transaction.state;
    if (!transaction.docChanged) {
      this.#show({ editor });
      return;
    }
    const document = readDefinition(editor.doc.toString(), this.#format);
    this.#show({
      editor,
      document,
      ...(document.faults.length === 0 && { readable: document }),
      canUndo: undoDepth(editor) > 0,
      canRedo: redoDepth(editor) > 0,
    });
  }

  dispatch(spec: TransactionSpec): void {
    this.take(this.#view.editor.update(spec));
  }

  /** Performs an edit of the graph. `edit` names it among the texts. */
  edit(edit: string, change: (document: DefinitionDocument) => EditResult): EditResult {
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
      });
    }
    this.#show({
      outcome: { edit, result },
      ...(result.select.length > 0 && { selected: result.select, edge: undefined }),
    });
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

import { compose, type EditStep } from "../document/compose.ts";
import type { DefinitionDocument, Path, TextEdit } from "../document/definition-document.ts";
import { EditRefusal } from "../document/edit-refusal.ts";
import { composeEdits } from "../document/text-edits.ts";
import { EditBatch } from "./edit-batch.ts";
import type { EditResult, OpenEnd, Refused, RefusalCode } from "./edit-result.ts";
import { graphIndex, refuse, statesAt, type GraphIndex } from "./graph-index.ts";
import type { Renaming } from "./key-moves.ts";
import { newOpenEnds } from "./open-ends.ts";

/** A document on the way through the steps of one operation. */
export class Draft {
  readonly first: DefinitionDocument;
  #document: DefinitionDocument;
  #edits: readonly TextEdit[] = [];

  constructor(document: DefinitionDocument) {
    this.first = document;
    this.#document = document;
  }

  get document(): DefinitionDocument {
    return this.#document;
  }

  get edits(): readonly TextEdit[] {
    return this.#edits;
  }

  get index(): GraphIndex {
    return graphIndex(this.#document);
  }

  /** Edits that are meant of the document as it is now. */
  batch(fill: (batch: EditBatch) => void): void {
    const batch = new EditBatch();
    fill(batch);
    this.#take(batch.perform(this.#document));
  }

  step(step: EditStep): void {
    this.#take(compose(this.#document, step));
  }

  #take(done: {
    readonly edits: readonly TextEdit[];
    readonly document: DefinitionDocument;
  }): void {
    this.#edits = composeEdits(this.first.text, this.#edits, done.edits);
    this.#document = done.document;
  }
}

/** What an operation wants to be selected: states by their paths in the text that it made. */
export interface Outcome {
  readonly select: readonly Path[];
  readonly open?: readonly OpenEnd[];
  readonly renamed?: Renaming;
}

/** Performs an operation, and tells what it has left open; a refusal changes nothing. */
export function edited(
  document: DefinitionDocument,
  operation: (draft: Draft) => Outcome,
): EditResult {
  return answered(() => {
    if (document.faults.length > 0) return refuse("unreadable");
    const draft = new Draft(document);
    const { select, open = [], renamed } = operation(draft);
    return {
      edits: draft.edits,
      select: select.length === 0 ? [] : statesAt(draft.index, select).map(({ key }) => key),
      open: [...newOpenEnds(document, draft.document), ...open],
      ...(renamed && { renamed }),
    };
  });
}

/** What was asked for, or the refusal that was thrown. */
export function answered<Answer>(answer: () => Answer): Answer | Refused {
  try {
    return answer();
  } catch (error) {
    if (!(error instanceof EditRefusal)) throw error;
    return {
      refused: error.code as RefusalCode,
      ...(error.key !== undefined && { key: error.key }),
      ...(error.named !== undefined && { name: error.named }),
    };
  }
}

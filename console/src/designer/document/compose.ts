import type { DefinitionDocument, TextEdit } from "./definition-document.ts";
import { readDefinition } from "./read-definition.ts";
import { applyEdits, composeEdits } from "./text-edits.ts";

/** Edits of a document. */
export type EditStep = (document: DefinitionDocument) => readonly TextEdit[];

export interface Composed {
  /** One list against the first document. */
  readonly edits: readonly TextEdit[];
  /** What they make of it. */
  readonly document: DefinitionDocument;
}

/** Several steps, each seen on the text that the ones before it left. */
export function compose(document: DefinitionDocument, ...steps: readonly EditStep[]): Composed {
  let composed: Composed = { edits: [], document };
  for (const step of steps) composed = composeStep(document, composed, step);
  return composed;
}

function composeStep(first: DefinitionDocument, done: Composed, step: EditStep): Composed {
  const edits = step(done.document);
  if (edits.length === 0) return done;
  return {
    edits: composeEdits(first.text, done.edits, edits),
    document: readDefinition(applyEdits(done.document.text, edits), first.format),
  };
}

import type { DefinitionDocument } from "../../../designer/document/definition-document.ts";
import type { DesignerStore } from "../designer-store.ts";

const printed = new WeakMap<DefinitionDocument, string>();

/** A definition as the server takes it: JSON text. What is JSON goes as it was written, with the digits of its numbers. */
export function definitionJson(document: DefinitionDocument): string {
  const { format, text, value } = document;
  if (format === "json") return text;
  const known = printed.get(document) ?? JSON.stringify(value ?? {});
  printed.set(document, known);
  return known;
}

/** The definition as it is now, also while a long text is still to be read; of one that cannot be read, as it was before. */
export function newestDefinition(store: DesignerStore): string {
  store.read();
  return definitionJson(store.view.readable);
}

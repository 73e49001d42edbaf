import type { DefinitionDocument } from "../../../designer/document/definition-document.ts";

const printed = new WeakMap<DefinitionDocument, string>();

/** A definition as the server takes it: JSON text. What is JSON goes as it was written, with the digits of its numbers. */
export function definitionJson(document: DefinitionDocument): string {
  const { format, text, value } = document;
  if (format === "json") return text;
  const known = printed.get(document) ?? JSON.stringify(value ?? {});
  printed.set(document, known);
  return known;
}

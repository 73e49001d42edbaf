import type { DefinitionDocument } from "../../../designer/document/definition-document.ts";

/** A definition as the server takes it: JSON text. What is JSON goes as it was written, with the digits of its numbers. */
export function definitionJson({ format, text, value }: DefinitionDocument): string {
  return format === "json" ? text : JSON.stringify(value ?? {});
}

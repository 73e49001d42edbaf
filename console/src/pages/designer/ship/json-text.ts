import type { DefinitionDocument } from "../../../designer/document/definition-document.ts";
import { layoutOf } from "../../../designer/document/layout.ts";
import { exactValue } from "../../../designer/document/new-value.ts";
import { jsonNotation, printFlow } from "../../../designer/document/print-flow.ts";
import { readDefinition } from "../../../designer/document/read-definition.ts";

/**
 * What the API takes of a text: JSON as it is written; YAML as JSON that means the same, numbers as they are written. `undefined`
 * while the text cannot be read.
 */
export function jsonTextOf(document: DefinitionDocument): string | undefined {
  const { faults, root, text, format } = document;
  if (faults.length > 0 || root === undefined) return undefined;
  if (format === "json") return text;
  const layout = layoutOf(readDefinition("{}", "json"));
  const printed = printFlow(exactValue(text, root), {
    layout,
    notation: jsonNotation,
    indent: "",
    mode: "fitting",
  });
  return `${printed}\n`;
}

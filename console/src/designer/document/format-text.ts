import { parseDocument } from "yaml";
import { formatJson } from "../../parts/format-json.ts";
import type { DefinitionDocument } from "./definition-document.ts";
import { readDefinition } from "./read-definition.ts";

/** The text laid out anew, two blanks for each level: only white space changes, in YAML also where lines are folded. */
export function formatText({
  text,
  format,
  faults,
  value,
}: DefinitionDocument): string | undefined {
  if (faults.length > 0) return undefined;
  const end = text.endsWith("\n") ? "\n" : "";
  if (format === "json") return formatJson(text) + end;
  const printed = parseDocument(text, { intAsBigInt: true }).toString({ lineWidth: 0 });
  // What the printer would change is left as it is written.
  return JSON.stringify(readDefinition(printed, "yaml").value) === JSON.stringify(value)
    ? printed
    : text;
}

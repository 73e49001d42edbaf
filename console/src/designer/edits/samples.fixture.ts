import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stringify } from "yaml";
import type { DefinitionDocument } from "../document/definition-document.ts";
import { readDefinition } from "../document/read-definition.ts";
import { parseDefinition } from "../../../../src/asl/parse-definition.ts";

const folder = fileURLToPath(new URL("../../../../../shared/samples", import.meta.url));

/** Published definitions as they are, and those in JSON as YAML, too; none where they are not beside the checkout. */
export function sampleDocuments(): readonly {
  readonly name: string;
  readonly document: DefinitionDocument;
}[] {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.flatMap((name) => {
    const text = readFileSync(join(folder, name), "utf8");
    const document = readDefinition(text, name.endsWith(".yaml") ? "yaml" : "json");
    // One of them is not JSON, as it was published.
    if (document.faults.length > 0) return [];
    const asYaml = {
      name: `${name} as YAML`,
      document: readDefinition(stringify(document.value), "yaml"),
    };
    return [{ name, document }, ...(document.format === "json" ? [asYaml] : [])];
  });
}

/** What the server would refuse in the definition. */
export function errorsIn(definition: unknown): readonly string[] {
  return parseDefinition(JSON.stringify(definition), { placeholders: true })
    .diagnostics.filter(({ severity }) => severity === "ERROR")
    .map(({ message, location }) => `${message} at ${location ?? ""}`);
}

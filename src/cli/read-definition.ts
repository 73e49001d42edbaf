import { parseJson } from "../expression/parse-json.ts";
import { numberFromText } from "../expression/exact-number.ts";
import { readProblem, textOf } from "./text-file.ts";
import type { JsonValue } from "../expression/json.ts";
import { parseJsonText } from "../asl/diagnostics/json-text.ts";
import { CommandFailure } from "./errors.ts";
import { substitutePlaceholders } from "./placeholders.ts";

/** A definition as it is in a file, JSON or YAML. */
export interface DefinitionFile {
  /** As the file has it: what positions are in. */
  readonly source: string;
  readonly format: "JSON" | "YAML";
  /** The definition as JSON text; what the file has wrong about its own syntax, instead. */
  readonly content: DefinitionContent | { readonly syntaxError: SyntaxProblem };
}

export interface DefinitionContent {
  readonly text: string;
  readonly value: JsonValue;
}

export interface SyntaxProblem {
  readonly code: "INVALID_JSON_DESCRIPTION" | "INVALID_YAML";
  readonly message: string;
  /** In UTF-16 units from the start of the source. */
  readonly offset: number;
}

/**
 * Reads a definition. The text of a JSON file stays as it is, so that what is created from it describes as it was
 * written; YAML is turned into JSON. Placeholders that `defined` names are filled in.
 */
export async function readDefinition(
  path: string,
  defined: ReadonlyMap<string, string> = new Map(),
): Promise<DefinitionFile> {
  const source = readText(path);
  const format = formatOf(path, source);
  const parsed = format === "JSON" ? parsedJson(source) : await parseYaml(source);
  if ("syntaxError" in parsed || defined.size === 0) return { source, format, content: parsed };
  const value = substitutePlaceholders(parsed.value, defined);
  return { source, format, content: { value, text: JSON.stringify(value) } };
}

function readText(path: string): string {
  try {
    return textOf(path);
  } catch (error) {
    throw new CommandFailure(`${path} cannot be read: ${readProblem(error)}`, { cause: error });
  }
}

/** By its name; by its first character where the name does not say. */
function formatOf(path: string, source: string): "JSON" | "YAML" {
  if (/[.]ya?ml$/i.test(path)) return "YAML";
  if (/[.]json$/i.test(path)) return "JSON";
  return /^\s*[{[]/.test(source) ? "JSON" : "YAML";
}

function parsedJson(source: string): DefinitionFile["content"] {
  // An empty file is for the parser of definitions to tell about.
  if (source.trim() === "") return { text: source, value: null };
  const { value, error } = parseJsonText(source);
  if (error === undefined) return { text: source, value };
  return { syntaxError: { code: "INVALID_JSON_DESCRIPTION", ...error } };
}

async function parseYaml(source: string): Promise<DefinitionFile["content"]> {
  const { parseAllDocuments, visit } = await import("yaml");
  const documents = parseAllDocuments(source, { prettyErrors: false });
  const [document, another] = "empty" in documents ? [] : documents;
  if (document === undefined) return { text: "", value: null };
  const [error] = document.errors;
  if (error !== undefined) {
    return { syntaxError: { code: "INVALID_YAML", message: error.message, offset: error.pos[0] } };
  }
  if (another !== undefined) {
    const message = "The file has more than one document";
    return { syntaxError: { code: "INVALID_YAML", message, offset: another.range[0] } };
  }
  try {
    visit(document, {
      Scalar(_, node) {
        // A number keeps its text here, too, where that is one of JSON's.
        if (typeof node.value !== "number" || !isJsonNumberText(node.source)) return;
        node.value = numberFromText(node.source);
      },
    });
    const text = JSON.stringify(document.toJS() ?? null);
    return { text: text === "null" ? "" : text, value: parseJson(text) };
  } catch (thrown) {
    // Aliases: one that names nothing, or so many that they would fill the memory.
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return { syntaxError: { code: "INVALID_YAML", message, offset: 0 } };
  }
}

function isJsonNumberText(text: string | undefined): text is string {
  return text !== undefined && /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/.test(text);
}

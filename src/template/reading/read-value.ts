import type { JsonValue } from "../../expression/json.ts";
import { JsonTooDeep, parseJson } from "../../expression/parse-json.ts";
import { TemplateError, type TemplatePlace } from "../template.ts";
import { placeText } from "./place-text.ts";
import { yamlDocument } from "./yaml-document.ts";
import { yamlValue } from "./yaml-value.ts";

/** The value of a JSON or YAML text, its short tags in the long form. Also used for the files that a template includes. */
export function readValue(text: string): { readonly value: JsonValue } {
  return { value: isJsonText(text) ? readJson(text) : readYaml(text) };
}

/** A text that begins as a JSON object is one; the same choice as AWS's messages show. */
function isJsonText(text: string): boolean {
  return /^\s*\{/.test(text);
}

function readJson(text: string): JsonValue {
  try {
    return parseJson(text);
  } catch (thrown) {
    if (thrown instanceof JsonTooDeep) throw new TemplateError(thrown.message);
    const place = jsonPlace(text, (thrown as Error).message);
    throw new TemplateError(
      `Template format error: JSON not well-formed.${placeText(place)}`,
      [],
      place,
    );
  }
}

function readYaml(text: string): JsonValue {
  const { document, lineCounter } = yamlDocument(text);
  return document === undefined ? null : yamlValue(document, lineCounter);
}

/** What engines say where parsing stopped: `at position 12`; at the end of the text they say nothing. */
function jsonPlace(text: string, message: string): TemplatePlace {
  const position = Number(/ at position (\d+)/.exec(message)?.[1] ?? text.length);
  const before = text.slice(0, position).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}

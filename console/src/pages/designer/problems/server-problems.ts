import { locationSegments } from "../../../../../src/asl/diagnostics/location.ts";
import type { JsonValue } from "../../../../../src/expression/json.ts";
import type { DefinitionDocument, Path } from "../../../designer/document/definition-document.ts";
import { removeField, renameField } from "../../../designer/edits/fixes.ts";
import { graphIndex, type StateEntry } from "../../../designer/edits/graph-index.ts";
import { nearestSpan, stateAtPath } from "../../../designer/edits/state-at-path.ts";
import { fieldsOf, type WrittenLanguage } from "../../../designer/language/state-fields.ts";
import type { Diagnostic } from "../../workflows/use-validation.ts";
import { nearestName } from "./nearest-name.ts";
import type { Problem, QuickFix } from "./problem.ts";

/** What the server says of a document, with the places in its text. */
export function serverProblems(
  document: DefinitionDocument,
  diagnostics: readonly Diagnostic[],
): readonly Problem[] {
  if (document.value === undefined) return [];
  const index = graphIndex(document);
  return diagnostics.map(({ severity, code, message, location = "" }, at) => {
    const path = locationSegments(location, document.value as JsonValue);
    const state = stateAtPath(index, path);
    return {
      id: `server ${code} ${location} ${message} ${at}`,
      severity: severity === "ERROR" ? "error" : "warning",
      source: "server",
      code,
      message,
      key: state?.key,
      path,
      span: nearestSpan(document, placeOf(path, message, document)),
      fixes: fixesOf(document, path, message, state),
    };
  });
}

const unsupported = /^Field '([^']+)' is not supported/;
const otherLanguage =
  /but field '([^']+)' is only supported for the '(JSONPath|JSONata)' QueryLanguage/;
const both = /^There should only be one of the following fields: \[([^\]]+)\]/;

/** What a message names of the object at the path is what is meant. */
function placeOf(path: Path, message: string, document: DefinitionDocument): Path {
  const named = unsupported.exec(message)?.[1] ?? otherLanguage.exec(message)?.[1];
  if (named === undefined) return path;
  return document.spanOf([...path, named]) === undefined ? path : [...path, named];
}

function fixesOf(
  document: DefinitionDocument,
  path: Path,
  message: string,
  state: StateEntry | undefined,
): readonly QuickFix[] {
  const isOfState = state !== undefined && state.path.length === path.length;
  const other = otherLanguage.exec(message)?.[1];
  if (other !== undefined && isOfState) {
    return [{ code: "convertToJsonata", key: state.key }, removal(path, other)];
  }
  const unknown = unsupported.exec(message)?.[1];
  if (unknown !== undefined) {
    const near = isOfState ? nearField(document, state, unknown) : undefined;
    return near === undefined || state === undefined
      ? [removal(path, unknown)]
      : [renaming(state.key, unknown, near), removal(path, unknown)];
  }
  const names = both.exec(message)?.[1]?.split(", ") ?? [];
  return names
    .filter((name) => document.spanOf([...path, name]) !== undefined)
    .map((name) => removal(path, name));
}

const removal = (path: Path, name: string): QuickFix => ({
  code: "removeField",
  name,
  apply: (document) => removeField(document, [...path, name]),
});

const renaming = (key: string, from: string, to: string): QuickFix => ({
  code: "renameField",
  name: to,
  apply: (document) => renameField(document, key, from, to),
});

function nearField(
  document: DefinitionDocument,
  { type, fields }: StateEntry,
  written: string,
): string | undefined {
  const root = graphIndex(document).root.fields["QueryLanguage"];
  const language: WrittenLanguage =
    (fields["QueryLanguage"] ?? root) === "JSONata" ? "JSONata" : "JSONPath";
  const free = fieldsOf(type, language).filter((name) => !Object.hasOwn(fields, name));
  return nearestName(written, free);
}

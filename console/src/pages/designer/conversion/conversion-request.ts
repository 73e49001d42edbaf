import type { JsonEdit } from "../../../../../src/asl/to-jsonata/edits.ts";
import type { ConvertRequest } from "../../../../../src/console/view-types.ts";
import type { DefinitionDocument, Path } from "../../../designer/document/definition-document.ts";
import { graphIndex } from "../../../designer/edits/graph-index.ts";
import type { NodeKey } from "../../../graph/model.ts";

export interface PlacedRequest {
  readonly ask: ConvertRequest;
  /** What the paths of the answer begin with, and what that is in the text. */
  readonly asked: Path;
  readonly place: Path;
  /** The state says its language itself, and shall not any more. */
  readonly isLanguageDropped: boolean;
}

/**
 * What the server is asked. A state of a JSONata workflow that has fields of JSONPath (it was pasted, or the workflow's language was
 * changed) is asked about alone: for the server no state there can be in JSONPath.
 */
export function conversionRequest(
  document: DefinitionDocument,
  key: NodeKey | undefined,
): PlacedRequest | undefined {
  const index = graphIndex(document);
  const whole = document.format === "json" ? document.text : JSON.stringify(document.value);
  if (key === undefined)
    return { ask: { definition: whole }, asked: [], place: [], isLanguageDropped: false };
  const state = index.states.get(key);
  if (state === undefined) return undefined;
  const { path, name, fields } = state;
  if (index.root.fields["QueryLanguage"] !== "JSONata") {
    return {
      ask: { definition: whole, state: path },
      asked: path,
      place: path,
      isLanguageDropped: false,
    };
  }
  const { QueryLanguage, ...others } = fields;
  const alone = JSON.stringify({ StartAt: name, States: { [name]: others } });
  const asked = ["States", name];
  const isLanguageDropped = QueryLanguage !== undefined;
  return { ask: { definition: alone, state: asked }, asked, place: path, isLanguageDropped };
}

/** The steps of an answer in the document. What says the workflow's own language again is left out. */
export function placedEdits(
  edits: readonly JsonEdit[],
  { asked, place, isLanguageDropped }: PlacedRequest,
): readonly JsonEdit[] {
  if (asked === place) return edits;
  const isLanguage = ({ path }: JsonEdit) =>
    path.length === asked.length + 1 && path.at(-1) === "QueryLanguage";
  const placed = edits
    .filter((edit) => !isLanguage(edit))
    .map((edit) => ({ ...edit, path: [...place, ...edit.path.slice(asked.length)] }));
  if (!isLanguageDropped) return placed;
  return [{ type: "remove", path: [...place, "QueryLanguage"] }, ...placed];
}

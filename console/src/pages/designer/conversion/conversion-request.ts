import type { JsonEdit } from "../../../../../src/asl/to-jsonata/edits.ts";
import type { ConvertRequest } from "../../../../../src/console/view-types.ts";
import type { DefinitionDocument, Path } from "../../../designer/document/definition-document.ts";
import { graphIndex } from "../../../designer/edits/graph-index.ts";
import type { NodeKey } from "../../../graph/model.ts";

export interface PlacedRequest {
  readonly ask: ConvertRequest;
  /** The state was asked about alone: where it is in what was asked, and where in the text. */
  readonly alone?: {
    readonly asked: Path;
    readonly place: Path;
    /** It says its language itself, and shall not any more. */
    readonly hasLanguage: boolean;
  };
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
  if (key === undefined) return { ask: { definition: whole } };
  const state = index.states.get(key);
  if (state === undefined) return undefined;
  const { path, name, fields } = state;
  if (index.root.fields["QueryLanguage"] !== "JSONata") {
    return { ask: { definition: whole, state: path } };
  }
  const { QueryLanguage, ...others } = fields;
  const definition = JSON.stringify({ StartAt: name, States: { [name]: others } });
  const asked = ["States", name];
  const alone = { asked, place: path, hasLanguage: QueryLanguage !== undefined };
  return { ask: { definition, state: asked }, alone };
}

/** The steps of an answer in the document. What says the workflow's own language again is left out. */
export function placedEdits(
  edits: readonly JsonEdit[],
  { alone }: PlacedRequest,
): readonly JsonEdit[] {
  if (alone === undefined) return edits;
  const { asked, place, hasLanguage } = alone;
  const isLanguage = ({ path }: JsonEdit) =>
    path.length === asked.length + 1 && path.at(-1) === "QueryLanguage";
  const placed = edits
    .filter((edit) => !isLanguage(edit))
    .map((edit) => {
      const moved = { ...edit, path: [...place, ...edit.path.slice(asked.length)] };
      // What would stand behind the language stands first.
      if (moved.type !== "insert" || moved.after !== "QueryLanguage") return moved;
      const { after: _, ...first } = moved;
      return first;
    });
  if (!hasLanguage) return placed;
  return [{ type: "remove", path: [...place, "QueryLanguage"] }, ...placed];
}

import { createContext, use } from "react";
import type { SampleData } from "../../../designer/completion/candidate.ts";
import type { DefinitionDocument, Path } from "../../../designer/document/definition-document.ts";
import type { EditResult } from "../../../designer/edits/edit-result.ts";
import type { FieldChange } from "../../../designer/edits/fields.ts";
import type { QueryLanguage } from "../../../designer/edits/fragment.ts";
import type { StateEntry } from "../../../designer/edits/graph-index.ts";
import type { Stage } from "./stages.ts";

/** The state whose fields are shown, and how they are changed. */
export interface Inspected {
  readonly state: StateEntry;
  readonly language: QueryLanguage;
  /** Pinned at it, as the fields behind `InputPath` see it. */
  readonly data: SampleData | undefined;
  /** The same as the fields of a stage see it. */
  readonly dataAt: (stage?: Stage) => SampleData | undefined;
  /** Gives a field a value, or takes it away (`undefined`). */
  readonly set: (path: Path, value: unknown) => void;
  /** Several fields as one step of the history. */
  readonly setAll: (changes: readonly FieldChange[]) => void;
  /** Any edit of the graph; what is selected stays. */
  readonly edit: (name: string, change: (document: DefinitionDocument) => EditResult) => EditResult;
}

export const InspectedContext = createContext<Inspected | undefined>(undefined);

export function useInspected(): Inspected {
  const inspected = use(InspectedContext);
  if (inspected === undefined) throw new Error("No state is inspected around.");
  return inspected;
}

/** The value at a path; `undefined` where there is none. */
export function valueAt(value: unknown, path: Path): unknown {
  let found = value;
  for (const part of path) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, part))
      return undefined;
    found = (found as Readonly<Record<string | number, unknown>>)[part];
  }
  return found;
}

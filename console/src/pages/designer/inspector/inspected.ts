import { createContext, use } from "react";
import type { Path } from "../../../designer/document/definition-document.ts";
import type { QueryLanguage } from "../../../designer/edits/fragment.ts";
import type { StateEntry } from "../../../designer/edits/graph-index.ts";
import type { SampleData } from "../../../designer/completion/candidate.ts";

/** The state whose fields are shown, and how they are changed. */
export interface Inspected {
  readonly state: StateEntry;
  readonly language: QueryLanguage;
  /** Pinned at it. */
  readonly data: SampleData | undefined;
  /** Gives a field a value, or takes it away (`undefined`). */
  readonly set: (path: Path, value: unknown) => void;
  /** Several fields as one step of the history. */
  readonly setAll: (changes: readonly (readonly [path: Path, value: unknown])[]) => void;
}

export const InspectedContext = createContext<Inspected | undefined>(undefined);

export function useInspected(): Inspected {
  const inspected = use(InspectedContext);
  if (inspected === undefined) throw new Error("No state is inspected around.");
  return inspected;
}

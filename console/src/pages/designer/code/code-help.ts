import { Facet } from "@codemirror/state";
import type { SampleData } from "../../../designer/completion/candidate.ts";
import type { DefinitionDocument } from "../../../designer/document/definition-document.ts";
import type { KnownActions } from "../../../designer/language/candidates.ts";
import type { NodeKey } from "../../../graph/model.ts";
import type { DesignerCatalogue } from "../../../i18n/designer/texts.ts";

/** A resource that a Task may name. */
export interface KnownResource {
  readonly arn: string;
  readonly title: string;
}

/** What the text's helpers know of the page around: it is put into the state as long as a code view shows it. */
export interface CodeHelp extends KnownActions {
  readonly text: DesignerCatalogue;
  /** The newest text as it was read: it is read now if it has to be. */
  readonly document: () => DefinitionDocument;
  /** Resolves when a long text has been read, as it is when its typing pauses; at once for a short one. */
  readonly settled: () => Promise<void> | undefined;
  /** What is pinned to a state. */
  readonly data: (key: NodeKey | undefined) => SampleData;
  readonly resources: () => readonly KnownResource[];
  /** Shows what leads to the state at the cursor. */
  readonly showUses: () => boolean;
}

export const codeHelp = Facet.define<CodeHelp, CodeHelp | undefined>({
  combine: ([nearest]) => nearest,
});

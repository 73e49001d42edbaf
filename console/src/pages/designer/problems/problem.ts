import type {
  DefinitionDocument,
  FaultCode,
  Path,
  Span,
} from "../../../designer/document/definition-document.ts";
import type { EditResult, OpenCode } from "../../../designer/edits/edit-result.ts";
import type { NodeKey } from "../../../graph/model.ts";

/** What can be done about a problem at once; the texts have the words. `name` is the state or field that it is about. */
export type FixCode =
  | "createState"
  | "retarget"
  | "makeEnd"
  | "addDefault"
  | "setStart"
  | "removeState"
  | "removeWay"
  | "renameField"
  | "removeField";

/**
 * An edit, to be given to `store.edit(code, apply)`; or a conversion, which is looked at before it is made; or a statement of a
 * policy to be copied, since roles are not changed here.
 */
export type QuickFix =
  | {
      readonly code: FixCode;
      readonly name?: string;
      readonly apply: (document: DefinitionDocument) => EditResult;
    }
  | { readonly code: "convertToJsonata"; readonly key: NodeKey }
  | { readonly code: "copyStatement"; readonly statement: string };

/**
 * Of a graph: what it leaves open, what is an old name of another field, a Choice that fails where no rule holds, and what looks
 * like a secret that is written out.
 */
export type GraphCode = OpenCode | "oldField" | "noDefault" | "writtenSecret";

/** Of the workflow's role: something that it may not do, or that it cannot be the workflow's at all. */
export type PermissionCode = "missingPermission" | "missingInCredentials" | "noRole" | "notTrusted";

/**
 * Something that is wrong, or probably not meant.
 *
 * `text`: the text cannot be read; `graph`: what the graph leaves open; `server`: what ValidateStateMachineDefinition says;
 * `permission`: what the workflow's role does not allow. What two of them say of the same place is told once.
 */
export interface Problem {
  /** The same for the same problem as long as its place has the same path. */
  readonly id: string;
  /** `hint`: it works, and could be better. */
  readonly severity: Severity;
  readonly source: "text" | "graph" | "server" | "permission";
  /** The server's codes are words of AWS: `MISSING_TRANSITION_TARGET`. */
  readonly code: FaultCode | GraphCode | PermissionCode | (string & {});
  /** What the parser or the server says. Of the graph it is absent: the page has the words for its codes. */
  readonly message?: string;
  /** A name that says more: of the missing state, of the field to be filled in. */
  readonly name?: string;
  /** The state that it is in; `undefined`: it belongs to the whole. */
  readonly key: NodeKey | undefined;
  readonly path: Path;
  /** Its place in the text of the document that was looked at. */
  readonly span: Span;
  readonly fixes: readonly QuickFix[];
}

export type Severity = "error" | "warning" | "hint";

/** All that is known now. */
export interface Problems {
  /** Errors first, then by place in the text. */
  readonly list: readonly Problem[];
  readonly errors: number;
  readonly warnings: number;
  /** The text has changed since the server looked at it, or it looks just now. */
  readonly isChecking: boolean;
  /** The server could not be asked. */
  readonly error: Error | null;
}

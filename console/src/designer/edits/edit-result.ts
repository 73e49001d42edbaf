import type { NodeKey } from "../../graph/model.ts";
import type { TextEdit } from "../document/definition-document.ts";
import type { Renaming } from "./key-moves.ts";

/** What an operation on the graph comes to. */
export type EditResult = Edited | Refused;

export interface Edited {
  /** Ascending and disjoint, against the document that was given. Empty if nothing has to change. */
  readonly edits: readonly TextEdit[];
  /** What should be selected then, by the keys that the states have after the edit. */
  readonly select: readonly NodeKey[];
  /** What the edit has left open that was not open before. */
  readonly open: readonly OpenEnd[];
  /** A state that has another name then. */
  readonly renamed?: Renaming;
}

/** Nothing is changed. */
export interface Refused {
  readonly refused: RefusalCode;
  /** The state or the scope that is the reason, where one is. */
  readonly key?: NodeKey;
  /** A name that is the reason: of a state, a field or an anchor. */
  readonly name?: string;
}

/** Why an edit cannot be done. */
export type RefusalCode =
  /** The text cannot be read at the moment. */
  | "unreadable"
  /** There is no such state, edge, scope, rule or entry (any more). */
  | "noSuchState"
  | "noSuchEdge"
  | "noSuchScope"
  | "noSuchEntry"
  /** The place has a value of another type than the edit needs: `States` that is no object, `Choices` that is no array. */
  | "wrongShape"
  /** The value stands for more than one place: it is (in) the anchor of a YAML alias, or reached through one. */
  | "sharedByAlias"
  /** The YAML is written in a way that cannot be edited in place (`? key`). The text itself can be. */
  | "notation"
  /** The type of the state has no such thing: a way on from a Fail, a rule of a Pass. */
  | "notOfThisType"
  /** The new end of an edge is in another scope than its source. */
  | "otherScope"
  /** The states are not all of one scope. */
  | "manyScopes"
  /** States would be moved into themselves. */
  | "intoItself"
  /** Nothing is selected. */
  | "nothing"
  /** The run is entered at more than one state, or leads to more than one. `key` is the second. */
  | "manyEntries"
  | "manyExits"
  /** No way leads from the run's entry to one of its states. */
  | "notConnected"
  | "nameTaken"
  | "nameEmpty"
  | "nameTooLong"
  /** The container that is to be unwrapped has more than one branch, or none. */
  | "manyBranches"
  | "emptyBranch"
  /** What is pasted is no definition, fragment or state. */
  | "notAFragment"
  /** What is pasted or made is larger than the page takes. */
  | "tooLarge";

/** Something that has to be done before the definition is valid, or is probably meant to be done. */
export interface OpenEnd {
  readonly code: OpenCode;
  /** The state, or the key of the scope (`""` is the whole definition). */
  readonly key: NodeKey;
  /** Which way or field of the state, as the ids of edges name it: "next", "choice:0", "default", "catch:1". */
  readonly end?: string;
  /** A name that says more: of the missing state, or of the field that a text is in. */
  readonly name?: string;
}

export type OpenCode =
  /** The scope has no states. */
  | "emptyScope"
  /** `StartAt` is missing or names no state. */
  | "noStart"
  /** The state has neither `Next` nor `End`. */
  | "noNext"
  /** `end` names no state of its scope: `name` is what it names, if anything. */
  | "missingTarget"
  /** No way leads to the state. */
  | "unreachable"
  /** Nothing ends the execution. */
  | "noTerminalState"
  /** A Choice has no rules, a Parallel no branches, a Map no processor. */
  | "noRules"
  | "noBranches"
  | "noProcessor"
  /** A state's `QueryLanguage` is one that its definition does not allow. */
  | "otherLanguage"
  /** A text names the state that was renamed, in the field `name`: nobody but its author knows what it means. */
  | "nameInText"
  /** A template's member that has to be filled in, in the field `name`. */
  | "toFill"
  /** The `Label` of a Map is that of another one. */
  | "labelTaken"
  /** The Task waits for a job or a token, or the Map is distributed, and is in a Map whose children are Express. */
  | "notInExpress"
  /** A variable is assigned here, and in a scope around: `name` is the variable. */
  | "variableAssignedAround"
  /** The extracted states read variables that the child does not have: `name` is the variable. */
  | "variableOutside";

export function isRefused(result: EditResult): result is Refused {
  return "refused" in result;
}

/** The notation of a definition's text. */
export type DefinitionFormat = "json" | "yaml";

/** Where a value stands: the names of members and the indexes of items from the root on. */
export type Path = readonly (string | number)[];

/** A part of a text in UTF-16 units; `to` is exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * One replacement in a text: what CodeMirror calls a ChangeSpec.
 *
 * Edits come in lists that are ascending and disjoint, and all of them mean places in the text before any of them.
 */
export interface TextEdit extends Span {
  readonly insert: string;
}

/**
 * Why a text cannot be read.
 *
 * `syntax` and `unclosed` are mistakes of the notation. `notJson` is YAML that no JSON value stands for (a key that is a
 * collection, an infinite number), `manyDocuments` a YAML stream of more than one, `badAlias` one that names nothing or itself,
 * `tooDeep` and `tooLong` are limits of ours.
 */
export type FaultCode =
  | "syntax"
  | "unclosed"
  | "empty"
  | "notJson"
  | "manyDocuments"
  | "badAlias"
  | "tooDeep"
  | "tooLong";

export interface DocumentFault extends Span {
  readonly code: FaultCode;
  /** What the parser says, in its words: for the curious, beside what the page says of the code. */
  readonly message: string;
}

/** A value as it stands in the text. */
export type DocumentNode = ScalarNode | ObjectNode | ArrayNode | AliasNode;

export interface NodePlace extends Span {
  /** In flow style: always in JSON; in YAML what is in braces or brackets, and every scalar within. */
  readonly isFlow: boolean;
  /** The name of a YAML anchor. Its place is before `from`. */
  readonly anchor?: string;
}

export interface ScalarNode extends NodePlace {
  readonly kind: "scalar";
  /** What the parser made of it. Numbers that a double cannot hold are exact only in the text. */
  readonly value: string | number | boolean | null;
}

export interface ObjectNode extends NodePlace {
  readonly kind: "object";
  /** In written order, twice if a key is written twice: the last one counts. */
  readonly members: readonly MemberNode[];
}

export interface ArrayNode extends NodePlace {
  readonly kind: "array";
  readonly items: readonly ItemNode[];
}

/** A YAML alias. What it stands for is read where it is, and edited only where its anchor is. */
export interface AliasNode extends NodePlace {
  readonly kind: "alias";
  readonly target: DocumentNode;
}

export interface MemberNode {
  readonly name: string;
  /** The key as it is written, with its quotes. */
  readonly key: Span;
  /** Where the colon is; JSON and YAML alike. */
  readonly colon: number;
  readonly value: DocumentNode;
  /** Where the entry begins: the key, or the `?` before it. */
  readonly from: number;
}

export interface ItemNode {
  readonly value: DocumentNode;
  /** Where the entry begins: the value, or the dash before it. */
  readonly from: number;
}

/**
 * A definition's text with the places of its values.
 *
 * It knows two notations and no Amazon States Language. It never changes: an edit gives `TextEdit`s, and the text that they
 * make is read anew.
 */
export interface DefinitionDocument {
  readonly text: string;
  readonly format: DefinitionFormat;
  /**
   * The plain JSON value; `undefined` while the text cannot be read. Of a key that is written twice it has the last value; numbers
   * are doubles.
   */
  readonly value: unknown;
  /** In the order of the text. Empty if, and only if, there is a `value`. */
  readonly faults: readonly DocumentFault[];
  /** The tree, as far as the text could be read. */
  readonly root: DocumentNode | undefined;
  /** The place of a value, without its key; `undefined` if there is none. Also in a text with faults, as far as it was read. */
  spanOf(path: Path): Span | undefined;
  /** The place of the key of a member, with its quotes. */
  keySpanOf(path: Path): Span | undefined;
  /**
   * The innermost value whose key or value is at the offset (at its end still counts): `[]` where there is none. In a text with
   * faults it is as near as could be read.
   */
  pathAt(offset: number): Path;
}

/** Why an edit of a text cannot be made. The codes are among those of the operations (`edits/edit-result.ts`). */
export type TextRefusalCode =
  "unreadable" | "noSuchEntry" | "wrongShape" | "sharedByAlias" | "notation";

/** Thrown by edits of a document; the operations of the graph catch it and answer its code. */
export class EditRefusal<Code extends string = TextRefusalCode> extends Error {
  readonly code: Code;
  readonly key: string | undefined;
  /** A name that is the reason. */
  readonly named: string | undefined;

  constructor(code: Code, about: { readonly key?: string; readonly name?: string } = {}) {
    super(code);
    this.code = code;
    this.key = about.key;
    this.named = about.name;
  }
}

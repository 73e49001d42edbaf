/** What is written to a file instead of a text. */
export interface SealedLines {
  /** Whole lines. */
  readonly lines: string;
  readonly keyId: string;
}

/** Seals what is appended to files beside the store: logs, and answers of people. */
export interface LogSeal {
  /** `shownKeyId`: the key that the file tells of, if it does. The lines tell of theirs, if it is another. */
  seal(text: string, shownKeyId: string | undefined): SealedLines;
  /** The text of a line, sealed or not; `undefined` where it only tells of a key. Rejects if the line cannot be opened. */
  open(line: string): Promise<string | undefined>;
}

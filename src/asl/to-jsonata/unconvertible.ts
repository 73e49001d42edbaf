import type { noteLevels } from "./note.ts";

type Levels = typeof noteLevels;
type LeftCode = { [C in keyof Levels]: Levels[C] extends "left" ? C : never }[keyof Levels];

/** Thrown where a state cannot be said in JSONata; it then stays as it is. */
export class Unconvertible extends Error {
  override readonly name = "Unconvertible";
  readonly code: LeftCode;
  /** What was written there. */
  readonly from: string | undefined;

  constructor(code: LeftCode, from?: string) {
    super(code);
    this.code = code;
    this.from = from;
  }
}

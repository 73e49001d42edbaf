/** The attempts that one entry of a mocked response answers: the first and the last, from 0. */
export interface AttemptRange {
  readonly first: number;
  readonly last: number;
}

/** Reads `"0"` or `"1-3"`; `undefined` for any other text. Documented: Step Functions Local. */
export function parseAttemptRange(text: string): AttemptRange | undefined {
  const match = /^\s*(\d{1,9})\s*(?:-\s*(\d{1,9})\s*)?$/.exec(text);
  if (match === null) return undefined;
  const first = Number(match[1]);
  const last = match[2] === undefined ? first : Number(match[2]);
  return last < first ? undefined : { first, last };
}

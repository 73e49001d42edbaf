import { maximumTextLength } from "../limits.ts";

/** The texts as one; `undefined` if it would be too long, which is known before it is made. */
export function joined(texts: readonly string[], delimiter: string): string | undefined {
  const length = texts.reduce((sum, text) => sum + text.length + delimiter.length, 0);
  return length > maximumTextLength + delimiter.length ? undefined : texts.join(delimiter);
}

export const tooLong = `Template error: a text of more than ${String(maximumTextLength)} characters`;

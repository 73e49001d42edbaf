import { ExpressionSyntaxError } from "../evaluation.ts";

/** A position in a text that is being parsed. */
export interface Cursor {
  readonly text: string;
  position: number;
}

export function current(cursor: Cursor): string {
  return cursor.text.charAt(cursor.position);
}

export function atEnd(cursor: Cursor): boolean {
  return cursor.position >= cursor.text.length;
}

export function skipBlanks(cursor: Cursor): void {
  while (current(cursor) === " ") cursor.position++;
}

/** Takes `token` if it comes next. */
export function take(cursor: Cursor, token: string): boolean {
  if (!cursor.text.startsWith(token, cursor.position)) return false;
  cursor.position += token.length;
  return true;
}

export function expect(cursor: Cursor, token: string): void {
  if (!take(cursor, token)) fail(cursor, `expected '${token}'`);
}

export function fail(cursor: Cursor, problem: string): never {
  throw new ExpressionSyntaxError(
    `Invalid path '${cursor.text}': ${problem} at position ${cursor.position}`,
    { from: cursor.position, to: Math.min(cursor.position + 1, cursor.text.length) },
  );
}

/** Takes characters as long as `accepts` says so. */
export function takeWhile(cursor: Cursor, accepts: (character: string) => boolean): string {
  const start = cursor.position;
  while (!atEnd(cursor) && accepts(current(cursor))) cursor.position++;
  return cursor.text.slice(start, cursor.position);
}

/**
 * Takes a quoted string; the cursor is on its opening quote.
 *
 * A backslash escapes the quote and itself and otherwise stands for itself: AWS finds the member
 * `Test\""Name"` with `$['Test\""Name"']` (observed), where Jayway alone would have dropped it.
 */
export function takeQuoted(cursor: Cursor): string {
  const quote = current(cursor);
  let value = "";
  for (cursor.position++; !atEnd(cursor); cursor.position++) {
    const character = current(cursor);
    if (character === quote) {
      cursor.position++;
      return value;
    }
    const following = cursor.text.charAt(cursor.position + 1);
    if (character === "\\" && (following === quote || following === "\\")) {
      value += following;
      cursor.position++;
    } else value += character;
  }
  return fail(cursor, `missing closing ${quote}`);
}

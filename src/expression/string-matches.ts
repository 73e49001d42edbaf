import { ExpressionSyntaxError } from "./evaluation.ts";

/**
 * Compiles a pattern of the comparison StringMatches: `*` stands for any text, `\*` and `\\` for the
 * characters themselves, all else for itself. Throws an ExpressionSyntaxError for a backslash before
 * anything else or at the end. *Spec*: StringMatches.
 *
 * The pieces between the stars are searched for one after the other, so that no text is looked at twice
 * for the same piece.
 */
export function compileStringMatches(pattern: string): (text: string) => boolean {
  const pieces = piecesBetweenStars(pattern);
  if (pieces === undefined) {
    throw new ExpressionSyntaxError(`Dangling backslash in the pattern '${pattern}'`);
  }
  const [first = "", ...others] = pieces;
  const last = others.pop();
  if (last === undefined) return (text) => text === first;
  return (text) => {
    const end = text.length - last.length;
    if (end < first.length || !text.startsWith(first) || !text.endsWith(last)) return false;
    let from = first.length;
    for (const piece of others) {
      const at = text.indexOf(piece, from);
      if (at < 0 || at + piece.length > end) return false;
      from = at + piece.length;
    }
    return true;
  };
}

/** The texts between the stars; `undefined` for a pattern with a dangling backslash. */
export function piecesBetweenStars(pattern: string): readonly string[] | undefined {
  const pieces = [""];
  for (let index = 0; index < pattern.length; index++) {
    let character = pattern.charAt(index);
    if (character === "*") {
      pieces.push("");
      continue;
    }
    if (character === "\\") {
      character = pattern.charAt(++index);
      if (character !== "*" && character !== "\\") return undefined;
    }
    pieces[pieces.length - 1] += character;
  }
  return pieces;
}

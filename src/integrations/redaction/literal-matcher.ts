/** The length that every literal has at least. */
export const shortestLiteral = 4;

/** What hashes of four characters are taken to. Our choice: 64 KiB hold the filter that nearly every place ends at. */
const filterSize = 1 << 16;

/**
 * Puts `replacement` in the place of each literal, in one pass whose time depends on the text and not on how many literals there
 * are. Letters of ASCII are found in either case. Literals that overlap are replaced as one, so that no rest of the second is left.
 *
 * Our choice, instead of a regular expression of alternatives: engines have a limit for those, and what is looked for may be a
 * thousand session tokens of a kilobyte. Literals that begin alike are tried one after the other.
 */
export function createLiteralMatcher(
  literals: Iterable<string>,
  replacement: string,
): (text: string) => string {
  const byStart = new Map<number, string[]>();
  const filter = new Uint8Array(filterSize);
  for (const literal of literals) {
    if (literal.length < shortestLiteral) continue;
    const start = hashAt(literal, 0);
    filter[start] = 1;
    byStart.set(start, [...(byStart.get(start) ?? []), literal]);
  }

  /** The end of the longest literal that begins at `at`; -1 if none does. */
  function endAt(text: string, at: number): number {
    const start = hashAt(text, at);
    if (filter[start] === 0) return -1;
    let end = -1;
    for (const literal of byStart.get(start) ?? []) {
      if (at + literal.length > end && isAt(text, at, literal)) end = at + literal.length;
    }
    return end;
  }

  return (text) => {
    let shown = "";
    let kept = 0;
    let hiddenUntil = -1;
    for (let at = 0; at + shortestLiteral <= text.length; at++) {
      const end = endAt(text, at);
      if (end < 0) continue;
      if (at >= hiddenUntil) {
        shown += text.slice(kept, at) + replacement;
        hiddenUntil = end;
      } else if (end > hiddenUntil) hiddenUntil = end;
      kept = hiddenUntil;
    }
    return kept === 0 ? text : shown + text.slice(kept);
  };
}

function hashAt(text: string, at: number): number {
  const hash =
    foldedAt(text, at) +
    31 * foldedAt(text, at + 1) +
    961 * foldedAt(text, at + 2) +
    29_791 * foldedAt(text, at + 3);
  return hash & (filterSize - 1);
}

function isAt(text: string, at: number, literal: string): boolean {
  if (at + literal.length > text.length) return false;
  for (let index = 0; index < literal.length; index++) {
    if (foldedAt(text, at + index) !== foldedAt(literal, index)) return false;
  }
  return true;
}

/** The character's code, of a capital letter of ASCII that of the small one. */
function foldedAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 65 && code <= 90 ? code + 32 : code;
}

/** The length that every literal has at least. */
export const shortestLiteral = 4;

/** What hashes of four characters are taken to. Our choice: 64 KiB hold the filter that nearly every place ends at. */
const filterSize = 1 << 16;

/**
 * Puts `replacement` in the place of each literal, in one pass. Letters of ASCII are found in either case. Literals that overlap are
 * replaced as one, so that no rest of the second is left.
 *
 * Our choice, instead of a regular expression of alternatives: engines have a limit for those, and what is looked for may be a
 * thousand session tokens of a kilobyte. Literals are known by their end, and compared from there: secrets begin alike (`eyJhbGci…`,
 * `-----BEGIN`), and who does not know one cannot make its comparison long. Measured with a thousand of them: 15 ms for a mebibyte.
 */
export function createLiteralMatcher(
  literals: Iterable<string>,
  replacement: string,
): (text: string) => string {
  const byEnd = new Map<number, string[]>();
  const filter = new Uint8Array(filterSize);
  for (const literal of literals) {
    if (literal.length < shortestLiteral) continue;
    const hash = hashBefore(literal, literal.length);
    filter[hash] = 1;
    byEnd.set(hash, [...(byEnd.get(hash) ?? []), literal]);
  }
  for (const alike of byEnd.values()) alike.sort((a, b) => b.length - a.length);

  /** Where the longest literal begins that ends at `end`; -1 if none does. */
  function startOf(text: string, end: number): number {
    const hash = hashBefore(text, end);
    if (filter[hash] === 0) return -1;
    const literal = byEnd.get(hash)?.find((one) => endsWith(text, end, one));
    return literal === undefined ? -1 : end - literal.length;
  }

  return (text) => {
    const found: Place[] = [];
    for (let end = shortestLiteral; end <= text.length; end++) {
      let start = startOf(text, end);
      if (start < 0) continue;
      for (let last = found.at(-1); last !== undefined && last.end > start; last = found.at(-1)) {
        start = Math.min(start, last.start);
        found.pop();
      }
      found.push({ start, end });
    }
    let shown = "";
    let kept = 0;
    for (const { start, end } of found) {
      shown += text.slice(kept, start) + replacement;
      kept = end;
    }
    return kept === 0 ? text : shown + text.slice(kept);
  };
}

interface Place {
  readonly start: number;
  readonly end: number;
}

function hashBefore(text: string, end: number): number {
  const hash =
    foldedAt(text, end - 1) +
    31 * foldedAt(text, end - 2) +
    961 * foldedAt(text, end - 3) +
    29_791 * foldedAt(text, end - 4);
  return hash & (filterSize - 1);
}

function endsWith(text: string, end: number, literal: string): boolean {
  const { length } = literal;
  if (length > end) return false;
  for (let back = 1; back <= length; back++) {
    if (foldedAt(text, end - back) !== foldedAt(literal, length - back)) return false;
  }
  return true;
}

/** The character's code, of a capital letter of ASCII that of the small one. */
function foldedAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 65 && code <= 90 ? code + 32 : code;
}

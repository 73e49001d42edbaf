/** A text with `*` for any characters: the texts between the stars. */
export interface Wildcard {
  readonly pieces: readonly [WildcardPiece, ...WildcardPiece[]];
}

interface WildcardPiece {
  readonly text: string;
  /** For each length of a beginning, the longest proper beginning that it ends with (Knuth, Morris, Pratt); absent for short pieces. */
  readonly borders: Uint16Array | undefined;
}

/** What is wrong with a wildcard. */
export class InvalidWildcard extends Error {
  override readonly name = "InvalidWildcard";
}

/**
 * Reads a wildcard. `\*` and `\\` are the characters themselves. *Documented*: Event Ruler, wildcard matching; places are counted in
 * bytes of UTF-8 from the quote before the text.
 */
export function parseWildcard(text: string): Wildcard {
  const pieces: WildcardPiece[] = [];
  let piece = "";
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    const next = text.charAt(at + 1);
    if (character === "*") {
      if (next === "*") {
        throw new InvalidWildcard(`Consecutive wildcard characters at pos ${place(text, at)}`);
      }
      pieces.push(newPiece(piece));
      piece = "";
    } else if (character !== "\\") {
      piece += character;
    } else if (next === "*" || next === "\\") {
      piece += next;
      at++;
    } else {
      throw new InvalidWildcard(`Invalid escape character at pos ${place(text, at)}`);
    }
  }
  pieces.push(newPiece(piece));
  return { pieces: pieces as [WildcardPiece, ...WildcardPiece[]] };
}

/** How many stars it has. */
export function starsOf(wildcard: Wildcard): number {
  return wildcard.pieces.length - 1;
}

/** Takes time that is linear in the text: each piece is looked for behind the one before, and the first place is good enough. */
export function matchesWildcard(text: string, { pieces }: Wildcard): boolean {
  const [first, ...rest] = pieces;
  const last = rest.pop();
  if (last === undefined) return text === first.text;
  const end = text.length - last.text.length;
  if (end < first.text.length || !text.startsWith(first.text) || !text.endsWith(last.text)) {
    return false;
  }
  let at = first.text.length;
  for (const piece of rest) {
    const found = indexOfPiece(text, piece, at);
    if (found === -1 || found + piece.text.length > end) return false;
    at = found + piece.text.length;
  }
  return true;
}

/** Shorter ones are found by `indexOf`, whose worst case is the product of both lengths. */
const shortPiece = 8;

function newPiece(text: string): WildcardPiece {
  return { text, borders: text.length > shortPiece ? bordersOf(text) : undefined };
}

function bordersOf(text: string): Uint16Array {
  const borders = new Uint16Array(text.length + 1);
  let border = 0;
  for (let length = 2; length <= text.length; length++) {
    const character = text.charCodeAt(length - 1);
    while (border > 0 && text.charCodeAt(border) !== character) border = borders[border] ?? 0;
    if (text.charCodeAt(border) === character) border++;
    borders[length] = border;
  }
  return borders;
}

function indexOfPiece(text: string, { text: piece, borders }: WildcardPiece, from: number): number {
  if (borders === undefined) return text.indexOf(piece, from);
  let matched = 0;
  for (let at = from; at < text.length; at++) {
    const character = text.charCodeAt(at);
    while (matched > 0 && piece.charCodeAt(matched) !== character) matched = borders[matched] ?? 0;
    if (piece.charCodeAt(matched) === character) matched++;
    if (matched === piece.length) return at + 1 - piece.length;
  }
  return -1;
}

/** The place as the service counts it: in bytes, the quote included. */
function place(text: string, at: number): number {
  let bytes = 1;
  for (const character of text.slice(0, at)) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

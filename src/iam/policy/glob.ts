/**
 * Wildcards within a pattern are two code points that Unicode keeps from ever being characters, so that what a variable puts in
 * beside them (a tag of the name `*`) is only text. A policy's text and values that have them are refused.
 */
const star = "\uFDD0";
const any = "\uFDD1";

/** Whether a text could be taken for wildcards of a {@link Glob}. */
export function hasReserved(text: string): boolean {
  return text.includes(star) || text.includes(any);
}

/** The source of a glob for text as policies have it: `*` is any text, `?` any one character. */
export function globSource(text: string): string {
  return text.replaceAll("*", star).replaceAll("?", any);
}

/** What matches any text, as the source of a glob. */
export const anyText = star;

export type Glob = (text: string) => boolean;

/**
 * The test of a pattern.
 *
 * The pieces between stars are looked for from left to right, each once: a piece that was found leftmost need never be
 * looked for again further right, so there is nothing to go back to, whatever the pattern.
 */
export function compileGlob(source: string): Glob {
  if (source === star) return () => true;
  const pieces = source.split(star);
  const [first = "", ...others] = pieces;
  const last = others.pop();
  if (last === undefined) return exactly(first);
  const least = pieces.reduce((sum, { length }) => sum + length, 0);
  const middle = others.filter((piece) => piece !== "");
  return (text) => {
    const end = text.length - last.length;
    if (text.length < least || !fits(first, text, 0) || !fits(last, text, end)) return false;
    let at = first.length;
    for (const piece of middle) {
      const found = find(piece, text, at);
      if (found < 0 || found + piece.length > end) return false;
      at = found + piece.length;
    }
    return at <= end;
  };
}

function exactly(piece: string): Glob {
  if (!piece.includes(any)) return (text) => text === piece;
  return (text) => text.length === piece.length && fits(piece, text, 0);
}

function fits(piece: string, text: string, at: number): boolean {
  if (!piece.includes(any)) return text.startsWith(piece, at);
  for (let index = 0; index < piece.length; index++) {
    if (piece[index] !== any && piece[index] !== text[at + index]) return false;
  }
  return true;
}

function find(piece: string, text: string, from: number): number {
  if (!piece.includes(any)) return text.indexOf(piece, from);
  for (let at = from; at + piece.length <= text.length; at++) if (fits(piece, text, at)) return at;
  return -1;
}

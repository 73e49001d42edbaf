import { compilePiece, type Piece } from "./glob-piece.ts";

/**
 * Wildcards within a pattern are two code points that Unicode keeps from ever being characters, so that what a variable puts in
 * beside them (a tag of the name `*`) is only text. A policy's text and values that have them are refused.
 */
const star = "\uFDD0";
/** Any one character. */
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
  const [first = "", ...others] = source.split(star);
  const last = others.pop();
  if (last === undefined) return whole(first);
  const middle = others.filter((piece) => piece !== "");
  return middle.length === 0 ? ends(first, last) : pieces(first, middle, last);
}

function whole(source: string): Glob {
  if (!source.includes(any)) return (text) => text === source;
  const piece = compilePiece(source, any);
  return (text) => text.length === piece.length && piece.isAt(text, 0);
}

/** Nearly all patterns have one star, and most of them at the end. */
function ends(first: string, last: string): Glob {
  if (last === "" && !first.includes(any)) return (text) => text.startsWith(first);
  return pieces(first, [], last);
}

function pieces(firstSource: string, middleSources: readonly string[], lastSource: string): Glob {
  const first = compilePiece(firstSource, any);
  const last = compilePiece(lastSource, any);
  const middle = middleSources.map((source) => compilePiece(source, any));
  const least = [first, last, ...middle].reduce((sum, { length }) => sum + length, 0);
  return (text) => {
    if (text.length < least || !first.isAt(text, 0)) return false;
    const end = text.length - last.length;
    return last.isAt(text, end) && areBetween(middle, text, first.length, end);
  };
}

function areBetween(middle: readonly Piece[], text: string, from: number, end: number): boolean {
  let at = from;
  for (const piece of middle) {
    const found = piece.find(text, at);
    if (found < 0) return false;
    at = found + piece.length;
    if (at > end) return false;
  }
  return at <= end;
}

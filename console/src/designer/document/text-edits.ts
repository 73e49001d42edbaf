import type { TextEdit } from "./definition-document.ts";

/** The text after the edits. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { from, to, insert } of edits) {
    parts.push(text.slice(at, from), insert);
    at = to;
  }
  parts.push(text.slice(at));
  return parts.join("");
}

/** The edits that give back `text` from what `edits` made of it. */
export function invertEdits(text: string, edits: readonly TextEdit[]): readonly TextEdit[] {
  let shift = 0;
  return edits.map(({ from, to, insert }) => {
    const inverse = { from: from + shift, to: from + shift + insert.length };
    shift += insert.length - (to - from);
    return { ...inverse, insert: text.slice(from, to) };
  });
}

/** Thrown for edits that would change the same place twice. */
export class OverlapError extends Error {}

/** Edits in the order of the text, without those that change nothing; edits that touch become one. */
export function ordered(text: string, edits: readonly TextEdit[]): readonly TextEdit[] {
  const sorted = edits
    .filter(({ from, to, insert }) => text.slice(from, to) !== insert)
    .toSorted((a, b) => a.from - b.from || a.to - b.to);
  const joined: TextEdit[] = [];
  for (const edit of sorted) {
    const last = joined.at(-1);
    if (last === undefined || last.to < edit.from) joined.push(edit);
    else if (last.to === edit.from) {
      joined[joined.length - 1] = {
        from: last.from,
        to: edit.to,
        insert: last.insert + edit.insert,
      };
    } else throw new OverlapError();
  }
  return joined;
}

/** A part of a text that has been edited: one of the first text's, or what was inserted. */
type Piece = { readonly from: number; readonly to: number } | string;

/** Edits of a text, and more edits of what they made, as one list against the first text. */
export function composeEdits(
  text: string,
  first: readonly TextEdit[],
  second: readonly TextEdit[],
): readonly TextEdit[] {
  if (first.length === 0) return second;
  return ordered(text, editsOf(edited(piecesOf(text.length, first), second), text.length));
}

function piecesOf(length: number, edits: readonly TextEdit[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { from, to, insert } of edits) {
    pieces.push({ from: at, to: from }, insert);
    at = to;
  }
  pieces.push({ from: at, to: length });
  return pieces;
}

function edited(pieces: readonly Piece[], edits: readonly TextEdit[]): readonly Piece[] {
  const result: Piece[] = [];
  let index = 0;
  let piece = pieces[0];
  let at = 0;
  /** Passes on to a place in the edited text, and keeps or drops what is before it. */
  const advance = (to: number, isKept: boolean): void => {
    while (at < to && piece !== undefined) {
      const [head, tail] = split(piece, to - at);
      if (isKept) result.push(head);
      at += lengthOf(head);
      piece = tail ?? pieces[++index];
    }
  };
  for (const { from, to, insert } of edits) {
    advance(from, true);
    result.push(insert);
    advance(to, false);
  }
  advance(Infinity, true);
  return result;
}

function split(piece: Piece, length: number): readonly [Piece, Piece | undefined] {
  if (lengthOf(piece) <= length) return [piece, undefined];
  if (typeof piece === "string") return [piece.slice(0, length), piece.slice(length)];
  const middle = piece.from + length;
  return [
    { from: piece.from, to: middle },
    { from: middle, to: piece.to },
  ];
}

function lengthOf(piece: Piece): number {
  return typeof piece === "string" ? piece.length : piece.to - piece.from;
}

function editsOf(pieces: readonly Piece[], length: number): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  let at = 0;
  let insert = "";
  const flush = (from: number): void => {
    if (insert !== "" || from > at) edits.push({ from: at, to: from, insert });
    insert = "";
  };
  for (const piece of pieces) {
    if (typeof piece === "string") insert += piece;
    else if (piece.from < piece.to) {
      flush(piece.from);
      at = piece.to;
    }
  }
  flush(length);
  return edits;
}

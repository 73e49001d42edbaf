import type { Path } from "../document/definition-document.ts";
import type { CursorPlace } from "./cursor-place.ts";

/** A dash or a key of a line, with its column. */
interface Mark {
  readonly column: number;
  /** Absent: a dash. */
  readonly key?: string;
}

const keyText =
  /^(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)'|([^\s'"#\-?:,[\]{}&*!|>%@`][^#:]*?|-[^\s:][^#:]*?))\s*:(?=\s|$)/;

/**
 * Where in a block of YAML somebody types. A line that is being typed is no YAML yet, so this goes by indentation and reads no
 * tree. In braces it knows nothing.
 */
export function yamlPlace(text: string, offset: number): CursorPlace | undefined {
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  const lineEnd = text.indexOf("\n", offset);
  const line = text.slice(lineStart, lineEnd < 0 ? text.length : lineEnd).replace(/\r$/, "");
  const column = offset - lineStart;
  const before = line.slice(0, column);
  if (/^\s*#|\s#|[{[]/.test(before.replaceAll(/"[^"]*"|'[^']*'|\{%[^%]*%?\}?/g, "")))
    return undefined;
  const { marks, rest } = marksOf(line);
  const key = marks.findLast((mark) => mark.key !== undefined);
  const isInValue = key?.key !== undefined && column >= rest;
  const start = isInValue ? rest : (/^\s*(?:-\s+)*/.exec(before)?.[0].length ?? 0);
  if (column < start) return undefined;
  const quote = /^["']/.exec(line.slice(start))?.[0] ?? "";
  const from = start + quote.length;
  if (column < from) return undefined;
  const tail = line.slice(column);
  const end = quote === "" ? (isInValue ? tail.length : wordEnd(tail)) : endOfQuote(tail, quote);
  const parts = pathBefore(text, lineStart, marks, isInValue ? key : { column: start, key: "" });
  const common = {
    from: lineStart + from,
    to: offset + end,
    quote,
    written: line.slice(from, column),
  };
  if (isInValue) return { ...common, part: "value", holder: parts, name: key?.key };
  const last = parts.at(-1);
  // Behind a dash both may follow: a value, or the first key of an object.
  return typeof last === "number" && common.written !== "" && quote !== ""
    ? { ...common, part: "value", holder: parts.slice(0, -1), name: last }
    : { ...common, part: "key", holder: parts, name: undefined };
}

const wordEnd = (tail: string): number => /^[\w.$-]*/.exec(tail)?.[0].length ?? 0;

function endOfQuote(tail: string, quote: string): number {
  const end = tail.indexOf(quote);
  return end < 0 ? tail.length : end;
}

/** The dashes and the key that a line begins with, and the column of what follows them. */
function marksOf(line: string): { readonly marks: readonly Mark[]; readonly rest: number } {
  const marks: Mark[] = [];
  let column = /^\s*/.exec(line)?.[0].length ?? 0;
  for (;;) {
    const dash = /^-(?:\s+|$)/.exec(line.slice(column));
    if (dash === null) break;
    marks.push({ column });
    column += dash[0].length;
  }
  const found = keyText.exec(line.slice(column));
  if (found === null) return { marks, rest: column };
  const [whole, double, single, plain] = found;
  marks.push({ column, key: double ?? single ?? plain ?? "" });
  const blank = /^\s*/.exec(line.slice(column + whole.length))?.[0].length ?? 0;
  return { marks, rest: column + whole.length + blank };
}

/** What holds the entry at a mark: up the lines, as long as something is indented less. */
function pathBefore(text: string, lineStart: number, own: readonly Mark[], mark: Mark): Path {
  const path: (string | number)[] = [];
  let { column } = mark;
  let index: number | undefined;
  const take = (each: Mark): void => {
    if (each.column > column) return;
    const isDash = each.key === undefined;
    if (each.column === column) {
      if (index === undefined) return;
      if (isDash) index++;
      else [index, column] = [push(index, each.key), each.column];
      return;
    }
    if (isDash) [index, column] = [index === undefined ? 0 : (path.unshift(index), 0), each.column];
    else [index, column] = [push(index, each.key), each.column];
  };
  const push = (at: number | undefined, key: string | undefined): undefined => {
    if (at !== undefined) path.unshift(at);
    path.unshift(key ?? "");
    return undefined;
  };
  for (const each of own.filter((one) => one.column < mark.column).toReversed()) take(each);
  for (let end = lineStart - 1; end >= 0 && (column > 0 || index !== undefined);) {
    const start = text.lastIndexOf("\n", end - 1) + 1;
    const line = text.slice(start, end).replace(/\r$/, "");
    end = start - 1;
    if (/^\s*(?:#|$)/.test(line)) continue;
    for (const each of marksOf(line).marks.toReversed()) take(each);
  }
  if (index !== undefined) path.unshift(index);
  return path;
}

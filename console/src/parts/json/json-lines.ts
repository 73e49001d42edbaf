import { countOf, isContainer, membersOf, writtenNumber } from "./json-value.ts";
import { recognise, type Recognised } from "./recognise.ts";
import { asJsonPath, type ValuePath } from "./value-path.ts";

/** A line of a document's tree. */
export interface JsonLine {
  /** Unique among the lines. */
  readonly key: string;
  /** Of a value that is within a text of the document: that of the text. */
  readonly path: ValuePath;
  readonly depth: number;
  readonly name: string | number | undefined;
  readonly value: unknown;
  /** Members of an object or array; absent: it is none. */
  readonly count?: number;
  readonly isOpen: boolean;
  /** What a text or number that is open holds; what could be opened is looked at by whoever draws the line. */
  readonly recognised?: Recognised;
  /** It is not in the document as such, but within the text above it. */
  readonly isWithin: boolean;
}

/** Our choice: lines of a document that is opened all through; the rest is found by opening less. */
export const mostLines = 100_000;

/** Whether a container is open before anybody opened or closed it: of a small document all are. */
export function isOpenAtFirst(depth: number, count: number): boolean {
  return depth < 2 && count <= 50;
}

/**
 * The lines that are shown. `turned` has the keys of what was opened or closed otherwise than at first; what a text holds is
 * closed at first. A container that has a path in `forced` is open whatever was turned.
 */
export function linesOf(
  root: unknown,
  turned: ReadonlySet<string>,
  forced: ReadonlySet<string> = new Set(),
): readonly JsonLine[] {
  const lines: JsonLine[] = [];
  const add = (
    key: string,
    path: ValuePath,
    depth: number,
    name: string | number | undefined,
    value: unknown,
    /** How deep the document begins that it is in: that of a text begins beneath the text. */
    base: number,
  ): void => {
    if (lines.length >= mostLines) return;
    const isWithin = base > 0;
    if (!isContainer(value)) {
      const recognised = turned.has(key) ? recognise(value) : undefined;
      const isOpen = recognised !== undefined;
      lines.push({
        key,
        path,
        depth,
        name,
        value,
        isOpen,
        isWithin,
        ...(recognised && { recognised }),
      });
      if (isOpen && recognised.kind === "json") {
        add(`${key} `, path, depth + 1, undefined, recognised.value, depth + 1);
      }
      return;
    }
    const count = countOf(value);
    const isOpen =
      count > 0 && (forced.has(key) || isOpenAtFirst(depth - base, count) !== turned.has(key));
    lines.push({ key, path, depth, name, value, count, isOpen, isWithin });
    if (!isOpen) return;
    for (const [member, inner] of membersOf(value)) {
      const innerPath = isWithin ? path : [...path, member];
      add(`${key}${asJsonPath([member]).slice(1)}`, innerPath, depth + 1, member, inner, base);
    }
  };
  add("$", [], 0, undefined, root, 0);
  return lines;
}

/** Values that are looked at, and places that are found: a search has to end while somebody types. */
const mostSought = 200_000;
export const mostFound = 1_000;

/** The places whose name or scalar value has the words in it, in the order of the lines. */
export function findIn(root: unknown, sought: string): readonly ValuePath[] {
  const lower = sought.toLowerCase();
  const found: ValuePath[] = [];
  let left = mostSought;
  const look = (path: ValuePath, value: unknown): void => {
    if (left-- <= 0 || found.length >= mostFound) return;
    const name = path.at(-1);
    const isNamed = typeof name === "string" && name.toLowerCase().includes(lower);
    if (isNamed || (!isContainer(value) && textOf(value).toLowerCase().includes(lower))) {
      found.push(path);
    }
    if (!isContainer(value)) return;
    for (const [member, inner] of membersOf(value)) look([...path, member], inner);
  };
  if (lower !== "") look([], root);
  return found;
}

function textOf(value: unknown): string {
  return writtenNumber(value) ?? (typeof value === "string" ? value : String(value));
}

/** The keys of everything that a place is within. */
export function keysAbove(path: ValuePath): ReadonlySet<string> {
  return new Set(path.map((_, index) => asJsonPath(path.slice(0, index))));
}

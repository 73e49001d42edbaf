import type { ValuePath } from "../../parts/json/value-path.ts";

export { asJsonata, asJsonPath, type ValuePath } from "../../parts/json/value-path.ts";

export type Change = "same" | "added" | "removed" | "changed";

/** A value of a document, and how it differs from the one at its place in the document before. */
export interface DiffNode {
  readonly path: ValuePath;
  readonly change: Change;
  /** Of what was removed: what it was. */
  readonly value: unknown;
  /** Of what was changed: what it was. */
  readonly before?: unknown;
  /** Something within it is not the same. */
  readonly isTouched: boolean;
  readonly children: readonly DiffNode[];
}

export interface ValueDiff {
  readonly root: DiffNode;
  readonly counts: Readonly<Record<Exclude<Change, "same">, number>>;
  /** The two have nothing in common: nothing is marked. */
  readonly isOther: boolean;
  /** The document was too large to be compared to its end. */
  readonly isCut: boolean;
}

/** Values that are looked at: a document of 256 KiB has about as many. */
const mostNodes = 20_000;

/** Compares two JSON values. Members are found by their names, items by their places. */
export function diffValues(before: unknown, after: unknown): ValueDiff {
  const counts = { added: 0, removed: 0, changed: 0 };
  let left = mostNodes;

  const compare = (path: ValuePath, was: unknown, is: unknown): DiffNode => {
    left--;
    if (kindOf(was) !== kindOf(is) || !isContainer(is) || !isContainer(was)) {
      const isSame = kindOf(was) === kindOf(is) && Object.is(was, is);
      if (!isSame) counts.changed++;
      return {
        ...plain(path, is),
        change: isSame ? "same" : "changed",
        ...(!isSame && { before: was }),
        isTouched: !isSame,
      };
    }
    const children: DiffNode[] = [];
    for (const [name, value] of membersOf(is)) {
      if (left <= 0) break;
      const inner = [...path, name];
      if (hasMember(was, name)) children.push(compare(inner, memberOf(was, name), value));
      else {
        counts.added++;
        children.push({ ...plain(inner, value), change: "added", isTouched: true });
      }
    }
    for (const [name, value] of membersOf(was)) {
      if (left <= 0) break;
      if (hasMember(is, name)) continue;
      counts.removed++;
      children.push({ ...plain([...path, name], value), change: "removed", isTouched: true });
    }
    const isTouched = children.some((child) => child.isTouched);
    return { path, change: "same", value: is, isTouched, children };
  };

  const plain = (path: ValuePath, value: unknown): DiffNode => {
    left--;
    return {
      path,
      change: "same",
      value,
      isTouched: false,
      children: isContainer(value) && left > 0 ? nested(path, value) : [],
    };
  };
  const nested = (path: ValuePath, value: object): DiffNode[] => {
    const children: DiffNode[] = [];
    for (const [name, inner] of membersOf(value)) {
      if (left <= 0) break;
      children.push(plain([...path, name], inner));
    }
    return children;
  };

  if (haveNothingInCommon(before, after)) {
    const root = plain([], after);
    return { root, counts, isOther: true, isCut: left <= 0 };
  }
  const root = compare([], before, after);
  return { root, counts, isOther: false, isCut: left <= 0 };
}

/** The value alone, in the same form. */
export function shownValue(value: unknown): ValueDiff {
  const { root, counts, isCut } = diffValues(value, value);
  return { root, counts, isOther: false, isCut };
}

function haveNothingInCommon(before: unknown, after: unknown): boolean {
  if (kindOf(before) !== kindOf(after)) return true;
  if (!isContainer(before) || !isContainer(after) || Array.isArray(after)) return false;
  const names = Object.keys(after);
  const others = Object.keys(before);
  if (names.length === 0 || others.length === 0) return false;
  return !names.some((name) => Object.hasOwn(before, name));
}

function kindOf(value: unknown): string {
  return value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
}

function isContainer(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function membersOf(value: object): readonly (readonly [string | number, unknown])[] {
  return Array.isArray(value)
    ? value.map((item: unknown, index) => [index, item])
    : Object.entries(value);
}

function hasMember(value: object, name: string | number): boolean {
  return Object.hasOwn(value, name);
}

function memberOf(value: object, name: string | number): unknown {
  return (value as Readonly<Record<string | number, unknown>>)[name];
}

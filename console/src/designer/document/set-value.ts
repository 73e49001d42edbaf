import type { DefinitionDocument, DocumentNode, Path, TextEdit } from "./definition-document.ts";
import { addMember, found, insertItem, removeEntries, replaceValue } from "./edit-document.ts";
import { EditRefusal } from "./edit-refusal.ts";
import { isNewObject, RawNumber, type NewValue } from "./new-value.ts";
import { plainValue } from "./plain-value.ts";
import { ordered } from "./text-edits.ts";
import { locate } from "./tree.ts";

/**
 * Gives a path a value: what it has already is left as it is written, at any depth, so that comments, order and numbers stay
 * where nothing changes. What holds the path must be there; a member that is not is added, behind `after` as in `addMember`.
 */
export function setValue(
  document: DefinitionDocument,
  path: Path,
  value: NewValue,
  after?: string | null,
): readonly TextEdit[] {
  const last = path.at(-1);
  const outer = path.slice(0, -1);
  if (last !== undefined) {
    const holder = found(document, outer).node;
    const isThere = document.root !== undefined && locate(document.root, path) !== undefined;
    if (!isThere && typeof last === "string") return addMember(document, outer, last, value, after);
    if (!isThere && typeof last === "number") {
      const length = holder.kind === "array" ? holder.items.length : 0;
      if (last > length) throw new EditRefusal("noSuchEntry", { name: String(last) });
      return insertItem(document, outer, value, last);
    }
  }
  return ordered(document.text, merged(document, path, found(document, path).node, value));
}

function merged(
  document: DefinitionDocument,
  path: Path,
  node: DocumentNode,
  value: NewValue,
): readonly TextEdit[] {
  if (isWritten(document, node, value)) return [];
  if (node.kind === "object" && isNewObject(value)) {
    const names = new Set(node.members.map(({ name }) => name));
    const isUnique = names.size === node.members.length;
    const hasCommon = Object.keys(value).some((name) => names.has(name));
    if (isUnique && hasCommon) return mergedMembers(document, path, names, value);
  }
  if (node.kind === "array" && Array.isArray(value)) {
    const edits = mergedItems(
      document,
      path,
      node.items.map((item) => item.value),
      value,
    );
    if (edits !== undefined) return edits;
  }
  return replaceValue(document, path, value);
}

function mergedMembers(
  document: DefinitionDocument,
  path: Path,
  names: ReadonlySet<string>,
  value: { readonly [name: string]: NewValue },
): readonly TextEdit[] {
  const gone = [...names].filter((name) => !Object.hasOwn(value, name));
  const members = Object.entries(value);
  const changed = members
    .filter(([name]) => names.has(name))
    .flatMap(([name, member]) => {
      const at = [...path, name];
      return merged(document, at, found(document, at).node, member);
    });
  const added = members
    .filter(([name]) => !names.has(name))
    .flatMap(([name, member]) => addMember(document, path, name, member));
  // A member that is added behind the last one begins where that one ends: what is added within it comes before.
  return [...removeEntries(document, path, gone), ...changed, ...added];
}

/** Items changed in their places, or some put in or taken out between others that stay. */
function mergedItems(
  document: DefinitionDocument,
  path: Path,
  old: readonly DocumentNode[],
  items: readonly NewValue[],
): readonly TextEdit[] | undefined {
  if (old.length === items.length && old.length > 0) {
    return old.flatMap((node, index) =>
      merged(document, [...path, index], node, items[index] ?? null),
    );
  }
  const isSame = (before: number, after: number): boolean => {
    const [node, item] = [old[before], items[after]];
    return node !== undefined && item !== undefined && isWritten(document, node, item);
  };
  const shorter = Math.min(old.length, items.length);
  let start = 0;
  while (start < shorter && isSame(start, start)) start++;
  let end = 0;
  while (end < shorter - start && isSame(old.length - 1 - end, items.length - 1 - end)) end++;
  if (start + end < shorter || shorter === 0) return undefined;
  if (items.length < old.length) {
    const gone = [...old.keys()].slice(start, old.length - end);
    return removeEntries(document, path, gone);
  }
  return items
    .slice(start, items.length - end)
    .flatMap((item) => insertItem(document, path, item, start));
}

/** Whether the text has the value already. A number that was read as a double is the one that it was read from. */
function isWritten(document: DefinitionDocument, node: DocumentNode, value: NewValue): boolean {
  if (typeof value !== "object" || value === null) return plainValue(node) === value;
  if (value instanceof RawNumber) return document.text.slice(node.from, node.to) === value.text;
  return JSON.stringify(plainValue(node)) === JSON.stringify(value);
}

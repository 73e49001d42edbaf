import type {
  ArrayNode,
  DefinitionDocument,
  ObjectNode,
  Path,
  TextEdit,
} from "./definition-document.ts";
import { EditRefusal } from "./edit-refusal.ts";
import { insertInFlow, removeFromFlow, replaceInFlow, type NewEntry } from "./flow-edits.ts";
import { layoutOf } from "./layout.ts";
import type { NewValue } from "./new-value.ts";
import { jsonNotation, type FlowNotation } from "./print-flow.ts";
import { requireUnshared, requireUnusedElsewhere } from "./shared-values.ts";
import { ordered } from "./text-edits.ts";
import { entriesOf, locate, resolved, type Located } from "./tree.ts";
import {
  insertInBlock,
  permuteBlock,
  removeFromBlock,
  replaceInBlock,
} from "./yaml/block-edits.ts";
import { flowNotation, printKey, quoted } from "./yaml/print-scalar.ts";

type Container = ObjectNode | ArrayNode;
type Edits = readonly TextEdit[];

/*
 * The smallest edits of a text. Each takes the document as it is and gives edits of its text, or throws an `EditRefusal`:
 * `noSuchEntry`, `wrongShape`, `sharedByAlias`, `notation`, and `unreadable` for a text with faults.
 */

/** Puts a value in the place of the one that is there. */
export function replaceValue(document: DefinitionDocument, path: Path, value: NewValue): Edits {
  const located = found(document, path);
  // An alias itself may be replaced; what it stands for may not.
  if (located.node.kind !== "alias") requireUnshared(document, located);
  requireUnusedElsewhere(document, located.node);
  return ordered(document.text, [replacement(document, located, value)]);
}

/** Adds a member to an object: behind the member `after`, before all if that is `null`, behind all if it is left out. */
export function addMember(
  document: DefinitionDocument,
  path: Path,
  name: string,
  value: NewValue,
  after?: string | null,
): Edits {
  const located = found(document, path);
  requireUnshared(document, located);
  const node = located.node;
  if (isNothing(node)) return [replacement(document, located, { [name]: value })];
  if (node.kind !== "object") throw new EditRefusal("wrongShape", { name });
  if (node.members.some((member) => member.name === name)) {
    throw new EditRefusal("wrongShape", { name });
  }
  const place = node.members.findLastIndex((member) => member.name === after) + 1;
  const index = after === null || place > 0 ? place : node.members.length;
  return [insertion(document, located, node, index, { name, value })];
}

/** Puts an item into an array, before the one that has the index; behind all if it is left out. */
export function insertItem(
  document: DefinitionDocument,
  path: Path,
  value: NewValue,
  index = Infinity,
): Edits {
  const located = found(document, path);
  requireUnshared(document, located);
  const node = located.node;
  if (isNothing(node)) return [replacement(document, located, [value])];
  if (node.kind !== "array") throw new EditRefusal("wrongShape");
  const at = Math.min(Math.max(index, 0), node.items.length);
  return [insertion(document, located, node, at, { value })];
}

/** Takes members or items out of what holds them. Names that are not there are passed over. */
export function removeEntries(
  document: DefinitionDocument,
  path: Path,
  parts: readonly (string | number)[],
): Edits {
  const located = found(document, path);
  requireUnshared(document, located);
  const { node } = located;
  if (node.kind !== "object" && node.kind !== "array") throw new EditRefusal("wrongShape");
  const removed = new Set(parts);
  const isRemoved = (index: number): boolean =>
    removed.has(node.kind === "array" ? index : (node.members[index]?.name ?? ""));
  const entries = entriesOf(node);
  const gone = entries.filter((_, index) => isRemoved(index));
  if (gone.length === 0) return [];
  for (const { value } of gone) requireUnusedElsewhere(document, value);
  if (node.isFlow) return ordered(document.text, removeFromFlow(node, isRemoved));
  if (gone.length === entries.length) {
    return [replacement(document, located, node.kind === "array" ? [] : {})];
  }
  return ordered(document.text, removeFromBlock(blockContext(document), node, isRemoved));
}

/** Takes one member or item away. */
export function removeValue(document: DefinitionDocument, path: Path): Edits {
  const last = path.at(-1);
  if (last === undefined) throw new EditRefusal("wrongShape");
  found(document, path);
  return removeEntries(document, path.slice(0, -1), [last]);
}

/** Gives a member another name. */
export function renameKey(document: DefinitionDocument, path: Path, name: string): Edits {
  const located = found(document, path);
  const { member, ancestors, parent } = located;
  if (member === undefined || parent?.kind !== "object") throw new EditRefusal("noSuchEntry");
  requireUnshared(document, { ...located, node: ancestors.at(-1) ?? parent });
  if (parent.members.some((other) => other !== member && other.name === name)) {
    throw new EditRefusal("wrongShape", { name });
  }
  const written = document.text.slice(member.key.from, member.key.to);
  return ordered(document.text, [
    { ...member.key, insert: keyLike(document, parent.isFlow, written, name) },
  ]);
}

/** Puts the item at one index where another is; those between move up or down. Comments and layout go along. */
export function moveItem(
  document: DefinitionDocument,
  path: Path,
  from: number,
  to: number,
): Edits {
  const located = found(document, path);
  requireUnshared(document, located);
  const { node } = located;
  if (node.kind !== "array") throw new EditRefusal("wrongShape");
  if (node.items[from] === undefined || node.items[to] === undefined) {
    throw new EditRefusal("noSuchEntry");
  }
  const order = [...node.items.keys()];
  order.splice(to, 0, ...order.splice(from, 1));
  const { text } = document;
  if (!node.isFlow) return ordered(text, permuteBlock(blockContext(document), node, order));
  const edits = order.flatMap((source, target) => {
    const [taken, place] = [node.items[source]?.value, node.items[target]?.value];
    if (source === target || taken === undefined || place === undefined) return [];
    return [{ from: place.from, to: place.to, insert: text.slice(taken.from, taken.to) }];
  });
  return ordered(text, edits);
}

/** The value at a path of a readable document. */
export function found(document: DefinitionDocument, path: Path): Located {
  if (document.faults.length > 0 || document.root === undefined) {
    throw new EditRefusal("unreadable");
  }
  const located = locate(document.root, path);
  if (located === undefined)
    throw new EditRefusal("noSuchEntry", { name: String(path.at(-1) ?? "") });
  return located;
}

/** YAML: nothing behind the colon, where a collection can begin. */
function isNothing(node: Located["node"]): boolean {
  if (node.kind === "scalar") return node.value === null && node.from === node.to;
  return node.kind !== "alias" && entriesOf(node).length === 0 && !node.isFlow;
}

function insertion(
  document: DefinitionDocument,
  located: Located,
  node: Container,
  index: number,
  entry: NewEntry,
): TextEdit {
  if (!node.isFlow) return insertInBlock(blockContext(document), node, index, entry);
  const isEmptyInBlock =
    document.format === "yaml" && entriesOf(node).length === 0 && located.parent?.isFlow !== true;
  if (!isEmptyInBlock) return insertInFlow(flowContext(document), node, index, entry);
  const value = entry.name === undefined ? [entry.value] : { [entry.name]: entry.value };
  return replacement(document, located, value);
}

function replacement(document: DefinitionDocument, located: Located, value: NewValue): TextEdit {
  const { node, parent, member, item } = located;
  const old = node.kind === "alias" ? node : resolved(node);
  const isFilledFlow =
    old.isFlow && (old.kind === "object" || old.kind === "array") && entriesOf(old).length > 0;
  const isContainer = typeof value === "object" && value !== null;
  const isFlow =
    parent === undefined ? isFilledFlow : parent.isFlow || (isFilledFlow && isContainer);
  if (document.format === "json" || isFlow) {
    return replaceInFlow(flowContext(document), parent, old, value);
  }
  return replaceInBlock(blockContext(document), parent, member ?? item, old, value);
}

function flowContext(document: DefinitionDocument) {
  const notation = flowNotationOf(document);
  return { text: document.text, layout: layoutOf(document), notation };
}

/** How scalars are written in braces and brackets. */
export function flowNotationOf(document: DefinitionDocument): FlowNotation {
  return document.format === "json"
    ? jsonNotation
    : flowNotation(layoutOf(document).isSingleQuoted);
}

function blockContext(document: DefinitionDocument) {
  return { text: document.text, layout: layoutOf(document), root: document.root };
}

function keyLike(
  { format }: DefinitionDocument,
  isFlow: boolean,
  written: string,
  name: string,
): string {
  if (format === "json") return JSON.stringify(name);
  const isQuoted = /^['"]/.test(written);
  const isSingleQuoted = written.startsWith("'");
  if (isQuoted) return quoted(name, isSingleQuoted);
  return isFlow ? flowNotation(false).key(name) : printKey(name, false);
}

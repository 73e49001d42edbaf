import type {
  ArrayNode,
  DocumentNode,
  ItemNode,
  MemberNode,
  ObjectNode,
  Path,
} from "./definition-document.ts";

/** A value, and what leads to it. */
export interface Located {
  readonly node: DocumentNode;
  /** The entry that it is the value of; neither for the root. */
  readonly member?: MemberNode;
  readonly item?: ItemNode;
  /** What holds it: the last of `ancestors`. */
  readonly parent?: ObjectNode | ArrayNode;
  readonly ancestors: readonly (ObjectNode | ArrayNode)[];
  /** Whether the way led through an alias. */
  readonly isThroughAlias: boolean;
}

/** The value at a path. A key that is written twice means the last one. */
export function locate(root: DocumentNode, path: Path): Located | undefined {
  let found: Located = { node: root, ancestors: [], isThroughAlias: false };
  for (const part of path) {
    const parent = resolved(found.node);
    if (parent.kind === "scalar") return undefined;
    const entry = entryOf(parent, part);
    if (entry === undefined) return undefined;
    found = {
      node: entry.value,
      ...("key" in entry ? { member: entry } : { item: entry }),
      parent,
      ancestors: [...found.ancestors, parent],
      isThroughAlias: found.isThroughAlias || found.node.kind === "alias",
    };
  }
  return found;
}

/** What an alias stands for; any other value itself. */
export function resolved(node: DocumentNode): Exclude<DocumentNode, { readonly kind: "alias" }> {
  return node.kind === "alias" ? resolved(node.target) : node;
}

/** The entries of a container, members or items. */
export function entriesOf(node: ObjectNode | ArrayNode): readonly (MemberNode | ItemNode)[] {
  return node.kind === "object" ? node.members : node.items;
}

function entryOf(
  parent: ObjectNode | ArrayNode,
  part: string | number,
): MemberNode | ItemNode | undefined {
  if (parent.kind === "array") return typeof part === "number" ? parent.items[part] : undefined;
  return typeof part === "string" ? membersByName(parent).get(part) : undefined;
}

const byName = new WeakMap<ObjectNode, ReadonlyMap<string, MemberNode>>();

/** The members that count, by their names. Kept: a rename asks for every state of thousands. */
function membersByName(object: ObjectNode): ReadonlyMap<string, MemberNode> {
  const known = byName.get(object);
  if (known !== undefined) return known;
  const members = new Map(object.members.map((member) => [member.name, member]));
  byName.set(object, members);
  return members;
}

/** The path of the innermost entry that the offset is in. */
export function innermostPath(root: DocumentNode, offset: number): Path {
  const path: (string | number)[] = [];
  let node = root;
  while (node.kind === "object" || node.kind === "array") {
    const entries = entriesOf(node);
    const index = lastBefore(entries, offset);
    const entry = entries[index];
    if (entry === undefined || offset > entry.value.to) break;
    path.push("key" in entry ? entry.name : index);
    node = entry.value;
  }
  return path;
}

/** The index of the last entry that begins at the offset or before. */
function lastBefore(entries: readonly (MemberNode | ItemNode)[], offset: number): number {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.from ?? Infinity) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

import type { DefinitionDocument, DocumentNode, Path } from "./definition-document.ts";
import { columnOf, indentOf } from "./lines.ts";
import { exactValue, Snippet, type BlockEntry, type NewValue } from "./new-value.ts";
import { locate, type Located } from "./tree.ts";
import { entryExtent } from "./yaml/entry-extent.ts";

/**
 * The value at a path, to be put elsewhere in the same document. One with anchors or aliases is given without its text: a second
 * anchor of the same name would change what aliases behind it mean.
 */
export function snippetOf(document: DefinitionDocument, path: Path): NewValue | undefined {
  const { text, root, format } = document;
  const found = root && locate(root, path);
  if (found === undefined) return undefined;
  const { node } = found;
  const value = exactValue(text, node);
  if (hasAnchorOrAlias(node)) return value;
  const entry = format === "yaml" ? blockEntryOf(document, found) : undefined;
  if (node.kind === "scalar" && entry === undefined) return value;
  return new Snippet({
    isFlow: node.isFlow,
    isContainer: node.kind !== "scalar",
    text: text.slice(node.from, node.to),
    indent: ownIndent(text, found),
    entry,
    value,
  });
}

function ownIndent(text: string, { node, parent, member, item }: Located): string {
  if (node.isFlow && parent?.isFlow !== false) return indentOf(text, node.from);
  const origin = node.isFlow || node.kind === "scalar" ? (member ?? item)?.from : undefined;
  return " ".repeat(columnOf(text, origin ?? node.from));
}

function blockEntryOf(document: DefinitionDocument, found: Located): BlockEntry | undefined {
  const { text, root } = document;
  const entry = found.member ?? found.item;
  if (entry === undefined || found.parent === undefined || found.parent.isFlow) return undefined;
  const extent = entryExtent(text, entry, found.parent === root);
  const tailFrom = (found.member?.colon ?? found.item?.from ?? 0) + 1;
  const lead = text.slice(extent.lead, entry.from).split("\n");
  return {
    kind: found.member === undefined ? "item" : "member",
    lead: lead.map((line) => line.trim()).filter((line) => line !== ""),
    tail: text.slice(tailFrom, extent.to),
    indent: " ".repeat(columnOf(text, entry.from)),
  };
}

function hasAnchorOrAlias(node: DocumentNode): boolean {
  if (node.kind === "alias" || node.anchor !== undefined) return true;
  if (node.kind === "scalar") return false;
  return node.kind === "array"
    ? node.items.some(({ value }) => hasAnchorOrAlias(value))
    : node.members.some(({ value }) => hasAnchorOrAlias(value));
}

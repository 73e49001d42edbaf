import type { DefinitionDocument, DocumentNode } from "./definition-document.ts";
import { EditRefusal } from "./edit-refusal.ts";
import { entriesOf, type Located } from "./tree.ts";

/** Refuses to change what stands for more than one place: through an alias, or where an alias points to. */
export function requireUnshared(document: DefinitionDocument, located: Located): void {
  if (document.format === "json") return;
  const { node, ancestors, isThroughAlias } = located;
  const uses = usesOf(document);
  const shared = [...ancestors, node].find((each) => uses.has(each));
  if (isThroughAlias || shared !== undefined) {
    throw new EditRefusal(
      "sharedByAlias",
      shared?.anchor === undefined ? {} : { name: shared.anchor },
    );
  }
}

/** Refuses to take away what an alias somewhere else points to. */
export function requireUnusedElsewhere(document: DefinitionDocument, node: DocumentNode): void {
  if (document.format === "json") return;
  const uses = usesOf(document);
  if (uses.size === 0) return;
  visit(node, (each) => {
    const isUsedElsewhere = uses
      .get(each)
      ?.some(({ from, to }) => from < node.from || to > node.to);
    if (isUsedElsewhere === true) {
      throw new EditRefusal(
        "sharedByAlias",
        each.anchor === undefined ? {} : { name: each.anchor },
      );
    }
  });
}

const aliases = new WeakMap<
  DefinitionDocument,
  ReadonlyMap<DocumentNode, readonly DocumentNode[]>
>();

/** The aliases of each value that has some. */
function usesOf(document: DefinitionDocument): ReadonlyMap<DocumentNode, readonly DocumentNode[]> {
  const known = aliases.get(document);
  if (known !== undefined) return known;
  const uses = new Map<DocumentNode, DocumentNode[]>();
  if (document.root !== undefined) {
    visit(document.root, (node) => {
      if (node.kind !== "alias") return;
      const others = uses.get(node.target);
      if (others === undefined) uses.set(node.target, [node]);
      else others.push(node);
    });
  }
  aliases.set(document, uses);
  return uses;
}

function visit(node: DocumentNode, seen: (node: DocumentNode) => void): void {
  seen(node);
  if (node.kind !== "object" && node.kind !== "array") return;
  for (const { value } of entriesOf(node)) visit(value, seen);
}

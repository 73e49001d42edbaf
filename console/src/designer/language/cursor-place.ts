import type {
  ArrayNode,
  DefinitionDocument,
  DocumentNode,
  ObjectNode,
  Path,
  Span,
} from "../document/definition-document.ts";
import { entriesOf } from "../document/tree.ts";
import { yamlPlace } from "./yaml-place.ts";

/** Where in a definition somebody types: a name, or a value. The text may be unfinished there. */
export interface CursorPlace extends Span {
  readonly part: "key" | "value";
  /** The object or list that the entry is, or will be, in. */
  readonly holder: Path;
  /** Of a value: the name or index of its entry. */
  readonly name: string | number | undefined;
  /** What is written from `from` to the cursor, without the quote. `from` is behind an opening quote, `to` before the closing one. */
  readonly written: string;
  /** The quote that is open: `"`, `'` or none. */
  readonly quote: string;
}

export function cursorPlace(document: DefinitionDocument, offset: number): CursorPlace | undefined {
  return document.format === "json"
    ? jsonPlace(document, offset)
    : yamlPlace(document.text, offset);
}

function jsonPlace({ text, root }: DefinitionDocument, offset: number): CursorPlace | undefined {
  if (root === undefined) return undefined;
  const token = jsonToken(text, offset);
  const start = token.quote === "" ? token.from : token.from - 1;
  const before = /[^\s]?$/.exec(
    text.slice(Math.max(0, start - longestBlank), start).trimEnd(),
  )?.[0];
  const found = innermost(root, start);
  if (found === undefined) return undefined;
  const { node, path: holder } = found;
  const common = { ...token, holder, written: text.slice(token.from, offset) };
  if (node.kind === "array") {
    if (before !== "[" && before !== ",") return undefined;
    const index = node.items.findLastIndex(({ from }) => from < start) + 1;
    return { ...common, part: "value", name: index };
  }
  if (before === "{" || before === ",") return { ...common, part: "key", name: undefined };
  if (before !== ":") return undefined;
  const member = node.members.findLast(({ key }) => key.to <= start);
  return { ...common, part: "value", name: member?.name };
}

/** Our choice: more blank characters than anybody leaves before a value. */
const longestBlank = 2_000;

/** The text, word or nothing that is typed at the offset. A text ends with its line. */
function jsonToken(text: string, offset: number): Span & { readonly quote: string } {
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  let open: number | undefined;
  for (let at = lineStart; at < offset; at++) {
    const character = text.charAt(at);
    if (open !== undefined && character === "\\") at++;
    else if (character === '"') open = open === undefined ? at : undefined;
  }
  if (open !== undefined) {
    const rest = /^(?:[^"\\\r\n]|\\.)*/.exec(text.slice(offset))?.[0].length ?? 0;
    return { from: open + 1, to: offset + rest, quote: '"' };
  }
  const written = /[\w.$-]*$/.exec(text.slice(lineStart, offset))?.[0].length ?? 0;
  const rest = /^[\w.$-]*/.exec(text.slice(offset, offset + 200))?.[0].length ?? 0;
  return { from: offset - written, to: offset + rest, quote: "" };
}

/** The innermost object or list around an offset. */
function innermost(
  root: DocumentNode,
  offset: number,
): { readonly node: ObjectNode | ArrayNode; readonly path: Path } | undefined {
  if (root.kind !== "object" && root.kind !== "array") return undefined;
  if (offset <= root.from) return undefined;
  const path: (string | number)[] = [];
  let node: ObjectNode | ArrayNode = root;
  for (;;) {
    const entries = entriesOf(node);
    const index = entries.findLastIndex(({ value }) => value.from < offset);
    const entry = entries[index];
    const value: DocumentNode | undefined = entry?.value;
    if (entry === undefined || value === undefined || offset >= value.to) return { node, path };
    if (value.kind !== "object" && value.kind !== "array") return { node, path };
    path.push(node.kind === "object" ? (node.members[index]?.name ?? "") : index);
    node = value;
  }
}

import type {
  ArrayNode,
  DefinitionDocument,
  DocumentNode,
  ItemNode,
  MemberNode,
  ObjectNode,
} from "./definition-document.ts";
import { columnOf, eolOf, indentOf, isMultiline } from "./lines.ts";
import { entriesOf } from "./tree.ts";

/** How a text is laid out, for what is put into it. */
export interface Layout {
  readonly eol: string;
  /** One level of indentation. */
  readonly unit: string;
  /** The colon of flow style with the blanks around it. */
  readonly colon: string;
  /** The comma between entries on one line. */
  readonly comma: string;
  /** What is inside the braces of an object on one line. */
  readonly padding: string;
  /** Whether the containers of flow style have a line for each entry, in general. */
  readonly isMultiline: boolean;
  /** Whether small objects or arrays are on one line where others are not. */
  readonly hasInlineObjects: boolean;
  readonly hasInlineArrays: boolean;
  /** YAML: whether the dashes below a key are indented, and which quotes there are. */
  readonly areDashesIndented: boolean;
  readonly isSingleQuoted: boolean;
}

/** How a text is laid out that has no surroundings: two blanks, a line for each entry. */
export const plainLayout: Layout = {
  eol: "\n",
  unit: "  ",
  colon: ": ",
  comma: ", ",
  padding: " ",
  isMultiline: true,
  hasInlineObjects: false,
  hasInlineArrays: false,
  areDashesIndented: true,
  isSingleQuoted: true,
};

/** Our choice: so many containers tell the layout of the whole text. */
const mostSamples = 400;

const layouts = new WeakMap<DefinitionDocument, Layout>();

/** The layout of the document, as its first containers tell it. */
export function layoutOf(document: DefinitionDocument): Layout {
  const known = layouts.get(document);
  if (known !== undefined) return known;
  const layout = detected(document);
  layouts.set(document, layout);
  return layout;
}

type Container = ObjectNode | ArrayNode;

function detected({ text, format, root }: DefinitionDocument): Layout {
  const containers = root === undefined ? [] : sampled(root);
  const flow = containers.filter((node) => node.isFlow && entriesOf(node).length > 0);
  const inline = flow.filter(({ from, to }) => !isMultiline(text, from, to));
  const isJson = format === "json";
  const isOneLine = isJson && inline.length > 0 && inline[0] === root;
  const inlineObjects = inline.filter(({ kind }) => kind === "object");
  const colon = isJson ? colonOf(text, flow) : ": ";
  const firstObject = inlineObjects[0];
  const isPadded = firstObject && /[ \t]/.test(text.charAt(firstObject.from + 1));
  return {
    eol: eolOf(text),
    unit: unitOf(text, containers) ?? "  ",
    colon,
    comma: commaOf(text, inline) ?? (isOneLine && colon === ":" ? "," : ", "),
    padding: (isPadded ?? true) ? " " : "",
    isMultiline: isJson ? !isOneLine : flow.length > inline.length,
    hasInlineObjects: inlineObjects.length > 0,
    hasInlineArrays: inline.some(({ kind }) => kind === "array"),
    areDashesIndented: dashesOf(text, containers),
    isSingleQuoted: quotesOf(text),
  };
}

/** Containers from the outside in. */
function sampled(root: DocumentNode): readonly Container[] {
  const found: Container[] = [];
  const queue: DocumentNode[] = [root];
  for (const node of queue) {
    if (node.kind !== "object" && node.kind !== "array") continue;
    if (found.length >= mostSamples) break;
    found.push(node);
    const entries = entriesOf(node).slice(0, mostSamples - found.length);
    for (const { value } of entries) queue.push(value);
  }
  return found;
}

function unitOf(text: string, containers: readonly Container[]): string | undefined {
  for (const node of containers) {
    for (const entry of entriesOf(node).slice(0, 10)) {
      const unit = unitAt(text, node, entry);
      if (unit !== undefined && unit !== "") return unit;
    }
  }
  return undefined;
}

function unitAt(text: string, node: Container, entry: MemberNode | ItemNode): string | undefined {
  if (node.isFlow) {
    if (!isMultiline(text, node.from, entry.from)) return undefined;
    const [outer, inner] = [indentOf(text, node.from), indentOf(text, entry.from)];
    return inner.startsWith(outer) ? inner.slice(outer.length) : undefined;
  }
  const { value } = entry;
  if (!("key" in entry) || value.kind !== "object" || value.isFlow) return undefined;
  return " ".repeat(Math.max(0, columnOf(text, value.from) - columnOf(text, entry.from)));
}

function colonOf(text: string, containers: readonly Container[]): string {
  for (const node of containers) {
    const member = node.kind === "object" ? node.members[0] : undefined;
    if (member === undefined) continue;
    const between = text.slice(member.key.to, member.value.from);
    if (/^[ \t]*:[ \t]*$/.test(between)) return between;
  }
  return ": ";
}

function commaOf(text: string, inline: readonly Container[]): string | undefined {
  for (const node of inline) {
    const [first, second] = entriesOf(node);
    if (first === undefined || second === undefined) continue;
    return `,${/[ \t]*$/.exec(text.slice(first.value.to, second.from))?.[0] ?? ""}`;
  }
  return undefined;
}

function dashesOf(text: string, containers: readonly Container[]): boolean {
  for (const node of containers) {
    if (node.kind !== "object" || node.isFlow) continue;
    for (const { from, value } of node.members) {
      if (value.kind === "array" && !value.isFlow) {
        return columnOf(text, value.from) > columnOf(text, from);
      }
    }
  }
  return true;
}

function quotesOf(text: string): boolean {
  const count = (pattern: RegExp): number => text.slice(0, 20_000).match(pattern)?.length ?? 0;
  return count(/[:-] +'/g) >= count(/[:-] +"/g);
}

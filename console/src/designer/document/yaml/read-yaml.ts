import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseAllDocuments,
  type CST,
  type Document,
  type Node,
  type ParsedNode,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import type {
  DocumentFault,
  DocumentNode,
  FaultCode,
  ItemNode,
  MemberNode,
  NodePlace,
} from "../definition-document.ts";
import { deepestValue, mostFaults, type ReadText } from "../read-text.ts";

/**
 * Reads a YAML text (1.2, core schema) into the tree that JSON has, too.
 *
 * Refused is what no JSON value stands for, and a stream of more than one document. `<<` is a member like any other, as for the
 * server. It takes about a second for a megabyte, twenty times what JSON takes.
 */
export function readYaml(text: string): ReadText {
  const documents = parseAllDocuments(text, { prettyErrors: false, keepSourceTokens: true });
  const [document, another] = "empty" in documents ? [] : documents;
  if (document?.contents === undefined || document.contents === null) {
    const first = document?.errors[0];
    return { root: undefined, faults: [first ? syntaxFault(first, text) : emptyFault(text)] };
  }
  const reader = new YamlReader(text, document);
  for (const error of document.errors) reader.faults.push(syntaxFault(error, text));
  if (another !== undefined) {
    const from = another.range?.[0] ?? 0;
    reader.fault("manyDocuments", from, text.length, "There is more than one document");
  }
  const root = reader.node(document.contents as ParsedNode, 0, false);
  return { root, faults: reader.faults.slice(0, mostFaults) };
}

function emptyFault(text: string): DocumentFault {
  return { from: 0, to: text.length, code: "empty", message: "There is no value" };
}

function syntaxFault(
  { message, pos }: { readonly message: string; readonly pos: readonly [number, number] },
  text: string,
): DocumentFault {
  const from = Math.min(pos[0], text.length);
  return { from, to: Math.min(Math.max(pos[1], from), text.length), code: "syntax", message };
}

class YamlReader {
  readonly faults: DocumentFault[] = [];
  readonly #text: string;
  readonly #document: Document;
  readonly #anchors = new Map<Node, DocumentNode>();

  constructor(text: string, document: Document) {
    this.#text = text;
    this.#document = document;
  }

  fault(code: FaultCode, from: number, to: number, message: string): void {
    this.faults.push({ from, to, code, message });
  }

  node(node: ParsedNode, depth: number, isInFlow: boolean): DocumentNode {
    const read = this.#read(node, depth, isInFlow);
    if (!isAlias(node) && node.anchor !== undefined) this.#anchors.set(node, read);
    return read;
  }

  #read(node: ParsedNode, depth: number, isInFlow: boolean): DocumentNode {
    const place = this.#placeOf(node, isInFlow);
    const nothing: DocumentNode = { kind: "scalar", ...place, value: null };
    if (depth > deepestValue) {
      this.fault("tooDeep", place.from, place.to, `There are more than ${deepestValue} levels`);
      return nothing;
    }
    if (isAlias(node)) {
      const target = node.resolve(this.#document);
      const known = target && this.#anchors.get(target);
      if (known !== undefined) return { kind: "alias", ...place, target: known };
      this.fault("badAlias", place.from, place.to, "The alias names nothing that stands before it");
      return nothing;
    }
    if (isMap(node)) {
      const members = this.#members(node, depth, place);
      return { kind: "object", ...place, to: endOf(place, members), members };
    }
    if (isSeq(node)) {
      const items = this.#items(node, depth, place);
      return { kind: "array", ...place, to: endOf(place, items), items };
    }
    return { kind: "scalar", ...place, value: this.#scalar(node.value, place) };
  }

  #placeOf(node: ParsedNode, isInFlow: boolean): NodePlace {
    const [from, to] = node.range;
    const isCollection = isMap(node) || isSeq(node);
    const isFlow = isInFlow || (isCollection && node.flow === true);
    const anchor = isAlias(node) ? undefined : node.anchor;
    return {
      from,
      to: this.#contentEnd(from, to, node),
      isFlow,
      ...(anchor !== undefined && { anchor }),
    };
  }

  /** A literal ends with its last line, not with the blank lines behind it, unless it keeps them. */
  #contentEnd(from: number, to: number, node: ParsedNode): number {
    const isBlock =
      isScalar(node) && (node.type === "BLOCK_LITERAL" || node.type === "BLOCK_FOLDED");
    if (!isBlock) return to;
    const isKept = /^[|>][-+0-9]*\+/.test(this.#text.slice(from, from + 4));
    const body = this.#text.slice(from, to);
    return from + (isKept ? body.replace(/\r?\n$/, "") : body.trimEnd()).length;
  }

  #members(map: YAMLMap, depth: number, place: NodePlace): readonly MemberNode[] {
    const tokens = collectionItems(map);
    return map.items.flatMap((pair, index): MemberNode[] => {
      const { key, value } = pair as { readonly key: unknown; readonly value: unknown };
      const token = tokens?.[index];
      if (!isScalar(key) || key.range === undefined || key.range === null) {
        this.fault("notJson", place.from, place.to, "A key is not a text");
        return [];
      }
      const [from, to] = key.range;
      const colon = tokenOffset(token?.sep, "map-value-ind") ?? to;
      const explicit = tokenOffset(token?.start, "explicit-key-ind");
      const at = colon < to ? to : colon + 1;
      return [
        {
          name: keyText(key.value),
          key: { from, to },
          colon,
          value: this.#valueOf(value, at, depth, place.isFlow),
          from: explicit ?? tokenOffset(token?.start, "anchor") ?? from,
        },
      ];
    });
  }

  #items(seq: YAMLSeq, depth: number, place: NodePlace): readonly ItemNode[] {
    const tokens = collectionItems(seq);
    return seq.items.map((item, index): ItemNode => {
      const dash = tokenOffset(tokens?.[index]?.start, "seq-item-ind");
      // `[a: b]` is an item that is an object of one member.
      const value = this.#valueOf(item, (dash ?? place.from) + 1, depth, place.isFlow);
      return { value, from: dash ?? value.from };
    });
  }

  #valueOf(value: unknown, at: number, depth: number, isInFlow: boolean): DocumentNode {
    const node = value as ParsedNode | null | undefined;
    if (node !== null && node !== undefined && Array.isArray(node.range)) {
      return this.node(node, depth + 1, isInFlow);
    }
    if (node !== null && node !== undefined) {
      this.fault("notJson", at, at, "A pair stands where a value is expected");
    }
    return { kind: "scalar", isFlow: isInFlow, from: at, to: at, value: null };
  }

  #scalar(value: unknown, { from, to }: NodePlace): string | number | boolean | null {
    if (value === null || typeof value === "string" || typeof value === "boolean") return value;
    if (typeof value === "number" && Number.isFinite(value)) return value;
    this.fault("notJson", from, to, "JSON has no such value");
    return null;
  }
}

/** A block collection ends with its last entry, not with the blank lines and comments behind it. */
function endOf(place: NodePlace, entries: readonly (MemberNode | ItemNode)[]): number {
  return place.isFlow ? place.to : Math.max(place.from, entries.at(-1)?.value.to ?? place.to);
}

/** Keys are texts in JSON: `1: x` is a member of the name "1". */
function keyText(value: unknown): string {
  return typeof value === "string" ? value : String(value ?? "");
}

type CollectionItem = CST.BlockMap["items"][number];

function collectionItems(node: YAMLMap | YAMLSeq): readonly CollectionItem[] | undefined {
  const token = node.srcToken as { readonly items?: readonly CollectionItem[] } | undefined;
  return token?.items?.filter(
    ({ start, key, sep, value }) =>
      key !== undefined ||
      sep !== undefined ||
      value !== undefined ||
      start.some(({ type }) => type === "seq-item-ind" || type === "explicit-key-ind"),
  );
}

function tokenOffset(
  tokens: readonly CST.SourceToken[] | undefined,
  type: CST.SourceToken["type"],
): number | undefined {
  return tokens?.find((token) => token.type === type)?.offset;
}

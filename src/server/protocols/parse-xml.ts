import type { JsonObject, JsonValue } from "../../expression/json.ts";
import { ServiceError } from "../../ports/service-api.ts";

/** Our choices. DeleteObjects has a thousand elements with three within each. */
const mostElements = 20_000;
const mostDepth = 16;

const malformed = (): ServiceError =>
  new ServiceError(
    "MalformedXML",
    "The XML you provided was not well-formed or did not validate against our published schema",
  );

/** A tag, a declaration or a comment, or the text before the next of them. */
const token =
  /<\?[^>]*\?>|<!--.*?-->|<(?<close>\/)?(?<name>[\w.:-]+)(?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*(?<empty>\/)?>|(?<text>[^<]+)/sy;

interface Element {
  readonly name: string;
  readonly members: Map<string, JsonValue[]>;
  text: string;
}

/**
 * The elements within a document's root as members: those that are there more than once are a list. Attributes and namespaces are
 * passed over; there are no document types and no entities but XML's own.
 */
export function parseXml(text: string): JsonObject {
  const root: Element = { name: "", members: new Map(), text: "" };
  const open: Element[] = [root];
  let count = 0;
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const found = token.exec(text)?.groups;
    if (found === undefined) throw malformed();
    const within = open.at(-1) ?? root;
    const { name, close, empty, text: characters } = found;
    if (characters !== undefined) within.text += unescaped(characters);
    if (name === undefined) continue;
    if (close !== undefined) {
      const parent = open.at(-2);
      if (within.name !== name || parent === undefined) throw malformed();
      open.pop();
      add(parent, name, valueOf(within));
    } else {
      if (++count > mostElements || open.length > mostDepth) throw malformed();
      if (empty === undefined) open.push({ name, members: new Map(), text: "" });
      else add(within, name, "");
    }
  }
  const [document, ...more] = [...root.members.values()].flat();
  if (open.length !== 1 || document === undefined || more.length > 0) throw malformed();
  return typeof document === "string" ? {} : (document as JsonObject);
}

function add({ members }: Element, name: string, value: JsonValue): void {
  const local = name.slice(name.indexOf(":") + 1);
  const known = members.get(local);
  if (known === undefined) members.set(local, [value]);
  else known.push(value);
}

function valueOf({ members, text }: Element): JsonValue {
  if (members.size === 0) return text;
  return Object.fromEntries(
    [...members].map(([name, values]) => [name, values.length === 1 ? (values[0] ?? "") : values]),
  );
}

const entities: { readonly [name: string]: string } = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};

function unescaped(text: string): string {
  return text.replaceAll(
    /&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|(\w+));?/g,
    (_, decimal, hex, name) => {
      if (typeof name === "string") {
        const character = Object.hasOwn(entities, name) ? entities[name] : undefined;
        if (character === undefined) throw malformed();
        return character;
      }
      const point = hex === undefined ? Number(decimal) : Number.parseInt(String(hex), 16);
      if (point > 0x10_ff_ff) throw malformed();
      return String.fromCodePoint(point);
    },
  );
}

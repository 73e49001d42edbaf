import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Document,
  type LineCounter,
  type Node,
  type Scalar,
  type YAMLMap,
} from "yaml";
import { isJsonObject, setMember, type JsonValue } from "../../expression/json.ts";
import { maximumTemplateDepth, maximumTemplateValues } from "../limits.ts";
import { TemplateError } from "../template.ts";
import { scalarValue } from "./scalar-value.ts";
import { shortTags } from "./short-tags.ts";
import { notWellFormed, placeAt, tooDeep } from "./yaml-document.ts";

/** The value of a parsed YAML text, its short tags in the long form, its aliases and merge keys written out. */
export function yamlValue(document: Document, lineCounter: LineCounter): JsonValue {
  return new Conversion(document, lineCounter).value(document.contents, 0);
}

class Conversion {
  readonly #document: Document;
  readonly #lineCounter: LineCounter;
  #count = 0;

  constructor(document: Document, lineCounter: LineCounter) {
    this.#document = document;
    this.#lineCounter = lineCounter;
  }

  value(node: unknown, depth: number): JsonValue {
    if (depth > maximumTemplateDepth) throw tooDeep(this.#placeOf(node));
    // What an alias stands for counts each time: nine lines of aliases of aliases would be a billion values.
    if (++this.#count > maximumTemplateValues) {
      throw new TemplateError(
        `Template format error: more than ${String(maximumTemplateValues)} values.`,
      );
    }
    if (isAlias(node)) {
      const target = node.resolve(this.#document);
      if (target === undefined) throw notWellFormed(this.#placeOf(node));
      return this.value(target, depth + 1);
    }
    if (node === null || node === undefined) return null;
    return tagged(node as Node, this.#untagged(node, depth));
  }

  #untagged(node: unknown, depth: number): JsonValue {
    if (isScalar(node)) return scalarValue(node as Scalar<string>);
    if (isSeq(node)) return node.items.map((item) => this.value(item, depth + 1));
    if (isMap(node)) return this.#object(node, depth);
    throw notWellFormed(this.#placeOf(node));
  }

  #object(map: YAMLMap, depth: number): JsonValue {
    const object: Record<string, JsonValue> = {};
    const merged: JsonValue[] = [];
    for (const { key, value } of map.items) {
      if (!isScalar(key)) throw notWellFormed(this.#placeOf(key ?? map));
      const name = String(key.value);
      const member = this.value(value, depth + 1);
      if (name === "<<" && key.type === "PLAIN") merged.push(member);
      // Observed: of a name that is there twice the last one counts, as for the tools of SAM.
      else setMember(object, name, member);
    }
    for (const source of merged.flat() as JsonValue[]) {
      if (!isJsonObject(source)) throw notWellFormed(this.#placeOf(map));
      for (const [name, member] of Object.entries(source)) {
        if (!Object.hasOwn(object, name)) setMember(object, name, member);
      }
    }
    return object;
  }

  #placeOf(node: unknown) {
    return placeAt(this.#lineCounter, (node as Node | null)?.range?.[0] ?? 0);
  }
}

function tagged(node: Node, value: JsonValue): JsonValue {
  const name = node.tag === undefined ? undefined : shortTags[node.tag];
  if (name === undefined) return value;
  // Documented: `!GetAtt Resource.Attribute` is the list of both; an attribute may have points in it.
  if (name === "Fn::GetAtt" && typeof value === "string" && value.includes(".")) {
    const point = value.indexOf(".");
    return { [name]: [value.slice(0, point), value.slice(point + 1)] };
  }
  return { [name]: value };
}

import { isAlias, isMap, isScalar, isSeq, type Document, type Node } from "yaml";
import type { TemplatePath, TemplatePlace } from "../template.ts";
import { shortTags } from "./short-tags.ts";
import { placeAt, yamlDocument, type YamlText } from "./yaml-document.ts";

/** Where members of a text are. JSON is YAML, for this; it is parsed again when the first place is asked for. */
export function placesOf(text: string): (path: TemplatePath) => TemplatePlace | undefined {
  let yaml: YamlText | undefined;
  return (path) => {
    yaml ??= parsed(text);
    const { document, lineCounter } = yaml;
    const offset = document && offsetOf(document, path);
    return offset === undefined ? undefined : placeAt(lineCounter, offset);
  };
}

function parsed(text: string): YamlText {
  // JSON takes tabs where YAML does not.
  return yamlDocument(/^\s*\{/.test(text) ? text.replaceAll("\t", " ") : text);
}

function offsetOf(document: Document, path: TemplatePath): number | undefined {
  let node: unknown = document.contents;
  let offset = startOf(node);
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isTagOf(node, step)) continue;
    const found = typeof step === "number" ? element(node, step) : member(node, step);
    if (found === undefined) break;
    offset = startOf(found.name) ?? offset;
    node = found.value;
  }
  return offset;
}

/** `Fn::Sub` is no member where it was written as `!Sub`. */
function isTagOf(node: unknown, step: string | number): boolean {
  const tag = (node as Node | undefined)?.tag;
  return tag !== undefined && shortTags[tag] === step;
}

function member(node: unknown, name: string) {
  if (!isMap(node)) return undefined;
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === name);
  return pair && { name: pair.key, value: pair.value };
}

function element(node: unknown, index: number) {
  const value = isSeq(node) ? node.items[index] : undefined;
  return value === undefined ? undefined : { name: value, value };
}

function startOf(node: unknown): number | undefined {
  return (node as Node | undefined)?.range?.[0];
}

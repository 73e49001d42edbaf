import { isAlias, isMap, isNode, isPair, isScalar, isSeq, parseDocument, type Node } from "yaml";

/** As `jsonPosition`, in a YAML text. An alias is followed to what it stands for. */
export function yamlPosition(source: string, segments: readonly (string | number)[]): number {
  const document = parseDocument(source);
  let node: unknown = document.contents;
  let position = startOf(node) ?? 0;
  for (const segment of segments) {
    if (isAlias(node)) node = node.resolve(document);
    const found = typeof segment === "number" ? element(node, segment) : member(node, segment);
    if (found === undefined) break;
    position = startOf(found.name) ?? position;
    node = found.value;
  }
  return position;
}

function member(node: unknown, name: string) {
  if (!isMap(node)) return undefined;
  for (const pair of node.items) {
    if (isPair(pair) && isScalar(pair.key) && String(pair.key.value) === name) {
      return { name: pair.key, value: pair.value };
    }
  }
  return undefined;
}

function element(node: unknown, index: number) {
  if (!isSeq(node)) return undefined;
  const value = node.items[index];
  return value === undefined ? undefined : { name: value, value };
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? (node as Node).range?.[0] : undefined;
}

import type { Node, Pair, YAMLMap } from "yaml";
import type { JsonEdit } from "../../asl/to-jsonata/edits.ts";

/** The text of a YAML document after edits: comments, and all that was not edited, stay. */
export async function editedYaml(source: string, edits: readonly JsonEdit[]): Promise<string> {
  const { isMap, isNode, isPair, isScalar, parseDocument, Pair: NewPair } = await import("yaml");
  // A whole number keeps its digits.
  const options = { intAsBigInt: true } as const;
  const document = parseDocument(source, options);

  /** A value as YAML writes it, in blocks; JSON text is YAML that has none. */
  const nodeOf = (value: unknown): Node =>
    document.createNode(parseDocument(JSON.stringify(value), options).toJS()) as Node;
  const mapAt = (path: JsonEdit["path"]): YAMLMap<unknown, unknown> => {
    const found = path.length === 0 ? document.contents : document.getIn(path, true);
    if (!isMap(found)) throw new TypeError(`There is no map at ${path.join("/")}.`);
    return found;
  };
  const indexIn = (map: YAMLMap<unknown, unknown>, name: unknown): number =>
    map.items.findIndex(({ key }) => (isScalar(key) ? key.value : key) === name);

  /** What is said beside a value is said beside the one in its place. */
  const inPlaceOf = (before: unknown, node: Node): Node => {
    if (isNode(before)) Object.assign(node, remarksOf(before));
    return node;
  };

  for (const edit of edits) {
    const map = () => mapAt(edit.path.slice(0, -1));
    const name = edit.path.at(-1);
    switch (edit.type) {
      case "set":
        document.setIn(edit.path, inPlaceOf(document.getIn(edit.path, true), nodeOf(edit.value)));
        break;
      case "remove":
        document.deleteIn(edit.path);
        break;
      case "rename": {
        const pair: Pair<unknown, unknown> | undefined = map().items[indexIn(map(), name)];
        if (!isPair(pair)) throw new TypeError(`There is no ${edit.path.join("/")}.`);
        if (isScalar(pair.key)) pair.key.value = edit.name;
        else pair.key = nodeOf(edit.name);
        break;
      }
      case "insert": {
        const holder = map();
        const at = edit.after === undefined ? 0 : indexIn(holder, edit.after) + 1;
        holder.items.splice(at, 0, new NewPair(nodeOf(name), nodeOf(edit.value)));
      }
    }
  }
  return document.toString({ lineWidth: 0 });
}

function remarksOf({ comment, commentBefore, spaceBefore }: Node): Partial<Node> {
  return {
    ...(typeof comment === "string" && { comment }),
    ...(typeof commentBefore === "string" && { commentBefore }),
    ...(spaceBefore === true && { spaceBefore }),
  };
}

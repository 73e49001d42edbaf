import fc from "fast-check";
import { expect, test } from "vitest";
import { dataRoots, membersOf, pathTo, type DataNode } from "./data-paths.ts";

test("a path is written in the language of the state, from where the value is read", () => {
  const at = (root: DataNode["root"], ...path: (string | number)[]) => ({ root, path });
  const both = (node: Pick<DataNode, "root" | "path">) => [
    pathTo(node, "JSONata"),
    pathTo(node, "JSONPath"),
  ];
  expect(both(at("input", "order", "items", 0, "unit price"))).toEqual([
    "$states.input.order.items[0].`unit price`",
    "$.order.items[0]['unit price']",
  ]);
  expect(both(at("context", "Execution", "Id"))).toEqual([
    "$states.context.Execution.Id",
    "$$.Execution.Id",
  ]);
  expect(both(at("variables", "total", "net"))).toEqual(["$total.net", "$total.net"]);
  expect(both(at("variables"))).toEqual([undefined, undefined]);
  expect(both(at("input"))).toEqual(["$states.input", "$"]);
});

test("every value has an id of its own, and the path that leads to it", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (input) => {
      const ids = new Set<string>();
      const walk = (node: DataNode): void => {
        expect(ids.has(node.id)).toBe(false);
        ids.add(node.id);
        const found = node.path.reduce<unknown>(
          (value, step) => (value as Record<string | number, unknown>)[step],
          input,
        );
        expect(found).toBe(node.value);
        membersOf(node).forEach(walk);
      };
      dataRoots({ input }).forEach(walk);
    }),
  );
});

test("of very many members the first are listed", () => {
  const [root] = dataRoots({ input: Array.from({ length: 5_000 }, (_, at) => at) });
  expect(membersOf(root as DataNode)).toHaveLength(100);
});

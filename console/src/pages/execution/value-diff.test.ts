import { describe, expect, test } from "vitest";
import { asJsonata, asJsonPath, diffValues, type DiffNode } from "./value-diff.ts";

function changes(before: unknown, after: unknown): readonly string[] {
  const found: string[] = [];
  const look = ({ change, path, children }: DiffNode): void => {
    if (change !== "same") found.push(`${change} ${asJsonPath(path)}`);
    children.forEach(look);
  };
  look(diffValues(before, after).root);
  return found;
}

describe("the difference of two documents", () => {
  test("is what was added, removed and changed, by its path", () => {
    const before = { id: 1, old: true, items: [{ n: 1 }, { n: 2 }], same: { a: 1 } };
    const after = { id: 2, items: [{ n: 1 }, { n: 3 }, { n: 4 }], same: { a: 1 }, fresh: null };
    expect(changes(before, after)).toEqual([
      "changed $.id",
      "changed $.items[1].n",
      "added $.items[2]",
      "added $.fresh",
      "removed $.old",
    ]);
    expect(diffValues(before, after).counts).toEqual({ added: 2, removed: 1, changed: 2 });
  });

  test("tells null from what is absent, and a list from an object", () => {
    expect(changes({ a: null, x: 1 }, { x: 1 })).toEqual(["removed $.a"]);
    expect(changes({ a: [], x: 1 }, { a: {}, x: 1 })).toEqual(["changed $.a"]);
  });

  test("is not marked where the two have nothing in common", () => {
    expect(diffValues({ a: 1 }, { b: 1 })).toMatchObject({ isOther: true });
    expect(diffValues({ a: 1 }, [1])).toMatchObject({ isOther: true });
    expect(diffValues({}, { b: 1 })).toMatchObject({ isOther: false, counts: { added: 1 } });
  });

  test("of large ones ends somewhere", () => {
    const many = Array.from({ length: 100_000 }, (_, index) => ({ index }));
    expect(diffValues(many, [...many, 1])).toMatchObject({ isCut: true });
  });

  test("has names that are members of every object", () => {
    expect(changes({ x: 1 }, { x: 1, constructor: 1 })).toEqual(["added $.constructor"]);
  });
});

test("a path is written as JSONPath and as JSONata", () => {
  const path = ["order", "unit price", 0, "in", "it's"];
  expect(asJsonPath(path)).toBe(String.raw`$.order['unit price'][0].in['it\'s']`);
  expect(asJsonata(path, "$states.input")).toBe("$states.input.order.`unit price`[0].`in`.`it's`");
  expect(asJsonata(["a"], "")).toBe("a");
  expect(asJsonata([], "$states.result")).toBe("$states.result");
});

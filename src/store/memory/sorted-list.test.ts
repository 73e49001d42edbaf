import fc from "fast-check";
import { expect, test } from "vitest";
import { createSortedList } from "./sorted-list.ts";

interface Item {
  readonly key: number;
  readonly id: number;
}

const byKey = (left: Item, right: Item) => left.key - right.key || left.id - right.id;

test("a sorted list holds what was added and not removed, in order", () => {
  const additions = fc.array(fc.record({ key: fc.nat(5), stays: fc.boolean() }));
  fc.assert(
    fc.property(additions, (steps) => {
      const list = createSortedList(byKey);
      const items = steps.map(({ key }, id) => ({ key, id }));
      for (const item of items) list.add(item);
      for (const [id, item] of items.entries()) if (!steps[id]?.stays) list.remove(item);
      const left = items.filter((_, id) => steps[id]?.stays);
      expect(list.items).toEqual(left.toSorted(byKey));
    }),
  );
});

test("removing what is not in a sorted list takes nothing else out", () => {
  const list = createSortedList(byKey);
  list.add({ key: 1, id: 1 });
  list.remove({ key: 1, id: 1 });
  list.remove({ key: 2, id: 2 });
  expect(list.items).toEqual([{ key: 1, id: 1 }]);
});

test("the first index is that of the first item a growing condition holds for", () => {
  const list = createSortedList(byKey);
  for (const key of [4, 1, 3, 1]) list.add({ key, id: key * 10 + list.items.length });
  expect([0, 1, 2, 4, 5].map((key) => list.firstIndex((item) => item.key >= key))).toEqual([
    0, 0, 2, 3, 4,
  ]);
});

import { isNumeric } from "../coercion.ts";
import { canonicalText } from "../deep-equals.ts";
import { jsonataError } from "../jsonata-error.ts";
import { mergeSort } from "../merge-sort.ts";
import type { Run } from "../run.ts";
import { asSequence, isItems, isSequence, itemsOf, type Items, type Value } from "../value.ts";
import { define, type Definitions } from "./definition.ts";

export const arrayFunctions: Definitions = {
  append: define("<xx:a>", 2, ([first, second], run) => append(first, second, run)),

  reverse: define("<a:a>", 1, ([items], run) => {
    if (!isItems(items) || items.length <= 1) return items;
    run.spendItems(items.length);
    return items.toReversed();
  }),

  sort: define("<af?:a>", 2, ([items, comparator], run) => {
    if (!isItems(items) || items.length <= 1) return items;
    if (comparator === undefined) return sortPlain(items, run);
    return mergeSort(items, (a, b) => Boolean(run.call(comparator, [a, b])), run);
  }),

  shuffle: define("<a:a>", 1, ([items], run) => {
    if (!isItems(items) || items.length <= 1) return items;
    run.spend(items.length);
    const shuffled: Value[] = [];
    for (const item of items) {
      const place = Math.floor(run.environment.random.next() * (shuffled.length + 1));
      shuffled.push(shuffled[place]);
      shuffled[place] = item;
    }
    return shuffled;
  }),

  distinct: define("<x:x>", 1, ([items], run) => {
    if (!isItems(items) || items.length <= 1) return items;
    run.spend(items.length * 2);
    const values = new Set<Value>();
    const texts = new Set<unknown>();
    const kept = items.filter((item) =>
      typeof item === "object" && item !== null
        ? texts.size < texts.add(canonicalText(item, run)).size
        : values.size < values.add(item).size,
    );
    return isSequence(items) ? asSequence(kept) : kept;
  }),

  zip: define("<a+>", 0, (lists, run) => {
    const arrays = lists.map((list) => (isItems(list) ? list : []));
    const length = Math.min(...arrays.map((array) => array.length));
    run.spendItems(length);
    run.spend(stepsPerZip + length * (arrays.length + 1));
    return Array.from({ length }, (_, index) => arrays.map((array) => array[index]));
  }),
};

/** Measured: what looking at the lists takes beside their items. */
const stepsPerZip = 3;

/** The items of both in one array; nothing adds nothing. */
export function append(first: Value, second: Value, run: Run): Value {
  if (first === undefined) return second;
  if (second === undefined) return first;
  const left = itemsOf(first);
  const right = itemsOf(second);
  run.spendItems(left.length + right.length);
  return [...left, ...right];
}

function sortPlain(items: Items, run: Run): Items {
  const isSortable =
    items.every((item) => isNumeric(item)) || items.every((item) => typeof item === "string");
  if (!isSortable) throw jsonataError("D3070", { index: 1 });
  return mergeSort(
    items as readonly (number | string)[],
    (a, b) => {
      run.spendComparison(a, b);
      return a > b;
    },
    run,
  );
}

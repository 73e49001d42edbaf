import { isJsonArray, isJsonObject, type JsonValue } from "../json.ts";
import { charge, chargeValues } from "../steps.ts";
import { InvalidArguments } from "./intrinsic-error.ts";
import {
  arrayArgument,
  fixed,
  integerArgument,
  type IntrinsicFunction,
} from "./intrinsic-function.ts";

/** *Documented*: the items that ArrayRange may make. */
export const maximumRangeItems = 1_000;

export const arrayFunctions = {
  "States.Array": {
    minimumArguments: 0,
    maximumArguments: Number.POSITIVE_INFINITY,
    run: (given, scope) => {
      chargeValues(scope, ...given);
      return given;
    },
  },
  "States.ArrayPartition": fixed(2, ([array, size], scope) => {
    const items = arrayArgument(array);
    const length = integerArgument(size);
    if (length < 1) throw new InvalidArguments("the size of a chunk must be positive");
    charge(scope, items.length);
    const chunks: JsonValue[] = [];
    for (let start = 0; start < items.length; start += length) {
      chunks.push(items.slice(start, start + length));
    }
    return chunks;
  }),
  "States.ArrayContains": fixed(2, ([array, value], scope) => {
    chargeValues(scope, array as JsonValue, value as JsonValue);
    const wanted = comparedText(value as JsonValue);
    return arrayArgument(array).some((item) => comparedText(item) === wanted);
  }),
  "States.ArrayRange": fixed(3, ([first, last, step], scope) => {
    const items = range(integerArgument(first), integerArgument(last), integerArgument(step));
    charge(scope, items.length);
    return items;
  }),
  /** *Observed*: an empty array gives null whatever the index, another array fails outside of it. */
  "States.ArrayGetItem": fixed(2, ([array, index]) => {
    const items = arrayArgument(array);
    const position = integerArgument(index);
    if (items.length === 0) return null;
    const item = items[position];
    if (item === undefined) throw new InvalidArguments("the index is outside of the array");
    return item;
  }),
  "States.ArrayLength": fixed(1, ([array]) => arrayArgument(array).length),
  "States.ArrayUnique": fixed(1, ([array], scope) => {
    const items = arrayArgument(array);
    for (let times = 0; times < weightOfUnique; times++) chargeValues(scope, items);
    return unique(items);
  }),
} satisfies Readonly<Record<string, IntrinsicFunction>>;

function range(first: number, last: number, step: number): readonly number[] {
  if (step === 0) throw new InvalidArguments("the step must not be zero");
  const count = Math.floor((last - first) / step) + 1;
  if (count > maximumRangeItems) {
    throw new InvalidArguments(`the range has more than ${maximumRangeItems} items`);
  }
  return Array.from({ length: Math.max(0, count) }, (_, index) => first + index * step);
}

/**
 * What ArrayContains compares. *Observed*: texts, so that `true` is found as `"true"`, and objects only
 * with their members in the same order. *Our choice*: null is found as null only.
 */
function comparedText(value: JsonValue): string | null {
  if (isJsonArray(value) || isJsonObject(value)) return `json ${JSON.stringify(value)}`;
  return value === null ? null : `text ${String(value)}`;
}

/** How many times as long as writing its items ArrayUnique takes: their members are sorted. Measured. */
const weightOfUnique = 4;

/**
 * The different items in the order of their first occurrence. *Our choice*: AWS's own order is that of a
 * hash table.
 */
function unique(items: readonly JsonValue[]): JsonValue {
  const seen = new Set<string>();
  return items.filter((item) => {
    const text = canonicalText(item);
    const isNew = !seen.has(text);
    seen.add(text);
    return isNew;
  });
}

/** The same text for equal values: members in one order. */
function canonicalText(value: JsonValue): string {
  if (isJsonArray(value)) return `[${value.map(canonicalText).join()}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const names = Object.keys(value).toSorted();
  const members = names.map(
    (name) => `${JSON.stringify(name)}:${canonicalText(value[name] as JsonValue)}`,
  );
  return `{${members.join()}}`;
}

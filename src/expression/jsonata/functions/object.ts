import { ExactNumber } from "../../exact-number.ts";
import { inOrder } from "../../member-order.ts";
import { parseJson } from "../../parse-json.ts";
import { isFunction } from "../callable.ts";
import { isNumeric, isTruthy, toText } from "../coercion.ts";
import { jsonataError } from "../jsonata-error.ts";
import { lookupMember } from "../nodes/name.ts";
import type { Run } from "../run.ts";
import {
  asSequence,
  isItems,
  itemsOf,
  newObject,
  setOwn,
  textOf,
  type Value,
  type ValueObject,
} from "../value.ts";
import { define, type Definitions } from "./definition.ts";
import { functionArguments } from "./higher-order.ts";

export const objectFunctions: Definitions = {
  keys: define("<x-:a<s>>", 1, ([value], run) => {
    const names = new Set<string>();
    addKeys(value, names, run);
    return asSequence([...names]);
  }),

  lookup: define("<x-s:x>", 2, ([value, name], run) => {
    run.spendCharacters(textOf(name).length);
    return typeof name === "string" ? lookupMember(value, name, run) : undefined;
  }),

  spread: define("<x-:a<o>>", 1, ([value], run) => spread(value, run)),

  merge: define("<a<o>:o>", 1, ([objects], run) => {
    if (!isItems(objects)) return undefined;
    const merged = newObject();
    const names = new Set<string>();
    run.spendItems(objects.length);
    for (const object of objects) {
      const own = entriesOf(object, run);
      run.spendNames(own.length);
      for (const [name, value] of own) {
        names.add(name);
        setOwn(merged, name, value);
      }
    }
    return inOrder(merged, [...names]);
  }),

  each: define("<o-f:a>", 2, ([object, callback], run) => {
    const results: Value[] = [];
    for (const [name, value] of entriesOf(object, run)) {
      const result = run.call(callback, functionArguments(callback, value, name, object));
      if (result !== undefined) results.push(result);
    }
    return asSequence(results);
  }),

  sift: define("<o-f?:o>", 2, ([object, callback], run) => {
    const kept = newObject();
    const names: string[] = [];
    for (const [name, value] of entriesOf(object, run)) {
      const verdict = run.call(callback, functionArguments(callback, value, name, object));
      if (!isTruthy(verdict, run)) continue;
      names.push(name);
      setOwn(kept, name, value);
    }
    return names.length === 0 ? undefined : inOrder(kept, names);
  }),

  type: define("<x:s>", 1, ([value]) => typeName(value)),

  clone: define("<(oa)-:o>", 1, ([value], run) => {
    if (value === undefined) return undefined;
    const text = toText(value, run, 0, true);
    run.spendParse(text.length);
    return parseJson(text) as Value;
  }),

  error: define("<s?:x>", 1, ([message]) => {
    throw jsonataError("D3137", { message: textOr(message, "$error() function evaluated") });
  }),

  assert: define("<bs?:x>", 2, ([condition, message]) => {
    if (condition !== true) {
      throw jsonataError("D3141", { message: textOr(message, "$assert() statement failed") });
    }
    return undefined;
  }),
};

function textOr(text: Value, otherwise: string): string {
  return typeof text === "string" && text !== "" ? text : otherwise;
}

function entriesOf(object: Value, run: Run): readonly (readonly [string, Value])[] {
  if (typeof object !== "object" || object === null || isFunction(object)) return [];
  const entries = Object.entries(object as ValueObject);
  run.spendNames(entries.length);
  return entries;
}

function addKeys(value: Value, names: Set<string>, run: Run): void {
  run.spend(1);
  if (isItems(value)) for (const item of value) addKeys(item, names, run);
  else {
    const own = entriesOf(value, run);
    // Adding a name to a large object takes ten times as long as reading one.
    run.spendNames(own.length * 2);
    for (const [name] of own) names.add(name);
  }
}

/** Objects become one object per member; of an array, those of all its items. */
function spread(value: Value, run: Run): Value {
  if (isItems(value)) {
    run.spendItems(value.length);
    const parts = value.map((item) => spread(item, run)).filter((part) => part !== undefined);
    // What was appended to is an array, not a sequence any more.
    return parts.length === 0 ? asSequence([]) : parts.flatMap(itemsOf);
  }
  if (typeof value !== "object" || value === null) return value;
  if (isFunction(value) || value instanceof ExactNumber) return value;
  const parts: Value[] = entriesOf(value, run).map(([name, member]) => {
    const part = newObject();
    setOwn(part, name, member);
    return part;
  });
  return asSequence(parts);
}

export function typeName(value: Value): string | undefined {
  if (value === undefined) return undefined;
  if (value === null) return "null";
  if (isItems(value)) return "array";
  if (isFunction(value)) return "function";
  return isNumeric(value) ? "number" : typeof value;
}

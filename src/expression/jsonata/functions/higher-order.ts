import { isFunction } from "../callable.ts";
import { isTruthy } from "../coercion.ts";
import { jsonataError } from "../jsonata-error.ts";
import { asSequence, isItems, type Value } from "../value.ts";
import { define, type Definitions } from "./definition.ts";

export const higherOrderFunctions: Definitions = {
  map: define("<af>", 2, ([items, callback], run) => {
    if (!isItems(items)) return undefined;
    const results: Value[] = [];
    for (let index = 0; index < items.length; index++) {
      const result = run.call(callback, functionArguments(callback, items[index], index, items));
      if (result !== undefined) results.push(result);
    }
    return asSequence(results);
  }),

  filter: define("<af>", 2, ([items, callback], run) => {
    if (!isItems(items)) return undefined;
    const kept = items.filter((item, index) =>
      isTruthy(run.call(callback, functionArguments(callback, item, index, items)), run),
    );
    return asSequence(kept);
  }),

  single: define("<af?>", 2, ([items, callback], run) => {
    if (!isItems(items)) return undefined;
    run.spendItems(items.length);
    const found = items.filter(
      (item, index) =>
        callback === undefined ||
        isTruthy(run.call(callback, functionArguments(callback, item, index, items)), run),
    );
    if (found.length === 0) throw jsonataError("D3139");
    if (found.length > 1) throw jsonataError("D3138");
    return found[0];
  }),

  reduce: define("<afj?:j>", 3, ([items, callback, initial], run) => {
    if (!isItems(items)) return undefined;
    const arity = isFunction(callback) ? callback.arity : 0;
    if (arity < 2) throw jsonataError("D3050", { index: 1 });
    let index = initial === undefined && items.length > 0 ? 1 : 0;
    let result = index === 1 ? items[0] : initial;
    for (; index < items.length; index++) {
      result = run.call(
        callback,
        [result, items[index], index, items].slice(0, Math.min(arity, 4)),
      );
    }
    return result;
  }),
};

/** A callback is given the item, then as much more as it has parameters for. */
export function functionArguments(
  callback: Value,
  item: Value,
  place: number | string,
  all: Value,
): readonly Value[] {
  const arity = isFunction(callback) ? callback.arity : 1;
  if (arity >= 3) return [item, place, all];
  return arity === 2 ? [item, place] : [item];
}

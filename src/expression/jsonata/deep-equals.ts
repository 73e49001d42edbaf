import { toDouble } from "../exact-number.ts";
import { isFunction } from "./callable.ts";
import type { Run } from "./run.ts";
import { isItems, type Value, type ValueObject } from "./value.ts";

/** Equality of JSONata's `=`: by value, functions by identity. */
export function deepEquals(givenA: Value, givenB: Value, run: Run): boolean {
  const a = toDouble(givenA);
  const b = toDouble(givenB);
  run.spendComparison(a, b);
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  run.spend(1);
  if (isItems(a)) {
    run.spendItems(a.length);
    return (
      isItems(b) &&
      a.length === b.length &&
      a.every((item, index) => deepEquals(item, b[index], run))
    );
  }
  if (isItems(b) || isFunction(a) || isFunction(b)) return false;
  const names = Object.keys(a);
  run.spendNames(names.length);
  return (
    names.length === Object.keys(b).length &&
    names.every(
      (name) =>
        Object.hasOwn(b, name) &&
        deepEquals((a as ValueObject)[name], (b as ValueObject)[name], run),
    )
  );
}

/**
 * Something that two values have in common (`===`) exactly if they are equal as {@link deepEquals} sees it.
 * Functions within arrays and objects, and NaN, equal nothing. *Our choice* for the former, which saves a
 * comparison of every item with every other.
 */
export function canonicalText(value: Value, run: Run): unknown {
  if (isFunction(value)) return value;
  const parts: string[] = [];
  return addCanonical(value, parts, run) ? parts.join("") : {};
}

function addCanonical(given: Value, parts: string[], run: Run): boolean {
  const value = toDouble(given);
  run.spend(1);
  if (typeof value !== "object" || value === null) {
    if (Number.isNaN(value)) return false;
    // Infinity has no JSON text; zero has no sign.
    parts.push(typeof value === "number" ? String(value) : String(JSON.stringify(value)));
    return true;
  }
  if (isFunction(value)) return false;
  if (isItems(value)) {
    parts.push("[");
    for (const item of value) {
      if (!addCanonical(item, parts, run)) return false;
      parts.push(",");
    }
    parts.push("]");
    return true;
  }
  parts.push("{");
  const names = Object.keys(value).sort();
  run.spendNames(names.length);
  for (const name of names) {
    parts.push(JSON.stringify(name), ":");
    if (!addCanonical(value[name], parts, run)) return false;
    parts.push(",");
  }
  parts.push("}");
  return true;
}

import { ExactNumber } from "../exact-number.ts";
import { setMember, type JsonValue } from "../json.ts";
import { inOrder } from "../member-order.ts";
import { isFunction } from "./callable.ts";
import { jsonataError } from "./jsonata-error.ts";
import type { Run } from "./run.ts";
import { isFlagged, isItems, type Items, type Value, type ValueObject } from "./value.ts";

/** The result of an expression is, or contains, a function. */
export class UnsupportedResult extends Error {
  override readonly name = "UnsupportedResult";
}

/** What looking into a value takes beside what an item of a list takes: with that about as long as a step. Measured. */
const stepsPerValue = 0.75;

/**
 * A result as JSON: sequences become arrays, members without a value vanish, and in an array they are null.
 * What is plain JSON already, the input's parts above all, is not copied. Numbers that JSON does not have are
 * an error, D1001.
 *
 * What is looked through is charged: a few lists that are in each other again and again are more than anybody can write out.
 */
export function plainValue(value: Value, run: Run): JsonValue | undefined {
  if (typeof value === "number" && !Number.isFinite(value)) throw jsonataError("D1001", { value });
  if (typeof value === "string") {
    run.spendCharacters(value.length);
    return value;
  }
  if (typeof value !== "object" || value === null) return value;
  if (isFunction(value)) throw new UnsupportedResult();
  if (value instanceof ExactNumber) return value;
  return isItems(value) ? plainArray(value, run) : plainObject(value, run);
}

/** {@link plainValue} for a value that was only selected from JSON: nothing in it can be anything else. */
export function plainSelection(value: Value): JsonValue | undefined {
  return (isItems(value) && isFlagged(value) ? [...value] : value) as JsonValue | undefined;
}

function plainArray(items: Items, run: Run): JsonValue {
  run.spendItems(items.length);
  run.spend(items.length * stepsPerValue);
  let copy: JsonValue[] | undefined = isFlagged(items) ? [] : undefined;
  for (let index = 0; index < items.length; index++) {
    const item = items[index];
    const plain = plainValue(item, run) ?? null;
    if (copy === undefined && plain !== item) copy = items.slice(0, index) as JsonValue[];
    copy?.push(plain);
  }
  return copy ?? (items as JsonValue);
}

function plainObject(object: ValueObject, run: Run): JsonValue {
  const names = Object.keys(object);
  run.spendItems(names.length);
  run.spend(names.length * stepsPerValue);
  let copy: Record<string, JsonValue> | undefined;
  let kept: string[] = [];
  for (let index = 0; index < names.length; index++) {
    const name = names[index] as string;
    const plain = plainValue(object[name], run);
    if (copy === undefined && (plain === undefined || plain !== object[name])) {
      copy = {};
      kept = [];
      for (const before of names.slice(0, index)) {
        setMember(copy, before, object[before] as JsonValue);
        kept.push(before);
      }
    }
    if (copy !== undefined && plain !== undefined) {
      setMember(copy, name, plain);
      kept.push(name);
    }
  }
  return copy === undefined ? (object as JsonValue) : inOrder(copy, kept);
}

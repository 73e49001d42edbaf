import { isFunction } from "../callable.ts";
import type { Run } from "../run.ts";
import {
  asSequence,
  isItems,
  isOuterWrapper,
  type Items,
  type Value,
  type ValueObject,
} from "../value.ts";
import type { Evaluate } from "./evaluate.ts";

/** `*`: the values of all members. Arrays among them are flattened to any depth, and make the result an array. */
export function compileWildcard(): Evaluate {
  return (input, _, run) => {
    const object = isOuterWrapper(input) ? (input as Items)[0] : input;
    if (typeof object !== "object" || object === null || isFunction(object)) return undefined;
    const values: Value[] = [];
    let isData = false;
    const members = membersOf(object as Items | ValueObject);
    run.spendNames(members.length);
    for (const value of members) {
      if (Array.isArray(value)) {
        flatten(value, values, run);
        isData = true;
      } else values.push(value);
    }
    return isData ? values : asSequence(values);
  };
}

function flatten(items: Items, into: Value[], run: Run): void {
  run.spend(items.length);
  for (const item of items) {
    if (Array.isArray(item)) flatten(item as Items, into, run);
    else into.push(item);
  }
}

/** `**`: the value itself and everything below it, without the arrays. */
export function compileDescendants(): Evaluate {
  return (input, _, run) => {
    if (input === undefined) return undefined;
    const values: Value[] = [];
    addDescendants(input, values, run);
    return asSequence(values);
  };
}

function addDescendants(value: Value, into: Value[], run: Run): void {
  run.spend(1);
  if (!Array.isArray(value)) into.push(value);
  if (typeof value !== "object" || value === null || isFunction(value)) return;
  for (const member of membersOf(value as Items | ValueObject)) addDescendants(member, into, run);
}

/** An array's own properties are more than its items: it may be flagged. */
function membersOf(container: Items | ValueObject): Items {
  return isItems(container) ? container : Object.values(container as ValueObject);
}

import { ExactNumber } from "../../exact-number.ts";
import { isFunction } from "../callable.ts";
import type { Run } from "../run.ts";
import { asSequence, settle, type Items, type Value } from "../value.ts";
import type { Evaluate } from "./evaluate.ts";

/**
 * The member `name` of the context item; of an array, that of each of its items.
 *
 * Only own members count. Names that objects inherit (`constructor`, `__proto__` …) are known when the
 * expression is compiled and only those are checked at each read, which is most of a path's cost.
 */
export function compileName(name: string): Evaluate {
  const isInherited = name in ExactNumber.prototype;
  return (input, _, run) => {
    if (typeof input !== "object" || input === null) return undefined;
    if (Array.isArray(input)) return settle(asSequence(membersOf(input as Items, name, [], run)));
    if (isFunction(input as Value)) return undefined;
    const object = input as { readonly [name: string]: Value };
    return isInherited && !Object.hasOwn(object, name) ? undefined : object[name];
  };
}

function membersOf(items: Items, name: string, members: Value[], run: Run): Value[] {
  run.spend(items.length);
  for (const item of items) {
    if (Array.isArray(item)) {
      membersOf(item as Items, name, members, run);
      continue;
    }
    if (typeof item !== "object" || item === null || isFunction(item)) continue;
    if (!Object.hasOwn(item, name)) continue;
    const value = (item as { readonly [name: string]: Value })[name];
    if (Array.isArray(value)) {
      run.spendGrownItems(members.length + value.length, value.length);
      for (const member of value as Items) members.push(member);
    } else if (value !== undefined) members.push(value);
  }
  return members;
}

/** The member `name` of a value, as `$lookup` and a path's step see it, before a sequence is settled. */
export function lookupMember(value: Value, name: string, run: Run): Value {
  if (Array.isArray(value)) return asSequence(membersOf(value as Items, name, [], run));
  if (typeof value !== "object" || value === null || isFunction(value)) return undefined;
  return Object.hasOwn(value, name)
    ? (value as { readonly [name: string]: Value })[name]
    : undefined;
}

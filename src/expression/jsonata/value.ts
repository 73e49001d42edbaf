import type { ExactNumber } from "../exact-number.ts";
import { setMember, type JsonValue } from "../json.ts";
import type { Callable } from "./callable.ts";

/** What an expression evaluates to: JSON, nothing (`undefined`), or a function. */
export type Value =
  undefined | null | boolean | number | ExactNumber | string | Callable | Items | ValueObject;
export type Items = readonly Value[];
export interface ValueObject {
  readonly [name: string]: Value;
}

/**
 * JSONata tells a *sequence* (the result of a path: one item stands for itself, none is nothing) from an
 * array that is data. Arrays made by the evaluator carry the difference as flags; arrays from JSON have none.
 */
interface FlaggedArray extends Array<Value> {
  flags?: number;
}
const SEQUENCE = 1;
/** A sequence of one item that stays an array (`[]`). */
const KEEP_SINGLETON = 2;
/** Made by an array constructor in a path, and therefore one item of a sequence. */
const CONSTRUCTED = 4;
/** The sequence that holds an input document which is an array. */
const OUTER_WRAPPER = 8;

export function isItems(value: Value): value is Items {
  return Array.isArray(value);
}

export function isSequence(value: Value): boolean {
  return Array.isArray(value) && ((value as FlaggedArray).flags ?? 0) % 2 === SEQUENCE;
}

export function isConstructed(items: Items): boolean {
  return (((items as FlaggedArray).flags ?? 0) & CONSTRUCTED) !== 0;
}

export function isOuterWrapper(value: Value): boolean {
  return Array.isArray(value) && (((value as FlaggedArray).flags ?? 0) & OUTER_WRAPPER) !== 0;
}

/** Marks an array of the evaluator's own as a sequence. */
export function asSequence(items: Value[]): Items {
  (items as FlaggedArray).flags = SEQUENCE;
  return items;
}

export function asKeptSequence(items: Value[]): Items {
  (items as FlaggedArray).flags = SEQUENCE | KEEP_SINGLETON;
  return items;
}

export function asConstructed(items: Value[]): Items {
  (items as FlaggedArray).flags = CONSTRUCTED;
  return items;
}

export function outerWrapper(document: Value): Items {
  const items: FlaggedArray = [document];
  items.flags = SEQUENCE | OUTER_WRAPPER;
  return items;
}

/** Whether the array carries flags, so that it is not plain JSON yet. */
export function isFlagged(items: Items): boolean {
  return (items as FlaggedArray).flags !== undefined;
}

/**
 * The value of a sequence: nothing if it is empty, its item if it has one, itself otherwise. Other values
 * stand for themselves. `keep` is the `[]` of the node that made it.
 */
export function settle(value: Value, keep = false): Value {
  if (!Array.isArray(value)) return value;
  const flags = (value as FlaggedArray).flags ?? 0;
  if ((flags & SEQUENCE) === 0 || value.length > 1) return value;
  if (value.length === 0) return undefined;
  if ((flags & KEEP_SINGLETON) !== 0) return value;
  return keep ? asKeptSequence([value[0]]) : value[0];
}

/** The value as a list: an array's items, or itself alone. */
export function itemsOf(value: Value): Items {
  return Array.isArray(value) ? (value as Items) : [value];
}

/** A text, or the empty one in place of what is none: an argument that the signature let through as missing. */
export function textOf(value: Value): string {
  return typeof value === "string" ? value : "";
}

/** An object that is being built. */
export function newObject(): Record<string, Value> {
  return {};
}

/** {@link setMember} for values. */
export function setOwn(object: Record<string, Value>, name: string, value: Value): void {
  setMember(object as Record<string, JsonValue>, name, value as JsonValue);
}

import { ExactNumber, isSameNumber } from "./exact-number.ts";

/**
 * A JSON value as {@link parseJson} makes it. Never mutated once it is reachable from two places.
 *
 * A number is a double, or an {@link ExactNumber} where a double would not be written as it was read.
 */
export type JsonValue = null | boolean | number | ExactNumber | string | JsonArray | JsonObject;
export type JsonArray = readonly JsonValue[];
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof ExactNumber)
  );
}

export function isJsonArray(value: unknown): value is JsonArray {
  return Array.isArray(value);
}

export function isJsonNumber(value: unknown): value is number | ExactNumber {
  return typeof value === "number" || value instanceof ExactNumber;
}

/** The member `name` if the object itself has it; nothing inherited is ever reachable from data. */
export function ownMember(object: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/**
 * Sets a member of an object that is being built.
 *
 * Plain assignment to `__proto__` would change the prototype instead of adding a member, so that one
 * name is defined.
 */
export function setMember(object: Record<string, JsonValue>, name: string, value: JsonValue): void {
  if (name === "__proto__") {
    Object.defineProperty(object, name, {
      value,
      enumerable: true,
      writable: true,
      configurable: true,
    });
  } else {
    object[name] = value;
  }
}

/** Deep equality as JSON sees it: member order does not matter, `1` and `1.0` are one number. */
export function jsonEquals(a: JsonValue, b: JsonValue): boolean {
  if (a === b) return true;
  if (a instanceof ExactNumber || b instanceof ExactNumber) {
    return isJsonNumber(a) && isJsonNumber(b) && isSameNumber(a, b);
  }
  if (isJsonArray(a)) {
    if (!isJsonArray(b) || a.length !== b.length) return false;
    return a.every((item, index) => jsonEquals(item, b[index] as JsonValue));
  }
  if (isJsonObject(a) && isJsonObject(b)) {
    const names = Object.keys(a);
    if (names.length !== Object.keys(b).length) return false;
    return names.every(
      (name) => Object.hasOwn(b, name) && jsonEquals(a[name] as JsonValue, b[name] as JsonValue),
    );
  }
  return false;
}

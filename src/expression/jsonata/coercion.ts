import { ExactNumber, isLongInteger, toDouble } from "../exact-number.ts";
import { isFunction } from "./callable.ts";
import { jsonataError } from "./jsonata-error.ts";
import type { Run } from "./run.ts";
import { isItems, isOuterWrapper, type Items, type Value, type ValueObject } from "./value.ts";

/**
 * Whether a value is a number. Infinity is not one that JSON has: D1001. An exact number counts as one: operators take
 * its double by themselves (`valueOf`).
 */
export function isNumeric(given: Value): given is number {
  const value = toDouble(given);
  if (typeof value !== "number" || Number.isNaN(value)) return false;
  if (!Number.isFinite(value)) throw jsonataError("D1001", { value });
  return true;
}

/**
 * The effective boolean value: false for nothing, null, `""`, 0, functions, empty objects, and arrays
 * without a true item.
 */
export function isTruthy(given: Value, run: Run): boolean {
  const value = toDouble(given);
  if (typeof value === "boolean") return value;
  if (typeof value === "string") return value.length > 0;
  if (typeof value === "number") return isNumeric(value) && value !== 0;
  if (value === undefined || value === null || isFunction(value)) return false;
  if (isItems(value)) {
    // Lists in lists are as many calls.
    run.spend(1);
    run.spendItems(value.length);
    return value.some((item) => isTruthy(item, run));
  }
  const names = Object.keys(value);
  run.spendNames(names.length);
  return names.length > 0;
}

/** `$boolean`: as {@link isTruthy}, but nothing stays nothing. */
export function toBoolean(value: Value, run: Run): boolean | undefined {
  return value === undefined ? undefined : isTruthy(value, run);
}

/**
 * `$string` of a value that is not nothing: JSON text, a string as it is, a function as the empty string.
 * Numbers are rounded to 15 significant digits. *Our choice*: long integers are not, as keys and names are made of such;
 * `keepsExact` keeps every number as it was written.
 */
export function toText(given: Value, run: Run, indent = 0, keepsExact = false): string {
  if (typeof given === "string") return given;
  const printed = (value: ExactNumber): Value =>
    keepsExact || isLongInteger(value) ? value : value.valueOf();
  const value = given instanceof ExactNumber ? printed(given) : given;
  if (value instanceof ExactNumber) return String(value);
  if (isFunction(value)) return "";
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw jsonataError("D3001", { value });
    return String(JSON.stringify(shortNumber(value, run)));
  }
  if (value === null || typeof value !== "object") return String(value);
  const document = isOuterWrapper(value) ? (value as Items)[0] : value;
  const stepsPerMember = indent === 0 ? 2 : 3;
  run.spend(stepsPerDocument);
  const text = JSON.stringify(
    document,
    function (this: ValueObject, name, written: Value) {
      run.spend(stepsPerMember);
      // Of an exact number JSON.stringify has taken the text already.
      const own = this[name];
      const member = own instanceof ExactNumber ? printed(own) : written;
      if (typeof member === "number" && isNumeric(member)) return shortNumber(member, run);
      return isFunction(member) ? "" : member instanceof ExactNumber ? written : member;
    },
    indent,
  );
  run.spendCharacters(text.length);
  return text;
}

/** Measured: what beginning to write a document takes beside its members, and the digits of a number that is no small integer. */
const stepsPerDocument = 8;
const stepsPerDigits = 8;

function shortNumber(value: number, run: Run): number {
  if (!Number.isSafeInteger(value)) run.spend(stepsPerDigits);
  return Number.isInteger(value) ? value : Number(value.toPrecision(15));
}

import { isNewObject, RawNumber, type NewValue } from "../document/new-value.ts";

/** Whether two values mean the same: the order of members means nothing, and numbers are the same if they are written so. */
export function isSameValue(a: NewValue | undefined, b: NewValue | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  if (a instanceof RawNumber || b instanceof RawNumber) {
    return a instanceof RawNumber && b instanceof RawNumber && a.text === b.text;
  }
  if (Array.isArray(a)) return Array.isArray(b) && areSameItems(a, b);
  if (!isNewObject(a) || !isNewObject(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && isSameValue(a[name], b[name]))
  );
}

function areSameItems(a: readonly NewValue[], b: readonly NewValue[]): boolean {
  return a.length === b.length && a.every((item, index) => isSameValue(item, b[index]));
}

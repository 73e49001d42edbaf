import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { compareDecimals, type Decimal, decimalBytes, decimalText } from "./decimal.ts";

/** A value of DynamoDB. Values are never changed: an update makes others. */
export type Attribute =
  | { readonly type: "S"; readonly value: string }
  | { readonly type: "N"; readonly value: Decimal }
  | { readonly type: "B"; readonly value: Buffer }
  | { readonly type: "SS"; readonly value: readonly string[] }
  | { readonly type: "NS"; readonly value: readonly Decimal[] }
  | { readonly type: "BS"; readonly value: readonly Buffer[] }
  | { readonly type: "L"; readonly value: readonly Attribute[] }
  | { readonly type: "M"; readonly value: Item }
  | { readonly type: "BOOL"; readonly value: boolean }
  | { readonly type: "NULL" };

export type AttributeType = Attribute["type"];

/** An item, or a map within one, in the order in which its members were written. */
export type Item = ReadonlyMap<string, Attribute>;

export const attributeTypes: readonly AttributeType[] = [
  "S",
  "N",
  "B",
  "SS",
  "NS",
  "BS",
  "L",
  "M",
  "BOOL",
  "NULL",
];

/** As the AWS SDK's client has it. */
export function shownValue(attribute: Attribute): AttributeValue {
  switch (attribute.type) {
    case "S":
      return { S: attribute.value };
    case "N":
      return { N: decimalText(attribute.value) };
    case "B":
      return { B: attribute.value };
    case "SS":
      return { SS: [...attribute.value] };
    case "NS":
      return { NS: attribute.value.map(decimalText) };
    case "BS":
      return { BS: [...attribute.value] };
    case "L":
      return { L: attribute.value.map(shownValue) };
    case "M":
      return { M: shownItem(attribute.value) };
    case "BOOL":
      return { BOOL: attribute.value };
    case "NULL":
      return { NULL: true };
  }
}

export function shownItem(item: Item): Record<string, AttributeValue> {
  return Object.fromEntries([...item].map(([name, value]) => [name, shownValue(value)]));
}

/** Whether two values are one; sets are, in whichever order. */
export function isEqual(a: Attribute, b: Attribute): boolean {
  switch (a.type) {
    case "S":
      return b.type === "S" && a.value === b.value;
    case "BOOL":
      return b.type === "BOOL" && a.value === b.value;
    case "NULL":
      return b.type === "NULL";
    case "N":
      return b.type === "N" && compareDecimals(a.value, b.value) === 0;
    case "B":
      return b.type === "B" && a.value.equals(b.value);
    case "SS":
    case "NS":
    case "BS":
      return isSameSet(a, b);
    case "L":
      return (
        b.type === "L" &&
        a.value.length === b.value.length &&
        a.value.every((element, index) => isEqual(element, b.value[index] as Attribute))
      );
    case "M":
      return b.type === "M" && isSameMap(a.value, b.value);
  }
}

function isSameSet(a: Attribute, b: Attribute): boolean {
  const [first, second] = [elementKeys(a), elementKeys(b)];
  return (
    a.type === b.type && first.size === second.size && [...first].every((key) => second.has(key))
  );
}

function isSameMap(a: Item, b: Item): boolean {
  if (a.size !== b.size) return false;
  return [...a].every(([name, value]) => {
    const other = b.get(name);
    return other !== undefined && isEqual(value, other);
  });
}

/** The elements of a set as texts that tell them apart; empty for what is no set. */
export function elementKeys(attribute: Attribute): ReadonlySet<string> {
  switch (attribute.type) {
    case "SS":
      return new Set(attribute.value);
    case "NS":
      return new Set(attribute.value.map(decimalText));
    case "BS":
      return new Set(attribute.value.map((bytes) => bytes.toString("base64")));
    default:
      return new Set();
  }
}

/** The order of two values of one type that has one: numbers by value, texts and bytes by their bytes; else `undefined`. */
export function order(a: Attribute, b: Attribute): number | undefined {
  if (a.type === "N" && b.type === "N") return compareDecimals(a.value, b.value);
  if (a.type === "S" && b.type === "S") {
    return Buffer.compare(Buffer.from(a.value), Buffer.from(b.value));
  }
  if (a.type === "B" && b.type === "B") return Buffer.compare(a.value, b.value);
  return undefined;
}

/** *Documented*: item sizes and formats. Names and texts count their UTF-8 bytes. */
export function itemBytes(item: Item): number {
  let bytes = 0;
  for (const [name, value] of item) bytes += Buffer.byteLength(name) + valueBytes(value);
  return bytes;
}

function valueBytes(attribute: Attribute): number {
  switch (attribute.type) {
    case "S":
      return Buffer.byteLength(attribute.value);
    case "N":
      return decimalBytes(attribute.value);
    case "B":
      return attribute.value.length;
    case "SS":
      return sum(attribute.value, (text) => Buffer.byteLength(text));
    case "NS":
      return sum(attribute.value, decimalBytes);
    case "BS":
      return sum(attribute.value, (bytes) => bytes.length);
    case "L":
      return 3 + sum(attribute.value, (element) => 1 + valueBytes(element));
    case "M":
      return 3 + attribute.value.size + itemBytes(attribute.value);
    case "BOOL":
    case "NULL":
      return 1;
  }
}

function sum<T>(elements: readonly T[], of: (element: T) => number): number {
  return elements.reduce((total, element) => total + of(element), 0);
}

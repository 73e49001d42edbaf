import { numberFromText } from "../../expression/exact-number.ts";
import { type JsonObject, type JsonValue, setMember } from "../../expression/json.ts";
import type { Attribute, Item } from "../../integrations/memory/dynamodb/attribute.ts";
import { decimalText } from "../../integrations/memory/dynamodb/decimal.ts";

/** An item as people write it: without types, its numbers exact, sets as lists, bytes as base64. */
export function plainItem(item: Item): JsonObject {
  const plain: Record<string, JsonValue> = {};
  for (const [name, value] of item) setMember(plain, name, plainValue(value));
  return plain;
}

/** A key's value as a text. */
export function plainText(value: Attribute): string {
  const plain = plainValue(value);
  return typeof plain === "string" ? plain : JSON.stringify(plain);
}

function plainValue(value: Attribute): JsonValue {
  switch (value.type) {
    case "S":
    case "BOOL":
      return value.value;
    case "N":
      return numberFromText(decimalText(value.value));
    case "B":
      return value.value.toString("base64");
    case "SS":
      return value.value;
    case "NS":
      return value.value.map((number) => numberFromText(decimalText(number)));
    case "BS":
      return value.value.map((bytes) => bytes.toString("base64"));
    case "L":
      return value.value.map(plainValue);
    case "M":
      return plainItem(value.value);
    case "NULL":
      return null;
  }
}

import { isJsonArray, isJsonObject, type JsonValue } from "../../expression/json.ts";

/**
 * Whether a value is longer than `limit` characters, about; stops where it knows.
 *
 * One list of a mapping may stand in a thousand places: it takes no memory, but its text would.
 */
export function isLongerThan(value: JsonValue, limit: number): boolean {
  return lengthLeft(value, limit) < 0;
}

function lengthLeft(value: JsonValue, left: number): number {
  if (left < 0) return left;
  if (typeof value === "string") return left - value.length - 2;
  if (isJsonArray(value))
    return value.reduce<number>(
      (rest, item) => (rest < 0 ? rest : lengthLeft(item, rest)),
      left - 2,
    );
  if (!isJsonObject(value)) return left - 4;
  let rest = left - 2;
  for (const [name, member] of Object.entries(value)) {
    if (rest < 0) return rest;
    rest = lengthLeft(member, rest - name.length - 4);
  }
  return rest;
}

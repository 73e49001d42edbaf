import { isJsonArray, isJsonObject, type JsonValue } from "../../expression/json.ts";

/**
 * An object of which each member is a list of texts, as pairs; `undefined` if it is another. *Observed* of the headers of an
 * `apigateway:invoke`: one text by itself is not taken for a list.
 */
export function textLists(
  value: JsonValue | undefined,
): readonly (readonly [name: string, value: string])[] | undefined {
  if (value === undefined || value === null) return [];
  if (!isJsonObject(value)) return undefined;
  const pairs: (readonly [string, string])[] = [];
  for (const [name, list] of Object.entries(value)) {
    if (list === null) continue;
    if (!isJsonArray(list)) return undefined;
    for (const item of list) {
      if (item === null) continue;
      if (typeof item !== "string") return undefined;
      pairs.push([name, item]);
    }
  }
  return pairs;
}

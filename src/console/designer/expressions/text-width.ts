import { isJsonArray, isJsonObject, type JsonValue } from "../../../expression/json.ts";

/** Whether the JSON text of a value has more characters than `most`, at a guess that is never too high; stops when it knows. */
export function isWiderThan(value: JsonValue, most: number): boolean {
  return widthUpTo(value, most) > most;
}

/** The width, or some number above `most`. */
function widthUpTo(value: JsonValue, most: number): number {
  if (typeof value === "string") return value.length + 2;
  if (isJsonArray(value)) {
    let width = 2;
    for (const item of value) {
      width += 1 + widthUpTo(item, most - width);
      if (width > most) break;
    }
    return width;
  }
  if (!isJsonObject(value)) return 1;
  let width = 2;
  for (const name of Object.keys(value)) {
    width += name.length + 4 + widthUpTo(value[name] as JsonValue, most - width);
    if (width > most) break;
  }
  return width;
}

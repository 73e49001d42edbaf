import { isJsonArray, isJsonObject, type JsonValue } from "../../expression/json.ts";
import { textsOf } from "./header-rules.ts";
import { percent } from "./query-parameters.ts";

/** *Documented*: how arrays are written. */
export type ArrayFormat = "INDICES" | "REPEAT" | "COMMAS" | "BRACKETS";

/**
 * JSON as `application/x-www-form-urlencoded`: `metadata[order]=a&items[0]=b`.
 *
 * *Documented*: the four formats, brackets of names encoded, and a blank as `%20`. *Our choice*: a null is an empty value; of
 * what is no scalar `COMMAS` cannot be made, and it is written as `INDICES` writes it; commas between values stay as they are.
 */
export function formEncoded(value: JsonValue, format: ArrayFormat): string {
  const pairs: string[] = [];
  const add = (name: string, text: string): void => void pairs.push(`${percent(name)}=${text}`);

  function write(name: string, member: JsonValue): void {
    if (isJsonArray(member)) writeList(name, member);
    else if (isJsonObject(member)) {
      for (const [key, inner] of Object.entries(member)) {
        write(name === "" ? key : `${name}[${key}]`, inner);
      }
    } else add(name, percent(textsOf(member)?.[0] ?? ""));
  }

  function writeList(name: string, items: readonly JsonValue[]): void {
    const texts = textsOf(items);
    if (format === "COMMAS" && texts !== undefined) {
      if (items.length > 0) add(name, texts.map(percent).join(","));
      return;
    }
    for (const [index, item] of items.entries()) write(nameOfItem(name, index), item);
  }

  function nameOfItem(name: string, index: number): string {
    if (format === "REPEAT") return name;
    return format === "BRACKETS" ? `${name}[]` : `${name}[${index}]`;
  }

  write("", value);
  return pairs.join("&");
}

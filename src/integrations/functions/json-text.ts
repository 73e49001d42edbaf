import { isJsonObject, type JsonObject } from "../../expression/json.ts";

/** `text` as JSON: itself if it is, null if it is empty, else the text as a string without its last line break. */
export function asJson(text: string): string {
  if (text.trim() === "") return "null";
  return isJsonText(text) ? text.trim() : JSON.stringify(text.replace(/\r?\n$/, ""));
}

export function isJsonText(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The object that the text is, if it is one. */
export function jsonObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

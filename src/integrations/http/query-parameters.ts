import { isJsonArray, isJsonObject, type JsonValue } from "../../expression/json.ts";
import { textsOf } from "./header-rules.ts";

export type QueryParameter = readonly [name: string, value: string];

/**
 * The query parameters that a task names; `undefined` if they are none.
 *
 * *Documented*: a string, a JSON array or an object. *Our choice* of what the first two mean: a query as URLs have it, and a
 * list of objects or strings of which each is one. A name with a list of values is there once for each.
 */
export function queryOf(value: JsonValue | undefined): readonly QueryParameter[] | undefined {
  if (value === undefined || value === null) return [];
  if (typeof value === "string") return [...new URLSearchParams(value)];
  if (isJsonArray(value)) {
    const lists = value.map((item) => (isJsonArray(item) ? undefined : queryOf(item)));
    return lists.every((list) => list !== undefined) ? lists.flat() : undefined;
  }
  if (!isJsonObject(value)) return undefined;
  const parameters: QueryParameter[] = [];
  for (const [name, member] of Object.entries(value)) {
    const texts = textsOf(member);
    if (texts === undefined) return undefined;
    for (const text of texts) parameters.push([name, text]);
  }
  return parameters;
}

/** *Documented*: they are put at the end of the URL, encoded. What the URL has stays as it is, but for `instead`. */
export function withQuery(
  url: URL,
  parameters: readonly QueryParameter[],
  instead: readonly QueryParameter[] = [],
): URL {
  const replaced = new Set(instead.map(([name]) => name));
  const kept = url.search
    .slice(1)
    .split("&")
    .filter((part) => part !== "" && !replaced.has(nameOf(part)));
  const added = [...parameters.filter(([name]) => !replaced.has(name)), ...instead];
  const query = [...kept, ...added.map(([name, value]) => `${percent(name)}=${percent(value)}`)];
  const changed = new URL(url);
  changed.search = query.join("&");
  return changed;
}

function nameOf(part: string): string {
  const [first] = new URLSearchParams(part);
  return first?.[0] ?? "";
}

/** A text in which only what RFC 3986 calls unreserved is as it was. A half of a surrogate pair is not text. */
export function percent(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

import type { MappedRequest } from "./mapped-request.ts";
import { InvalidMapping, type MappedValue, parseMappedValue, readSource } from "./mapped-value.ts";

/** How a request is changed before a URL is asked with it. */
export type RequestChanges = readonly RequestChange[];

type RequestChange =
  | { readonly type: "path"; readonly value: MappedValue }
  | {
      readonly type: "append" | "overwrite";
      readonly place: "header" | "querystring";
      readonly name: string;
      readonly value: MappedValue;
    }
  | { readonly type: "remove"; readonly place: "header" | "querystring"; readonly name: string };

/** What of a request is handed on. */
export interface ChangedRequest {
  readonly headers: { readonly [name: string]: readonly string[] };
  readonly query: { readonly [name: string]: readonly string[] };
  /** `undefined`: that of the integration. */
  readonly path: string | undefined;
}

/** Reads `{ "append:header.x": "$context.requestId", "overwrite:path": "/v2" }`. Throws an {@link InvalidMapping}. */
export function parseRequestChanges(given: { readonly [key: string]: string }): RequestChanges {
  return Object.entries(given).map(([key, text]): RequestChange => {
    if (key === "overwrite:path") return { type: "path", value: parseMappedValue(text, "request") };
    const [, type, place, name = ""] =
      /^(append|overwrite|remove):(header|querystring)\.(.+)$/.exec(key) ?? [];
    const isHeader = place === "header";
    if (type === undefined || (isHeader && !/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name))) {
      throw new InvalidMapping(`Invalid request parameter specified: ${key}`);
    }
    const of = {
      place: place as "header" | "querystring",
      name: isHeader ? name.toLowerCase() : name,
    };
    return type === "remove"
      ? { type, ...of }
      : { type: type as "append" | "overwrite", ...of, value: parseMappedValue(text, "request") };
  });
}

/** The request as it is handed on. *Documented*: a value that is not there changes nothing. */
export function changedRequest(changes: RequestChanges, request: MappedRequest): ChangedRequest {
  const source = readSource(request);
  const values = {
    header: new Map(Object.entries(request.headers)),
    querystring: new Map(Object.entries(request.query)),
  };
  let path: string | undefined;
  for (const change of changes) {
    if (change.type === "remove") {
      values[change.place].delete(change.name);
      continue;
    }
    const value = change.value.valueOf(source);
    if (value === undefined) continue;
    if (change.type === "path") {
      path = value;
      continue;
    }
    const { place, name } = change;
    const known = change.type === "append" ? (values[place].get(name) ?? []) : [];
    values[place].set(name, [...known, value]);
  }
  return {
    headers: Object.fromEntries(values.header),
    query: Object.fromEntries(values.querystring),
    path,
  };
}

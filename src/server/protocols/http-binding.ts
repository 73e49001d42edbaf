import type { JsonObject, JsonValue } from "../../expression/json.ts";
import type { HttpBinding, ServiceApi, ServiceOperation } from "../../ports/service-api.ts";
import type { ServiceRequest } from "./protocol.ts";

/** An operation of a REST API that a request is of. */
export interface Bound {
  readonly operation: string;
  readonly http: HttpBinding;
  /** What path, query and headers have of its members. */
  readonly members: JsonObject;
}

/** Finds the operation that a request of a REST API is of. Of several it is the one that asks for most. */
export function httpBindings(
  operations: ServiceApi["operations"],
): (request: ServiceRequest) => Bound | undefined {
  const compiled = Object.entries(operations)
    .flatMap(([operation, { http }]) => (http === undefined ? [] : [compile(operation, http)]))
    .sort((one, other) => other.weight - one.weight);
  return (request) => {
    for (const { operation, http, path } of compiled) {
      if (http.method !== request.method || !hasMarkers(http, request)) continue;
      const found = path.exec(request.path);
      if (found !== null) {
        return { operation, http, members: boundMembers(http, found.groups ?? {}, request) };
      }
    }
    return undefined;
  };
}

function compile(operation: string, http: NonNullable<ServiceOperation["http"]>) {
  const { markers = [], headerMarkers = [] } = http;
  const path = http.path
    .split(/(\{\w+\+?\})/)
    .map((part) => {
      const [, name, greedy] = /^\{(\w+)(\+?)\}$/.exec(part) ?? [];
      if (name === undefined) return part.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
      return `(?<${name}>${greedy === "+" ? ".+" : "[^/]+"})`;
    })
    .join("");
  const literal = http.path.replaceAll(/\{\w+\+?\}/g, "").length;
  return {
    operation,
    http,
    // *Documented*: SDKs may leave out, or add, a slash at the end.
    path: new RegExp(`^${path}/?$`, "s"),
    weight: (markers.length + headerMarkers.length) * 1_000 + literal,
  };
}

function hasMarkers(
  { markers = [], headerMarkers = [] }: HttpBinding,
  request: ServiceRequest,
): boolean {
  return (
    markers.every((name) => request.query.has(name)) &&
    headerMarkers.every((name) => request.headers[name] !== undefined)
  );
}

function boundMembers(
  { query = {}, headers = {}, prefixHeaders = {} }: HttpBinding,
  path: { readonly [name: string]: string },
  request: ServiceRequest,
): JsonObject {
  const members: { [name: string]: JsonValue } = {};
  for (const [name, value] of Object.entries(path)) members[name] = percentDecoded(value);
  for (const [name, parameter] of Object.entries(query)) {
    const values = request.query.getAll(parameter);
    const [only] = values;
    if (only !== undefined) members[name] = values.length === 1 ? only : values;
  }
  for (const [name, header] of Object.entries(headers)) {
    const value = request.headers[header.toLowerCase()];
    if (value !== undefined) members[name] = String(value);
  }
  for (const [name, prefix] of Object.entries(prefixHeaders)) {
    const entries = Object.entries(request.headers).filter(([header]) => header.startsWith(prefix));
    if (entries.length > 0) {
      members[name] = Object.fromEntries(
        entries.map(([header, value]) => [header.slice(prefix.length), String(value)]),
      );
    }
  }
  return members;
}

/** What is no UTF-8 stays as it was sent: no name of ours is like that. */
function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

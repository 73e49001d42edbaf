import {
  InvalidMapping,
  type MappedValue,
  type MappingSource,
  parseMappedValue,
  readSource,
} from "./mapped-value.ts";

/** How the answer of an integration is changed, by its status. */
export type ResponseParameters = ReadonlyMap<number, readonly ResponseChange[]>;

type ResponseChange =
  | { readonly type: "status"; readonly value: MappedValue }
  | { readonly type: "remove"; readonly header: string }
  | { readonly type: "append" | "overwrite"; readonly header: string; readonly value: MappedValue };

/** An answer before and after. Headers by names in lower case. */
export interface MappedResponse {
  readonly status: number;
  readonly headers: { readonly [name: string]: readonly string[] };
}

/** Reads `{ "200": { "overwrite:statuscode": "202", "append:header.id": "$response.body.id" } }`. Throws an {@link InvalidMapping}. */
export function parseResponseParameters(given: {
  readonly [status: string]: { readonly [key: string]: string };
}): ResponseParameters {
  return new Map(
    Object.entries(given).map(([status, changes]) => {
      if (!/^[2-5]\d\d$/.test(status)) {
        throw new InvalidMapping(`Invalid status code for response parameters: ${status}`);
      }
      return [Number(status), Object.entries(changes).map(parseChange)];
    }),
  );
}

/** The answer as a client sees it. A value that is not there changes nothing, and neither does a status that is none. */
export function mapResponse(
  parameters: ResponseParameters,
  response: MappedResponse,
  rest: Omit<MappingSource, "headers">,
): MappedResponse {
  const source = readSource({ ...rest, headers: response.headers });
  let { status } = response;
  const headers = new Map(Object.entries(response.headers));
  for (const change of parameters.get(response.status) ?? []) {
    if (change.type === "remove") {
      headers.delete(change.header);
      continue;
    }
    const value = change.value.valueOf(source);
    if (value === undefined) continue;
    if (change.type === "status") {
      if (/^[2-5]\d\d$/.test(value)) status = Number(value);
      continue;
    }
    const known = change.type === "append" ? (headers.get(change.header) ?? []) : [];
    headers.set(change.header, [...known, value]);
  }
  return { status, headers: Object.fromEntries(headers) };
}

function parseChange([key, text]: [string, string]): ResponseChange {
  if (key === "overwrite:statuscode") return { type: "status", value: responseValue(text) };
  const [, type, name = ""] =
    /^(append|overwrite|remove):header\.([!#$%&'*+\-.^_`|~0-9A-Za-z]+)$/.exec(key) ?? [];
  const header = name.toLowerCase();
  if (type === undefined || isReserved(header)) {
    throw new InvalidMapping(`Invalid response parameter specified: ${key}`);
  }
  return type === "remove"
    ? { type, header }
    : { type: type as "append" | "overwrite", header, value: responseValue(text) };
}

/** A line break in a header would begin another: those of a value are blanks. */
function responseValue(text: string): MappedValue {
  const value = parseMappedValue(text, "response");
  return { ...value, valueOf: (source) => value.valueOf(source)?.replace(/[\r\n\0]+/g, " ") };
}

/** *Documented*: reserved headers of HTTP APIs. */
function isReserved(header: string): boolean {
  return /^(?:access-control-|apigw-|x-amz-|x-amzn-)/.test(header) || reservedHeaders.has(header);
}

const reservedHeaders: ReadonlySet<string> = new Set([
  "authorization",
  "connection",
  "content-encoding",
  "content-length",
  "content-location",
  "forwarded",
  "keep-alive",
  "origin",
  "proxy-authenticate",
  "proxy-authorization",
  "te",
  "trailers",
  "transfer-encoding",
  "upgrade",
  "via",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
]);

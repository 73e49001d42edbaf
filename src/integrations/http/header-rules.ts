import { validateHeaderName, validateHeaderValue } from "node:http";
import { isJsonArray, isJsonNumber, isJsonObject, type JsonValue } from "../../expression/json.ts";
import type { Header } from "./http-client.ts";

/** Headers that a definition may not set, in lower case. */
export interface HeaderRules {
  readonly names: ReadonlySet<string>;
  readonly prefixes: readonly string[];
}

/** *Documented*: call HTTPS APIs, `Headers`. */
export const httpTaskHeaders: HeaderRules = {
  names: new Set([
    "a-im",
    "accept-charset",
    "accept-datetime",
    "accept-encoding",
    "authorization",
    "cache-control",
    "connection",
    "content-encoding",
    "content-md5",
    "date",
    "expect",
    "forwarded",
    "from",
    "host",
    "http2-settings",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "if-range",
    "if-unmodified-since",
    "max-forwards",
    "origin",
    "pragma",
    "proxy-authorization",
    "referer",
    "server",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "via",
    "warning",
  ]),
  prefixes: ["x-forwarded-", "x-amz-", "x-amzn-"],
};

/** *Documented*: call API Gateway, note on headers. */
export const apiGatewayHeaders: HeaderRules = {
  names: new Set([
    "authorization",
    "connection",
    "content-md5",
    "expect",
    "host",
    "max-forwards",
    "proxy-authenticate",
    "server",
    "te",
    "transfer-encoding",
    "trailer",
    "upgrade",
    "via",
    "www-authenticate",
  ]),
  prefixes: ["x-forwarded", "x-amz", "x-amzn"],
};

/** *Observed* in an emulator's source, which says that it is AWS's: there is no recording. */
export function forbiddenHeader(name: string): string {
  return `The 'Headers' field contains unsupported values: ${name}`;
}

export function isForbidden(name: string, { names, prefixes }: HeaderRules): boolean {
  const lower = name.toLowerCase();
  return names.has(lower) || prefixes.some((prefix) => lower.startsWith(prefix));
}

/**
 * The headers that a JSON object names, each with a value or a list of them; `undefined` if it cannot be sent: HTTP has no
 * such name, or the value a line break.
 */
export function headersOf(value: JsonValue | undefined): readonly Header[] | undefined {
  if (value === undefined || value === null) return [];
  if (!isJsonObject(value)) return undefined;
  const headers: Header[] = [];
  for (const [name, member] of Object.entries(value)) {
    const texts = textsOf(member);
    if (texts === undefined || !texts.every((text) => isHeader(name, text))) return undefined;
    for (const text of texts) headers.push([name, text]);
  }
  return headers;
}

/** A scalar as text, or a list of them; `undefined` for anything else. A null is left out. */
export function textsOf(value: JsonValue): readonly string[] | undefined {
  if (!isJsonArray(value)) return textsOf([value]);
  const texts: string[] = [];
  for (const item of value) {
    if (item === null) continue;
    if (isJsonNumber(item)) texts.push(JSON.stringify(item));
    else if (typeof item === "string" || typeof item === "boolean") texts.push(String(item));
    else return undefined;
  }
  return texts;
}

/** Whether HTTP can have such a header. */
export function isHeader(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}

import { STATUS_CODES } from "node:http";
import { type JsonObject, type JsonValue, setMember } from "../../expression/json.ts";
import { parseJson } from "../../expression/parse-json.ts";
import type { Header, HttpAnswer } from "./http-client.ts";

/** The most bytes of a body that a result can hold. *Documented*: quotas, input or output of a task. */
export const mostResultBytes = 262_144;

export type ReadBody =
  | { readonly text: string; readonly isJson: boolean }
  /** The bytes are no text, or say that they are none. */
  | "unsupported";

/** *Documented*: results of these types fail the execution, as do bytes that are no text. */
const unsupportedType = /^(?:application\/octet-stream|(?:image|video|audio)\/.*)$/;

/** The body of an answer as text, in the encoding that its type names, UTF-8 if none. */
export function readBody({ headers, body }: HttpAnswer): ReadBody {
  const contentType = headerOf(headers, "content-type") ?? "";
  const [type = "", ...parameters] = contentType.split(";").map((part) => part.trim());
  const mediaType = type.toLowerCase();
  if (unsupportedType.test(mediaType)) return "unsupported";
  const charset = parameters
    .map((parameter) => /^charset="?([^"]+)"?$/i.exec(parameter)?.[1])
    .find((found) => found !== undefined);
  const text = decoded(body, charset ?? "utf-8");
  if (text === undefined) return "unsupported";
  return { text, isJson: mediaType === "application/json" || mediaType.endsWith("+json") };
}

function decoded(body: Buffer, charset: string): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
}

/** A body as a result has it: parsed where its type says that it is JSON and it is. *Our choice*: what is broken stays text. */
export function bodyValue({ text, isJson }: Exclude<ReadBody, "unsupported">): JsonValue {
  if (!isJson) return text;
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}

/** *Observed* order of members; of an HTTP task *documented*: TestState, example 3. */
export function httpResult(answer: {
  readonly headers: JsonObject;
  readonly body: JsonValue;
  readonly statusCode: number;
  readonly statusText: string;
}): JsonObject {
  const { headers, body, statusCode, statusText } = answer;
  return { Headers: headers, ResponseBody: body, StatusCode: statusCode, StatusText: statusText };
}

/** Headers as results show them: each with a list of its values. */
export function headerLists(headers: readonly Header[]): JsonObject {
  const lists = new Map<string, { readonly name: string; readonly values: string[] }>();
  for (const [name, value] of headers) {
    const known = lists.get(name.toLowerCase());
    if (known === undefined) lists.set(name.toLowerCase(), { name, values: [value] });
    else known.values.push(value);
  }
  const shown: Record<string, JsonValue> = {};
  for (const { name, values } of lists.values()) setMember(shown, name, values);
  return shown;
}

/** What the status line says, or what it usually says: HTTP lets it be empty. */
export function statusTextOf({
  statusCode,
  statusText,
}: Pick<HttpAnswer, "statusCode" | "statusText">): string {
  return statusText === "" ? (STATUS_CODES[statusCode] ?? "") : statusText;
}

export function headerOf(headers: readonly Header[], name: string): string | undefined {
  return headers.find(([found]) => found.toLowerCase() === name)?.[1];
}

export function isSuccess({ statusCode }: Pick<HttpAnswer, "statusCode">): boolean {
  return statusCode >= 200 && statusCode <= 299;
}

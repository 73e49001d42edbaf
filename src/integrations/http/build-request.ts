import { isJsonObject, type JsonObject, type JsonValue, setMember } from "../../expression/json.ts";
import type { ConnectionParameter, ResolvedConnection } from "./connections/connection.ts";
import { formEncoded } from "./form-encoding.ts";
import type { Header } from "./http-client.ts";
import type { HttpTaskCall } from "./http-parameters.ts";
import { type QueryParameter, withQuery } from "./query-parameters.ts";

/** What is sent, as far as it can be shown: the HTTP client adds the host, the body's type and its length. */
export interface BuiltRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: readonly Header[];
  readonly body: string | undefined;
  /** The type of a body whose type neither the task nor the connection says. */
  readonly contentType: string | undefined;
}

/** *Documented*: these the service sets itself; the last one is what the body's length is sent as. */
const ownHeaders = new Set(["user-agent", "range", "content-length"]);

/** *Documented*: `bytes=0-262144`. */
const range = "bytes=0-262144";

/**
 * Puts a task's call and its connection together.
 *
 * *Documented*: the connection's header, query parameter or member of the body takes the place of the task's of the same
 * name. A body that is no object cannot be put together with another: `undefined`, which fails the execution.
 */
export function buildRequest(
  call: HttpTaskCall,
  connection: ResolvedConnection,
  region: string,
): BuiltRequest | undefined {
  const merged = mergedBody(call.body, connection.body);
  if (merged === unmergeable) return undefined;
  const headers = mergedHeaders(call.headers, connection.headers).filter(
    ([name]) => !ownHeaders.has(name.toLowerCase()),
  );
  const isTyped = headers.some(([name]) => name.toLowerCase() === "content-type");
  const body = merged === undefined ? undefined : bodyText(merged, call);
  return {
    url: withQuery(call.url, call.query, connection.query.map(pairOf)),
    method: call.method,
    headers: [
      ...headers,
      ["User-Agent", `Amazon|StepFunctions|HttpInvoke|${region}`],
      ["Range", range],
    ],
    body,
    contentType:
      body === undefined || isTyped
        ? undefined
        : call.isForm
          ? "application/x-www-form-urlencoded"
          : "application/json; charset=UTF-8",
  };
}

function mergedHeaders(
  own: readonly Header[],
  ofConnection: readonly ConnectionParameter[],
): readonly Header[] {
  const replaced = new Set(ofConnection.map(({ name }) => name.toLowerCase()));
  return [
    ...own.filter(([name]) => !replaced.has(name.toLowerCase())),
    ...ofConnection.map(pairOf),
  ];
}

const unmergeable = Symbol("unmergeable");

function mergedBody(
  own: JsonValue | undefined,
  ofConnection: readonly ConnectionParameter[],
): JsonValue | undefined | typeof unmergeable {
  if (ofConnection.length === 0) return own;
  if (own !== undefined && !isJsonObject(own)) return unmergeable;
  const merged: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries((own ?? {}) as JsonObject)) {
    setMember(merged, name, value);
  }
  for (const { name, value } of ofConnection) setMember(merged, name, value);
  return merged;
}

/** *Our choice*: a text is the body as it stands. */
function bodyText(body: JsonValue, { isForm, arrayFormat }: HttpTaskCall): string {
  if (typeof body === "string") return body;
  return isForm ? formEncoded(body, arrayFormat) : JSON.stringify(body);
}

function pairOf({ name, value }: ConnectionParameter): QueryParameter {
  return [name, value];
}

import { isJsonObject, jsonEquals, type JsonValue, setMember } from "../../expression/json.ts";
import { parseJson } from "../../expression/parse-json.ts";
import type { HttpExchange } from "../../ports/task-handler.ts";
import type { ResolvedConnection } from "./connections/connection.ts";
import type { SentRequest } from "./follow-redirects.ts";
import type { Header, HttpAnswer } from "./http-client.ts";
import { bodyValue, type ReadBody, readBody, statusTextOf } from "./http-result.ts";
import { masked, type SecretMask } from "../redaction/secret-mask.ts";

/**
 * What TestState shows of a call.
 *
 * *Documented*: example 3 of TestState, from which the form of the headers is, and which of them are shown. What a connection adds is a
 * secret, whatever it is. *Our choice*: it is shown masked, and what the other side says has no known secret in it.
 */
export function shownExchange(
  request: SentRequest,
  answer: HttpAnswer | undefined,
  connection: ResolvedConnection,
  mask: SecretMask,
  revealSecrets: boolean,
): HttpExchange {
  const protocol = request.url.protocol.replace(":", "");
  const hidden = revealSecrets ? request : hiddenAdditions(request, connection, mask);
  const shown = {
    protocol,
    method: request.method,
    url: hidden.url.href,
    headers: headerText(hidden.headers),
    ...(hidden.body === undefined ? {} : { body: hidden.body }),
  };
  if (answer === undefined) return { request: shown };
  const read = readBody(answer);
  const body = read === "unsupported" ? "" : revealSecrets ? read.text : maskedText(read, mask);
  return {
    request: shown,
    response: {
      protocol,
      statusCode: String(answer.statusCode),
      statusMessage: revealSecrets ? statusTextOf(answer) : mask.text(statusTextOf(answer)),
      headers: headerText(revealSecrets ? answer.headers : mask.headers(answer.headers)),
      body,
    },
  };
}

/** JSON may spell a secret in other characters: it is then written anew. */
function maskedText(read: Exclude<ReadBody, "unsupported">, mask: SecretMask): string {
  const text = mask.text(read.text);
  const value = bodyValue({ ...read, text });
  const hidden = mask.value(value);
  return jsonEquals(value, hidden) ? text : JSON.stringify(hidden);
}

function headerText(headers: readonly Header[]): string {
  return `[${headers.map(([name, value]) => `${name}: ${value}`).join(", ")}]`;
}

function hiddenAdditions(
  request: SentRequest,
  connection: ResolvedConnection,
  mask: SecretMask,
): Pick<SentRequest, "url" | "headers" | "body"> {
  const url = new URL(request.url);
  const added = new Set(connection.query.map(({ name }) => name));
  for (const name of added) if (url.searchParams.has(name)) url.searchParams.set(name, masked);
  url.search = mask.text(url.search);
  return {
    url,
    headers: mask.headers(
      request.headers.map(([name, value]) =>
        request.connectionHeaders.has(name.toLowerCase()) ? [name, masked] : [name, value],
      ),
    ),
    body: request.body === undefined ? undefined : mask.text(hiddenBody(request.body, connection)),
  };
}

/** A body that the connection adds to is a JSON object, or a form made of one. */
function hiddenBody(body: string, connection: ResolvedConnection): string {
  const added = new Set(connection.body.map(({ name }) => name));
  if (added.size === 0) return body;
  let value: JsonValue;
  try {
    value = parseJson(body);
  } catch {
    const form = new URLSearchParams(body);
    for (const name of added) if (form.has(name)) form.set(name, masked);
    return form.toString();
  }
  if (!isJsonObject(value)) return body;
  const shown: Record<string, JsonValue> = {};
  for (const [name, member] of Object.entries(value)) {
    setMember(shown, name, added.has(name) ? masked : member);
  }
  return JSON.stringify(shown);
}

import { stepwell } from "../../../asl/resources/integrations/stepwell.ts";
import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  ownMember,
  setMember,
} from "../../../expression/json.ts";
import { parameterProblems } from "../../described/parameter-problems.ts";
import { headersOf } from "../../http/header-rules.ts";
import type { Header } from "../../http/http-client.ts";
import { endpointOf } from "../../http/http-parameters.ts";
import { invalidField } from "../../invalid-parameters.ts";

/** The call that tells a service where to answer. */
export interface WebhookCall {
  readonly url: URL;
  readonly method: string;
  readonly headers: readonly Header[];
  readonly body: string | undefined;
}

const placeholder = "{{callback}}";
const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

export function webhookProblems(parameters: JsonValue): readonly string[] {
  const problems = [...parameterProblems(stepwell.webhook.parameters, parameters)];
  if (problems.length > 0) return problems;
  const given = parameters as JsonObject;
  const url = ownMember(given, "Url") ?? null;
  // Whatever the callback's URL is, it is one.
  if (typeof url === "string" && endpointOf(inUrl(url, "https://x/")) === undefined)
    problems.push(invalidField("Url"));
  const method = ownMember(given, "Method") ?? null;
  if (method !== null && !methods.includes(method as string)) problems.push(invalidField("Method"));
  if (headersOf(ownMember(given, "Headers")) === undefined) problems.push(invalidField("Headers"));
  return problems;
}

/** The call with the callback's URL in it; `undefined` if the task calls nobody. */
export function webhookCall(given: JsonObject, callbackUrl: string): WebhookCall | undefined {
  const { Url = null, Method, Headers, Body } = given;
  const url = typeof Url === "string" ? endpointOf(inUrl(Url, callbackUrl)) : undefined;
  if (url === undefined) return undefined;
  const method = typeof Method === "string" ? Method : "POST";
  const headers = (headersOf(Headers) ?? []).map(
    ([name, value]) => [name, value.replaceAll(placeholder, callbackUrl)] as const,
  );
  // *Our choice*: who says nothing else sends the URL alone, unless the method has no body.
  const usual = method === "GET" || method === "DELETE" ? undefined : { callback: placeholder };
  const value = Body ?? usual;
  if (value === undefined) return { url, method, headers, body: undefined };
  const filled = filledValue(value, callbackUrl);
  const isTyped = headers.some(([name]) => name.toLowerCase() === "content-type");
  const type = typeof filled === "string" ? "text/plain; charset=utf-8" : "application/json";
  return {
    url,
    method,
    headers: isTyped ? headers : [...headers, ["Content-Type", type]],
    body: typeof filled === "string" ? filled : JSON.stringify(filled),
  };
}

function filledValue(value: JsonValue, callbackUrl: string): JsonValue {
  if (typeof value === "string") return value.replaceAll(placeholder, callbackUrl);
  if (isJsonArray(value)) return value.map((one) => filledValue(one, callbackUrl));
  if (!isJsonObject(value)) return value;
  const filled: Record<string, JsonValue> = {};
  for (const [name, member] of Object.entries(value)) {
    setMember(filled, name, filledValue(member, callbackUrl));
  }
  return filled;
}

/** In a URL it is a part like others, most often a parameter's value. */
function inUrl(url: string, callbackUrl: string): string {
  return url.replaceAll(placeholder, encodeURIComponent(callbackUrl));
}

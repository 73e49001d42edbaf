import type { HttpOutcome } from "../../../integrations/http/http-client.ts";
import { headerText } from "../../../eventing/proxy/function-answer.ts";
import type { BackEnds } from "./back-ends.ts";

/** What is asked of a URL. */
export interface UrlRequest {
  readonly method: string;
  /** `https://shop.example/orders/{id}`. */
  readonly url: string;
  readonly pathParameters: { readonly [name: string]: string };
  readonly query: { readonly [name: string]: string | readonly string[] };
  readonly headers: { readonly [name: string]: string | readonly string[] };
  readonly body: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export type UrlOutcome =
  | {
      readonly type: "answered";
      readonly status: number;
      /** By names in lower case. */
      readonly headers: { readonly [name: string]: readonly string[] };
      readonly body: Buffer;
    }
  | { readonly type: "timedOut" }
  | { readonly type: "failed"; readonly reason: string };

/** *Documented*: RFC 9110: what is between two only; and what the next request says itself. */
const ownHeaders: ReadonlySet<string> = new Set([
  "connection",
  "content-length",
  "expect",
  "host",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** Asks a URL, once. */
export async function callUrl(
  { http }: Pick<BackEnds, "http">,
  { url, pathParameters, query, headers, method, body, timeoutMs, signal }: UrlRequest,
): Promise<UrlOutcome> {
  const filled = filledUrl(url, pathParameters);
  if (filled === undefined) return { type: "failed", reason: `${url} is no URL` };
  for (const [name, values] of Object.entries(query)) {
    for (const value of [values].flat()) filled.searchParams.append(name, value);
  }
  const outcome = await http.send({
    method,
    url: filled,
    headers: Object.entries(headers).flatMap(([name, values]) =>
      ownHeaders.has(name)
        ? []
        : [values].flat().map((value) => [name, headerText(value)] as const),
    ),
    ...(method !== "GET" && method !== "HEAD" && body !== "" && { body }),
    signal,
    timeoutMs,
  });
  return urlOutcome(outcome);
}

/** `{id}` takes one part of the path, `{proxy+}` the rest with its slashes. */
function filledUrl(url: string, parameters: UrlRequest["pathParameters"]): URL | undefined {
  const text = url.replaceAll(/\{(\w+)(\+?)\}/g, (_, name: string, greedy: string) => {
    const value = Object.hasOwn(parameters, name) ? (parameters[name] ?? "") : "";
    const parts = greedy === "" ? [value] : value.split("/");
    return parts.map(encodeURIComponent).join("/");
  });
  return URL.canParse(text) && /^https?:/.test(text) ? new URL(text) : undefined;
}

function urlOutcome(outcome: HttpOutcome): UrlOutcome {
  switch (outcome.type) {
    case "answered": {
      const headers: { [name: string]: string[] } = {};
      for (const [name, value] of outcome.headers) {
        const lower = name.toLowerCase();
        if (!ownHeaders.has(lower)) (headers[lower] ??= []).push(value);
      }
      return { type: "answered", status: outcome.statusCode, headers, body: outcome.body };
    }
    case "timedOut":
      return { type: "timedOut" };
    case "addressRefused":
      return {
        type: "failed",
        reason: `${outcome.host} has an address that may not be called; http.allowPrivateAddresses of the configuration allows some`,
      };
    case "failed":
      return { type: "failed", reason: outcome.error.message };
    case "tooLong":
      return { type: "failed", reason: "The answer is too long" };
    case "aborted":
      return { type: "failed", reason: "Nobody waits for it any more" };
  }
}

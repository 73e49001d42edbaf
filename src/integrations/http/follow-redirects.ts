import type { BuiltRequest } from "./build-request.ts";
import type { HttpConfiguration } from "./http-configuration.ts";
import type { HttpAnswer, HttpOutcome } from "./http-client.ts";
import { endpointOf } from "./http-parameters.ts";
import { headerOf } from "./http-result.ts";

/** A request that is ready, and what of it belongs to its connection. */
export interface SentRequest extends BuiltRequest {
  /** Names in lower case. */
  readonly connectionHeaders: ReadonlySet<string>;
  /** Whether the URL's query or the body has what the connection adds. */
  readonly carriesConnection: boolean;
}

/**
 * Sends a request and, as often as is configured, goes where its answer points. *Our choice*, as none is followed at AWS as far
 * as is known: each place is checked as the first was, and nothing of the connection goes to another origin.
 */
export async function sendFollowing(
  request: SentRequest,
  send: (request: SentRequest) => Promise<HttpOutcome>,
  { followRedirects = 0, allowHttp = false }: HttpConfiguration,
): Promise<{ readonly outcome: HttpOutcome; readonly request: SentRequest }> {
  let sent = request;
  for (let left = followRedirects; ; left--) {
    const outcome = await send(sent);
    const next =
      outcome.type === "answered" && left > 0 ? redirected(sent, outcome, allowHttp) : undefined;
    if (next === undefined) return { outcome, request: sent };
    sent = next;
  }
}

/** The request that an answer asks for; `undefined` if it asks for none that may be made. */
function redirected(
  request: SentRequest,
  answer: HttpAnswer,
  allowHttp: boolean,
): SentRequest | undefined {
  const { statusCode, headers } = answer;
  const location = headerOf(headers, "location");
  if (![301, 302, 303, 307, 308].includes(statusCode) || location === undefined) return undefined;
  if (!URL.canParse(location, request.url.href)) return undefined;
  const url = endpointOf(new URL(location, request.url).href);
  if (url === undefined || (url.protocol === "http:" && !allowHttp)) return undefined;
  // As browsers do (Fetch, HTTP-redirect fetch): only 307 and 308 keep a POST.
  const becomesGet =
    (statusCode === 303 && request.method !== "HEAD") ||
    ((statusCode === 301 || statusCode === 302) && request.method === "POST");
  const goesElsewhere = url.origin !== request.url.origin;
  // A body with a secret in it stays here; the secret of a query does not go along: the place has its own.
  if (goesElsewhere && !becomesGet && request.carriesConnection && request.body !== undefined) {
    return undefined;
  }
  return {
    ...request,
    url,
    method: becomesGet ? "GET" : request.method,
    headers: goesElsewhere
      ? request.headers.filter(([name]) => !request.connectionHeaders.has(name.toLowerCase()))
      : request.headers,
    body: becomesGet ? undefined : request.body,
    contentType: becomesGet ? undefined : request.contentType,
  };
}

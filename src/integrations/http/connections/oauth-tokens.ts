import { isJsonObject, type JsonValue, ownMember } from "../../../expression/json.ts";
import { numberOf } from "../../../expression/exact-number.ts";
import { parseJson } from "../../../expression/parse-json.ts";
import type { Clock } from "../../../ports/clock.ts";
import { isHeader } from "../header-rules.ts";
import type { Header, HttpClient, HttpOutcome } from "../http-client.ts";
import { endpointOf } from "../http-parameters.ts";
import { percent, withQuery } from "../query-parameters.ts";
import { BoundedMap } from "./bounded-map.ts";
import { basicAuthorization, type TokenEndpoint } from "./connection.ts";

export type FoundToken =
  | { readonly type: "token"; readonly token: string }
  /** A sentence, without anything that the other side has said: it could hold a secret. */
  | { readonly type: "none"; readonly because: string };

/** Tokens of OAuth's client credentials: each is asked for once, and used until it ends. */
export interface OAuthTokens {
  of(endpoint: TokenEndpoint): Promise<FoundToken>;
  /** The token was refused: the next who wants one gets another. */
  refused(endpoint: TokenEndpoint, token: string): void;
}

/** Our choice: a token is not used in its last seconds, and one of which nothing is said for an hour. */
const marginMs = 30_000;
const usualMs = 3_600_000;
const mostKept = 1_000;
const timeoutMs = 60_000;

interface Kept {
  readonly token: string;
  readonly until: number;
}

export function createOAuthTokens(options: {
  readonly client: HttpClient;
  readonly clock: Clock;
  readonly allowHttp: boolean;
}): OAuthTokens {
  const { client, clock, allowHttp } = options;
  const kept = new BoundedMap<string, Kept>(mostKept);
  const asking = new Map<string, Promise<FoundToken>>();

  async function ask(endpoint: TokenEndpoint, key: string): Promise<FoundToken> {
    const url = endpointOf(endpoint.url);
    if (url === undefined || (url.protocol === "http:" && !allowHttp)) {
      return none("its token URL is none that may be called");
    }
    // What is asked for serves all who wait: no task's end ends it.
    const { signal } = new AbortController();
    const outcome = await client.send({ ...requestOf(endpoint, url), signal, timeoutMs });
    if (outcome.type !== "answered") return none(trouble(outcome));
    const { statusCode, body } = outcome;
    if (statusCode < 200 || statusCode > 299) {
      return none(`its token URL answered with the status ${statusCode}`);
    }
    const answer = jsonOf(body.toString());
    const token = isJsonObject(answer) ? ownMember(answer, "access_token") : undefined;
    if (typeof token !== "string" || !isHeader("Authorization", `Bearer ${token}`)) {
      return none("the answer of its token URL has no access_token");
    }
    const seconds = numberOf((answer as { readonly expires_in?: JsonValue }).expires_in);
    const lifeMs = seconds === undefined ? usualMs : seconds * 1000 - marginMs;
    if (lifeMs > 0) kept.set(key, { token, until: clock.now() + lifeMs });
    return { type: "token", token };
  }

  return {
    of(endpoint) {
      const key = JSON.stringify(endpoint);
      const known = kept.get(key);
      if (known !== undefined && clock.now() < known.until) {
        return Promise.resolve({ type: "token", token: known.token });
      }
      const underWay = asking.get(key);
      if (underWay !== undefined) return underWay;
      const asked = ask(endpoint, key).finally(() => asking.delete(key));
      asking.set(key, asked);
      return asked;
    },
    refused(endpoint, token) {
      const key = JSON.stringify(endpoint);
      // Somebody else may have got a new one meanwhile.
      if (kept.get(key)?.token === token) kept.delete(key);
    },
  };
}

/** *Documented*: RFC 6749, 2.3.1 and 4.4.2. */
function requestOf(
  endpoint: TokenEndpoint,
  url: URL,
): {
  readonly method: string;
  readonly url: URL;
  readonly headers: Header[];
  readonly body?: string;
} {
  const { method, clientId, clientSecret, clientIn } = endpoint;
  const pairs = new Map<string, string>([["grant_type", "client_credentials"]]);
  if (clientIn === "body") pairs.set("client_id", clientId).set("client_secret", clientSecret);
  for (const { name, value } of endpoint.body) pairs.set(name, value);
  const headers = new Map<string, Header>([["accept", ["Accept", "application/json"]]]);
  const add = (name: string, value: string): void =>
    void headers.set(name.toLowerCase(), [name, value]);
  if (clientIn === "header") {
    add("Authorization", basicAuthorization(percent(clientId), percent(clientSecret)).value);
  }
  if (method !== "GET") add("Content-Type", "application/x-www-form-urlencoded");
  for (const { name, value } of endpoint.headers) add(name, value);
  const query = endpoint.query.map(({ name, value }) => [name, value] as const);
  if (method === "GET") {
    return { method, url: withQuery(url, [...pairs, ...query]), headers: [...headers.values()] };
  }
  const body = [...pairs].map(([name, value]) => `${percent(name)}=${percent(value)}`).join("&");
  return { method, url: withQuery(url, query), headers: [...headers.values()], body };
}

function trouble(outcome: Exclude<HttpOutcome, { type: "answered" }>): string {
  switch (outcome.type) {
    case "addressRefused":
      return "the host of its token URL has an address that is not public (see http.allowPrivateAddresses)";
    case "timedOut":
      return "its token URL did not answer in time";
    case "tooLong":
      return "the answer of its token URL is too long";
    case "failed":
    case "aborted":
      return "its token URL could not be called";
  }
}

function none(because: string): FoundToken {
  return { type: "none", because };
}

function jsonOf(text: string): JsonValue | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

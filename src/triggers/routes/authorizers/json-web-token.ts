import { createPublicKey, type KeyObject, verify } from "node:crypto";
import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  ownMember,
} from "../../../expression/json.ts";
import { BoundedMap } from "../../../integrations/http/connections/bounded-map.ts";
import type { BackEnds } from "../back-ends/back-ends.ts";

/** Who has to have made a token, and for whom. */
export interface TokenRules {
  /** Its `iss`, whose OpenID configuration names its keys. */
  readonly issuer: string;
  /** One of them has to be its `aud` or `client_id`; empty: it is for anybody. */
  readonly audiences: readonly string[];
}

/** *Documented*: HTTP APIs, JWT authorizers: RSA alone. */
const algorithms: { readonly [alg: string]: string } = {
  RS256: "sha256",
  RS384: "sha384",
  RS512: "sha512",
};

/** *Documented*: keys may be remembered for two hours. *Our choice*: a key that is not known is looked for once a minute. */
const rememberedMs = 7_200_000;
const askedAgainMs = 60_000;
const mostIssuers = 100;
const timeoutMs = 5_000;

interface KnownKeys {
  readonly readAt: number;
  /** By their ids. */
  readonly keys: Promise<ReadonlyMap<string, KeyObject>>;
}

/** The keys of an issuer cannot be had. */
export class KeysUnavailable extends Error {
  override readonly name = "KeysUnavailable";
}

/** Checks JSON web tokens by the keys that their issuers publish. */
export class TokenVerifier {
  readonly #backEnds: Pick<BackEnds, "http" | "clock">;
  readonly #known = new BoundedMap<string, KnownKeys>(mostIssuers);

  constructor(backEnds: Pick<BackEnds, "http" | "clock">) {
    this.#backEnds = backEnds;
  }

  /** The claims of a token that may be believed; `undefined`: this one may not. Rejects with {@link KeysUnavailable}. */
  async claimsOf(token: string, rules: TokenRules): Promise<JsonObject | undefined> {
    const [head = "", body = "", signature, more] = token.split(".");
    const header = decoded(head);
    const claims = decoded(body);
    if (signature === undefined || more !== undefined || !header || !claims) return undefined;
    const { alg, kid } = header;
    const hash = typeof alg === "string" ? algorithms[alg] : undefined;
    if (hash === undefined || typeof kid !== "string") return undefined;
    if (!areValid(claims, rules, this.#backEnds.clock.now())) return undefined;
    const key = await this.#keyOf(rules.issuer, kid);
    const isSigned =
      key !== undefined &&
      verify(hash, Buffer.from(`${head}.${body}`), key, Buffer.from(signature, "base64url"));
    return isSigned ? claims : undefined;
  }

  async #keyOf(issuer: string, kid: string): Promise<KeyObject | undefined> {
    const now = this.#backEnds.clock.now();
    const known = this.#known.get(issuer);
    if (known !== undefined && now - known.readAt < rememberedMs) {
      const key = (await known.keys).get(kid);
      if (key !== undefined || now - known.readAt < askedAgainMs) return key;
    }
    const keys = this.#readKeys(issuer);
    this.#known.set(issuer, { readAt: now, keys });
    keys.catch(() => this.#known.delete(issuer));
    return (await keys).get(kid);
  }

  async #readKeys(issuer: string): Promise<ReadonlyMap<string, KeyObject>> {
    const place = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
    const { jwks_uri: keysUrl } = await this.#read(place);
    const { keys } = await this.#read(typeof keysUrl === "string" ? keysUrl : "");
    return new Map(
      (isJsonArray(keys ?? null) ? (keys as readonly JsonValue[]) : []).flatMap((each) => {
        const kid = isJsonObject(each) ? ownMember(each, "kid") : undefined;
        if (!isJsonObject(each) || typeof kid !== "string" || each["kty"] !== "RSA") return [];
        return [[kid, createPublicKey({ key: { ...each }, format: "jwk" })] as const];
      }),
    );
  }

  async #read(place: string): Promise<JsonObject> {
    if (!URL.canParse(place)) throw new KeysUnavailable(`'${place}' is no URL`);
    const outcome = await this.#backEnds.http.send({
      method: "GET",
      url: new URL(place),
      headers: [["accept", "application/json"]],
      signal: AbortSignal.timeout(timeoutMs),
      timeoutMs,
    });
    if (outcome.type !== "answered" || outcome.statusCode !== 200) {
      throw new KeysUnavailable(`${place} has not answered`);
    }
    const value = parsed(outcome.body.toString());
    if (value === undefined) throw new KeysUnavailable(`${place} has answered no JSON object`);
    return value;
  }
}

function decoded(part: string): JsonObject | undefined {
  return parsed(Buffer.from(part, "base64url").toString());
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text) as JsonValue;
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** *Documented*: HTTP APIs, what of a token is validated. A token without an end is not believed. */
function areValid(claims: JsonObject, { issuer, audiences }: TokenRules, now: number): boolean {
  const seconds = now / 1_000;
  const { iss, aud, client_id: client, exp, nbf = 0, iat = 0 } = claims;
  const named = aud === undefined ? [client] : [aud].flat();
  return (
    iss === issuer &&
    (audiences.length === 0 ||
      named.some((each) => typeof each === "string" && audiences.includes(each))) &&
    typeof exp === "number" &&
    exp > seconds &&
    Number(nbf) <= seconds &&
    Number(iat) <= seconds
  );
}

/** *Documented*: one of a route's scopes has to be in the token's `scope` or `scp`. */
export function hasScope(claims: JsonObject, wanted: readonly string[]): boolean {
  return wanted.length === 0 || scopesOf(claims).some((scope) => wanted.includes(scope));
}

export function scopesOf({ scope, scp }: JsonObject): readonly string[] {
  return [scope, scp]
    .flat()
    .flatMap((each) => (typeof each === "string" ? each.split(" ") : []))
    .filter((each) => each !== "");
}

import {
  type AuthorizationServer,
  authorizationCodeGrantRequest,
  calculatePKCECodeChallenge,
  type Client,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  discoveryRequest,
  generateRandomCodeVerifier,
  generateRandomNonce,
  generateRandomState,
  getValidatedIdTokenClaims,
  type IDToken,
  None,
  processAuthorizationCodeResponse,
  processDiscoveryResponse,
  processUserInfoResponse,
  userInfoRequest,
  validateApplicationLevelSignature,
  validateAuthResponse,
} from "oauth4webapi";
import type { Clock } from "../../ports/clock.ts";
import { providerFetch } from "./provider-fetch.ts";
import { type OpenIdSettings, usualRolesClaim, usualScopes } from "./openid-settings.ts";

/** Our choice: how long what a provider says of itself is believed. */
const metadataMs = 3_600_000;
/** Signatures by a key pair: with a shared secret, or with none, whoever can read a token could write one. */
const signatures = /^(?:RS|PS|ES)(?:256|384|512)$|^Ed25519$|^EdDSA$/;

/** What a browser has to keep between leaving for the provider and coming back. */
export interface Leaving {
  readonly state: string;
  readonly nonce: string;
  /** PKCE: a code is worth nothing without it. */
  readonly codeVerifier: string;
}

export type Claims = { readonly [claim: string]: unknown } & {
  readonly iss: string;
  readonly sub: string;
};

/** A provider of OpenID Connect, by the code flow with PKCE. Both reject with what the provider, or its answer, does wrong. */
export interface OpenIdProvider {
  leave(redirectUri: string): Promise<{ readonly url: string; readonly leaving: Leaving }>;
  /** Who it is that came back with these parameters. */
  comeBack(parameters: URLSearchParams, leaving: Leaving, redirectUri: string): Promise<Claims>;
}

export function openIdProvider(
  settings: OpenIdSettings,
  clock: Pick<Clock, "now">,
): OpenIdProvider {
  const { clientId, clientSecret, scopes = usualScopes, rolesClaim = usualRolesClaim } = settings;
  const issuer = new URL(settings.issuer);
  const client: Client = { client_id: clientId };
  const options = providerFetch(issuer);
  let known: { readonly provider: AuthorizationServer; readonly at: number } | undefined;

  async function discover(): Promise<AuthorizationServer> {
    if (known !== undefined && clock.now() - known.at < metadataMs) return known.provider;
    const response = await discoveryRequest(issuer, { ...options(), algorithm: "oidc" });
    const provider = onlyKeyPairs(await processDiscoveryResponse(issuer, response));
    known = { provider, at: clock.now() };
    return provider;
  }

  /** Some providers keep groups out of their tokens. */
  async function withUserInfo(
    provider: AuthorizationServer,
    claims: IDToken,
    accessToken: string,
  ): Promise<Claims> {
    if (claims[rolesClaim] !== undefined || provider.userinfo_endpoint === undefined) return claims;
    const response = await userInfoRequest(provider, client, accessToken, options());
    const more = await processUserInfoResponse(provider, client, claims.sub, response);
    return { ...more, ...claims };
  }

  return {
    async leave(redirectUri) {
      const { authorization_endpoint: endpoint } = await discover();
      if (endpoint === undefined) throw new Error("the provider has no authorization_endpoint");
      const leaving: Leaving = {
        state: generateRandomState(),
        nonce: generateRandomNonce(),
        codeVerifier: generateRandomCodeVerifier(),
      };
      const url = new URL(endpoint);
      const asked = {
        client_id: clientId,
        redirect_uri: redirectUri,
        response_type: "code",
        scope: ["openid", ...scopes].join(" "),
        code_challenge: await calculatePKCECodeChallenge(leaving.codeVerifier),
        code_challenge_method: "S256",
        state: leaving.state,
        nonce: leaving.nonce,
      };
      for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
      return { url: url.href, leaving };
    },

    async comeBack(parameters, { state, nonce, codeVerifier }, redirectUri) {
      const provider = await discover();
      const answered = validateAuthResponse(provider, client, parameters, state);
      const response = await authorizationCodeGrantRequest(
        provider,
        client,
        authenticationOf(provider, clientSecret),
        answered,
        redirectUri,
        codeVerifier,
        options(),
      );
      const tokens = await processAuthorizationCodeResponse(provider, client, response, {
        expectedNonce: nonce,
        requireIdToken: true,
      });
      // TLS alone would do by the specification. Our choice: the token stands for itself.
      await validateApplicationLevelSignature(provider, response, options());
      const claims = getValidatedIdTokenClaims(tokens);
      if (claims === undefined) throw new Error("the provider has answered no id_token");
      return withUserInfo(provider, claims, tokens.access_token);
    },
  };
}

/** The provider, with those of its signatures that we believe. *Documented*: RS256 is what each has to know. */
function onlyKeyPairs(provider: AuthorizationServer): AuthorizationServer {
  const { id_token_signing_alg_values_supported: said = ["RS256"] } = provider;
  return {
    ...provider,
    id_token_signing_alg_values_supported: said.filter((name) => signatures.test(name)),
  };
}

/** *Documented*: OpenID Connect Discovery: where nothing is said, it is `client_secret_basic`. */
function authenticationOf(
  { token_endpoint_auth_methods_supported: methods = ["client_secret_basic"] }: AuthorizationServer,
  secret: string | undefined,
): ClientAuth {
  if (secret === undefined) return None();
  return methods.includes("client_secret_basic")
    ? ClientSecretBasic(secret)
    : ClientSecretPost(secret);
}

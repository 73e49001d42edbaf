import { functionEvent2, httpFunctionEvent1 } from "../../eventing/proxy/function-event.ts";
import { parseMappedValue, readSource } from "../../eventing/request-mapping/mapped-value.ts";
import { isJsonObject, type JsonObject } from "../../expression/json.ts";
import type { Authorizer } from "../../ports/authorizer.ts";
import type { HttpAuthorizerRecord } from "./api-record.ts";
import { authorizerContext, policyDecision, textMember } from "./authorizers/authorizer-policy.ts";
import {
  hasScope,
  KeysUnavailable,
  scopesOf,
  type TokenVerifier,
} from "./authorizers/json-web-token.ts";
import type { RememberedAnswers } from "./authorizers/remembered-answers.ts";
import type { BackEnds } from "./back-ends/back-ends.ts";
import { callFunction } from "./back-ends/call-function.ts";
import { functionOfUri } from "./function-uri.ts";
import { proxiedRouteRequest } from "./call-proxy.ts";
import {
  mappedRequest,
  routeArn,
  type RouteAuthorizer,
  type RoutedRequest,
} from "./route-context.ts";
import { gatewayAnswer, type RouteAnswer } from "./route-exchange.ts";
import { withinTime } from "./within-time.ts";

export interface AuthorizingRoutes {
  readonly backEnds: BackEnds;
  readonly tokens: TokenVerifier;
  readonly answers: RememberedAnswers;
  readonly authorizer: Authorizer;
}

/** *Documented*: HTTP APIs, quotas: how long a function of an authorizer may take. */
const authorizerTimeoutMs = 10_000;

const unauthorized = (): RouteAnswer => gatewayAnswer(401, "Unauthorized");
const forbidden = (): RouteAnswer => gatewayAnswer(403, "Forbidden");

/** Who the client is, where the route wants to know; or what it is answered if it may not. */
export async function authorizedRoute(
  parts: AuthorizingRoutes,
  request: RoutedRequest,
  body: Uint8Array,
): Promise<{ readonly authorizer: RouteAuthorizer | undefined } | RouteAnswer> {
  const { authorizationType = "NONE", authorizerId = "" } = request.matched.route.record;
  if (authorizationType === "NONE") return { authorizer: undefined };
  if (authorizationType === "AWS_IAM") return signedRoute(parts, request, body);
  const authorizer = request.api.record.authorizers?.[authorizerId];
  if (authorizer === undefined) return gatewayAnswer(500, "Internal Server Error");
  const values = identities(authorizer, request);
  if (values.includes(undefined)) return unauthorized();
  return authorizer.authorizerType === "JWT"
    ? tokenHolder(parts, authorizer, request, values[0] ?? "")
    : authorizedByFunction(parts, authorizer, authorizerId, request, values);
}

async function signedRoute(
  { authorizer }: AuthorizingRoutes,
  request: RoutedRequest,
  body: Uint8Array,
): Promise<{ readonly authorizer: undefined } | RouteAnswer> {
  const { signedBy } = request.head;
  if (signedBy === undefined) return { authorizer: undefined };
  const caller = await signedBy(body).catch(() => undefined);
  if (caller === undefined) return forbidden();
  const asked = { caller, action: "execute-api:Invoke", resource: routeArn(request) };
  const decision = await authorizer.mayCall(asked);
  return decision.allowed ? { authorizer: undefined } : forbidden();
}

/** The values that say who a client is; `undefined` for one that is not there. */
function identities(
  { identitySource }: HttpAuthorizerRecord,
  request: RoutedRequest,
): readonly (string | undefined)[] {
  const source = readSource(mappedRequest(request, ""));
  return identitySource.map((each) => {
    const value = parseMappedValue(each, "request").valueOf(source);
    return value === "" ? undefined : value;
  });
}

/** *Documented*: HTTP APIs, JWT authorizers: without a route's scopes a token is known, and forbidden. */
async function tokenHolder(
  { tokens, backEnds }: AuthorizingRoutes,
  { jwtConfiguration = {} }: HttpAuthorizerRecord,
  request: RoutedRequest,
  value: string,
): Promise<{ readonly authorizer: RouteAuthorizer } | RouteAnswer> {
  const { issuer = "", audience = [] } = jwtConfiguration;
  const token = value.replace(/^Bearer /i, "");
  let claims;
  try {
    claims = await tokens.claimsOf(token, { issuer, audiences: audience });
  } catch (error) {
    if (!(error instanceof KeysUnavailable)) throw error;
    backEnds.logger.warn("the keys of an issuer cannot be had", { issuer, reason: error.message });
    return gatewayAnswer(500, "Internal Server Error");
  }
  if (claims === undefined) return unauthorized();
  const { authorizationScopes = [] } = request.matched.route.record;
  if (!hasScope(claims, authorizationScopes)) return forbidden();
  // *Documented*: functions are told claims as texts.
  const texts = Object.fromEntries(
    Object.entries(claims).map(([name, each]) => [
      name,
      typeof each === "string" ? each : JSON.stringify(each),
    ]),
  );
  const scopes = authorizationScopes.length > 0 ? scopesOf(claims) : null;
  const told = { jwt: { claims: texts, scopes } };
  return { authorizer: { told, mapped: { ...told, claims: texts } } };
}

async function authorizedByFunction(
  parts: AuthorizingRoutes,
  authorizer: HttpAuthorizerRecord,
  authorizerId: string,
  request: RoutedRequest,
  values: readonly (string | undefined)[],
): Promise<{ readonly authorizer: RouteAuthorizer } | RouteAnswer> {
  const { authorizerResultTtlInSeconds: seconds = 0, enableSimpleResponses = false } = authorizer;
  const { backEnds, answers } = parts;
  const { apiId } = request.api.record;
  const { routeKey } = request.matched.route;
  // *Documented*: a simple answer is for all routes with the same identities, as a policy is.
  const key = JSON.stringify([apiId, request.stage, authorizerId, values]);
  let answer;
  try {
    answer = await answers.of(key, values.length === 0 ? 0 : seconds, backEnds.clock.now(), () =>
      askFunction(backEnds, { ...authorizer, id: authorizerId }, request, values),
    );
  } catch (error) {
    if (!(error instanceof AuthorizerFailed)) throw error;
    if (error.message === "Unauthorized") return unauthorized();
    backEnds.logger.warn("a function of an authorizer has failed", {
      route: routeKey,
      reason: error.message,
    });
    return gatewayAnswer(500, "Internal Server Error");
  }
  const isAllowed = enableSimpleResponses
    ? answer["isAuthorized"] === true
    : policyDecision(answer["policyDocument"] ?? null, calledArn(request)) === "allowed";
  if (!isAllowed) return forbidden();
  const context = authorizerContext(answer["context"]);
  const principalId = textMember(answer, "principalId");
  return {
    authorizer: {
      told: { lambda: context },
      mapped: { ...context, ...(principalId !== undefined && { principalId }) },
    },
  };
}

class AuthorizerFailed extends Error {
  override readonly name = "AuthorizerFailed";
}

/** *Documented*: the route as it was called: `…/stage/GET/orders/7`. */
function calledArn(request: RoutedRequest): string {
  const { head, stage, path, scope, api } = request;
  const { partition, region, accountId } = scope;
  const resource = `${api.record.apiId}/${stage}/${head.method}/${path.join("/")}`;
  return `arn:${partition}:execute-api:${region}:${accountId}:${resource}`;
}

/** *Documented*: what a function's policy, and a role, name an authorizer by. */
function authorizerArn({ scope, api }: RoutedRequest, authorizerId: string): string {
  const { partition, region, accountId } = scope;
  return `arn:${partition}:execute-api:${region}:${accountId}:${api.record.apiId}/authorizers/${authorizerId}`;
}

async function askFunction(
  backEnds: BackEnds,
  {
    authorizerUri = "",
    authorizerCredentialsArn: roleArn,
    ...authorizer
  }: HttpAuthorizerRecord & { readonly id: string },
  request: RoutedRequest,
  values: readonly (string | undefined)[],
): Promise<JsonObject> {
  const proxied = proxiedRouteRequest(request, new Uint8Array());
  const arn = calledArn(request);
  const type = "REQUEST";
  const identity = values.map((each) => each ?? "");
  const is2 = authorizer.authorizerPayloadFormatVersion !== "1.0";
  const {
    body: _,
    isBase64Encoded: __,
    ...told
  } = (is2 ? functionEvent2 : httpFunctionEvent1)(proxied);
  const event = is2
    ? { ...told, type, routeArn: arn, identitySource: identity }
    : {
        ...told,
        type,
        methodArn: arn,
        identitySource: identity.join(","),
        authorizationToken: identity.join(","),
      };
  const sourceArn = authorizerArn(request, authorizer.id);
  const outcome = await withinTime(
    backEnds.clock,
    authorizerTimeoutMs,
    request.head.signal,
    (signal) =>
      callFunction(backEnds, functionOfUri(authorizerUri), event, { sourceArn, roleArn, signal }),
  );
  if (outcome?.type === "answered" && isJsonObject(outcome.value)) return outcome.value;
  const { errorMessage } = outcome?.type === "failed" ? outcome.error : {};
  throw new AuthorizerFailed(
    typeof errorMessage === "string"
      ? errorMessage
      : JSON.stringify(outcome ?? "no answer in time"),
  );
}

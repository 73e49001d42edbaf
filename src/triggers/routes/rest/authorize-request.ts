import { RE2JS } from "re2js";
import { functionEvent1 } from "../../../eventing/proxy/function-event.ts";
import { parseParameterSource } from "../../../eventing/rest-api/parameter-mapping.ts";
import type { RestAuthorizer } from "../../../eventing/rest-api/rest-definition.ts";
import { readSource } from "../../../eventing/request-mapping/mapped-value.ts";
import { isJsonObject, type JsonObject } from "../../../expression/json.ts";
import type { Authorizer } from "../../../ports/authorizer.ts";
import { type Caller, userArn } from "../../../ports/caller.ts";
import { authorizerContext, policyDecision, textMember } from "../authorizers/authorizer-policy.ts";
import { hasScope, KeysUnavailable, type TokenVerifier } from "../authorizers/json-web-token.ts";
import type { RememberedAnswers } from "../authorizers/remembered-answers.ts";
import type { BackEnds } from "../back-ends/back-ends.ts";
import { callFunction } from "../back-ends/call-function.ts";
import { NotSigned } from "../route-exchange.ts";
import { withinTime } from "../within-time.ts";
import { GatewayFailure } from "./gateway-failure.ts";
import {
  contextOf,
  mappedRestRequest,
  methodArn,
  type MethodRequest,
  proxiedRequest,
} from "./rest-request.ts";
import { integrationTarget } from "./integration-target.ts";
import { policySays, refusedByPolicy } from "./resource-policy.ts";

export interface AuthorizingParts {
  readonly backEnds: BackEnds;
  readonly tokens: TokenVerifier;
  readonly answers: RememberedAnswers;
  readonly authorizer: Authorizer;
}

/** What is known of a client that may. */
export interface Authorized {
  /** `$context.authorizer`. */
  readonly authorizer?: JsonObject;
  /** Of `$context.identity`. */
  readonly identity?: JsonObject;
  /** The key that an authorizer has named, where keys are its matter. */
  readonly usageKey?: string;
}

/** *Documented*: REST APIs: a function has ten seconds. */
const authorizerTimeoutMs = 10_000;
/** *Documented*: for how long an answer holds, where nothing is said. */
const usualSeconds = 300;

/**
 * Whether the method may be asked by this client. Rejects with a {@link GatewayFailure}. *Documented*: how resource policies affect the
 * workflow: a Deny counts at once; where nobody is asked who he is, and for user pools, the policy has to allow it; for signatures and functions it is enough
 * that either allows.
 */
export async function authorizedRequest(
  parts: AuthorizingParts,
  request: MethodRequest,
  body: Uint8Array,
): Promise<Authorized> {
  const { authorizationType, authorizerId = "", authorizationScopes = [] } = request.method.record;
  if (authorizationType === "AWS_IAM") return signedRequest(parts, request, body);
  const says = policySays(request);
  if (says === "denied") throw refusedByPolicy(request, says);
  if (authorizationType === "NONE") {
    if (says === "unsaid") throw refusedByPolicy(request, says);
    return {};
  }
  const { authorizers } = request.api.definition;
  const authorizer = Object.hasOwn(authorizers, authorizerId)
    ? authorizers[authorizerId]
    : undefined;
  if (authorizer === undefined) {
    throw new GatewayFailure("AUTHORIZER_CONFIGURATION_ERROR", {
      reason: `There is no authorizer ${authorizerId}`,
    });
  }
  if (authorizationType === "COGNITO_USER_POOLS") {
    const user = await poolUser(parts, authorizer, request, authorizationScopes);
    if (says === "unsaid") throw refusedByPolicy(request, says);
    return user;
  }
  return authorizedByFunction(parts, authorizer, authorizerId, request, body, says === "allowed");
}

/** Who has signed the request, where this server asks who calls. */
async function signedRequest(
  { authorizer }: AuthorizingParts,
  request: MethodRequest,
  body: Uint8Array,
): Promise<Authorized> {
  const { head } = request;
  if (head.signedBy === undefined) {
    const says = policySays(request);
    if (says === "denied") throw refusedByPolicy(request, says);
    return {};
  }
  let caller;
  try {
    caller = await head.signedBy(body);
  } catch (error) {
    if (error instanceof NotSigned) throw new GatewayFailure("MISSING_AUTHENTICATION_TOKEN");
    throw new GatewayFailure("INVALID_SIGNATURE", {
      message: error instanceof Error ? error.message : String(error),
    });
  }
  const resource = methodArn(request, pathOf(request));
  const says = policySays(request, caller);
  if (says === "denied") throw refusedByPolicy(request, says, caller);
  const decision = await authorizer.mayCall({ caller, action: "execute-api:Invoke", resource });
  // Only that nobody allows it can be made good by the API's policy.
  const { because, by } = decision.allowed ? {} : decision;
  const isUnsaid = because === undefined && by === undefined;
  if (!decision.allowed && !(isUnsaid && says === "allowed")) {
    throw refusedByPolicy(request, by === undefined ? "unsaid" : "denied", caller);
  }
  return { identity: identityOf(caller) };
}

/** *Documented*: `$context.identity` of a signed request. */
function identityOf(caller: Caller): JsonObject {
  const { principal, accountId } = caller;
  const arn = userArn(caller);
  const id = principal.type === "user" ? principal.userId : arn;
  return {
    accountId,
    caller: id,
    user: id,
    userArn: arn,
    ...("accessKeyId" in principal &&
      principal.accessKeyId !== undefined && { accessKey: principal.accessKeyId }),
  };
}

function pathOf({ path }: MethodRequest): string {
  return `/${path.join("/")}`;
}

/** *Documented*: the issuer of a user pool's tokens. */
async function poolUser(
  { tokens }: AuthorizingParts,
  { providerARNs = [], identitySource = "method.request.header.Authorization" }: RestAuthorizer,
  request: MethodRequest,
  scopes: readonly string[],
): Promise<Authorized> {
  const [value] = identities(identitySource, request);
  const token = value?.replace(/^Bearer /i, "");
  if (token === undefined) throw new GatewayFailure("UNAUTHORIZED");
  for (const arn of providerARNs) {
    const [, region = "", pool = ""] =
      /^arn:[^:]+:cognito-idp:([^:]+):\d+:userpool\/(.+)$/.exec(arn) ?? [];
    const issuer = `https://cognito-idp.${region}.amazonaws.com/${pool}`;
    const claims = await tokens.claimsOf(token, { issuer, audiences: [] }).catch(unavailable);
    if (claims === undefined) continue;
    // *Documented*: with scopes an access token is wanted, and one of them has to be in it.
    if (!hasScope(claims, scopes))
      throw new GatewayFailure("ACCESS_DENIED", { message: "Unauthorized" });
    return { authorizer: { claims } };
  }
  throw new GatewayFailure("UNAUTHORIZED");
}

function unavailable(error: unknown): never {
  if (!(error instanceof KeysUnavailable)) throw error;
  throw new GatewayFailure("AUTHORIZER_FAILURE", { reason: error.message });
}

/** The values that say who a client is; `undefined` for one that is not there. */
function identities(source: string, request: MethodRequest): readonly (string | undefined)[] {
  const mapped = mappedRestRequest(request, contextOf(request));
  const scope = { request: readSource(mapped) };
  return source
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "")
    .map((each) => {
      const value = parseParameterSource(each)(scope);
      return value === "" ? undefined : value;
    });
}

async function authorizedByFunction(
  { backEnds, answers }: AuthorizingParts,
  authorizer: RestAuthorizer,
  authorizerId: string,
  request: MethodRequest,
  body: Uint8Array,
  isAllowedByPolicy: boolean,
): Promise<Authorized> {
  const { authorizerResultTtlInSeconds: seconds = usualSeconds, type } = authorizer;
  const values = identities(authorizer.identitySource ?? "", request);
  const isWanted = type === "TOKEN" || seconds > 0;
  if (isWanted && values.includes(undefined)) throw new GatewayFailure("UNAUTHORIZED");
  if (type === "TOKEN" && !isToken(authorizer, values[0])) throw new GatewayFailure("UNAUTHORIZED");
  const arn = methodArn(request, pathOf(request));
  const event =
    type === "TOKEN"
      ? { type, authorizationToken: values[0] ?? "", methodArn: arn }
      : { ...requestEvent(request, body), type, methodArn: arn };
  const key = JSON.stringify([request.record.id, request.stage.deploymentId, authorizerId, values]);
  const now = backEnds.clock.now();
  const answer = await answers.of(key, values.length === 0 ? 0 : seconds, now, () =>
    askFunction(backEnds, { ...authorizer, id: authorizerId }, event, request),
  );
  const decision = policyDecision(answer["policyDocument"] ?? null, arn);
  if (decision === "explicit" || (decision === "denied" && !isAllowedByPolicy)) {
    const explicit =
      "User is not authorized to access this resource with an explicit deny in an identity-based policy";
    throw new GatewayFailure("ACCESS_DENIED", decision === "explicit" ? { message: explicit } : {});
  }
  const principalId = textMember(answer, "principalId");
  const usageKey = textMember(answer, "usageIdentifierKey");
  return {
    authorizer: {
      ...authorizerContext(answer["context"]),
      ...(principalId !== undefined && { principalId }),
    },
    ...(usageKey !== undefined && { usageKey }),
  };
}

/** *Documented*: an expression of the whole token, before the function is asked. */
function isToken(
  { identityValidationExpression: expression }: RestAuthorizer,
  token = "",
): boolean {
  return expression === undefined || RE2JS.compile(expression).matcher(token).matches();
}

/** *Documented*: of a REQUEST authorizer the function is told all but the body. */
function requestEvent(request: MethodRequest, body: Uint8Array): JsonObject {
  const context = contextOf(request);
  const {
    body: _,
    isBase64Encoded: __,
    ...event
  } = functionEvent1(proxiedRequest({ ...request, body, context }));
  return event;
}

async function askFunction(
  backEnds: BackEnds,
  {
    id,
    authorizerUri = "",
    authorizerCredentials: roleArn,
  }: RestAuthorizer & { readonly id: string },
  event: JsonObject,
  request: MethodRequest,
): Promise<JsonObject> {
  const target = integrationTarget(
    { type: "AWS", uri: authorizerUri },
    request.stage.variables ?? {},
  );
  if (target.type !== "function") throw new GatewayFailure("AUTHORIZER_CONFIGURATION_ERROR");
  const { partition, region, accountId } = request.scope;
  // *Documented*: what a function's policy, and a role, name an authorizer by.
  const sourceArn = `arn:${partition}:execute-api:${region}:${accountId}:${request.record.id}/authorizers/${id}`;
  const outcome = await withinTime(
    backEnds.clock,
    authorizerTimeoutMs,
    request.head.signal,
    (signal) => callFunction(backEnds, target.functionArn, event, { sourceArn, roleArn, signal }),
  );
  if (outcome?.type === "answered" && isJsonObject(outcome.value)) return outcome.value;
  // *Documented*: a function that fails with this word says that the client is not known.
  if (outcome?.type === "failed" && outcome.error["errorMessage"] === "Unauthorized") {
    throw new GatewayFailure("UNAUTHORIZED");
  }
  const reason = outcome?.type === "refused" ? outcome.reason : JSON.stringify(outcome ?? null);
  throw new GatewayFailure("AUTHORIZER_FAILURE", { reason });
}

import { decideResource } from "../../../iam/policy/decide.ts";
import { parsePolicy, policyOfRecord } from "../../../iam/policy/parse-policy.ts";
import type { NamedPolicy } from "../../../iam/policy/question.ts";
import type { ArnScope } from "../../../machine/arns.ts";
import { type Caller, userArn } from "../../../ports/caller.ts";
import { ServiceError } from "../../../ports/service-api.ts";
import type { RouteHead } from "../route-exchange.ts";
import { GatewayFailure } from "./gateway-failure.ts";
import { methodArn, type MethodRequest } from "./rest-request.ts";

/** *Documented*: quotas of API Gateway. */
const mostCharacters = 8_192;

/** What an API's policy says to a request; `unsaid`: no statement speaks of it. */
export type PolicySays = "allowed" | "denied" | "unsaid";

/**
 * A policy as it is kept, `undefined` for one that says nothing. *Documented*: `execute-api:/stage/METHOD/path` is short for the ARN of this
 * API. Throws API Gateway's error for what is no policy.
 */
export function checkedPolicy(
  text: string | undefined,
  apiId: string,
  { partition, region, accountId }: ArnScope,
): string | undefined {
  if (text === undefined || /^\s*(?:\{\s*\})?\s*$/.test(text)) return undefined;
  const arn = `arn:${partition}:execute-api:${region}:${accountId}:${apiId}/`;
  const whole = text.replaceAll(/"execute-api:\/+/g, `"${arn}`);
  if (whole.length > mostCharacters) {
    throw new ServiceError(
      "BadRequestException",
      `Invalid policy document: it is longer than ${mostCharacters} characters.`,
    );
  }
  const parsed = parsePolicy(whole, "resource");
  if (!("problem" in parsed)) return whole;
  // *Observed*: the first sentence and the second.
  throw new ServiceError(
    "BadRequestException",
    `Invalid policy document. Please check the policy syntax and ensure that Principals are valid. ${parsed.problem}`,
  );
}

export function compiledPolicy(text: string): NamedPolicy {
  return { name: "api", policy: policyOfRecord(text, "resource") };
}

/** What the policy of the request's API says; `caller`: who has signed it. `undefined`: it has none. */
export function policySays(request: MethodRequest, caller?: Caller): PolicySays | undefined {
  const { policy } = request.api;
  if (policy === undefined) return undefined;
  const decision = decideResource(
    {
      principal:
        caller === undefined ? { arns: [] } : { arns: arnsOf(caller), accountId: caller.accountId },
      action: "execute-api:Invoke",
      resource: methodArn(request, `/${request.path.join("/")}`),
      context: factsOf(request, caller),
    },
    policy,
  );
  if (decision === "passed on") return "unsaid";
  return decision.allowed ? "allowed" : "denied";
}

/** *Observed*: API Gateway's words, which hide most of the account's number. */
export function refusedByPolicy(
  request: MethodRequest,
  says: PolicySays,
  caller?: Caller,
): GatewayFailure {
  const { accountId } = request.scope;
  const arn = methodArn(request, `/${request.path.join("/")}`);
  const resource = arn.replace(accountId, `********${accountId.slice(-4)}`);
  const who = caller === undefined ? "anonymous" : userArn(caller);
  const why = says === "denied" ? " with an explicit deny" : "";
  return new GatewayFailure("ACCESS_DENIED", {
    message: `User: ${who} is not authorized to perform: execute-api:Invoke on resource: ${resource}${why}`,
  });
}

/** A session is known by its role, too. */
function arnsOf(caller: Caller): readonly string[] {
  const { principal } = caller;
  const arn = userArn(caller);
  return "roleArn" in principal ? [arn, principal.roleArn] : [arn];
}

/** *Documented*: condition keys of resource policies. Keys of a VPC have no value: no request comes from one. */
function factsOf(
  { head, receivedAt }: MethodRequest,
  caller: Caller | undefined,
): ReadonlyMap<string, string> {
  const { sourceIp, isSecure } = head;
  const facts = new Map([
    ["aws:sourceip", sourceIp],
    ["aws:securetransport", String(isSecure)],
    ["aws:currenttime", new Date(receivedAt).toISOString()],
    ["aws:epochtime", String(Math.floor(receivedAt / 1_000))],
  ]);
  for (const [key, header] of [
    ["aws:referer", "referer"],
    ["aws:useragent", "user-agent"],
  ] as const) {
    const value = headerOf(head, header);
    if (value !== undefined) facts.set(key, value);
  }
  if (caller !== undefined) {
    facts.set("aws:principalaccount", caller.accountId);
    facts.set("aws:principalarn", arnsOf(caller).at(-1) ?? "");
  }
  return facts;
}

function headerOf({ headers }: Pick<RouteHead, "headers">, name: string): string | undefined {
  return headers[name]?.[0];
}

import type { AccessRequest } from "../../ports/authorizer.ts";
import type { Caller } from "../../ports/caller.ts";
import type { ConditionContext } from "../policy/question.ts";

/** What is known of whoever asks, beside what his {@link Caller} says. */
export interface PrincipalFacts {
  /** `aws:PrincipalArn`: of a session its role's. */
  readonly arn: string;
  /** `aws:userid`: `AIDA…`, or `AROA…:alice`. */
  readonly userId: string;
  readonly type: "Account" | "User" | "AssumedRole";
  /** `aws:username`; sessions have none. */
  readonly userName?: string;
  readonly tags: { readonly [key: string]: string };
  /** `aws:TokenIssueTime`, in milliseconds. */
  readonly issuedAt?: number;
}

type Fact = string | readonly string[] | undefined;

/**
 * The values of condition keys, worked out where a policy asks. *Documented*: AWS global condition context keys. What the question
 * itself says goes before what is known of the call.
 */
export function contextFacts(
  { caller, resource, conditions = {} }: AccessRequest,
  principal: PrincipalFacts | undefined,
  now: number,
  resourceTags: { readonly [key: string]: string } | undefined,
): ConditionContext {
  const said = new Map(
    Object.entries(conditions).map(([key, value]) => [key.toLowerCase(), value] as const),
  );
  return {
    get: (key) =>
      said.get(key) ??
      taggedFact(key, principal?.tags, resourceTags) ??
      principalFacts[key]?.(principal, caller) ??
      callFacts[key]?.(caller, now, resource),
  };
}

function taggedFact(
  key: string,
  principalTags: { readonly [key: string]: string } | undefined,
  resourceTags: { readonly [key: string]: string } | undefined,
): Fact {
  if (key.startsWith(ofPrincipal)) return tagNamed(principalTags, key.slice(ofPrincipal.length));
  if (key.startsWith(ofResource)) return tagNamed(resourceTags, key.slice(ofResource.length));
  return undefined;
}

const ofPrincipal = "aws:principaltag/";
const ofResource = "aws:resourcetag/";

/** Keys of conditions are compared without regard to case, and so are the names of tags in them. */
function tagNamed(tags: { readonly [key: string]: string } | undefined, name: string): Fact {
  const found = Object.entries(tags ?? {}).find(([key]) => key.toLowerCase() === name);
  return found?.[1];
}

const principalFacts: {
  readonly [key: string]: (facts: PrincipalFacts | undefined, caller: Caller) => Fact;
} = {
  "aws:principalarn": (facts) => facts?.arn,
  "aws:principaltype": (facts) => facts?.type,
  "aws:userid": (facts) => facts?.userId,
  "aws:username": (facts) => facts?.userName,
  "aws:sourceidentity": (_, { principal }) =>
    principal.type === "assumedRole" ? principal.sourceIdentity : undefined,
  "aws:tokenissuetime": (facts) =>
    facts?.issuedAt === undefined ? undefined : dateText(facts.issuedAt),
  "aws:principalaccount": (facts, { accountId }) => facts && accountId,
  "aws:principalisawsservice": (_, { principal }) => String(principal.type === "service"),
};

const callFacts: {
  readonly [key: string]: (caller: Caller, now: number, resource: string) => Fact;
} = {
  "aws:currenttime": (_, now) => dateText(now),
  "aws:epochtime": (_, now) => String(Math.floor(now / 1_000)),
  "aws:sourceip": ({ from }) => from?.sourceIp,
  "aws:securetransport": ({ from }) => from && String(from.isSecure),
  "aws:useragent": ({ from }) => from?.userAgent,
  "aws:requestedregion": ({ region }) => region,
  "aws:resourceaccount": (_, _now, resource) =>
    /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(resource)?.[1],
  "aws:sourcearn": ({ principal }) =>
    principal.type === "service" ? principal.sourceArn : undefined,
  "aws:sourceaccount": ({ principal, accountId }) =>
    principal.type === "service" ? accountId : undefined,
};

/** *Documented*: ISO 8601, without parts of a second. */
function dateText(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
}

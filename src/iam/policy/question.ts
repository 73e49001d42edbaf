import type { Truth } from "./truth.ts";

/** One question to policies: may this principal do this action on this resource, with these facts about the call? */
export interface PolicyQuestion {
  readonly principal: PolicyPrincipal;
  /** `states:StartExecution`. Compared without regard to case, as IAM does. */
  readonly action: string;
  /** An ARN, or `*` for an action that has no resource. */
  readonly resource: string;
  /** Values of condition keys. */
  readonly context: ConditionContext;
}

/**
 * Values of condition keys. Keys are in lower case, with the names of tags in them (IAM does not tell `aws:SourceIp` from
 * `AWS:sourceip`); a key that is many-valued (`aws:TagKeys`) has a list, however many it has now.
 */
export type ConditionContext = Pick<ReadonlyMap<string, string | readonly string[]>, "get">;

/** Who asks, as the `Principal` of trust policies names him. */
export interface PolicyPrincipal {
  /** What `Principal: {"AWS": …}` may name him by: a session's ARN and its role's, a user's ARN. Empty for a service. */
  readonly arns: readonly string[];
  /** His account's id; absent for a service. */
  readonly accountId?: string;
  /** `states.amazonaws.com`, for what a service asks. */
  readonly service?: string;
  /** The issuer's URL, for who was signed in by OpenID Connect. */
  readonly federated?: string;
}

/** A policy with the name that a decision tells: `Orders/StartOnly`. */
export interface NamedPolicy {
  readonly name: string;
  readonly policy: Policy;
}

/** A parsed policy; only `parsePolicy` and `policyOfRecord` make one. */
export interface Policy {
  readonly statements: readonly Statement[];
  /**
   * The condition keys, in lower case, whose values a decision may depend on: of conditions and of variables. What is not
   * here need not be in the context, so that tags of a resource are only looked up where a policy speaks about them.
   */
  readonly conditionKeys: ReadonlySet<string>;
}

/** A statement with everything compiled. */
export interface Statement {
  readonly sid?: string;
  readonly effect: "Allow" | "Deny";
  /** How it knows who asks, `undefined` if it is not about him. Statements of trust policies and of resources' policies have this, no others do. */
  readonly trusts?: (principal: PolicyPrincipal) => TrustedBy | undefined;
  /** Whether its action, resource and conditions are what is asked about, whose action is in lower case. */
  readonly speaksOf: (question: PolicyQuestion) => Truth;
}

/** The policies that speak about a principal of an account. */
export interface PolicySet {
  readonly identity: readonly NamedPolicy[];
  /** The permissions boundary; absent: he has none. */
  readonly boundary?: NamedPolicy;
  /** Policies of his session; absent: it has none. An empty list allows nothing. */
  readonly session?: readonly NamedPolicy[];
}

export type PolicyDecision = Allowed | Refused;

export interface Allowed {
  readonly allowed: true;
  /** The statement that allows it: `Orders/StartOnly[0]`. */
  readonly by: string;
}

export interface Refused {
  readonly allowed: false;
  /** Which kind of policy it failed at, as AWS's refusals say it. */
  readonly at: "identity" | "boundary" | "session" | "trust" | "resource";
  /** The statement that denies; absent: none allows. */
  readonly deniedBy?: string;
}

/** What a resource's own policy says. `passed on`: it leaves it to the account, or says nothing of whoever asks. */
export type ResourceDecision = Allowed | Refused | "passed on";

/** What a role's trust policy says. */
export type TrustDecision = (Allowed & { readonly names: TrustedBy }) | Refused;

/**
 * By what a policy knows who asks. *Documented*: one that names an account leaves it to that account, so that his own policies have to allow it too;
 * one that names him is enough within the account. One that names everybody leaves it to the account where it is a trust policy, and is enough where
 * it is a resource's.
 */
export type TrustedBy = "principal" | "everybody" | "account";

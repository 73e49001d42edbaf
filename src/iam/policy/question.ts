/** One question to policies: may this principal do this action on this resource, with these facts about the call? */
export interface PolicyQuestion {
  readonly principal: PolicyPrincipal;
  /** `states:StartExecution`. Compared without regard to case, as IAM does. */
  readonly action: string;
  /** An ARN, or `*` for an action that has no resource. */
  readonly resource: string;
  /** Values of condition keys. Keys are in lower case (IAM does not tell `aws:SourceIp` from `AWS:sourceip`); a key with a value that is a list is many-valued. */
  readonly context: ConditionContext;
}

export type ConditionContext = ReadonlyMap<string, string | readonly string[]>;

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

/** A parsed policy; only {@link parsePolicy} makes one. */
export interface Policy {
  readonly statements: readonly Statement[];
}

/** See parse-policy.ts; opaque to others. */
export interface Statement {
  readonly sid?: string;
  readonly effect: "Allow" | "Deny";
}

/** The policies that speak about a principal of an account. */
export interface PolicySet {
  readonly identity: readonly NamedPolicy[];
  /** The permissions boundary; absent: he has none. */
  readonly boundary?: NamedPolicy;
  /** Policies of his session; absent: it has none. An empty list allows nothing. */
  readonly session?: readonly NamedPolicy[];
}

export type PolicyDecision =
  | { readonly allowed: true; readonly by: string }
  | {
      readonly allowed: false;
      /** Which kind of policy it failed at, as AWS's refusals say it. */
      readonly at: "identity" | "boundary" | "session" | "trust";
      /** The statement that denies; absent: none allows. */
      readonly deniedBy?: string;
    };

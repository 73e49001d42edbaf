/**
 * What a policy is for: an identity's own (of a user, a group or a role), who may assume a role, the bound of an identity's rights, or
 * of a session's, or who may do what with a resource that has a policy of its own (a function, an event bus, a REST API).
 */
export type PolicyKind = "identity" | "trust" | "boundary" | "session" | "resource";

/** What the parsing of a statement has to know about its policy. */
export interface ParseContext {
  readonly kind: PolicyKind;
  /** *Documented*: since version 2012-10-17. */
  readonly hasVariables: boolean;
  /** What no one knows (an operator, a value) is kept as a condition of which nobody can say whether it holds; else it is refused. */
  readonly closesOnUnknown: boolean;
}

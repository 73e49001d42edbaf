import type {
  NamedPolicy,
  PolicyDecision,
  PolicyQuestion,
  PolicySet,
  Refused,
  ResourceDecision,
  Statement,
  TrustDecision,
} from "./question.ts";

/**
 * What policies say to a question. *Documented*: policy evaluation logic within one account.
 *
 * A Deny anywhere counts before every Allow; else an identity's policies have to allow it, and its boundary, and its session's
 * policies, each where there are any.
 */
export function decide(
  question: PolicyQuestion,
  { identity, boundary, session }: PolicySet,
): PolicyDecision {
  const asked = inLowerCase(question);
  const own = heard(identity, asked);
  const bound = boundary && heard([boundary], asked);
  const ofSession = session && heard(session, asked);
  const deniedBy =
    denial("identity", own) ?? denial("boundary", bound) ?? denial("session", ofSession);
  if (deniedBy !== undefined) return deniedBy;
  if (own.allowedBy === undefined) return { allowed: false, at: "identity" };
  if (bound && bound.allowedBy === undefined) return { allowed: false, at: "boundary" };
  if (ofSession && ofSession.allowedBy === undefined) return { allowed: false, at: "session" };
  return { allowed: true, by: own.allowedBy };
}

/** What a role's trust policy says to who wants to be that role. */
export function decideTrust(question: PolicyQuestion, trust: NamedPolicy): TrustDecision {
  const asked = inLowerCase(question);
  let allowed: TrustDecision | undefined;
  for (const [index, statement] of trust.policy.statements.entries()) {
    const names = statement.trusts?.(question.principal);
    if (names === undefined) continue;
    if (!counts(statement, asked)) continue;
    const by = nameOf(trust, index);
    if (statement.effect === "Deny") return { allowed: false, at: "trust", deniedBy: by };
    if (allowed === undefined || names === "principal") allowed = { allowed: true, by, names };
  }
  return allowed ?? { allowed: false, at: "trust" };
}

/** What the policy of a resource says to who wants to do something with it. */
export function decideResource(question: PolicyQuestion, named: NamedPolicy): ResourceDecision {
  const asked = inLowerCase(question);
  let allowed: ResourceDecision = "passed on";
  for (const [index, statement] of named.policy.statements.entries()) {
    const by = statement.trusts?.(question.principal);
    if (by === undefined || !counts(statement, asked)) continue;
    const name = nameOf(named, index);
    if (statement.effect === "Deny") return { allowed: false, at: "resource", deniedBy: name };
    if (by !== "account") allowed = { allowed: true, by: name };
  }
  return allowed;
}

/** Which statements a question hears. */
interface Heard {
  readonly deniedBy?: string;
  readonly allowedBy?: string;
}

function heard(policies: readonly NamedPolicy[], asked: PolicyQuestion): Heard {
  let allowedBy: string | undefined;
  for (const named of policies) {
    for (const [index, statement] of named.policy.statements.entries()) {
      if (statement.effect === "Allow" && allowedBy !== undefined) continue;
      if (!counts(statement, asked)) continue;
      if (statement.effect === "Deny") return { deniedBy: nameOf(named, index) };
      allowedBy = nameOf(named, index);
    }
  }
  return allowedBy === undefined ? {} : { allowedBy };
}

/** What cannot be said counts as a Deny, and not as an Allow. */
function counts({ effect, speaksOf }: Statement, asked: PolicyQuestion): boolean {
  const truth = speaksOf(asked);
  return truth === "unknown" ? effect === "Deny" : truth;
}

function denial(at: Refused["at"], heardOf: Heard | undefined): Refused | undefined {
  const deniedBy = heardOf?.deniedBy;
  return deniedBy === undefined ? undefined : { allowed: false, at, deniedBy };
}

function nameOf({ name }: NamedPolicy, index: number): string {
  return `${name}[${index}]`;
}

/** *Documented*: actions are told apart without regard to case. */
function inLowerCase(question: PolicyQuestion): PolicyQuestion {
  return { ...question, action: question.action.toLowerCase() };
}

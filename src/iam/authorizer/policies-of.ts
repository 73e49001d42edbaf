import type { DirectoryView } from "../directory/directory-view.ts";
import { defaultDocument, findPolicy } from "../directory/find-policy.ts";
import {
  type PolicyHolder,
  nameKey,
  type RoleRecord,
  type UserRecord,
} from "../directory/records.ts";
import { policyOfRecord } from "../policy/parse-policy.ts";
import type { NamedPolicy, Policy, PolicySet } from "../policy/question.ts";

/** Parsed policies by their texts: the records of a directory share many. Dropped as a whole when it is large. Our choice. */
const parsed = new Map<string, Policy>();
const mostParsed = 20_000;

function policyOf(text: string, kind: "identity" | "trust" | "boundary" | "session"): Policy {
  const key = `${kind} ${text}`;
  const known = parsed.get(key);
  if (known !== undefined) return known;
  const policy = policyOfRecord(text, kind);
  if (parsed.size >= mostParsed) parsed.clear();
  parsed.set(key, policy);
  return policy;
}

/** What a user may by his own policies and those of his groups. The same object for the same view. */
export function policiesOfUser(view: DirectoryView, user: UserRecord): PolicySet {
  return derived(view, `policies of user/${nameKey(user.name)}`, () => ({
    identity: [
      ...ownPolicies(view, `user/${user.name}`, user),
      ...user.groups.flatMap((name) => {
        const group = view.named("group", name);
        return group === undefined ? [] : ownPolicies(view, `group/${group.name}`, group);
      }),
    ],
    ...boundaryOf(view, user),
  }));
}

export function policiesOfRole(view: DirectoryView, role: RoleRecord): PolicySet {
  return derived(view, `policies of role/${nameKey(role.name)}`, () => ({
    identity: ownPolicies(view, `role/${role.name}`, role),
    ...boundaryOf(view, role),
  }));
}

/** Who may be a role. */
export function trustOf(role: RoleRecord): NamedPolicy {
  return { name: `role/${role.name}/trust`, policy: policyOf(role.trustPolicy, "trust") };
}

/** The policies of a session, from their texts. */
export function sessionPolicies(texts: readonly string[]): readonly NamedPolicy[] {
  return texts.map((text, index) => ({
    name: `session/${index}`,
    policy: policyOf(text, "session"),
  }));
}

function ownPolicies(
  view: DirectoryView,
  name: string,
  holder: PolicyHolder,
): readonly NamedPolicy[] {
  const inline = Object.entries(holder.inlinePolicies).map(([policy, text]) => ({
    name: `${name}/${policy}`,
    policy: policyOf(text, "identity"),
  }));
  return [...inline, ...holder.attachedPolicies.map((arn) => managed(view, arn, "identity"))];
}

function boundaryOf(
  view: DirectoryView,
  { permissionsBoundary }: Pick<UserRecord, "permissionsBoundary">,
): Pick<PolicySet, "boundary"> {
  if (permissionsBoundary === undefined) return {};
  return { boundary: managed(view, permissionsBoundary, "boundary") };
}

/** One that is named and gone denies everything: nobody knows what it denied. Our choice. */
const missing =
  '{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}';

function managed(view: DirectoryView, arn: string, kind: "identity" | "boundary"): NamedPolicy {
  const record = findPolicy(view, arn);
  const text = record === undefined ? missing : defaultDocument(record);
  return { name: arn.slice(arn.indexOf(":policy/") + 1), policy: policyOf(text, kind) };
}

function derived(view: DirectoryView, name: string, make: () => PolicySet): PolicySet {
  const known = view.derived.get(name) as PolicySet | undefined;
  if (known !== undefined) return known;
  const made = make();
  view.derived.set(name, made);
  return made;
}

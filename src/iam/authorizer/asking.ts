import {
  type AssumedRolePrincipal,
  type RolePrincipal,
  type ServiceRolePrincipal,
  sessionNameOf,
  type UserPrincipal,
} from "../../ports/caller.ts";
import type { DirectoryView } from "../directory/directory-view.ts";
import { sessionArn } from "../directory/iam-arns.ts";
import type { RoleRecord, Tags } from "../directory/records.ts";
import type { PolicyPrincipal, PolicySet } from "../policy/question.ts";
import type { PrincipalFacts } from "./context-facts.ts";
import { policiesOfRole, policiesOfUser, sessionPolicies } from "./policies-of.ts";

/** Whoever asks. */
export interface Asking {
  readonly policies: PolicySet;
  /** What is known of him: worked out where the policies ask for it. */
  who(): { readonly facts: PrincipalFacts; readonly named: PolicyPrincipal };
}

export function askingUser(view: DirectoryView, principal: UserPrincipal): Asking | undefined {
  const user = view.byArn("user", principal.userArn);
  if (user === undefined || user.id !== principal.userId) return undefined;
  return {
    policies: policiesOfUser(view, user),
    who: () => ({
      facts: {
        arn: principal.userArn,
        userId: user.id,
        type: "User",
        userName: user.name,
        tags: user.tags,
        ...(principal.issuedAt !== undefined && { issuedAt: principal.issuedAt }),
      },
      named: { arns: [principal.userArn], accountId: view.account.accountId },
    }),
  };
}

export function askingSession(
  view: DirectoryView,
  principal: AssumedRolePrincipal,
): Asking | undefined {
  const { roleArn, roleId, sessionName, issuedAt } = principal;
  const role = view.byArn("role", roleArn);
  if (role === undefined || role.id !== roleId) return undefined;
  const own = policiesOfRole(view, role);
  const texts = principal.sessionPolicies;
  return {
    policies: texts === undefined ? own : { ...own, session: sessionPolicies(texts) },
    who: () => ({
      facts: {
        arn: roleArn,
        userId: `${roleId}:${sessionName}`,
        type: "AssumedRole",
        tags: overridden(role.tags, principal.sessionTags),
        issuedAt,
      },
      named: {
        arns: [sessionArn(view.account, role.name, sessionName), roleArn],
        accountId: view.account.accountId,
      },
    }),
  };
}

/** A role that a service has become. */
export function askingService(
  role: RoleRecord,
  roleArn: string,
  view: DirectoryView,
  principal: RolePrincipal | ServiceRolePrincipal,
): Asking {
  return {
    policies: policiesOfRole(view, role),
    who() {
      const sessionName = sessionNameOf(principal);
      return {
        facts: {
          arn: roleArn,
          userId: `${role.id}:${sessionName}`,
          type: "AssumedRole",
          tags: role.tags,
        },
        named: {
          arns: [sessionArn(view.account, role.name, sessionName), roleArn],
          accountId: view.account.accountId,
        },
      };
    },
  };
}

/** *Documented*: a session's tag goes before the role's of the same key, however each writes it. */
function overridden(tags: Tags, by: Tags | undefined): Tags {
  if (by === undefined) return tags;
  const keys = new Set(Object.keys(by).map((key) => key.toLowerCase()));
  const kept = Object.entries(tags).filter(([key]) => !keys.has(key.toLowerCase()));
  return { ...Object.fromEntries(kept), ...by };
}

import type { AssumedRolePrincipal, UserPrincipal } from "../../ports/caller.ts";
import type { DirectoryView } from "../directory/directory-view.ts";
import { iamArn } from "../directory/iam-arns.ts";
import type { RoleRecord } from "../directory/records.ts";
import type { OpenIdSettings } from "./openid-settings.ts";
import type { Person } from "./person.ts";
import { sessionNameOf } from "./person-of-claims.ts";
import type { BrowserSession } from "./session-store.ts";

/** Whom a session makes its browser, as users, roles and the map of groups are now; `undefined`: nobody any more. */
export function principalOf(
  session: BrowserSession,
  view: DirectoryView,
  openid: OpenIdSettings | undefined,
): UserPrincipal | AssumedRolePrincipal | undefined {
  const { person } = session;
  if (person.type === "user") return userPrincipal(person, view);
  const role = rolesOf(person, view, openid).find(
    ({ name, id }) => name === session.role?.name && id === session.role.id,
  );
  return (
    role && {
      type: "assumedRole",
      roleArn: iamArn(view.account, "role", role),
      roleId: role.id,
      sessionName: sessionNameOf(person),
      issuedAt: session.startedAt,
    }
  );
}

/** The user, if his password is still the one that he signed in with. */
function userPrincipal(
  { userName, userId, passwordSetAt }: Person & { readonly type: "user" },
  view: DirectoryView,
): UserPrincipal | undefined {
  const user = view.named("user", userName);
  if (user?.id !== userId || user.loginProfile?.passwordSetAt !== passwordSetAt) return undefined;
  return { type: "user", userArn: iamArn(view.account, "user", user), userId };
}

/** The roles that a person may act in, in the order of the map. */
export function rolesOf(
  person: Person,
  view: DirectoryView,
  openid: OpenIdSettings | undefined,
): readonly RoleRecord[] {
  if (person.type === "user" || openid === undefined) return [];
  const mapped = Object.entries(openid.roles)
    .filter(([group]) => person.groups.includes(group))
    .map(([, role]) => role);
  return [...new Set(mapped)].flatMap((name) => view.named("role", name) ?? []);
}

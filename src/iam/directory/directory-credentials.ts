import type { AssumedRolePrincipal, UserPrincipal } from "../../ports/caller.ts";
import type { Credentials, KnownKey, KnownSession } from "./credentials.ts";
import type { DirectoryView } from "./directory-view.ts";
import { iamArn } from "./iam-arns.ts";
import type { IamDirectory } from "./iam-directory.ts";
import type { KeyUses } from "./key-uses.ts";
import type { AccessKeyRecord } from "./records.ts";
import type { Sealer } from "./sealer.ts";
import type { IssuedSession, RoleSession, SessionTokens, UserSession } from "./session-tokens.ts";

/** What the secret of a key is sealed for: it opens in no other key's place. */
export function keyContext(accessKeyId: string): string {
  return `iam.accessKey ${accessKeyId}`;
}

/** The keys and sessions that the directory knows. */
export function directoryCredentials({
  directory,
  sealer,
  tokens,
  uses,
}: {
  readonly directory: IamDirectory;
  readonly sealer: Sealer;
  readonly tokens: SessionTokens;
  readonly uses: Pick<KeyUses, "note">;
}): Credentials {
  const known = new WeakMap<AccessKeyRecord, string | undefined>();
  const sessions = new WeakMap<IssuedSession, KnownSession>();

  function secretOf(key: AccessKeyRecord): string | undefined {
    if (!known.has(key)) known.set(key, sealer.open(key.sealedSecret, keyContext(key.accessKeyId)));
    return known.get(key);
  }

  function keyIn(view: DirectoryView, accessKeyId: string): KnownKey | undefined {
    const key = view.find("accessKey", accessKeyId)?.record;
    if (key === undefined || !key.isActive) return undefined;
    const name = `key ${accessKeyId}`;
    const before = view.derived.get(name) as KnownKey | undefined;
    if (before !== undefined) return before;
    const user = view.named("user", key.userName);
    const secretAccessKey = secretOf(key);
    if (user === undefined || secretAccessKey === undefined) return undefined;
    const found: KnownKey = {
      secretAccessKey,
      principal: {
        type: "user",
        userArn: iamArn(view.account, "user", user),
        userId: user.id,
        accessKeyId,
      },
    };
    view.derived.set(name, found);
    return found;
  }

  function sessionIn(view: DirectoryView, token: string): KnownSession | undefined {
    const session = tokens.open(token);
    if (session === undefined) return undefined;
    if (!isOfThis(view, session)) return undefined;
    const before = sessions.get(session);
    if (before !== undefined) return before;
    const found = knownSession(session);
    sessions.set(session, found);
    return found;
  }

  return {
    keyOf(accessKeyId) {
      const view = directory.view();
      return view instanceof Promise
        ? view.then((loaded) => keyIn(loaded, accessKeyId))
        : keyIn(view, accessKeyId);
    },
    openSession(token) {
      const view = directory.view();
      return view instanceof Promise
        ? view.then((loaded) => sessionIn(loaded, token))
        : sessionIn(view, token);
    },
    used(accessKeyId, use) {
      // Sessions have no record that could say so.
      const view = directory.view();
      if (view instanceof Promise || view.find("accessKey", accessKeyId) === undefined) return;
      uses.note(accessKeyId, use);
    },
  };
}

/** Whether its role or its user is still the one that it was given for. */
function isOfThis(view: DirectoryView, session: IssuedSession): boolean {
  return "roleArn" in session
    ? view.byArn("role", session.roleArn)?.id === session.roleId
    : view.byArn("user", session.userArn)?.id === session.userId;
}

function knownSession(session: IssuedSession): KnownSession {
  const { secretAccessKey, accessKeyId, expiresAt } = session;
  const principal = "roleArn" in session ? ofRole(session) : ofUser(session);
  return { secretAccessKey, accessKeyId, expiresAt, principal };
}

function ofRole(session: RoleSession): AssumedRolePrincipal {
  const { roleArn, roleId, sessionName, issuedAt, assumedBy, accessKeyId } = session;
  const { policies, tags, transitiveTagKeys, sourceIdentity } = session;
  return {
    type: "assumedRole",
    roleArn,
    roleId,
    sessionName,
    issuedAt,
    accessKeyId,
    assumedBy,
    ...(policies !== undefined && { sessionPolicies: policies }),
    ...(tags !== undefined && { sessionTags: tags }),
    ...(transitiveTagKeys !== undefined && { transitiveTagKeys }),
    ...(sourceIdentity !== undefined && { sourceIdentity }),
  };
}

function ofUser({ userArn, userId, accessKeyId, issuedAt }: UserSession): UserPrincipal {
  return { type: "user", userArn, userId, accessKeyId, issuedAt };
}

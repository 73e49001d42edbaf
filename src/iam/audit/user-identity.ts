import { type Caller, stepFunctionsService, userArn } from "../../ports/caller.ts";

/** *Documented*: CloudTrail's userIdentity element. */
export interface UserIdentity {
  readonly type: "Root" | "IAMUser" | "AssumedRole" | "AWSService" | "Unknown";
  readonly principalId?: string;
  readonly arn?: string;
  readonly accountId?: string;
  readonly accessKeyId?: string;
  readonly userName?: string;
  readonly invokedBy?: string;
  readonly sessionContext?: {
    readonly sessionIssuer?: {
      readonly type: "Role";
      readonly principalId?: string;
      readonly arn: string;
      readonly accountId: string;
      readonly userName: string;
    };
    readonly attributes?: SessionAttributes;
    readonly sourceIdentity?: string;
  };
}

interface SessionAttributes {
  readonly creationDate: string;
  readonly mfaAuthenticated: "false";
}

/** Who a caller is. *Our choice*: whoever owns the server is the root user, and a key that nobody has verified is unknown. */
export function userIdentity(caller: Caller): UserIdentity {
  const { principal, accountId } = caller;
  const arn = userArn(caller);
  switch (principal.type) {
    case "owner":
      return { type: "Root", principalId: accountId, arn, accountId };
    case "anonymous":
      return { type: "Unknown" };
    case "accessKey":
      return { type: "Unknown", accessKeyId: principal.accessKeyId };
    case "user": {
      const { userId, accessKeyId, issuedAt } = principal;
      const userName = lastOf(arn);
      const key = accessKeyId === undefined ? {} : { accessKeyId };
      return {
        type: "IAMUser",
        principalId: userId,
        arn,
        accountId,
        ...key,
        userName,
        ...(issuedAt !== undefined && { sessionContext: { attributes: begunAt(issuedAt) } }),
      };
    }
    case "service":
      return { type: "AWSService", invokedBy: principal.service };
    case "role":
    case "serviceRole": {
      const { roleArn } = principal;
      const issuer = { type: "Role", arn: roleArn, accountId, userName: lastOf(roleArn) } as const;
      return {
        type: "AssumedRole",
        arn,
        accountId,
        invokedBy: principal.type === "role" ? stepFunctionsService : principal.service,
        sessionContext: { sessionIssuer: issuer },
      };
    }
    case "assumedRole": {
      const { roleArn, roleId, sessionName, accessKeyId, issuedAt, sourceIdentity } = principal;
      return {
        type: "AssumedRole",
        principalId: `${roleId}:${sessionName}`,
        arn,
        accountId,
        ...(accessKeyId !== undefined && { accessKeyId }),
        sessionContext: {
          sessionIssuer: {
            type: "Role",
            principalId: roleId,
            arn: roleArn,
            accountId,
            userName: lastOf(roleArn),
          },
          attributes: begunAt(issuedAt),
          ...(sourceIdentity !== undefined && { sourceIdentity }),
        },
      };
    }
  }
}

function begunAt(issuedAt: number): SessionAttributes {
  return { creationDate: new Date(issuedAt).toISOString(), mfaAuthenticated: "false" };
}

function lastOf(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}

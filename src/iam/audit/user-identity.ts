import { type Caller, userArn } from "../../ports/caller.ts";

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
    readonly sessionIssuer: {
      readonly type: "Role";
      readonly principalId?: string;
      readonly arn: string;
      readonly accountId: string;
      readonly userName: string;
    };
    readonly attributes?: { readonly creationDate: string; readonly mfaAuthenticated: "false" };
  };
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
      const { userId, accessKeyId } = principal;
      const userName = lastOf(arn);
      const key = accessKeyId === undefined ? {} : { accessKeyId };
      return { type: "IAMUser", principalId: userId, arn, accountId, ...key, userName };
    }
    case "service":
      return { type: "AWSService", invokedBy: principal.service };
    case "role": {
      const { roleArn } = principal;
      const issuer = { type: "Role", arn: roleArn, accountId, userName: lastOf(roleArn) } as const;
      return {
        type: "AssumedRole",
        arn,
        accountId,
        invokedBy: "states.amazonaws.com",
        sessionContext: { sessionIssuer: issuer },
      };
    }
    case "assumedRole": {
      const { roleArn, roleId, sessionName, accessKeyId, issuedAt } = principal;
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
          attributes: {
            creationDate: new Date(issuedAt).toISOString(),
            mfaAuthenticated: "false",
          },
        },
      };
    }
  }
}

function lastOf(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}

import { type Caller, userArn } from "../../../ports/caller.ts";
import { operation } from "../operation.ts";
import { assumeRole } from "./assume-role.ts";
import { getSessionToken } from "./get-session-token.ts";

export const stsOperations = {
  GetCallerIdentity: operation({
    input: {},
    access: "nobody is asked",
    perform: (_input, _context, { caller }) => ({
      UserId: userIdOf(caller),
      Account: caller.accountId,
      Arn: userArn(caller),
    }),
  }),
  AssumeRole: assumeRole,
  GetSessionToken: getSessionToken,
};

/** *Documented*: what an id is for each kind of caller; *our choice* for those who have none. */
function userIdOf({ principal, accountId }: Caller): string {
  switch (principal.type) {
    case "user":
      return principal.userId;
    case "assumedRole":
      return `${principal.roleId}:${principal.sessionName}`;
    case "accessKey":
      return principal.accessKeyId;
    default:
      return accountId;
  }
}

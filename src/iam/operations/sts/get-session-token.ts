import type { Caller, UserPrincipal } from "../../../ports/caller.ts";
import type { UserSession } from "../../directory/session-tokens.ts";
import { IamError, iamErrors } from "../iam-error.ts";
import { optionalNumber, optionalText } from "../members.ts";
import { operation } from "../operation.ts";
import { issuedCredentials } from "./issued-credentials.ts";

/** *Documented*: twelve hours; from a quarter of an hour to 36 hours may be asked for. */
const usualSeconds = 43_200;

/**
 * A key for a while, with what the user may. *Documented*: it needs no permission, and a key of the user's own.
 *
 * *Our choice*: there are no devices of MFA here, so that a code is refused as one of a device that is not the user's.
 */
export const getSessionToken = operation({
  input: {
    DurationSeconds: optionalNumber(900, 129_600),
    SerialNumber: optionalText({ min: 9, max: 256 }),
    TokenCode: optionalText({ min: 6, max: 6 }),
  },
  access: "nobody is asked",
  perform({ DurationSeconds = usualSeconds, SerialNumber, TokenCode }, context, { caller }) {
    const { userArn, userId } = ownKeyOf(caller);
    if (SerialNumber !== undefined || TokenCode !== undefined) {
      // *Observed*.
      throw iamErrors.accessDenied(
        "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.",
      );
    }
    const issuedAt = context.clock.now();
    const expiresAt = issuedAt + DurationSeconds * 1_000;
    return {
      Credentials: issuedCredentials<UserSession>(context.tokens, {
        userArn,
        userId,
        issuedAt,
        expiresAt,
      }),
    };
  },
});

/** The user whose own key it is: a session, of a browser too, gets no further one. */
function ownKeyOf({ principal }: Caller): UserPrincipal {
  if (principal.type !== "user" && principal.type !== "assumedRole") {
    throw iamErrors.accessDenied("GetSessionToken is for the key of a user");
  }
  if (principal.type === "user" && principal.issuedAt === undefined && principal.accessKeyId) {
    return principal;
  }
  // *Observed*.
  throw iamErrors.accessDenied("Cannot call GetSessionToken with session credentials");
}

/** *Documented*: what may be called with it of IAM and STS, without MFA. */
const callable: ReadonlySet<string> = new Set(["sts AssumeRole", "sts GetCallerIdentity"]);

/** Refuses what a session of a user may not call, whatever his policies say. */
export function refuseUserSession(
  service: "iam" | "sts",
  name: string,
  { principal }: Caller,
): void {
  if (principal.type !== "user" || principal.issuedAt === undefined) return;
  // That it is a session is said by the operation itself.
  if (callable.has(`${service} ${name}`) || name === "GetSessionToken") return;
  // *Observed*.
  throw new IamError(
    "InvalidClientTokenId",
    "The security token included in the request is invalid",
  );
}

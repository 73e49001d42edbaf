import type { NewSession, SessionTokens, IssuedSession } from "../../directory/session-tokens.ts";
import { IamError } from "../iam-error.ts";
import type { Answer } from "../operation.ts";

/** Gives a session its key, as STS shows it: nobody else is told the secret. */
export function issuedCredentials<S extends IssuedSession>(
  tokens: SessionTokens,
  session: NewSession<S>,
): Answer {
  const issued = tokens.issue(session);
  if (issued === undefined) {
    throw new IamError(
      "PackedPolicyTooLarge",
      "The session's policies and tags are too large for its token.",
    );
  }
  const { accessKeyId, secretAccessKey, expiresAt } = issued.session;
  return {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: issued.token,
    Expiration: new Date(expiresAt),
  };
}

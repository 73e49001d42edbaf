import { parseAuthorization } from "./authorization-header.ts";
import type { ClaimedSignature } from "./read-signature.ts";
import { type SignatureRefusal, refusals } from "./refusal.ts";
import type { SignedRequest } from "./signed-request.ts";
import { basicDate } from "./signing-time.ts";

/** *Documented*: a week. */
const longestSeconds = 604_800;

/**
 * What the parameters of a presigned URL say of its signature; `undefined`: there are none. *Documented*: AWS Signature Version 4,
 * "Authenticating requests: using query parameters".
 */
export function readPresigned(
  { url }: SignedRequest,
  now: number,
  clockSkewSeconds: number,
): ClaimedSignature | SignatureRefusal | undefined {
  const query = new URLSearchParams(url.slice(url.indexOf("?") + 1));
  const signature = query.get("X-Amz-Signature");
  if (signature === null) return undefined;
  const date = query.get("X-Amz-Date") ?? "";
  const parsed = parseAuthorization(
    `${query.get("X-Amz-Algorithm") ?? ""} Credential=${query.get("X-Amz-Credential") ?? ""}, SignedHeaders=${query.get("X-Amz-SignedHeaders") ?? ""}, Signature=${signature}`,
    date !== "",
  );
  if ("refused" in parsed) return parsed;
  const at = Date.parse(
    date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"),
  );
  const seconds = Number(query.get("X-Amz-Expires") ?? Number.NaN);
  if (Number.isNaN(at) || basicDate(at) !== date) {
    return refusals.unreadable(
      "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"",
    );
  }
  if (!(seconds >= 0 && seconds <= longestSeconds)) {
    return refusals.unreadable("X-Amz-Expires must be a number of seconds, at most a week");
  }
  if (at + seconds * 1_000 < now || at > now + clockSkewSeconds * 1_000) {
    return refusals.presignedExpired();
  }
  const sessionToken = query.get("X-Amz-Security-Token");
  return {
    accessKeyId: parsed.accessKeyId,
    scope: parsed.scope,
    signedHeaders: parsed.signedHeaders,
    signature: parsed.signature,
    signedAt: date,
    objectPayload: "UNSIGNED-PAYLOAD",
    ...(sessionToken !== null && { sessionToken }),
  };
}

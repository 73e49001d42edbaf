import { readPresigned } from "./presigned.ts";
import { parseAuthorization } from "./authorization-header.ts";
import { type SignatureRefusal, refusals } from "./refusal.ts";
import { headerValues, type SignedRequest } from "./signed-request.ts";
import { basicDate, signedAtOf } from "./signing-time.ts";
import type { CredentialScope } from "./signing-keys.ts";

/** What a request says of its signature; nothing of it has been verified but its time, scope and extent. */
export interface ClaimedSignature {
  readonly accessKeyId: string;
  readonly scope: CredentialScope;
  /** In lower case, sorted. */
  readonly signedHeaders: readonly string[];
  /** 64 hexadecimal digits in lower case. */
  readonly signature: string;
  /** `20261127T101500Z`. */
  readonly signedAt: string;
  readonly sessionToken?: string;
  /** The body's SHA-256 as the request has it; compared, never trusted. */
  readonly claimedBodyHash?: string;
  /**
   * There for a request of S3: what it has signed in the place of the body's hash, `UNSIGNED-PAYLOAD` or the SHA-256. Whoever reads
   * the body has to compare it.
   */
  readonly objectPayload?: string;
}

export interface SignatureRules {
  /** What signatures may be for: `states`, `sts`, `iam`. */
  readonly services: readonly string[];
  /** How far the caller's clock may be from this one's. */
  readonly clockSkewSeconds: number;
  /** *Documented*: S3 takes presigned URLs, and bodies that are signed piece by piece, or not at all. */
  readonly isOfS3?: boolean;
}

const objectPayload =
  /^(?:[0-9a-f]{64}|UNSIGNED-PAYLOAD|STREAMING-(?:AWS4-HMAC-SHA256-PAYLOAD(?:-TRAILER)?|UNSIGNED-PAYLOAD-TRAILER))$/;

/**
 * Reads the signature of a request and checks all that needs neither key nor body, so that a request without a signature that may
 * hold is refused before its body is read.
 *
 * *Documented*: AWS Signature Version 4. *Our choices*: every `x-amz-*` header must be signed (S3 asks for it); presigned URLs,
 * unsigned and chunked bodies are refused but for S3, and version 4A is, since no client of these services uses them.
 */
export function readSignature(
  request: SignedRequest,
  now: number,
  rules: SignatureRules,
): ClaimedSignature | SignatureRefusal {
  const [header, another] = headerValues(request, "authorization");
  if (header === undefined) {
    if (rules.isOfS3 === true) {
      const presigned = readPresigned(request, now, rules.clockSkewSeconds);
      if (presigned !== undefined) {
        if ("refused" in presigned) return presigned;
        return (
          scopeRefusal(presigned, rules.services, presigned.signedAt) ??
          extentRefusal(request, presigned.signedHeaders, undefined) ??
          presigned
        );
      }
    }
    return /[?&]X-Amz-Signature=/i.test(request.url) ? refusals.presigned() : refusals.missing();
  }
  if (another !== undefined) return refusals.unreadable("There is more than one Authorization");
  const signedAt = signedAtOf(request);
  const parsed = parseAuthorization(header, signedAt !== undefined);
  if ("refused" in parsed) return parsed;
  if (signedAt === undefined || "refused" in signedAt) {
    return signedAt ?? refusals.unreadable("There is no date");
  }
  const refusal =
    scopeRefusal(parsed, rules.services, signedAt.text) ??
    timeRefusal(signedAt, now, rules.clockSkewSeconds) ??
    extentRefusal(request, parsed.signedHeaders, signedAt.header);
  if (refusal !== undefined) return refusal;
  const [sessionToken, ...moreTokens] = headerValues(request, "x-amz-security-token");
  if (moreTokens.length > 0) return refusals.unknownToken();
  const [claimedBodyHash] = headerValues(request, "x-amz-content-sha256");
  if (rules.isOfS3 === true) {
    if (claimedBodyHash === undefined) {
      return refusals.unreadable("Missing required header for this request: x-amz-content-sha256");
    }
    if (!objectPayload.test(claimedBodyHash)) return refusals.objectPayload();
  } else if (claimedBodyHash !== undefined && !/^[0-9a-f]{64}$/.test(claimedBodyHash)) {
    return refusals.unsignedPayload();
  }
  return {
    accessKeyId: parsed.accessKeyId,
    scope: parsed.scope,
    signedHeaders: parsed.signedHeaders,
    signature: parsed.signature,
    signedAt: signedAt.text,
    ...(sessionToken !== undefined && { sessionToken }),
    ...(claimedBodyHash !== undefined &&
      (rules.isOfS3 === true ? { objectPayload: claimedBodyHash } : { claimedBodyHash })),
  };
}

function scopeRefusal(
  {
    scope,
    terminator = "aws4_request",
  }: { readonly scope: CredentialScope; readonly terminator?: string },
  services: readonly string[],
  signedAt: string,
): SignatureRefusal | undefined {
  if (terminator !== "aws4_request") return refusals.terminator();
  if (!services.includes(scope.service)) return refusals.service(services);
  if (!/^[a-z0-9-]{1,64}$/.test(scope.region)) return refusals.region();
  if (scope.date !== signedAt.slice(0, 8)) return refusals.scopeDate(scope.date, signedAt);
  return undefined;
}

function timeRefusal(
  signedAt: { readonly at: number; readonly text: string },
  now: number,
  skewSeconds: number,
): SignatureRefusal | undefined {
  const skewMs = skewSeconds * 1_000;
  const minutes = String(Math.round((skewSeconds / 60) * 100) / 100);
  if (signedAt.at < now - skewMs) {
    return refusals.expired(signedAt.text, basicDate(now - skewMs), basicDate(now), minutes);
  }
  if (signedAt.at > now + skewMs) {
    return refusals.notYetCurrent(signedAt.text, basicDate(now + skewMs), basicDate(now), minutes);
  }
  return undefined;
}

/** What must be signed: who is asked, when, and whatever tells a service of AWS what to do. */
function extentRefusal(
  { rawHeaders }: SignedRequest,
  signedHeaders: readonly string[],
  dateHeader: string | undefined,
): SignatureRefusal | undefined {
  if (!signedHeaders.includes("host")) return refusals.unsignedHost();
  if (dateHeader !== undefined && !signedHeaders.includes(dateHeader))
    return refusals.unsignedHeader(dateHeader);
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const given = rawHeaders[at] ?? "";
    if (given.length < 6 || given[5] !== "-") continue;
    const name = given.toLowerCase();
    if (name.startsWith("x-amz-") && !signedHeaders.includes(name)) {
      return refusals.unsignedHeader(name);
    }
  }
  return undefined;
}

import { hash, randomBytes, timingSafeEqual } from "node:crypto";
import { canonicalRequest } from "./canonical-request.ts";
import type { HmacKey } from "./hmac-key.ts";
import type { ClaimedSignature } from "./read-signature.ts";
import type { SignedRequest } from "./signed-request.ts";
import { type CredentialScope, deriveSigningKey, type SigningKeys } from "./signing-keys.ts";

/** Nobody's secret: what is compared with where there is no key of that id. */
const noSecret = randomBytes(30).toString("base64");

/**
 * Whether a request was signed with this secret, over this body. `undefined` is the secret of a key that is not known, which takes
 * the same way: each refusal costs one derivation of a signing key, each acceptance none but the first of a day.
 *
 * The body's hash is that of the bytes that were received. Of S3 it is what the request says, which whoever reads the body compares:
 * an object is not held in memory.
 */
export function isSignedWith(
  secretAccessKey: string | undefined,
  claimed: ClaimedSignature,
  request: SignedRequest,
  body: Uint8Array,
  keys: SigningKeys,
): boolean {
  const { accessKeyId, scope } = claimed;
  const secret = secretAccessKey ?? noSecret;
  const remembered = keys.find(accessKeyId, secret, scope);
  const signingKey = remembered ?? deriveSigningKey(secret, scope);
  const bodyHash = claimed.objectPayload ?? hash("sha256", body, "hex");
  const isRight =
    signatureMatches(signingKey, claimed, request, bodyHash) &&
    secretAccessKey !== undefined &&
    (claimed.claimedBodyHash ?? bodyHash) === bodyHash;
  if (remembered !== undefined) {
    if (!isRight) deriveSigningKey(secret, scope);
  } else if (isRight) keys.remember(accessKeyId, secret, scope, signingKey);
  return isRight;
}

/** `20261127/eu-west-1/states/aws4_request`. */
export function scopeText({ date, region, service }: CredentialScope): string {
  return `${date}/${region}/${service}/aws4_request`;
}

function signatureMatches(
  signingKey: HmacKey,
  { scope, signedHeaders, signature, signedAt, objectPayload }: ClaimedSignature,
  request: SignedRequest,
  bodyHash: string,
): boolean {
  const service = objectPayload === undefined ? "any other" : "S3";
  const canonical = Buffer.from(
    canonicalRequest(request, signedHeaders, bodyHash, service),
    "latin1",
  );
  const stringToSign = `AWS4-HMAC-SHA256\n${signedAt}\n${scopeText(scope)}\n${hash("sha256", canonical, "hex")}`;
  return timingSafeEqual(
    Buffer.from(signingKey.codeOf(stringToSign), "latin1"),
    Buffer.from(signature, "latin1"),
  );
}

/** Why a request's signature is not taken. Whoever answers words the name for his protocol. */
export interface SignatureRefusal {
  readonly refused: RefusalReason;
  readonly message: string;
}

export type RefusalReason =
  /** There is no signature. */
  | "missing"
  /** What there is cannot be read, or says less than it must. */
  | "incomplete"
  /** It is for another time, place or service, leaves out what must be signed, or does not match. */
  | "invalid"
  /** The session token is none of ours, or not that of the key. */
  | "unknownToken"
  | "expiredToken";

/**
 * The names of refusals: *observed* of services that speak AWS JSON (`json`), *documented* for the query protocol of IAM and STS
 * (`query`, common errors). All are answered with 400 in JSON, and with 403 in the query protocol but for the incomplete.
 */
export const refusalCodes: {
  readonly [R in RefusalReason]: { readonly json: string; readonly query: string };
} = {
  missing: { json: "MissingAuthenticationTokenException", query: "MissingAuthenticationToken" },
  incomplete: { json: "IncompleteSignatureException", query: "IncompleteSignature" },
  invalid: { json: "InvalidSignatureException", query: "SignatureDoesNotMatch" },
  unknownToken: { json: "UnrecognizedClientException", query: "InvalidClientTokenId" },
  expiredToken: { json: "ExpiredTokenException", query: "ExpiredToken" },
};

/** The refusals' messages: AWS's own (*observed*), where no line says otherwise. */
export const refusals = {
  missing: () => refusal("missing", "Missing Authentication Token"),
  incomplete: (missing: readonly string[]) =>
    refusal(
      "incomplete",
      missing.map((part) => `Authorization header requires ${part}.`).join(" "),
    ),
  /** Our wording. */
  unreadable: (problem: string) => refusal("incomplete", problem),
  /** Our wording. */
  algorithm: (algorithm: string) =>
    refusal(
      "incomplete",
      `The signing algorithm '${algorithm.slice(0, 40)}' is not supported here: sign with AWS4-HMAC-SHA256`,
    ),
  /** Our wording. */
  presigned: () =>
    refusal("incomplete", "Presigned URLs are for S3 only: sign with an Authorization header"),
  /** Our wording. */
  unsignedPayload: () =>
    refusal("invalid", "The body must be signed: X-Amz-Content-Sha256 must be its SHA-256"),
  objectPayload: () =>
    refusal(
      "incomplete",
      "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid sha256 value.",
    ),
  presignedExpired: () => refusal("invalid", "Request has expired"),
  unsignedHost: () =>
    refusal("invalid", "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."),
  unsignedHeader: (name: string) =>
    refusal(
      "invalid",
      `There were headers present in the request which were not signed: ${name.slice(0, 100)}`,
    ),
  region: () => refusal("invalid", "Credential should be scoped to a valid region."),
  service: (services: readonly string[]) =>
    refusal(
      "invalid",
      `Credential should be scoped to correct service: ${services.map((name) => `'${name}'`).join(" or ")}.`,
    ),
  terminator: () =>
    refusal("invalid", "Credential should be scoped with a valid terminator: 'aws4_request'."),
  scopeDate: (scopeDate: string, signedAt: string) =>
    refusal(
      "invalid",
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${scopeDate}' != '${signedAt.slice(0, 8)}', from '${signedAt}'.`,
    ),
  expired: (signedAt: string, earliest: string, now: string, minutes: string) =>
    refusal(
      "invalid",
      `Signature expired: ${signedAt} is now earlier than ${earliest} (${now} - ${minutes} min.)`,
    ),
  notYetCurrent: (signedAt: string, latest: string, now: string, minutes: string) =>
    refusal(
      "invalid",
      `Signature not yet current: ${signedAt} is still later than ${latest} (${now} + ${minutes} min.)`,
    ),
  /** Our choice: for an unknown key, too, which AWS tells apart. Who knows which keys there are, knows where to guess. */
  mismatch: () =>
    refusal(
      "invalid",
      "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
    ),
  unknownToken: () =>
    refusal("unknownToken", "The security token included in the request is invalid."),
  expiredToken: () =>
    refusal("expiredToken", "The security token included in the request is expired"),
} as const;

function refusal(refused: RefusalReason, message: string): SignatureRefusal {
  return { refused, message };
}

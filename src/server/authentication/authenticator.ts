import type { IncomingMessage } from "node:http";
import type { Credentials, KnownKey, KnownSession } from "../../iam/directory/credentials.ts";
import type { HmacKey } from "../../iam/signature/hmac-key.ts";
import { type ClaimedSignature, readSignature } from "../../iam/signature/read-signature.ts";
import { type SignatureRefusal, refusalCodes, refusals } from "../../iam/signature/refusal.ts";
import type { SignedRequest } from "../../iam/signature/signed-request.ts";
import { deriveSigningKey, SigningKeys } from "../../iam/signature/signing-keys.ts";
import { isSignedWith } from "../../iam/signature/verify-signature.ts";
import { scopeOf } from "../../machine/arns.ts";
import type { Caller } from "../../ports/caller.ts";
import type { Clock } from "../../ports/clock.ts";
import { ApiError } from "../../service/errors/api-error.ts";
import { FailedAttempts } from "../limits/failed-attempts.ts";
import { addressOf, originOf } from "./call-origin.ts";

/** Finds out who has signed a request. Where there is none, nobody is asked who he is. */
export interface Authenticator {
  /**
   * What a request says of its signature. Throws what can be refused without its body. `services`: what it may be signed for,
   * `states` for AWS JSON.
   */
  read(request: IncomingMessage, services: readonly string[]): ClaimedSignature;
  /**
   * Who calls, once the body is there; of S3 nobody looks at the body. Throws, or rejects, where the signature is not his. A promise only where something has to
   * be read first.
   */
  callerOf(
    claimed: ClaimedSignature,
    request: IncomingMessage,
    body: Uint8Array,
  ): Caller | Promise<Caller>;
  /** What the pieces of a body are signed with, of a request whose caller is known. */
  signingKeyOf(claimed: ClaimedSignature): Promise<HmacKey>;
}

export interface AuthenticatorOptions {
  readonly credentials: Credentials;
  readonly clock: Clock;
  readonly accountId: string;
  readonly clockSkewSeconds?: number | undefined;
}

/** *Documented*: AWS takes five minutes. */
const usualClockSkewSeconds = 300;

export function createAuthenticator(options: AuthenticatorOptions): Authenticator {
  const { credentials, clock, accountId } = options;
  const { clockSkewSeconds = usualClockSkewSeconds } = options;
  const signingKeys = new SigningKeys();
  const attempts = new FailedAttempts();

  function refuse(request: IncomingMessage, refusal: SignatureRefusal): never {
    attempts.failed(addressOf(request), clock.now());
    throw new SignatureError(refusal);
  }

  function checked(
    claimed: ClaimedSignature,
    key: KnownKey | KnownSession | undefined,
    request: IncomingMessage,
    body: Uint8Array,
  ): Caller {
    const { accessKeyId, scope, sessionToken } = claimed;
    const session = key !== undefined && "expiresAt" in key ? key : undefined;
    const isOwn = session === undefined || session.accessKeyId === accessKeyId;
    const secret = isOwn ? key?.secretAccessKey : undefined;
    const isRight = isSignedWith(secret, claimed, signedRequest(request), body, signingKeys);
    if (!isRight || key === undefined) {
      const isToken = sessionToken !== undefined && (key === undefined || !isOwn);
      refuse(request, isToken ? refusals.unknownToken() : refusals.mismatch());
    }
    const at = clock.now();
    if (session !== undefined && session.expiresAt <= at) refuse(request, refusals.expiredToken());
    attempts.succeeded(addressOf(request), accessKeyId);
    credentials.used?.(accessKeyId, { at, region: scope.region, service: scope.service });
    const { principal } = key;
    return { ...scopeOf(scope.region, accountId), principal, from: originOf(request) };
  }

  function keyOf({ accessKeyId, sessionToken }: ClaimedSignature) {
    return sessionToken === undefined
      ? credentials.keyOf(accessKeyId)
      : credentials.openSession(sessionToken);
  }

  return {
    read(request, services) {
      const rules = { services, clockSkewSeconds, isOfS3: services[0] === "s3" };
      const claimed = readSignature(signedRequest(request), clock.now(), rules);
      if ("refused" in claimed) refuse(request, claimed);
      if (!attempts.mayTry(addressOf(request), claimed.accessKeyId, clock.now())) {
        throw new ApiError("ThrottlingException", "Rate exceeded");
      }
      return claimed;
    },

    callerOf(claimed, request, body) {
      const found = keyOf(claimed);
      return found instanceof Promise
        ? found.then((key) => checked(claimed, key, request, body))
        : checked(claimed, found, request, body);
    },

    async signingKeyOf(claimed) {
      const { secretAccessKey } = (await keyOf(claimed)) ?? {};
      if (secretAccessKey === undefined) throw new SignatureError(refusals.mismatch());
      return deriveSigningKey(secretAccessKey, claimed.scope);
    },
  };
}

/** A refusal as AWS JSON has it; the query protocol has other names for the same. */
export class SignatureError extends ApiError {
  readonly refusal: SignatureRefusal;

  constructor(refusal: SignatureRefusal) {
    super(refusalCodes[refusal.refused].json, refusal.message);
    this.refusal = refusal;
  }
}

function signedRequest({ method = "", url = "", rawHeaders }: IncomingMessage): SignedRequest {
  return { method, url, rawHeaders };
}

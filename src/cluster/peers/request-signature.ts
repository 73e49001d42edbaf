import {
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  timingSafeEqual,
} from "node:crypto";

/** Our choice: how far the clocks of two nodes may be apart, and how long a request that was overheard is good for. */
export const signedForMs = 60_000;

export const timeHeader = "x-stepwell-time";
export const signatureHeader = "x-stepwell-signature";

/** A request as it is signed. */
export interface SignedRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** When it was sent, as text: milliseconds since the Unix epoch. */
  readonly time: string;
  readonly body: string | Buffer;
}

/** What nodes of one cluster prove with that they are: a key that is derived from the secret of their store. */
export class PeerKey {
  readonly #key: KeyObject;

  /** `secret` is the store's: bytes as base64. */
  constructor(secret: string) {
    const bytes = hkdfSync("sha256", Buffer.from(secret, "base64"), "", "stepwell peers", 32);
    this.#key = createSecretKey(Buffer.from(bytes));
  }

  sign({ method, path, time, body }: SignedRequest): string {
    return createHmac("sha256", this.#key)
      .update(`request\n${method}\n${path}\n${time}\n`)
      .update(body)
      .digest("hex");
  }

  /** Whether a node of this cluster made the request within the last minute. */
  isSigned(request: SignedRequest, signature: string, now: number): boolean {
    // The signature first: nobody who cannot sign learns of this node's clock.
    if (!areEqual(this.sign(request), signature)) return false;
    return Math.abs(now - Number(request.time)) <= signedForMs;
  }

  /** Of an answer to one request: an address may have become that of something else than the node. */
  signAnswer(requestSignature: string, status: number, body: string): string {
    return createHmac("sha256", this.#key)
      .update(`answer\n${requestSignature}\n${status}\n`)
      .update(body)
      .digest("hex");
  }

  isAnswer(requestSignature: string, status: number, body: string, signature: string): boolean {
    return areEqual(this.signAnswer(requestSignature, status, body), signature);
  }
}

/** In a time that does not depend on where they differ. */
function areEqual(expected: string, given: string): boolean {
  const [one, other] = [Buffer.from(expected), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}

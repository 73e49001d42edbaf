import { createHmac } from "node:crypto";
import { HmacKey } from "./hmac-key.ts";

/** What a signature is for: `20261127/eu-west-1/states/aws4_request`. */
export interface CredentialScope {
  /** `20261127`. */
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

/** *Documented*: AWS Signature Version 4, "Derive a signing key". */
export function deriveSigningKey(secretAccessKey: string, scope: CredentialScope): HmacKey {
  const dateKey = hmac(`AWS4${secretAccessKey}`, scope.date);
  return new HmacKey(hmac(hmac(hmac(dateKey, scope.region), scope.service), "aws4_request"));
}

function hmac(key: string | Buffer, data: string): Buffer {
  return createHmac("sha256", key).update(data, "latin1").digest();
}

/** Our choice: some hundred callers, each in a few Regions, around midnight. */
const maxRemembered = 1_024;

/** Signing keys that were of use, so that each is derived once a day. Those used last stay. */
export class SigningKeys {
  readonly #keys = new Map<string, Remembered>();

  /** `undefined`: it has not been remembered, or for another secret. */
  find(accessKeyId: string, secretAccessKey: string, scope: CredentialScope): HmacKey | undefined {
    const name = nameOf(accessKeyId, scope);
    const remembered = this.#keys.get(name);
    if (remembered?.secretAccessKey !== secretAccessKey) return undefined;
    if (this.#keys.size > maxRemembered / 2) {
      this.#keys.delete(name);
      this.#keys.set(name, remembered);
    }
    return remembered.signingKey;
  }

  /** Only for a key that something was rightly signed with: nobody without one can drive out others'. */
  remember(
    accessKeyId: string,
    secretAccessKey: string,
    scope: CredentialScope,
    signingKey: HmacKey,
  ): void {
    this.#keys.set(nameOf(accessKeyId, scope), { secretAccessKey, signingKey });
    if (this.#keys.size <= maxRemembered) return;
    const [oldest] = this.#keys.keys();
    if (oldest !== undefined) this.#keys.delete(oldest);
  }
}

interface Remembered {
  readonly secretAccessKey: string;
  readonly signingKey: HmacKey;
}

function nameOf(accessKeyId: string, { date, region, service }: CredentialScope): string {
  return `${accessKeyId}/${date}/${region}/${service}`;
}

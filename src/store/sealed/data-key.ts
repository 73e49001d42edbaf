import { createSecretKey, hash, hkdfSync, type KeyObject } from "node:crypto";

/** A key that seals texts; its id is in clear in what it has sealed. */
export interface DataKey {
  /** Letters and digits. */
  readonly id: string;
  readonly encryption: KeyObject;
  readonly mac: MacKey;
}

/** A key of HMAC-SHA-256 as its two hashes begin. */
interface MacKey {
  readonly inner: Buffer;
  readonly outer: Buffer;
}

/** *Spec* (FIPS 198-1), for SHA-256. */
export const macBlockBytes = 64;
const digestBytes = 32;

/** The keys that 32 random bytes stand for: none is used for two things. */
export function dataKeyOf(id: string, bytes: Uint8Array): DataKey {
  const derive = (use: string): Buffer =>
    Buffer.from(hkdfSync("sha256", bytes, "", `stepwell seals 1 ${use}`, digestBytes));
  return { id, encryption: createSecretKey(derive("encryption")), mac: macKeyOf(derive("mac")) };
}

function macKeyOf(key: Buffer): MacKey {
  const padded = (pad: number, length: number): Buffer => {
    const bytes = Buffer.alloc(length);
    for (let at = 0; at < macBlockBytes; at++) bytes[at] = (key[at] ?? 0) ^ pad;
    return bytes;
  };
  return {
    inner: padded(0x36, macBlockBytes),
    outer: padded(0x5c, macBlockBytes + digestBytes),
  };
}

/**
 * HMAC-SHA-256, as characters of one byte each, of what follows the first {@link macBlockBytes} of `message`, which are overwritten. By two
 * calls that need no object, and answer with a text: `createHmac` takes four times as long for a short message.
 */
export function macOf({ inner, outer }: MacKey, message: Buffer): string {
  message.set(inner);
  outer.write(hash("sha256", message, "binary"), macBlockBytes, "binary");
  return hash("sha256", outer, "binary");
}

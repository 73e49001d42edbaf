import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { exactBytes } from "../../runtime/exact-bytes.ts";

/** Makes texts unreadable and unchangeable for whoever lacks the key. A port, so that another key can take its place. */
export interface Sealer {
  /** `context` says what the text is of; it must be the same when it is opened, so that none can be put in another's place. */
  seal(text: string, context: string): string;
  /** `undefined` for what was not sealed so. */
  open(sealed: string, context: string): string | undefined;
}

const version = "1";
const nonceBytes = 12;
const tagBytes = 16;

/** Seals by AES-256-GCM under a key that is derived from the store's secret, which is base64. */
export function createSealer(storeSecret: string): Sealer {
  const secret = Buffer.from(storeSecret, "base64");
  const key = Buffer.from(hkdfSync("sha256", secret, "", "stepwell iam seals 1", 32));
  return {
    seal(text, context) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return version + Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64");
    },
    open(sealed, context) {
      if (!sealed.startsWith(version)) return undefined;
      const bytes = exactBytes(sealed.slice(version.length), "base64");
      if (bytes === undefined || bytes.length < nonceBytes + tagBytes) return undefined;
      const nonce = bytes.subarray(0, nonceBytes);
      const tag = bytes.subarray(nonceBytes, nonceBytes + tagBytes);
      const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: tagBytes });
      decipher.setAAD(Buffer.from(context)).setAuthTag(tag);
      try {
        const body = bytes.subarray(nonceBytes + tagBytes);
        return Buffer.concat([decipher.update(body), decipher.final()]).toString("utf8");
      } catch {
        return undefined;
      }
    },
  };
}

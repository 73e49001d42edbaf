import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { type KeyContext, type KeyProvider, KeyUnavailable } from "../../ports/key-provider.ts";

export const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

/** A provider whose key is at hand, as 32 bytes: wraps by AES-256-GCM with the context as additional data. */
export function wrappingProvider(name: string, key: Uint8Array): KeyProvider {
  return {
    name,
    async wrap(bytes, context) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(contextBytes(context));
      const body = Buffer.concat([cipher.update(bytes), cipher.final()]);
      return Buffer.concat([nonce, body, cipher.getAuthTag()]).toString("base64");
    },
    async unwrap(wrapped, context) {
      const bytes = Buffer.from(wrapped, "base64");
      const end = bytes.length - tagBytes;
      if (end < nonceBytes) throw wrongKey(name, context.keyId);
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, nonceBytes), {
        authTagLength: tagBytes,
      });
      decipher.setAAD(contextBytes(context)).setAuthTag(bytes.subarray(end));
      try {
        return Buffer.concat([decipher.update(bytes.subarray(nonceBytes, end)), decipher.final()]);
      } catch (error) {
        throw wrongKey(name, context.keyId, error);
      }
    },
  };
}

/** The context as bytes that are the same whatever the order of its members. */
export function contextBytes(context: KeyContext): Buffer {
  const members = Object.entries(context).sort(([left], [right]) => (left < right ? -1 : 1));
  return Buffer.from(JSON.stringify(members));
}

function wrongKey(name: string, keyId: string, cause?: unknown): KeyUnavailable {
  return new KeyUnavailable(
    "wrong",
    `${name} is not the key that wrapped the data key ${keyId} of the store.`,
    { cause },
  );
}

import { createCipheriv, createDecipheriv, createHmac, type KeyObject } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { nextNonce, nonceBytes } from "./nonces.ts";

/** A key that seals texts; its id is in clear in what it has sealed. */
export interface DataKey {
  /** Letters and digits. */
  readonly id: string;
  readonly key: KeyObject;
}

/** The parts of a sealed text, not opened yet. */
export interface SealedText {
  readonly keyId: string;
  /** What its writer says of it in clear; bound to it, and so trusted once it is open. */
  readonly header: string;
  readonly body: string;
}

/** Something sealed is not where it was written, not as it was written, or not sealed at all. The message says what it is. */
export class SealViolation extends Error {
  override readonly name = "SealViolation";
}

const tagBytes = 16;
/** Sealed texts begin so; the digit is the layout. No JSON text does. */
const mark = "~s";
const layout = `${mark}1`;

/** Our choice: deflating a shorter text takes as long as sealing it, and an event's is shorter. */
const deflatedLength = 2 * 1024;

/** Our choice: no member of a record is larger; what inflates to more is not ours. */
const mostInflated = 256 * 1024 * 1024;

const [asWritten, deflated] = ["0", "1"] as const;

export interface Sealing {
  readonly key: DataKey;
  readonly place: string;
  readonly header?: string;
  /** Makes the same of the same, so that what was interrupted can be done again. It is slower. */
  readonly isRepeatable?: boolean;
}

/**
 * Seals a text by AES-256-GCM: `~s1.KEY.HEADER.` and a digit that says whether it is deflated, then nonce, ciphertext and tag as
 * base64. `place` is where the text belongs; it opens nowhere else.
 */
export function sealText(
  text: string,
  { key, place, header = "", isRepeatable = false }: Sealing,
): string {
  const isLong = text.length >= deflatedLength;
  const clear = `${layout}.${key.id}.${header}.${isLong ? deflated : asWritten}`;
  const bound = `${clear}\n${place}`;
  const nonce = isRepeatable ? nonceOf(key, bound, text) : nextNonce();
  const cipher = createCipheriv("aes-256-gcm", key.key, nonce);
  cipher.setAAD(Buffer.from(bound));
  const body = isLong
    ? cipher.update(deflateRawSync(text, { level: 1 }))
    : cipher.update(text, "utf8");
  // Has no more to give in this mode, and makes the tag.
  cipher.final();
  const sealed = Buffer.allocUnsafe(nonceBytes + body.length + tagBytes);
  sealed.set(nonce);
  sealed.set(body, nonceBytes);
  sealed.set(cipher.getAuthTag(), nonceBytes + body.length);
  return clear + sealed.toString("base64");
}

/** The nonce follows from all that is sealed: two are the same only where everything is. */
function nonceOf({ key }: DataKey, bound: string, text: string): Buffer {
  const hash = createHmac("sha256", key).update(`nonce\n${bound.length}\n${bound}${text}`);
  return hash.digest().subarray(0, nonceBytes);
}

/** The parts of a text that {@link sealText} made; `undefined`: it is plain. `what` names it for people. */
export function readSealed(text: string, what: string): SealedText | undefined {
  if (!text.startsWith(mark)) return undefined;
  const [head, keyId, header, body] = text.split(".");
  if (head !== layout || keyId === undefined || header === undefined || body === undefined) {
    throw new SealViolation(
      `${what} is sealed in a way that this version of Stepwell does not know: it is damaged, or a newer version wrote it`,
    );
  }
  return { keyId, header, body };
}

/** The text that was sealed for this place. */
export function openText(
  { keyId, header, body }: SealedText,
  { key, place, what }: { key: DataKey; place: string; what: string },
): string {
  const clear = `${layout}.${keyId}.${header}.${body.slice(0, 1)}`;
  const bytes = Buffer.from(body.slice(1), "base64");
  if (bytes.length < nonceBytes + tagBytes) throw violation(what);
  const end = bytes.length - tagBytes;
  const decipher = createDecipheriv("aes-256-gcm", key.key, bytes.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(Buffer.from(`${clear}\n${place}`)).setAuthTag(bytes.subarray(end));
  const opened = decipher.update(bytes.subarray(nonceBytes, end));
  try {
    decipher.final();
  } catch (error) {
    throw violation(what, error);
  }
  return body.startsWith(deflated)
    ? inflateRawSync(opened, { maxOutputLength: mostInflated }).toString("utf8")
    : opened.toString("utf8");
}

function violation(what: string, cause?: unknown): SealViolation {
  return new SealViolation(
    `${what} is not what was sealed: it was changed, or was written for another place`,
    { cause },
  );
}

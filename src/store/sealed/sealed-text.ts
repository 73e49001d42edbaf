import { createDecipheriv, timingSafeEqual } from "node:crypto";
import { inflateRawSync } from "node:zlib";
import { type DataKey, macBlockBytes, macOf } from "./data-key.ts";
import { counterBytes } from "./keystream.ts";

/*
 * A sealed text is `~s1.KEY.HEADER.` and a digit that says whether it is deflated, then as base64 the first counter block, what AES-256 in
 * counter mode makes of the text, and 16 bytes of HMAC-SHA-256 of all of it and of its place. Encrypt-then-MAC instead of GCM:
 * of that Node needs an object for each text, which costs more than all else. Measured: 3 µs for a text of 600 bytes instead of 12.
 */

/** Sealed texts begin so; the digit is the layout. No JSON text does. */
const mark = "~s";
export const layout = `${mark}1`;

export const tagBytes = 16;
export const [asWritten, deflated] = ["0", "1"] as const;

/** Our choice: no member of a record is larger; what inflates to more is not ours. */
const mostInflated = 256 * 1024 * 1024;

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

/** What a text is bound to: what is in clear, and where it belongs. Neither has a line feed. */
export function boundText(clear: string, place: string): string {
  return `${clear}\n${place}\n`;
}

/** The parts of a sealed text; `undefined`: it is plain. `what` names it for people. */
export function readSealed(text: string, what: string): SealedText | undefined {
  if (!text.startsWith(mark)) return undefined;
  const [head, keyId, header, body, ...rest] = text.split(".");
  const isKnown = head === layout && rest.length === 0;
  if (!isKnown || keyId === undefined || header === undefined || body === undefined) {
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
  const bytes = Buffer.from(body.slice(1), "base64");
  const end = bytes.length - tagBytes;
  const bound = boundText(`${layout}.${keyId}.${header}.${body.slice(0, 1)}`, place);
  if (end < counterBytes || !isTag(bytes.subarray(end), key, bound, bytes.subarray(0, end))) {
    throw new SealViolation(
      `${what} is not what was sealed: it was changed, or was written for another place`,
    );
  }
  const counter = bytes.subarray(0, counterBytes);
  const decipher = createDecipheriv("aes-256-ctr", key.encryption, counter);
  const opened = decipher.update(bytes.subarray(counterBytes, end));
  return body.startsWith(deflated)
    ? inflateRawSync(opened, { maxOutputLength: mostInflated }).toString("utf8")
    : opened.toString("utf8");
}

function isTag(tag: Buffer, key: DataKey, bound: string, sealed: Buffer): boolean {
  const message = Buffer.concat([Buffer.alloc(macBlockBytes), Buffer.from(bound), sealed]);
  const computed = Buffer.from(macOf(key.mac, message).slice(0, tagBytes), "latin1");
  return timingSafeEqual(computed, tag);
}

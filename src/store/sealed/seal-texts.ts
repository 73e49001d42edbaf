import { createCipheriv } from "node:crypto";
import { deflateRawSync } from "node:zlib";
import { type DataKey, macBlockBytes, macOf } from "./data-key.ts";
import { nextNonce, nonceBytes } from "./nonces.ts";
import { asWritten, boundText, counterBytes, deflated, layout, tagBytes } from "./sealed-text.ts";

/** A text that is to be sealed. */
export interface UnsealedText {
  readonly text: string;
  /** Where it belongs; it opens nowhere else. */
  readonly place: string;
  readonly header?: string;
}

/** Our choice: what is shorter takes longer to deflate than to seal and to write. */
const deflatedLength = 4 * 1024;

/** Seals texts together: they share a nonce, and each begins with a block of its own. */
export function sealTexts(texts: readonly UnsealedText[], key: DataKey): string[] {
  return sealWith(texts, key, nextNonce());
}

/** Makes the same of the same, so that what was interrupted can be done again: the nonce follows from all that is sealed. It is slower. */
export function sealRepeatably({ text, place, header = "" }: UnsealedText, key: DataKey): string {
  const message = Buffer.from(`${" ".repeat(macBlockBytes)}nonce\n${header}\n${place}\n${text}`);
  const nonce = macOf(key.mac, message).subarray(0, nonceBytes);
  return sealWith([{ text, place, header }], key, nonce)[0] as string;
}

interface Part extends UnsealedText {
  readonly bytes?: Buffer;
  readonly start: number;
  readonly length: number;
}

function sealWith(texts: readonly UnsealedText[], key: DataKey, nonce: Buffer): string[] {
  let end = 0;
  const parts = texts.map((each): Part => {
    const bytes =
      each.text.length >= deflatedLength ? deflateRawSync(each.text, { level: 1 }) : undefined;
    const length = bytes?.length ?? Buffer.byteLength(each.text);
    const start = end;
    end = Math.ceil((start + length) / counterBytes) * counterBytes;
    return { ...each, ...(bytes && { bytes }), start, length };
  });
  const plain = Buffer.allocUnsafe(end);
  for (const { text, bytes, start } of parts) {
    if (bytes === undefined) plain.write(text, start);
    else plain.set(bytes, start);
  }
  const counter = Buffer.alloc(counterBytes);
  counter.set(nonce);
  const sealed = createCipheriv("aes-256-ctr", key.encryption, counter).update(plain);
  return parts.map((part) => {
    counter.writeUInt32BE(part.start / counterBytes, nonceBytes);
    return sealedPart(part, { key, counter, sealed });
  });
}

function sealedPart(
  { bytes, start, length, place, header = "" }: Part,
  { key, counter, sealed }: { key: DataKey; counter: Buffer; sealed: Buffer },
): string {
  const clear = `${layout}.${key.id}.${header}.${bytes === undefined ? asWritten : deflated}`;
  const bound = boundText(clear, place);
  const boundEnd = macBlockBytes + Buffer.byteLength(bound);
  const messageEnd = boundEnd + counterBytes + length;
  // What the tag is of, with room for the tag behind it.
  const message = Buffer.allocUnsafe(messageEnd + tagBytes);
  message.write(bound, macBlockBytes);
  message.set(counter, boundEnd);
  sealed.copy(message, boundEnd + counterBytes, start, start + length);
  macOf(key.mac, message.subarray(0, messageEnd)).copy(message, messageEnd, 0, tagBytes);
  return clear + message.toString("base64", boundEnd);
}

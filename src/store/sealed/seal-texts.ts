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
  const bound = Buffer.from(`${" ".repeat(macBlockBytes)}nonce\n${header}\n${place}\n${text}`);
  const nonce = Buffer.from(macOf(key.mac, bound).slice(0, nonceBytes), "latin1");
  return sealWith([{ text, place, header }], key, nonce)[0] as string;
}

/** Where a text is among those that are sealed with it. */
interface Part {
  /** Absent: it is not deflated. */
  readonly bytes: Buffer | undefined;
  readonly start: number;
  readonly length: number;
}

function sealWith(texts: readonly UnsealedText[], key: DataKey, nonce: Buffer): string[] {
  let end = 0;
  const parts: Part[] = [];
  for (const { text } of texts) {
    const bytes = text.length < deflatedLength ? undefined : deflateRawSync(text, { level: 1 });
    const length = bytes?.length ?? Buffer.byteLength(text);
    parts.push({ bytes, start: end, length });
    end = Math.ceil((end + length) / counterBytes) * counterBytes;
  }
  const plain = Buffer.allocUnsafe(end);
  for (const [index, { bytes, start }] of parts.entries()) {
    if (bytes === undefined) plain.write(texts[index]?.text ?? "", start);
    else plain.set(bytes, start);
  }
  const counter = Buffer.alloc(counterBytes);
  counter.set(nonce);
  const sealed = createCipheriv("aes-256-ctr", key.encryption, counter).update(plain);
  return texts.map((text, index) => {
    const part = parts[index] as Part;
    counter.writeUInt32BE(part.start / counterBytes, nonceBytes);
    return sealedPart(text, part, { key, counter, sealed });
  });
}

/** What the tag of a text is of, with the tag behind it: used again for the next, since making one takes as long as hashing it. */
let message = Buffer.allocUnsafe(64 * 1024);

function sealedPart(
  { place, header = "" }: UnsealedText,
  { bytes, start, length }: Part,
  { key, counter, sealed }: { key: DataKey; counter: Buffer; sealed: Buffer },
): string {
  const clear = `${layout}.${key.id}.${header}.${bytes === undefined ? asWritten : deflated}`;
  const bound = boundText(clear, place);
  // No character of a text takes more than three bytes.
  const mostBytes = macBlockBytes + 3 * bound.length + counterBytes + length + tagBytes;
  if (message.length < mostBytes) message = Buffer.allocUnsafe(mostBytes);
  const boundEnd = macBlockBytes + message.write(bound, macBlockBytes);
  const end = boundEnd + counterBytes + length;
  message.set(counter, boundEnd);
  sealed.copy(message, boundEnd + counterBytes, start, start + length);
  message.write(macOf(key.mac, message.subarray(0, end)).slice(0, tagBytes), end, "latin1");
  return clear + message.toString("base64", boundEnd, end + tagBytes);
}

import { createCipheriv } from "node:crypto";
import { deflateRawSync } from "node:zlib";
import { type DataKey, macBlockBytes, macOf } from "./data-key.ts";
import { counterBytes, counterOf, Keystream, nonceBytes } from "./keystream.ts";
import { asWritten, boundText, deflated, layout, tagBytes } from "./sealed-text.ts";

/** A text that is to be sealed. */
export interface UnsealedText {
  readonly text: string;
  /** Where it belongs; it opens nowhere else. */
  readonly place: string;
  readonly header?: string;
}

/** Our choice: what is shorter takes longer to deflate than to seal and to write. */
const deflatedLength = 4 * 1024;

const keystreams = new WeakMap<DataKey, Keystream>();

/** Seals a text. */
export function sealText(unsealed: UnsealedText, key: DataKey): string {
  let keystream = keystreams.get(key);
  if (keystream === undefined) keystreams.set(key, (keystream = new Keystream(key)));
  return sealWith(unsealed, key, keystream);
}

/** Makes the same of the same, so that what was interrupted can be done again: the nonce follows from all that is sealed. It is slower. */
export function sealRepeatably(unsealed: UnsealedText, key: DataKey): string {
  const { text, place, header = "" } = unsealed;
  const bound = Buffer.from(`${" ".repeat(macBlockBytes)}nonce\n${header}\n${place}\n${text}`);
  const nonce = Buffer.from(macOf(key.mac, bound).slice(0, nonceBytes), "latin1");
  return sealWith(unsealed, key, {
    apply(message, end, length) {
      const counter = counterOf(nonce);
      message.set(counter, end - length - counterBytes);
      const cipher = createCipheriv("aes-256-ctr", key.encryption, counter);
      cipher.update(message.subarray(end - length, end)).copy(message, end - length);
    },
  });
}

/** What the tag of a text is of, with the tag behind it: used again for the next, since making one takes as long as hashing it. */
const shortMessage = Buffer.alloc(64 * 1024);

function sealWith(
  { text, place, header = "" }: UnsealedText,
  key: DataKey,
  keystream: Pick<Keystream, "apply">,
): string {
  const bytes = text.length < deflatedLength ? undefined : deflateRawSync(text, { level: 1 });
  const clear = `${layout}.${key.id}.${header}.${bytes === undefined ? asWritten : deflated}`;
  const bound = boundText(clear, place);
  // No character of a text takes more than three bytes.
  const mostBytes =
    macBlockBytes + 3 * bound.length + counterBytes + (bytes?.length ?? 3 * text.length) + tagBytes;
  const message = mostBytes > shortMessage.length ? Buffer.alloc(mostBytes) : shortMessage;
  const boundEnd = macBlockBytes + message.write(bound, macBlockBytes);
  const start = boundEnd + counterBytes;
  const length = bytes?.copy(message, start) ?? message.write(text, start);
  const end = start + length;
  keystream.apply(message, end, length);
  message.write(macOf(key.mac, message.subarray(0, end)).slice(0, tagBytes), end, "latin1");
  return clear + message.toString("base64", boundEnd, end + tagBytes);
}

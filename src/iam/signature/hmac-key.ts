import { hash } from "node:crypto";

/** *Documented*: FIPS 180-4, the block of SHA-256. */
const blockBytes = 64;
/** *Our choice*: twice as much as a string to sign has with the longest Region. */
const mostText = 512;

/**
 * A key of HMAC-SHA256 that many short texts are hashed with. *Documented*: RFC 2104. `createHmac` makes a native object for each text,
 * which costs three times as much as both hashes, and as much again when it is collected.
 */
export class HmacKey {
  /** The key with its pad, and room for what is hashed behind it. */
  readonly #inner = Buffer.alloc(blockBytes + mostText, 0x36);
  readonly #outer = Buffer.alloc(blockBytes + 32, 0x5c);

  /** A hash of SHA-256, as derived keys are: no longer than a block. */
  constructor(key: Uint8Array) {
    for (const [place, byte] of key.entries()) {
      this.#inner[place] = byte ^ 0x36;
      this.#outer[place] = byte ^ 0x5c;
    }
  }

  /** The code of a text, each of whose characters is a byte; hexadecimal, in lower case. */
  codeOf(text: string): string {
    if (text.length > mostText) throw new RangeError("The text to sign is too long");
    const end = blockBytes + this.#inner.write(text, blockBytes, "latin1");
    this.#outer.write(hash("sha256", this.#inner.subarray(0, end), "hex"), blockBytes, "hex");
    return hash("sha256", this.#outer, "hex");
  }
}

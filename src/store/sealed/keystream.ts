import { type Cipheriv, createCipheriv, randomBytes } from "node:crypto";
import type { DataKey } from "./data-key.ts";

/** The counter block: a nonce, and the number of the block. */
export const counterBytes = 16;
export const nonceBytes = 12;

const aheadBytes = 64 * 1024;
const zeros = Buffer.alloc(aheadBytes);
/** What one nonce has: the rest of the counter block counts them. */
const mostBlocks = 2 ** 32;

/** Our choice: what is longer goes through the cipher itself. */
const longestFromAhead = 8 * 1024;

/**
 * What AES-256 in counter mode adds to texts, made ahead for many of them: a cipher for each would take as long as all else that is done
 * for a text. A nonce is drawn for each process and key, and each text begins with a block that no other has.
 */
export class Keystream {
  readonly #key: DataKey;
  #nonce = randomBytes(nonceBytes);
  #cipher: Cipheriv;
  /** Blocks that the cipher has made. */
  #made = 0;
  readonly #ahead = Buffer.alloc(aheadBytes);
  #used = aheadBytes;

  constructor(key: DataKey) {
    this.#key = key;
    this.#cipher = this.#begin();
  }

  /** Turns the last `length` bytes before `end` into what is sealed, and writes the counter block before them. */
  apply(message: Buffer, end: number, length: number): void {
    const start = end - length;
    if (length > longestFromAhead) {
      this.#number(message, start, this.#make(length));
      const padded = Buffer.alloc(blocksOf(length) * counterBytes);
      message.copy(padded, 0, start, end);
      this.#cipher.update(padded).copy(message, start, 0, length);
      this.#used = aheadBytes;
      return;
    }
    if (this.#used + length > aheadBytes) {
      this.#make(aheadBytes);
      this.#cipher.update(zeros).copy(this.#ahead);
      this.#used = 0;
    }
    this.#number(message, start, this.#made - (aheadBytes - this.#used) / counterBytes);
    let from = this.#used;
    for (let at = start; at < end; at++) {
      message[at] = (message[at] as number) ^ (this.#ahead[from++] as number);
    }
    this.#used += blocksOf(length) * counterBytes;
  }

  #begin(): Cipheriv {
    return createCipheriv("aes-256-ctr", this.#key.encryption, counterOf(this.#nonce));
  }

  /** The first block of as many as it takes, which the cipher is to make next. */
  #make(bytes: number): number {
    const blocks = blocksOf(bytes);
    if (this.#made + blocks > mostBlocks) {
      this.#nonce = randomBytes(nonceBytes);
      this.#cipher = this.#begin();
      this.#made = 0;
    }
    const first = this.#made;
    this.#made += blocks;
    return first;
  }

  #number(message: Buffer, end: number, block: number): void {
    message.set(this.#nonce, end - counterBytes);
    message.writeUInt32BE(block, end - counterBytes + nonceBytes);
  }
}

function blocksOf(bytes: number): number {
  return Math.ceil(bytes / counterBytes);
}

/** The counter block that a nonce begins with. */
export function counterOf(nonce: Uint8Array): Buffer {
  const counter = Buffer.alloc(counterBytes);
  counter.set(nonce);
  return counter;
}

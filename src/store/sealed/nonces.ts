import { randomBytes, randomFillSync } from "node:crypto";

/** The rest of a counter block counts the blocks that one nonce seals: 64 GB. */
export const nonceBytes = 12;

const counterAt = 8;
const afterLast = 2 ** 32;

const nonce = randomBytes(nonceBytes);
let count = 0;

/**
 * A nonce that never comes again: eight bytes that this process has drawn, and four that count. Valid until the next call: drawing one
 * for each text would take as long as sealing a short one.
 */
export function nextNonce(): Buffer {
  if (count === afterLast) {
    randomFillSync(nonce, 0, counterAt);
    count = 0;
  }
  nonce.writeUInt32BE(count++, counterAt);
  return nonce;
}

import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { Turns } from "../../service/turns.ts";

/** *Documented*: OWASP, Password Storage: N = 2^17, r = 8, p = 1, which take 128 MiB and some tenths of a second. */
const usualLogCost = 17;
const blockSize = 8;
const keyBytes = 32;
const saltBytes = 16;
/** Our choices: each takes 128 MiB while it is computed, and a core. */
const mostAtOnce = 2;
const mostWaiting = 16;

/** So many passwords wait to be looked at that this one is not. */
export class TooManyPasswords extends Error {
  override readonly name = "TooManyPasswords";
}

/** Makes of a password what can be kept of it, and compares one with that. Both reject with {@link TooManyPasswords}. */
export interface Passwords {
  hash(password: string): Promise<string>;
  /** `hash` is `undefined` where nobody has such a name: that takes the same time, and is never right. */
  isRight(password: string, hash: string | undefined): Promise<boolean>;
}

/** By scrypt. What is kept is `scrypt:17:SALT:KEY`, so that the cost can grow. Another cost than usual is for tests. */
export function createPasswords(logCost: number = usualLogCost): Passwords {
  const turns = new Turns({
    atOnce: mostAtOnce,
    waiting: mostWaiting,
    refusal: () => new TooManyPasswords(),
  });
  // Of no password that anybody knows.
  const nobodys = written(logCost, randomBytes(saltBytes), randomBytes(keyBytes));

  return {
    async hash(password) {
      const salt = randomBytes(saltBytes);
      return written(logCost, salt, await turns.take(() => keyOf(password, salt, logCost)));
    },
    async isRight(password, hash) {
      const [, cost, salt = "", key = ""] = (hash ?? nobodys).split(":");
      const kept = Buffer.from(key, "base64");
      const given = await turns.take(() =>
        keyOf(password, Buffer.from(salt, "base64"), Number(cost ?? logCost)),
      );
      return given.length === kept.length && timingSafeEqual(given, kept) && hash !== undefined;
    },
  };
}

function written(logCost: number, salt: Buffer, key: Buffer): string {
  return `scrypt:${logCost}:${salt.toString("base64")}:${key.toString("base64")}`;
}

function keyOf(password: string, salt: Buffer, logCost: number): Promise<Buffer> {
  const cost = 2 ** logCost;
  // The same characters may be typed in more than one way.
  const text = password.normalize("NFKC");
  const options = { N: cost, r: blockSize, p: 1, maxmem: 2 * 128 * cost * blockSize };
  return new Promise((resolve, reject) => {
    scrypt(text, salt, keyBytes, options, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}

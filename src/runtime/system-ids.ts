import { randomBytes, randomUUID } from "node:crypto";
import type { Ids } from "../ports/ids.ts";

const pool = Buffer.alloc(4096);
let used = pool.length;

/** Identifiers from the operating system's random source; seeds are drawn from a buffer, thousands at a time. */
export const systemIds: Ids = {
  uuid: () => randomUUID(),
  seed() {
    if (used === pool.length) {
      randomBytes(pool.length).copy(pool);
      used = 0;
    }
    const seed = pool.readUInt32LE(used);
    used += 4;
    return seed;
  },
};

import { link, mkdir, readFile, unlink, writeFile } from "node:fs/promises";
import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where the example keeps what it has done, as a payment provider or a warehouse would. */
export const ordersFolder = process.env.ORDERS_DIR ?? join(tmpdir(), "stepwell-orders");

/**
 * Does something once per key: the second time, what the first one made is the answer. A task may run again after a
 * crash or a timeout, because nobody can know how far it came; so each of them must be able to.
 */
export async function once(key, make) {
  const file = join(ordersFolder, `${encodeURIComponent(key)}.json`);
  const known = await read(file);
  if (known !== undefined) return known;
  const draft = `${file}.${randomUUID()}`;
  await mkdir(ordersFolder, { recursive: true });
  await writeFile(draft, JSON.stringify(await make()));
  // A link, unlike a write, is made whole or not at all, and not over another one.
  await link(draft, file).catch((error) => {
    if (error.code !== "EEXIST") throw error;
  });
  await unlink(draft);
  return read(file);
}

async function read(file) {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}

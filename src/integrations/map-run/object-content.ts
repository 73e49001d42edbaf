import type { ObjectAddress, ObjectStore } from "../../ports/object-store.ts";
import { decompressed } from "./decompress.ts";
import { readerFailure } from "./reader-failure.ts";
import type { ReaderLimits } from "./reader-limits.ts";

/** The content of an object, decompressed as its name says. */
export async function* objectContent(
  store: ObjectStore,
  address: ObjectAddress,
  limits: ReaderLimits,
): AsyncGenerator<Uint8Array> {
  const { body, size } = await store.get(address);
  if (size > limits.objectBytes) {
    // A body that nobody begins to read would keep its file or connection.
    for await (const _ of body) break;
    throw objectTooLarge(address, limits.objectBytes);
  }
  let bytes = 0;
  for await (const chunk of decompressed(address.key, body)) {
    bytes += chunk.length;
    if (bytes > limits.contentBytes) throw objectTooLarge(address, limits.contentBytes);
    yield chunk;
  }
}

/** A whole object as text: for what is small by nature. */
export async function objectText(
  store: ObjectStore,
  address: ObjectAddress,
  limits: ReaderLimits,
): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of objectContent(store, address, limits)) {
    size += chunk.length;
    if (size > limits.manifestBytes) throw objectTooLarge(address, limits.manifestBytes);
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

function objectTooLarge(address: ObjectAddress, bytes: number): Error {
  const uri = `s3://${address.bucket}/${address.key}`;
  return readerFailure(`The object ${uri} exceeds the maximum size of ${bytes} bytes.`);
}

import { Readable } from "node:stream";
import { createGunzip, createZstdDecompress } from "node:zlib";

/**
 * The content of an object whose name says how it is compressed: `.gz`, `.zst` or `.zstd`, in any case. *Documented*:
 * the name decides, not the content.
 */
export function decompressed(
  key: string,
  body: AsyncIterable<Uint8Array>,
): AsyncIterable<Uint8Array> {
  const extension = /\.(gz|zst|zstd)$/i.exec(key)?.[1]?.toLowerCase();
  if (extension === undefined) return body;
  const source = Readable.from(body, { objectMode: false });
  const stream = extension === "gz" ? createGunzip() : createZstdDecompress();
  return source.compose(stream) as AsyncIterable<Uint8Array>;
}

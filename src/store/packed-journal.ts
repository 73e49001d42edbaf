import { constants, crc32, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import type { EventId } from "../machine/ids.ts";
import type { JournalChunk } from "../ports/store.ts";

/** Consecutive chunks of one execution, rewritten as one compressed blob. */
export interface JournalBlock {
  /** The public ids of the events in it, as {@link JournalChunk} has them. */
  readonly firstEventId: EventId;
  readonly lastEventId: EventId;
  readonly data: Uint8Array;
}

/**
 * How much text a block may have, in UTF-16 code units, but that one chunk is never divided. Most journals are one
 * block; reading a part of a long one, or rewriting it, then never takes more than about 2 ms at a time.
 */
export const blockLength = 128 * 1024;

/** The layout of what follows the first byte of a block. A block with another number is of a newer Stepwell. */
const layout = 1;
const headerBytes = 5;

// Measured with the journal of ten tasks: 642 bytes in 45 µs, where level 6 takes twice as long for 608. A dictionary
// of usual events would save 110 of them, but is for ever part of the format, and Node 22.18 cannot be given one.
const compression = { params: { [constants.ZSTD_c_compressionLevel]: 2 } };

/**
 * Packs chunks: a byte for the layout, the CRC-32 of the rest (big-endian), and a Zstandard frame. In the frame are
 * three numbers for each chunk as one JSON array, a line feed, and the texts one after the other. The numbers are how
 * far the first id is from the one that follows the ids before it (which is 0, but for private events), how far the
 * last is from the first, and the length.
 */
export function packChunks(chunks: readonly JournalChunk[]): JournalBlock {
  let following = 1;
  const bounds = chunks.flatMap(({ firstEventId, lastEventId, data }) => {
    const numbers = [firstEventId - following, lastEventId - firstEventId, data.length];
    if (lastEventId > 0) following = lastEventId + 1;
    return numbers;
  });
  const text = `${JSON.stringify(bounds)}\n${chunks.map(({ data }) => data).join("")}`;
  const frame = zstdCompressSync(text, compression);
  const data = Buffer.allocUnsafe(headerBytes + frame.length);
  data.writeUInt8(layout);
  data.writeUInt32BE(crc32(frame), 1);
  frame.copy(data, headerBytes);
  return {
    firstEventId: chunks.find(({ firstEventId }) => firstEventId > 0)?.firstEventId ?? 0,
    lastEventId: chunks.findLast(({ lastEventId }) => lastEventId > 0)?.lastEventId ?? 0,
    data,
  };
}

/** The chunks of a block that {@link packChunks} made. Throws if it is not as it was made; `of` says whose it is. */
export function unpackChunks(data: Uint8Array, of: string): JournalChunk[] {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  if (bytes.length > headerBytes && bytes[0] !== layout) {
    throw new Error(
      `the journal of ${of} is packed in layout ${bytes[0]}, and this version of Stepwell knows ${layout}: ` +
        "it is damaged, or a newer version wrote it",
    );
  }
  const frame = bytes.subarray(headerBytes);
  if (frame.length === 0 || bytes.readUInt32BE(1) !== crc32(frame)) {
    throw new Error(`the packed journal of ${of} is damaged: its checksum is wrong`);
  }
  const text = zstdDecompressSync(frame).toString();
  let position = text.indexOf("\n") + 1;
  const bounds = JSON.parse(text.slice(0, position)) as readonly number[];
  const chunks: JournalChunk[] = [];
  let following = 1;
  for (let index = 0; index < bounds.length; index += 3) {
    const [distance = 0, span = 0, length = 0] = bounds.slice(index, index + 3);
    const firstEventId = following + distance;
    const lastEventId = firstEventId + span;
    chunks.push({ firstEventId, lastEventId, data: text.slice(position, position + length) });
    position += length;
    if (lastEventId > 0) following = lastEventId + 1;
  }
  return chunks;
}

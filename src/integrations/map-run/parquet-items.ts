import type { AsyncBuffer, RowGroup } from "hyparquet";
import type { ObjectAddress, ObjectStore } from "../../ports/object-store.ts";
import type { Row } from "./item-batch.ts";
import { parquetParsers, parquetValue } from "./parquet-values.ts";
import { readerFailure } from "./reader-failure.ts";
import type { ReaderLimits } from "./reader-limits.ts";

/** Uncompressed bytes of the rows that are decoded at a time. Our choice: many times that in memory, as objects. */
const sliceBytes = 4 * 1024 ** 2;

/** The end of a file: the footer's length in four bytes, and `PAR1`. *Parquet format*. */
const trailerBytes = 8;

/**
 * The rows of a Parquet file. One row group is in memory at a time, compressed as it is stored; its rows are decoded
 * slice by slice.
 */
export async function* parquetItems(
  store: ObjectStore,
  address: ObjectAddress,
  limits: ReaderLimits,
): AsyncGenerator<readonly Row[]> {
  const [{ parquetMetadataAsync, parquetReadObjects }, { compressors }] = await Promise.all([
    import("hyparquet"),
    import("hyparquet-compressors"),
  ]);
  const file = await openFile(store, address, limits);
  const metadata = await parquetMetadataAsync(file, { initialFetchSize: 64 * 1024 });

  let groupStart = 0;
  for (const group of metadata.row_groups) {
    const rows = Number(group.num_rows);
    checkSize(group, limits);
    const groupFile = keptInMemory(file);
    const step = sliceRows(group);
    for (let from = 0; from < rows; from += step) {
      const objects = await parquetReadObjects({
        file: groupFile,
        metadata,
        compressors,
        parsers: parquetParsers,
        rowStart: groupStart + from,
        rowEnd: groupStart + Math.min(from + step, rows),
      });
      yield objects.map((object) => ({ value: parquetValue(object) }));
    }
    groupStart += rows;
  }
}

/** The object as ranges of bytes; refuses what is none, before anything large is read of it. */
async function openFile(
  store: ObjectStore,
  address: ObjectAddress,
  limits: ReaderLimits,
): Promise<AsyncBuffer> {
  const { size } = await store.head(address);
  const file: AsyncBuffer = {
    byteLength: size,
    slice: (start, end = size) => readRange(store, address, start, end),
  };
  const trailer = Buffer.from(await file.slice(Math.max(0, size - trailerBytes), size));
  if (size < 2 * trailerBytes || trailer.toString("latin1", 4) !== "PAR1") {
    throw readerFailure(`The object s3://${address.bucket}/${address.key} is not a Parquet file.`);
  }
  if (trailer.readUInt32LE(0) > limits.footerBytes) {
    throw readerFailure(
      `The footer of the Parquet file exceeds the maximum size of ${limits.footerBytes} bytes.`,
    );
  }
  return file;
}

async function readRange(
  store: ObjectStore,
  address: ObjectAddress,
  start: number,
  end: number,
): Promise<ArrayBuffer> {
  const result = new Uint8Array(end - start);
  if (end <= start) return result.buffer;
  let at = 0;
  const { body } = await store.get(address, { start, end });
  for await (const chunk of body) {
    result.set(chunk.subarray(0, result.length - at), at);
    at += chunk.length;
  }
  if (at < result.length) throw readerFailure("The Parquet file changed while it was read.");
  return result.buffer;
}

/**
 * The file with everything kept that was read of it: every slice of a row group's rows asks for the same ranges of
 * bytes, its columns.
 */
function keptInMemory(file: AsyncBuffer): AsyncBuffer {
  const kept = new Map<string, Promise<ArrayBuffer>>();
  return {
    byteLength: file.byteLength,
    slice(start, end = file.byteLength) {
      const range = `${start}-${end}`;
      const bytes = kept.get(range) ?? Promise.resolve(file.slice(start, end));
      kept.set(range, bytes);
      return bytes;
    },
  };
}

function checkSize(group: RowGroup, limits: ReaderLimits): void {
  const bytes = group.columns.reduce(
    (sum, column) => sum + Number(column.meta_data?.total_compressed_size ?? 0),
    0,
  );
  if (bytes <= limits.rowGroupBytes) return;
  throw readerFailure(
    `A row group of the Parquet file exceeds the maximum size of ${limits.rowGroupBytes} bytes.`,
  );
}

/** Rows that make up about {@link sliceBytes}. */
function sliceRows(group: RowGroup): number {
  const rows = Number(group.num_rows);
  const slices = Math.ceil(Number(group.total_byte_size) / sliceBytes);
  return Math.max(1, Math.ceil(rows / Math.max(1, slices)));
}

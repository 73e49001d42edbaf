import { gzipSync, zstdCompressSync } from "node:zlib";

/** A column of a file that a test writes. What is optional may be null. */
export type ParquetColumn = { readonly name: string; readonly optional?: boolean } & (
  | { readonly type: "UTF8"; readonly values: readonly (string | null)[] }
  | { readonly type: "BYTES"; readonly values: readonly (Uint8Array | null)[] }
  | { readonly type: "BOOLEAN"; readonly values: readonly (boolean | null)[] }
  | {
      readonly type: "DOUBLE" | "INT32" | "DATE";
      readonly values: readonly (number | null)[];
    }
  | { readonly type: "INT64" | "TIMESTAMP_MILLIS"; readonly values: readonly (bigint | null)[] }
);

type Codec = "UNCOMPRESSED" | "SNAPPY" | "GZIP" | "ZSTD";

const physicalTypes = {
  BOOLEAN: 0,
  INT32: 1,
  DATE: 1,
  INT64: 2,
  TIMESTAMP_MILLIS: 2,
  DOUBLE: 5,
  UTF8: 6,
  BYTES: 6,
};
const convertedTypes: { readonly [type: string]: number } = {
  UTF8: 0,
  DATE: 6,
  TIMESTAMP_MILLIS: 9,
};
const codecs = { UNCOMPRESSED: 0, SNAPPY: 1, GZIP: 2, ZSTD: 6 };

/** A Parquet file, written by the format's specification: plain pages, one for each column of each row group. */
export function parquetFile(
  columns: readonly ParquetColumn[],
  options: { readonly rowsPerGroup?: number; readonly codec?: Codec } = {},
): Buffer {
  const { codec = "UNCOMPRESSED", rowsPerGroup = Infinity } = options;
  const rows = columns[0]?.values.length ?? 0;
  const parts: Buffer[] = [Buffer.from("PAR1")];
  let offset = 4;
  const groups: Buffer[] = [];
  for (let from = 0; from < rows; from += rowsPerGroup) {
    const to = Math.min(from + rowsPerGroup, rows);
    const chunks = columns.map((column) => {
      const values = column.values.slice(from, to);
      const plain = Buffer.concat([
        ...(column.optional === true ? [definitionLevels(values)] : []),
        ...plainValues(column.type, values),
      ]);
      const compressed = compress(codec, plain);
      const dataPage = struct([1, i32(to - from)], [2, i32(0)], [3, i32(3)], [4, i32(3)]);
      const header = struct(
        [1, i32(0)],
        [2, i32(plain.length)],
        [3, i32(compressed.length)],
        [5, nested(dataPage)],
      );
      const size = header.length + compressed.length;
      const metadata = struct(
        [1, i32(physicalTypes[column.type])],
        [2, list([i32(0)])],
        [3, list([binary(column.name)])],
        [4, i32(codecs[codec])],
        [5, i64(to - from)],
        [6, i64(header.length + plain.length)],
        [7, i64(size)],
        [9, i64(offset)],
      );
      const chunk = struct([2, i64(offset)], [3, nested(metadata)]);
      parts.push(header, compressed);
      offset += size;
      return { chunk, size: header.length + plain.length };
    });
    const total = chunks.reduce((sum, { size }) => sum + size, 0);
    const columnList = list(chunks.map(({ chunk }) => nested(chunk)));
    groups.push(struct([1, columnList], [2, i64(total)], [3, i64(to - from)]));
  }
  const schema = [
    struct([4, binary("schema")], [5, i32(columns.length)]),
    ...columns.map(({ name, type, optional }) => {
      const converted = convertedTypes[type];
      return struct(
        [1, i32(physicalTypes[type])],
        [3, i32(optional === true ? 1 : 0)],
        [4, binary(name)],
        ...(converted === undefined ? [] : [[6, i32(converted)] as const]),
      );
    }),
  ];
  const footer = struct(
    [1, i32(1)],
    [2, list(schema.map(nested))],
    [3, i64(rows)],
    [4, list(groups.map(nested))],
    [6, binary("a test")],
  );
  const length = Buffer.alloc(4);
  length.writeUInt32LE(footer.length);
  return Buffer.concat([...parts, footer, length, Buffer.from("PAR1")]);
}

function plainValues(type: ParquetColumn["type"], values: readonly unknown[]): Buffer[] {
  const present = values.filter((value) => value !== null);
  if (type === "BOOLEAN") {
    const bits = Buffer.alloc(Math.ceil(present.length / 8));
    for (const [index, value] of present.entries()) {
      if (value === true) bits[index >> 3] = (bits[index >> 3] ?? 0) | (1 << (index & 7));
    }
    return [bits];
  }
  return present.map((value) => {
    if (type === "UTF8" || type === "BYTES") {
      const bytes = Buffer.from(value as string);
      const length = Buffer.alloc(4);
      length.writeUInt32LE(bytes.length);
      return Buffer.concat([length, bytes]);
    }
    const bytes = Buffer.alloc(type === "INT32" || type === "DATE" ? 4 : 8);
    if (type === "DOUBLE") bytes.writeDoubleLE(value as number);
    else if (bytes.length === 4) bytes.writeInt32LE(value as number);
    else bytes.writeBigInt64LE(value as bigint);
    return bytes;
  });
}

/** Whether each value is there, as runs of one. */
function definitionLevels(values: readonly unknown[]): Buffer {
  const runs = Buffer.from(values.flatMap((value) => [1 << 1, value === null ? 0 : 1]));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(runs.length);
  return Buffer.concat([length, runs]);
}

function compress(codec: Codec, bytes: Buffer): Buffer {
  if (codec === "GZIP") return gzipSync(bytes);
  if (codec === "ZSTD") return zstdCompressSync(bytes);
  if (codec === "UNCOMPRESSED") return bytes;
  // Snappy: the length, and then the bytes as literals of at most 60.
  const parts = [varint(BigInt(bytes.length))];
  for (let at = 0; at < bytes.length; at += 60) {
    const literal = bytes.subarray(at, at + 60);
    parts.push(Buffer.from([(literal.length - 1) << 2]), literal);
  }
  return Buffer.concat(parts);
}

/** A value in Thrift's compact protocol, with its type's number. */
interface Thrift {
  readonly type: number;
  readonly bytes: Buffer;
}

const i32 = (value: number): Thrift => ({ type: 5, bytes: zigzag(value) });
const i64 = (value: number): Thrift => ({ type: 6, bytes: zigzag(value) });
const nested = (bytes: Buffer): Thrift => ({ type: 12, bytes });

function binary(text: string): Thrift {
  const bytes = Buffer.from(text);
  return { type: 8, bytes: Buffer.concat([varint(BigInt(bytes.length)), bytes]) };
}

function list(items: readonly Thrift[]): Thrift {
  const type = items[0]?.type ?? 12;
  const head =
    items.length < 15
      ? Buffer.from([(items.length << 4) | type])
      : Buffer.concat([Buffer.from([0xf0 | type]), varint(BigInt(items.length))]);
  return { type: 9, bytes: Buffer.concat([head, ...items.map(({ bytes }) => bytes)]) };
}

function struct(...fields: readonly (readonly [id: number, value: Thrift])[]): Buffer {
  let last = 0;
  const parts: Buffer[] = [];
  for (const [id, { type, bytes }] of fields) {
    parts.push(Buffer.from([((id - last) << 4) | type]), bytes);
    last = id;
  }
  return Buffer.concat([...parts, Buffer.from([0])]);
}

function zigzag(value: number): Buffer {
  const big = BigInt(value);
  return varint(big < 0n ? -big * 2n - 1n : big * 2n);
}

function varint(value: bigint): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80n) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Buffer.from(bytes);
}

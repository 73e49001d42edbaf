import { crc32, deflateRawSync } from "node:zlib";

export interface ZipFile {
  /** With slashes, relative. */
  readonly path: string;
  readonly content: Uint8Array;
  readonly isExecutable?: boolean;
}

/** 1980-01-01, the first day that there is: the same files make the same archive. */
const date = 0x21;
const deflate = 8;
/** Names are UTF-8. */
const flags = 0x0800;
/** 2.0 of the format, made on Unix. */
const version = 20;
const madeBy = (3 << 8) | version;

/** More would need another format. */
const mostFiles = 0xfffe;

/** A ZIP archive of files, in the order of their paths: the code of a function that is in a template or a folder. */
export function writeZip(files: readonly ZipFile[]): Buffer {
  if (files.length > mostFiles)
    throw new RangeError(`A ZIP archive has at most ${mostFiles} files`);
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const file of files.toSorted((one, other) => (one.path < other.path ? -1 : 1))) {
    const name = Buffer.from(file.path);
    const packed = deflateRawSync(file.content);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(version, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(deflate, 4);
    common.writeUInt16LE(date, 8);
    common.writeUInt32LE(crc32(file.content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(file.content.length, 18);
    common.writeUInt16LE(name.length, 22);
    parts.push(signature(0x04034b50), common, name, packed);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(((file.isExecutable === true ? 0o100755 : 0o100644) << 16) >>> 0, 6);
    rest.writeUInt32LE(offset, 10);
    const made = Buffer.alloc(2);
    made.writeUInt16LE(madeBy, 0);
    directory.push(signature(0x02014b50), made, common, rest, name);
    offset += 4 + common.length + name.length + packed.length;
  }
  const end = Buffer.alloc(18);
  const listed = Buffer.concat(directory);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, listed, signature(0x06054b50), end]);
}

function signature(number: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(number, 0);
  return bytes;
}

import { crc32, deflateRawSync } from "node:zlib";

export interface ZipEntry {
  /** With slashes: `src/index.js`. */
  readonly name: string;
  readonly content: Uint8Array;
  readonly isExecutable?: boolean;
}

/** *Documented*: APPNOTE.TXT of PKWARE. */
const localHeader = 0x04034b50;
const centralHeader = 0x02014b50;
const endOfCentralDirectory = 0x06054b50;
const version = 20;
const deflated = 8;
/** Names are UTF-8. */
const flags = 0x0800;
/** 1980-01-01: the same files are the same archive, whenever they are packed. */
const date = 0x0021;
/** Made on a Unix, where files have modes. */
const madeBy = (3 << 8) | version;

/** An archive of files; the same files give the same bytes. */
export function zip(entries: readonly ZipEntry[]): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of [...entries].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = Buffer.from(entry.name);
    const data = deflateRawSync(entry.content);
    const common = commonHeader(entry.content, data.length, name.length);
    const local = Buffer.alloc(4);
    local.writeUInt32LE(localHeader);
    parts.push(local, common, name, data);
    directory.push(centralEntry(common, offset, entry.isExecutable === true), name);
    offset += local.length + common.length + name.length + data.length;
  }
  const central = Buffer.concat(directory);
  return Buffer.concat([...parts, central, end(entries.length, central.length, offset)]);
}

/** What the header of a file and its entry in the directory share. */
function commonHeader(content: Uint8Array, size: number, nameLength: number): Buffer {
  const header = Buffer.alloc(26);
  header.writeUInt16LE(version, 0);
  header.writeUInt16LE(flags, 2);
  header.writeUInt16LE(deflated, 4);
  header.writeUInt16LE(date, 8);
  header.writeUInt32LE(crc32(content), 10);
  header.writeUInt32LE(size, 14);
  header.writeUInt32LE(content.length, 18);
  header.writeUInt16LE(nameLength, 22);
  return header;
}

function centralEntry(common: Buffer, offset: number, isExecutable: boolean): Buffer {
  const before = Buffer.alloc(6);
  before.writeUInt32LE(centralHeader, 0);
  before.writeUInt16LE(madeBy, 4);
  const after = Buffer.alloc(14);
  const mode = 0o100000 | (isExecutable ? 0o755 : 0o644);
  after.writeUInt32LE((mode << 16) >>> 0, 6);
  after.writeUInt32LE(offset, 10);
  return Buffer.concat([before, common, after]);
}

function end(count: number, size: number, offset: number): Buffer {
  const record = Buffer.alloc(22);
  record.writeUInt32LE(endOfCentralDirectory, 0);
  record.writeUInt16LE(count, 8);
  record.writeUInt16LE(count, 10);
  record.writeUInt32LE(size, 12);
  record.writeUInt32LE(offset, 16);
  return record;
}

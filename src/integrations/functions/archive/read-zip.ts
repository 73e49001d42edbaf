import { crc32, inflateRaw } from "node:zlib";
import { promisify } from "node:util";

const inflated = promisify(inflateRaw);

/** *Documented*: Lambda, a function with its layers, unzipped. */
export const maxUnzippedBytes = 262_144_000;

/** Numbers and sizes of the format: *spec*, PKWARE's APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16. */
const endSignature = 0x06054b50;
const endBytes = 22;
const longestComment = 0xffff;
const entrySignature = 0x02014b50;
const entryBytes = 46;
const localSignature = 0x04034b50;
const localBytes = 30;
const isZip64 = 0xffffffff;

/** The archive cannot be read or must not be unpacked; the message says why. */
export class ZipError extends Error {
  override readonly name = "ZipError";
}

/** A file of an archive. Folders are not listed: they are there for their files. */
export interface ZipEntry {
  /** Relative, with slashes, and within the folder that it is unpacked into: no part is empty, `.` or `..`. */
  readonly path: string;
  readonly size: number;
  readonly isExecutable: boolean;
  /** Its content, compared with its checksum. */
  readonly read: () => Promise<Uint8Array>;
}

/**
 * The files of a ZIP archive, as its central directory says; what a function's code may not be is refused before anything is
 * unpacked: names that lead elsewhere, links, encryption, more than {@link maxUnzippedBytes}.
 */
export function readZip(archive: Uint8Array): readonly ZipEntry[] {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  const end = endOfDirectory(bytes);
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  if (count === 0xffff || at === isZip64) throw new ZipError("ZIP64 archives are not read");
  const files = new Map<string, ZipEntry>();
  let total = 0;
  for (let index = 0; index < count; index++) {
    const header = entryAt(bytes, at);
    at = header.next;
    if (header.name.endsWith("/")) {
      safePath(header.name.slice(0, -1));
      continue;
    }
    total += header.size;
    if (total > maxUnzippedBytes) {
      throw new ZipError(`Unzipped size must be smaller than ${maxUnzippedBytes} bytes`);
    }
    const entry = fileOf(bytes, header);
    if (files.has(entry.path)) throw new ZipError(`It has the file ${entry.path} twice`);
    files.set(entry.path, entry);
  }
  refuseFilesAsFolders(files);
  return [...files.values()];
}

/** The record at the end, before a comment that may follow it. */
function endOfDirectory(bytes: Buffer): number {
  const least = Math.max(0, bytes.length - endBytes - longestComment);
  for (let at = bytes.length - endBytes; at >= least; at--) {
    const isEnd =
      bytes.readUInt32LE(at) === endSignature &&
      at + endBytes + bytes.readUInt16LE(at + 20) === bytes.length;
    if (isEnd) return at;
  }
  throw new ZipError("It is not a ZIP archive, or its end is missing");
}

interface EntryHeader {
  readonly name: string;
  readonly madeOnUnix: boolean;
  readonly flags: number;
  readonly method: number;
  readonly checksum: number;
  readonly packedSize: number;
  readonly size: number;
  readonly attributes: number;
  readonly offset: number;
  readonly next: number;
}

function entryAt(bytes: Buffer, at: number): EntryHeader {
  if (at + entryBytes > bytes.length || bytes.readUInt32LE(at) !== entrySignature) {
    throw new ZipError("Its central directory is damaged");
  }
  const nameEnd = at + entryBytes + bytes.readUInt16LE(at + 28);
  const next = nameEnd + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  if (next > bytes.length) throw new ZipError("Its central directory is damaged");
  const header: EntryHeader = {
    name: bytes.toString("utf8", at + entryBytes, nameEnd),
    madeOnUnix: bytes.readUInt8(at + 5) === 3,
    flags: bytes.readUInt16LE(at + 8),
    method: bytes.readUInt16LE(at + 10),
    checksum: bytes.readUInt32LE(at + 16),
    packedSize: bytes.readUInt32LE(at + 20),
    size: bytes.readUInt32LE(at + 24),
    attributes: bytes.readUInt32LE(at + 38),
    offset: bytes.readUInt32LE(at + 42),
    next,
  };
  if ([header.packedSize, header.size, header.offset].includes(isZip64)) {
    throw new ZipError("ZIP64 archives are not read");
  }
  return header;
}

function fileOf(bytes: Buffer, header: EntryHeader): ZipEntry {
  const { name, flags, method, attributes, madeOnUnix, size } = header;
  const path = safePath(name);
  const mode = madeOnUnix ? attributes >>> 16 : 0;
  if ((flags & 1) !== 0) throw new ZipError(`The file ${path} is encrypted`);
  if (method !== 0 && method !== 8) {
    throw new ZipError(`The file ${path} is packed by method ${method}: only deflate is read`);
  }
  // A link would let what is unpacked after it, or the code, reach out of the folder.
  if ((mode & 0o170000) === 0o120000) throw new ZipError(`The file ${path} is a symbolic link`);
  return {
    path,
    size,
    isExecutable: (mode & 0o111) !== 0,
    read: () => contentOf(bytes, path, header),
  };
}

async function contentOf(bytes: Buffer, path: string, header: EntryHeader): Promise<Uint8Array> {
  const { offset, method, packedSize, size, checksum } = header;
  const damaged = (): ZipError => new ZipError(`The file ${path} is damaged`);
  if (offset + localBytes > bytes.length || bytes.readUInt32LE(offset) !== localSignature) {
    throw damaged();
  }
  const from =
    offset + localBytes + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
  if (from + packedSize > bytes.length) throw damaged();
  const packed = bytes.subarray(from, from + packedSize);
  const content =
    method === 0
      ? packed
      : // No more than was said is ever unpacked.
        await inflated(packed, { maxOutputLength: Math.max(1, size) }).catch(() => {
          throw damaged();
        });
  if (content.length !== size || crc32(content) !== checksum) throw damaged();
  return content;
}

/** *Our choice*: archives of Windows have backslashes, which are taken as slashes. */
function safePath(name: string): string {
  const path = name.replaceAll("\\", "/");
  const parts = path.split("/");
  const isSafe = parts.every((part) => part !== "" && part !== "." && part !== "..");
  if (!isSafe || /[\0:]/.test(path) || path.length > 1_024) {
    throw new ZipError(`The name '${name.slice(0, 200)}' is not that of a file in a folder`);
  }
  return path;
}

function refuseFilesAsFolders(files: ReadonlyMap<string, ZipEntry>): void {
  for (const path of files.keys()) {
    for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1)) {
      const folder = path.slice(0, at);
      if (files.has(folder)) throw new ZipError(`${folder} is both a file and a folder`);
    }
  }
}

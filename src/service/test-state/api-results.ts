import { open, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliDecompress } from "node:zlib";

/** A type of an API, as far as its values can be checked. */
export interface Shape {
  /** `document` is any JSON. */
  readonly type:
    | "structure"
    | "list"
    | "map"
    | "string"
    | "character"
    | "timestamp"
    | "blob"
    | "boolean"
    | "integer"
    | "long"
    | "float"
    | "double"
    | "document";
  readonly members?: { readonly [name: string]: string };
  readonly required?: readonly string[];
  /** Shape of a list's items. */
  readonly member?: string;
  /** Shape of a map's values. */
  readonly value?: string;
  /** Of a number its value, of a text or blob its length. */
  readonly min?: number;
  readonly max?: number;
  readonly enum?: readonly string[];
}

/** What the operations of a service answer: the name of a shape, or `null` for nothing. */
export interface ServiceResults {
  readonly operations: { readonly [operation: string]: string | null };
  readonly shapes: { readonly [name: string]: Shape };
}

/** Made by `scripts/aws-results.mjs`, which describes it. It is as far from here as from the compiled file. */
const file = join(import.meta.dirname, "..", "..", "..", "data", "aws-results.bin");

const decompress = promisify(brotliDecompress);

/**
 * What a service's operations answer; `undefined` if the service is not known. `service` is its name in the ARNs of SDK
 * integrations.
 */
export async function serviceResults(service: string): Promise<ServiceResults | undefined> {
  const handle = await open(file);
  try {
    const length = (await read(handle, 0, 4)).readUInt32BE();
    const index = JSON.parse((await read(handle, 4, length)).toString()) as {
      readonly [service: string]: readonly [offset: number, length: number];
    };
    const place = Object.hasOwn(index, service) ? index[service] : undefined;
    if (place === undefined) return undefined;
    const packed = await read(handle, 4 + length + place[0], place[1]);
    return JSON.parse((await decompress(packed)).toString()) as ServiceResults;
  } finally {
    await handle.close();
  }
}

async function read(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer } = await handle.read(Buffer.alloc(length), 0, length, position);
  return buffer;
}

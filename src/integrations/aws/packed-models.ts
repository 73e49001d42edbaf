import { open, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliDecompress } from "node:zlib";

/** A type of an API. */
export interface ModelShape {
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
  /** Of results: of a number its value, of a text or blob its length. */
  readonly min?: number;
  readonly max?: number;
  readonly enum?: readonly string[];
}

/** What the operations of a service take, or answer: the name of a shape, or `null` for nothing. */
export interface PackedModel {
  readonly operations: { readonly [operation: string]: string | null };
  readonly shapes: { readonly [name: string]: ModelShape };
}

/** It is as far from here as from the compiled file. */
const folder = join(import.meta.dirname, "..", "..", "..", "data");

const decompress = promisify(brotliDecompress);

/**
 * What is known of a service's operations without its client; `undefined` if the service is not known. `service` is its name in the
 * ARNs of SDK integrations. `scripts/aws-models.mjs` says what the files are.
 */
export async function packedModel(
  of: "requests" | "results",
  service: string,
): Promise<PackedModel | undefined> {
  const handle = await open(join(folder, `aws-${of}.bin`));
  try {
    const length = (await read(handle, 0, 4)).readUInt32BE();
    const index = JSON.parse((await read(handle, 4, length)).toString()) as {
      readonly [service: string]: readonly [offset: number, length: number];
    };
    const place = Object.hasOwn(index, service) ? index[service] : undefined;
    if (place === undefined) return undefined;
    const packed = await read(handle, 4 + length + place[0], place[1]);
    return JSON.parse((await decompress(packed)).toString()) as PackedModel;
  } finally {
    await handle.close();
  }
}

async function read(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer } = await handle.read(Buffer.alloc(length), 0, length, position);
  return buffer;
}

import { randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { ServiceError } from "../../ports/service-api.ts";
import type { ObjectNote } from "./object-notes.ts";

/** Where an upload goes to, and what is known of its object. */
export interface UploadRecord {
  readonly bucket: string;
  readonly key: string;
  readonly note: Omit<ObjectNote, "etag">;
  readonly initiated: number;
}

export interface UploadPart {
  readonly partNumber: number;
  /** The MD5 of its bytes, with quotes. */
  readonly etag: string;
  readonly size: number;
  readonly lastModified: number;
}

/** Our choices: uploads at a time, and how long one may lie. */
const mostUploads = 1_000;
const keptMs = 7 * 24 * 60 * 60 * 1_000;

/** Uploads in parts that are not complete: a folder for each, with a file for each part. */
export class Uploads {
  readonly #folder: string;
  readonly #now: () => number;

  /** The folder is beside those of the buckets, in the same file system. */
  constructor(objectFolder: string, now: () => number) {
    this.#folder = join(objectFolder, ".stepwell-uploads");
    this.#now = now;
  }

  async begin(upload: Omit<UploadRecord, "initiated">): Promise<string> {
    await this.#removeOld();
    const id = randomUUID();
    await mkdir(join(this.#folder, id), { recursive: true });
    const record: UploadRecord = { ...upload, initiated: this.#now() };
    await writeFile(join(this.#folder, id, "upload.json"), JSON.stringify(record));
    return id;
  }

  /** Throws `NoSuchUpload` where it is of another object, too. */
  async find(id: string, address: { bucket: string; key: string }): Promise<UploadRecord> {
    if (/^[0-9a-f-]{36}$/.test(id)) {
      const text = await readFile(join(this.#folder, id, "upload.json"), "utf8").catch(() => "");
      const record = text === "" ? undefined : (JSON.parse(text) as UploadRecord);
      if (record?.bucket === address.bucket && record.key === address.key) return record;
    }
    throw new ServiceError(
      "NoSuchUpload",
      "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.",
      404,
      { UploadId: id },
    );
  }

  /** Those of a bucket. */
  async list(bucket: string): Promise<readonly (UploadRecord & { readonly id: string })[]> {
    const found: (UploadRecord & { readonly id: string })[] = [];
    for (const id of await this.#ids()) {
      const text = await readFile(join(this.#folder, id, "upload.json"), "utf8").catch(() => "");
      const record = text === "" ? undefined : (JSON.parse(text) as UploadRecord);
      if (record?.bucket === bucket) found.push({ ...record, id });
    }
    return found;
  }

  async putPart(
    id: string,
    partNumber: number,
    body: AsyncIterable<Uint8Array>,
  ): Promise<UploadPart> {
    const md5 = createHash("md5");
    const unfinished = join(this.#folder, id, `unfinished-${randomUUID()}`);
    let size = 0;
    try {
      await pipeline(
        body,
        async function* (parts: AsyncIterable<Uint8Array>) {
          for await (const part of parts) {
            md5.update(part);
            size += part.length;
            yield part;
          }
        },
        createWriteStream(unfinished),
      );
      const etag = md5.digest("hex");
      for (const before of await this.#files(id)) {
        if (before.partNumber === partNumber) await rm(join(this.#folder, id, before.name));
      }
      await rename(unfinished, join(this.#folder, id, nameOf(partNumber, etag)));
      return { partNumber, etag: `"${etag}"`, size, lastModified: this.#now() };
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
  }

  async parts(id: string): Promise<readonly UploadPart[]> {
    const files = await this.#files(id);
    return Promise.all(
      files.map(async ({ name, partNumber, etag }) => {
        const { size, mtimeMs } = await stat(join(this.#folder, id, name));
        return { partNumber, etag: `"${etag}"`, size, lastModified: Math.floor(mtimeMs) };
      }),
    );
  }

  async *bytes(id: string, parts: readonly UploadPart[]): AsyncGenerator<Uint8Array> {
    for (const { partNumber, etag } of parts) {
      const file = join(this.#folder, id, nameOf(partNumber, etag.replaceAll('"', "")));
      yield* createReadStream(file) as AsyncIterable<Uint8Array>;
    }
  }

  end(id: string): Promise<void> {
    return rm(join(this.#folder, id), { recursive: true, force: true });
  }

  async #files(id: string) {
    const names = await readdir(join(this.#folder, id));
    return names
      .flatMap((name) => {
        const [, number, etag] = /^(\d{5})-([0-9a-f]{32})$/.exec(name) ?? [];
        return number === undefined || etag === undefined
          ? []
          : [{ name, partNumber: Number(number), etag }];
      })
      .sort((one, other) => one.partNumber - other.partNumber);
  }

  #ids(): Promise<readonly string[]> {
    return readdir(this.#folder).catch(() => []);
  }

  async #removeOld(): Promise<void> {
    const ids = await this.#ids();
    for (const id of ids) {
      const found = await stat(join(this.#folder, id)).catch(() => undefined);
      if (found !== undefined && found.mtimeMs < this.#now() - keptMs) await this.end(id);
    }
    if (ids.length >= mostUploads) {
      throw new ServiceError(
        "SlowDown",
        `There are ${mostUploads} uploads that are not complete: complete or abort some`,
        503,
      );
    }
  }
}

function nameOf(partNumber: number, etag: string): string {
  return `${String(partNumber).padStart(5, "0")}-${etag}`;
}

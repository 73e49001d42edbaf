import type { ObjectStore } from "../../ports/object-store.ts";
import { openUpload, type OpenUpload } from "./open-upload.ts";

export type OutputType = "JSON" | "JSONL";

/** A file in a manifest. */
export interface ResultFile {
  readonly Key: string;
  readonly Size: number;
}

export interface ResultFilesOptions {
  readonly store: ObjectStore;
  readonly bucket: string;
  /** What all keys begin with, to the slash. */
  readonly folder: string;
  /** `SUCCEEDED`, `FAILED` or `PENDING`. */
  readonly status: string;
  readonly outputType: OutputType;
  /** Bytes of a file, beyond which another one begins. */
  readonly fileBytes: number;
}

/** The files of the results with one status: `SUCCEEDED_0.json`, `SUCCEEDED_1.json` … */
export interface ResultFiles {
  /** Writes the results of one child: all of them into one file. */
  write(texts: readonly string[]): Promise<void>;
  /** The files, once they are there. There is none if nothing was written. */
  finish(): Promise<readonly ResultFile[]>;
  abort(): Promise<void>;
}

/** JSON files are arrays without blanks; in JSON Lines every line ends in a newline. *Observed*. */
export function createResultFiles(options: ResultFilesOptions): ResultFiles {
  const { bucket, outputType } = options;
  const isJson = outputType === "JSON";
  const files: ResultFile[] = [];
  let open: { readonly key: string; readonly upload: OpenUpload } | undefined;
  let size = 0;

  return {
    async write(texts) {
      const body = isJson ? texts.join(",") : texts.map((text) => `${text}\n`).join("");
      const bytes = Buffer.byteLength(body);
      // One for the bracket or comma before it, and one for the bracket that closes the file.
      if (open !== undefined && size + bytes + 2 > options.fileBytes) await close();
      const isFirst = open === undefined || size === 1;
      open ??= begin();
      const before = !isJson || bytes === 0 ? "" : isFirst ? "" : ",";
      const start = isJson && size === 0 ? "[" : "";
      size += Buffer.byteLength(start + before) + bytes;
      await open.upload.write(start + before + body);
    },
    async finish() {
      await close();
      return files;
    },
    async abort() {
      await open?.upload.abort();
      open = undefined;
    },
  };

  function begin() {
    const key = `${options.folder}${options.status}_${files.length}.${isJson ? "json" : "jsonl"}`;
    return { key, upload: openUpload(options.store, { bucket, key }) };
  }

  async function close(): Promise<void> {
    if (open === undefined) return;
    const { key, upload } = open;
    if (isJson) {
      await upload.write("]");
      size++;
    }
    await upload.finish();
    files.push({ Key: key, Size: size });
    open = undefined;
    size = 0;
  }
}

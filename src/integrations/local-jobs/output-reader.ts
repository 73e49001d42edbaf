import { open } from "node:fs/promises";
import { StringDecoder } from "node:string_decoder";
import type { JobFolder, OutputStream } from "./job-folder.ts";

/** Our choice: what is read of a file at a time. */
const chunkBytes = 65_536;

/** Reads what a job prints as it grows. */
export class OutputReader {
  readonly #folder: JobFolder;
  readonly #stream: OutputStream;
  readonly #printed: (text: string) => void;
  readonly #decoder = new StringDecoder("utf8");
  #position: number;

  /** Begins with what is printed from now on, where `fromNow`. */
  constructor(
    folder: JobFolder,
    stream: OutputStream,
    printed: (text: string) => void,
    fromNow: boolean,
  ) {
    this.#folder = folder;
    this.#stream = stream;
    this.#printed = printed;
    this.#position = fromNow ? folder.outputBytes(stream) : 0;
  }

  /** Hands on what has come since the last time. */
  async read(): Promise<void> {
    const size = this.#folder.outputBytes(this.#stream);
    // It was cut.
    if (size < this.#position) this.#position = 0;
    if (size === this.#position) return;
    const file = await open(this.#folder.outputPath(this.#stream));
    try {
      const chunk = Buffer.allocUnsafe(Math.min(chunkBytes, size - this.#position));
      while (this.#position < size) {
        const { bytesRead } = await file.read(chunk, 0, chunk.length, this.#position);
        if (bytesRead === 0) break;
        this.#position += bytesRead;
        this.#printed(this.#decoder.write(chunk.subarray(0, bytesRead)));
      }
    } finally {
      await file.close();
    }
  }
}

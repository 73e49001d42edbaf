import { once } from "node:events";
import { PassThrough } from "node:stream";
import type { ObjectAddress, ObjectStore } from "../../ports/object-store.ts";

/** An object that is being written, piece by piece. */
export interface OpenUpload {
  /** Resolves when there is room for more. Rejects if the store has refused what came before. */
  write(text: string): Promise<void>;
  /** Resolves when the object is there. */
  finish(): Promise<void>;
  /** Leaves no object. */
  abort(): Promise<void>;
}

/** Bytes that wait for the store before a writer must. Our choice. */
const highWaterMark = 256 * 1024;

/** Begins to write an object. */
export function openUpload(store: ObjectStore, address: ObjectAddress): OpenUpload {
  const stream = new PassThrough({ highWaterMark });
  let failure: unknown;
  const stored = store.put(address, stream).then(
    () => undefined,
    (error: unknown) => {
      failure = error;
      // Wakes a writer that waits for room.
      stream.destroy();
    },
  );
  // What a destroyed stream says is told by `failure`, or nobody asks.
  stream.on("error", () => undefined);

  return {
    async write(text) {
      if (failure !== undefined) throw failure;
      if (stream.write(text)) return;
      await Promise.race([once(stream, "drain"), stored]);
      if (failure !== undefined) throw failure;
    },
    async finish() {
      stream.end();
      await stored;
      if (failure !== undefined) throw failure;
    },
    async abort() {
      stream.destroy(new Error("The results are not written"));
      await stored;
    },
  };
}

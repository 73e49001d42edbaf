import type { ExecutionLog } from "../../ports/execution-log.ts";

/** What this needs of a stream. */
export interface TextStream {
  readonly writableLength: number;
  write(text: string): boolean;
}

/** Our choice: what a reader that is slow may leave in memory; the rest is dropped. */
const maxBufferedBytes = 32 * 1024 * 1024;

/** Writes the records to a stream, usually stdout, one on each line. */
export function createJsonLinesStream(stream: TextStream): ExecutionLog {
  return {
    write(entries) {
      if (entries.length === 0 || stream.writableLength > maxBufferedBytes) return;
      stream.write(`${entries.map(({ text }) => text).join("\n")}\n`);
    },
    close: async () => {},
  };
}

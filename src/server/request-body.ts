import type { IncomingMessage } from "node:http";

/** What is read and thrown away of a body that is too large, so that its sender gets to see the answer. */
const maxDiscardedBytes = 8 * 1024 * 1024;

const empty = Buffer.alloc(0);

/**
 * Reads a request's body and calls `done` once: with its bytes, with `undefined` if it is too large, or not at all if the client
 * goes away before the end. Callbacks, not a promise: this is on the path of every request.
 */
export function readBody(
  request: IncomingMessage,
  maxBytes: number,
  done: (body: Buffer | undefined) => void,
): void {
  const mostReadBytes = Math.max(maxBytes, maxDiscardedBytes);
  if (Number(request.headers["content-length"] ?? 0) > mostReadBytes) {
    done(undefined);
    return;
  }
  let first: Buffer | undefined;
  let more: Buffer[] | undefined;
  let bytes = 0;
  request.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxBytes) {
      first = more = undefined;
      if (bytes > mostReadBytes) {
        request.removeAllListeners("data").removeAllListeners("end");
        done(undefined);
      }
    } else if (first === undefined) first = chunk;
    else (more ??= [first]).push(chunk);
  });
  request.on("end", () => {
    if (bytes > maxBytes) done(undefined);
    else if (more !== undefined) done(Buffer.concat(more, bytes));
    else done(first ?? empty);
  });
}

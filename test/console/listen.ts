import { request, type IncomingMessage } from "node:http";
import type { StreamFrame, StreamStart } from "../../src/console/view-types.ts";

/** A stream of the console as a page has it. */
export interface Listener {
  readonly response: IncomingMessage;
  /** How it began; absent: it has not been said yet. */
  start: StreamStart | undefined;
  /** All that was told, in order. */
  readonly frames: StreamFrame[];
  close(): void;
}

/** Resolves when the stream is open. */
export function listen(port: number, query: string): Promise<Listener> {
  return new Promise((resolve, reject) => {
    const asked = request({
      port,
      host: "127.0.0.1",
      agent: false,
      path: `/console/api/stream?${query}`,
    });
    asked.on("error", reject);
    asked.on("response", (response) => {
      const frames: StreamFrame[] = [];
      const listener: Listener = {
        response,
        start: undefined,
        frames,
        close: () => asked.destroy(),
      };
      resolve(listener);
      response.on("error", () => {});
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
        const parts = text.split("\n\n");
        text = parts.pop() ?? "";
        for (const part of parts) {
          const [, start] = /^event: start\ndata: (.*)$/s.exec(part) ?? [];
          if (start !== undefined) listener.start = JSON.parse(start) as StreamStart;
          if (part.startsWith("data: ")) frames.push(JSON.parse(part.slice(6)) as StreamFrame);
        }
      });
    });
    asked.end();
  });
}

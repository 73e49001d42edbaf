import { parseJson } from "./json-value.ts";

/** Parses a large document where nobody waits for it. */
self.addEventListener("message", ({ data }: MessageEvent<string>) => {
  try {
    self.postMessage({ value: parseJson(data) });
  } catch {
    self.postMessage(undefined);
  }
});

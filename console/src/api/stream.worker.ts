import { openStream } from "./open-stream.ts";
import type { ToHub } from "./live-messages.ts";
import { StreamHub } from "./stream-hub.ts";

/** The shared worker that all tabs of a browser have together. */
const hub = new StreamHub(openStream);

addEventListener("connect", (event) => {
  const [port] = (event as MessageEvent).ports;
  port?.addEventListener("message", ({ data }: MessageEvent<ToHub>) => hub.receive(port, data));
  port?.start();
});

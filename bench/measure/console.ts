import { get } from "node:http";
import type { StepwellProcess } from "../stepwell/stepwell-process.ts";
import { type BesideFigures, measureBeside } from "./beside.ts";

const homeEveryMs = 2_000;
const headers = { "accept-encoding": "gzip, deflate, br, zstd" };

/** W1 without the console, and with one that is open at the home page. */
export function measureConsole(
  seconds: number,
  progress: (text: string) => void,
): Promise<BesideFigures> {
  return measureBeside(seconds, progress, {
    what: "an open console",
    server: { console: true },
    ask: watch,
  });
}

/**
 * What a browser asks that shows the home page: the stream of all executions, and every two seconds the page. A slice is
 * shorter than that: the page is asked for in the slice in which it is its turn.
 */
function watch({ port }: StepwellProcess, atMs: number): () => void {
  const address = `http://127.0.0.1:${port}/console/api`;
  const stream = get(`${address}/stream?executions`, { headers }, (response) => response.resume());
  stream.on("error", () => {});
  const untilAsked = (homeEveryMs - (atMs % homeEveryMs)) % homeEveryMs;
  const timer = setTimeout(() => {
    get(`${address}/home`, { headers }, (response) => response.resume()).on("error", () => {});
  }, untilAsked);
  return () => {
    clearTimeout(timer);
    stream.destroy();
  };
}

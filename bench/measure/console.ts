import { get } from "node:http";
import { startStepwellProcess } from "../stepwell/stepwell-process.ts";
import { measureW1 } from "./workflows.ts";

/** Executions per second of W1, without the console and with one that is open. */
export interface ConsoleFigures {
  readonly without: number;
  readonly open: number;
}

const homeEveryMs = 2_000;

/** In turn, twice each: what a machine does changes more from minute to minute than a console costs. */
export async function measureConsole(
  seconds: number,
  progress: (text: string) => void,
): Promise<ConsoleFigures> {
  const rates = { without: 0, open: 0 };
  for (const kind of ["without", "open", "open", "without"] as const) {
    progress(`console: W1 ${kind === "open" ? "with an open one" : "without one"}`);
    const server = await startStepwellProcess({ console: kind === "open" });
    const close = kind === "open" ? watch(server.port) : () => {};
    rates[kind] += (await measureW1(server, seconds)).perSecond / 2;
    close();
    await server.stop();
  }
  return rates;
}

/** What a browser asks that shows the home page: the stream of all executions, and the page again and again. */
function watch(port: number): () => void {
  const address = `http://127.0.0.1:${port}/console/api`;
  const stream = get(`${address}/stream?executions`, (response) => response.resume());
  stream.on("error", () => {});
  const timer = setInterval(() => {
    get(`${address}/home`, (response) => response.resume()).on("error", () => {});
  }, homeEveryMs);
  return () => {
    clearInterval(timer);
    stream.destroy();
  };
}

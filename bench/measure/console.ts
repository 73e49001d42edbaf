import { get } from "node:http";
import { runLoad } from "../load/run-load.ts";
import { tenTasks } from "../stepwell/definitions.ts";
import { startStepwellProcess, type StepwellProcess } from "../stepwell/stepwell-process.ts";
import { manyClients } from "./workflows.ts";

/** Executions per second of W1, without the console and with one that is open; `loss` is what is lower, 0 to 1. */
export interface ConsoleFigures {
  readonly without: number;
  readonly open: number;
  readonly loss: number;
}

const homeEveryMs = 2_000;
const sliceMs = 600;
const warmUpMs = 200;
/** Pairs before any counts: code that has just been loaded is slow. */
const unmeasured = 8;
const kinds = ["without", "open"] as const;

/**
 * Two servers stand side by side, and the load goes to one and the other in turn, in short slices: what a shared machine
 * does changes more from minute to minute than a console costs, but little within two seconds.
 */
export async function measureConsole(
  seconds: number,
  progress: (text: string) => void,
): Promise<ConsoleFigures> {
  const servers = {
    without: await startStepwellProcess(),
    open: await startStepwellProcess({ console: true }),
  };
  const machines = {
    without: await servers.without.create("ten-tasks", tenTasks),
    open: await servers.open.create("ten-tasks", tenTasks),
  };
  const slice = async (kind: (typeof kinds)[number]): Promise<number> => {
    const close = kind === "open" ? watch(servers.open) : () => {};
    const { completed, elapsedMs } = await runLoad({
      type: "loop",
      port: servers[kind].port,
      clients: manyClients,
      warmUpMs,
      durationMs: sliceMs,
      workflow: { type: "execution", stateMachineArn: machines[kind], input: '{"order":1}' },
    });
    close();
    return (completed / elapsedMs) * 1_000;
  };
  const measured: Record<(typeof kinds)[number], number[]> = { without: [], open: [] };
  const pairs = unmeasured + Math.max(20, seconds * 5);
  progress(`console: W1 in ${pairs} pairs of slices, with an open console and without one`);
  for (let pair = 0; pair < pairs; pair++) {
    for (const kind of pair % 2 === 0 ? kinds : kinds.toReversed()) {
      const perSecond = await slice(kind);
      if (pair >= unmeasured) measured[kind].push(perSecond);
    }
  }
  await Promise.all(kinds.map((kind) => servers[kind].stop()));
  const [without, open] = [mean(measured.without), mean(measured.open)];
  return { without, open, loss: 1 - open / without };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** What a browser asks that shows the home page: the stream of all executions, and the page again and again. */
function watch({ port }: StepwellProcess): () => void {
  const address = `http://127.0.0.1:${port}/console/api`;
  const stream = get(`${address}/stream?executions`, (response) => response.resume());
  stream.on("error", () => {});
  const ask = (): void => {
    get(`${address}/home`, (response) => response.resume()).on("error", () => {});
  };
  ask();
  const timer = setInterval(ask, homeEveryMs);
  return () => {
    clearInterval(timer);
    stream.destroy();
  };
}

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
const headers = { "accept-encoding": "gzip, deflate, br, zstd" };
const sliceMs = 600;
const warmUpMs = 200;
/** Pairs of slices of two servers before any counts: code that has just been loaded is slow. */
const unmeasured = 8;
/** Pairs of servers: how fast a process is differs from one start to the next by more than a console costs. */
const rounds = 5;
const kinds = ["without", "open"] as const;
type Kind = (typeof kinds)[number];

/**
 * Two servers stand side by side, and the load goes to one and the other in turn, in short slices: what a shared machine
 * does changes more from minute to minute than a console costs, but little within two seconds.
 */
export async function measureConsole(
  seconds: number,
  progress: (text: string) => void,
): Promise<ConsoleFigures> {
  const measured: Record<Kind, number[]> = { without: [], open: [] };
  const pairs = Math.max(15, seconds);
  for (let round = 1; round <= rounds; round++) {
    progress(
      `console: W1 with an open console and without one, servers ${round} of ${rounds}, ${pairs} pairs of slices`,
    );
    await measureRound(pairs, measured);
  }
  const [without, open] = [mean(measured.without), mean(measured.open)];
  return { without, open, loss: 1 - open / without };
}

async function measureRound(pairs: number, measured: Record<Kind, number[]>): Promise<void> {
  const servers = {
    without: await startStepwellProcess(),
    open: await startStepwellProcess({ console: true }),
  };
  const machines = {
    without: await servers.without.create("ten-tasks", tenTasks),
    open: await servers.open.create("ten-tasks", tenTasks),
  };
  let untilAsked = 0;
  const slice = async (kind: Kind): Promise<number> => {
    const close = kind === "open" ? watch(servers.open, untilAsked) : () => {};
    if (kind === "open") {
      untilAsked -= warmUpMs + sliceMs;
      if (untilAsked < 0) untilAsked += homeEveryMs;
    }
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
  for (let pair = 0; pair < unmeasured + pairs; pair++) {
    for (const kind of pair % 2 === 0 ? kinds : kinds.toReversed()) {
      const perSecond = await slice(kind);
      if (pair >= unmeasured) measured[kind].push(perSecond);
    }
  }
  await Promise.all(kinds.map((kind) => servers[kind].stop()));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * What a browser asks in a slice that shows the home page: the stream of all executions, and after `untilAsked` ms the
 * page, for it asks again only after longer than a slice.
 */
function watch({ port }: StepwellProcess, untilAsked: number): () => void {
  const address = `http://127.0.0.1:${port}/console/api`;
  const stream = get(`${address}/stream?executions`, { headers }, (response) => response.resume());
  stream.on("error", () => {});
  const timer = setTimeout(() => {
    get(`${address}/home`, { headers }, (response) => response.resume()).on("error", () => {});
  }, untilAsked);
  return () => {
    clearTimeout(timer);
    stream.destroy();
  };
}

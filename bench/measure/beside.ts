import { runLoad } from "../load/run-load.ts";
import { tenTasks } from "../stepwell/definitions.ts";
import {
  startStepwellProcess,
  type StepwellProcess,
  type StepwellProcessOptions,
} from "../stepwell/stepwell-process.ts";
import { manyClients } from "./workflows.ts";

/** Executions per second of W1, of a server that is left alone and of one that something is asked beside; `loss` is what is lower, 0 to 1. */
export interface BesideFigures {
  readonly without: number;
  readonly beside: number;
  readonly loss: number;
}

export interface BesideOptions {
  /** What is measured, for whoever waits: `an open console`. */
  readonly what: string;
  /** How the server is started that is asked. */
  readonly server: StepwellProcessOptions;
  /** Makes both servers alike before they are measured. */
  readonly prepare?: (server: StepwellProcess) => Promise<void>;
  /** Begins to ask, `atMs` after the beginning of all slices together; what it answers ends it. */
  readonly ask: (server: StepwellProcess, atMs: number) => () => void;
}

const warmUpMs = 200;
const sliceMs = 600;
/** How long something is asked in each slice, in milliseconds. */
export const askedMs = warmUpMs + sliceMs;
/** Pairs of slices of two servers before any counts: code that has just been loaded is slow. */
const unmeasured = 8;
/** Pairs of servers: how fast a process is differs from one start to the next by more than what is measured costs. */
const rounds = 5;
const kinds = ["without", "beside"] as const;
type Kind = (typeof kinds)[number];

/**
 * Two servers stand side by side, and the load goes to one and the other in turn, in short slices: what a shared machine
 * does changes more from minute to minute than what is measured costs, but little within two seconds.
 */
export async function measureBeside(
  seconds: number,
  progress: (text: string) => void,
  options: BesideOptions,
): Promise<BesideFigures> {
  const measured: Record<Kind, number[]> = { without: [], beside: [] };
  const pairs = Math.max(15, seconds);
  for (let round = 1; round <= rounds; round++) {
    progress(
      `W1 with ${options.what} and without, servers ${round} of ${rounds}, ${pairs} pairs of slices`,
    );
    await measureRound(pairs, measured, options);
  }
  const [without, beside] = [mean(measured.without), mean(measured.beside)];
  return { without, beside, loss: 1 - beside / without };
}

async function measureRound(
  pairs: number,
  measured: Record<Kind, number[]>,
  { server, prepare, ask }: BesideOptions,
): Promise<void> {
  const servers = {
    without: await startStepwellProcess({ ...server, console: false }),
    beside: await startStepwellProcess(server),
  };
  const machines: Record<Kind, string> = { without: "", beside: "" };
  for (const kind of kinds) {
    machines[kind] = await servers[kind].create("ten-tasks", tenTasks);
    await prepare?.(servers[kind]);
  }
  let askedFor = 0;
  const slice = async (kind: Kind): Promise<number> => {
    const end = kind === "beside" ? ask(servers.beside, askedFor) : () => {};
    if (kind === "beside") askedFor += askedMs;
    const { completed, elapsedMs } = await runLoad({
      type: "loop",
      port: servers[kind].port,
      clients: manyClients,
      warmUpMs,
      durationMs: sliceMs,
      workflow: { type: "execution", stateMachineArn: machines[kind], input: '{"order":1}' },
    });
    end();
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

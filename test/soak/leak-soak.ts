import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createApi } from "./api.ts";
import type { Census } from "./census.ts";
import { growthIn, megabytes } from "./flatness.ts";
import { freePort } from "./free-port.ts";
import { createLedger } from "./ledger.ts";
import { writeFunctions } from "./machines.ts";
import { createRandom } from "./random.ts";
import { createResources, waitUntilEnded } from "./run-soak.ts";
import type { Findings } from "./victim.ts";
import { startWorkers } from "./workers.ts";

export interface LeakSoakOptions {
  /** Executions that are started, their children not counted. */
  readonly executions: number;
  readonly minutes: number;
  readonly seed: number;
  readonly log: (line: string) => void;
}

export interface LeakSoakResult extends Findings {
  readonly executions: number;
  readonly censuses: readonly Census[];
}

/** Our choice: how often the load stops, all that runs ends, and what the server holds is looked at. */
const looks = 30;
/** What the last answers leave behind (kept connections, timers of the feed) is gone by then. */
const settleMs = 7_000;
const tickMs = 100;
const clients = 32;
const homeEveryMs = 5_000;
const program = join(import.meta.dirname, "../../bin/stepwell.mjs");

/** A server under steady load for a long time, with a console open: it must not grow. */
export async function runLeakSoak(options: LeakSoakOptions): Promise<LeakSoakResult> {
  const { executions, minutes, log } = options;
  const random = createRandom(options.seed);
  const folder = mkdtempSync(join(tmpdir(), "stepwell-soak-"));
  const { tokensFile } = writeFunctions(folder);
  const port = await freePort();
  const server = await startServer(folder, port);
  const api = createApi(port);
  const ledger = createLedger(api, random);
  await createResources(api);
  const workers = startWorkers(api, tokensFile, random);
  const leave = watchConsole(port);
  const censuses: Census[] = [];
  const violations: string[] = [];
  const began = performance.now();
  try {
    for (let look = 1; look <= looks; look++) {
      const until = began + (minutes * 60_000 * look) / looks - settleMs;
      await startEvenly(Math.round((executions * look) / looks), until);
      violations.push(...(await waitUntilEnded(api)));
      await sleep(settleMs);
      const census = await censusOf(server);
      censuses.push(census);
      log(`${look}/${looks}: ${ledger.answered} executions; ${described(census)}`);
    }
  } finally {
    leave();
    const stopped = workers.stop();
    server.kill("SIGKILL");
    api.close();
    await stopped;
  }
  violations.push(...ledger.violations, ...workers.violations, ...growthIn(censuses));
  if (violations.length === 0) rmSync(folder, { recursive: true });
  return { executions: ledger.answered, censuses, violations, folder };

  /** Starts until there are so many, at the same pace all the time. */
  async function startEvenly(total: number, until: number): Promise<void> {
    for (;;) {
      const left = total - ledger.entries.length;
      if (left <= 0) return;
      const ticks = Math.max(1, (until - performance.now()) / tickMs);
      const next = performance.now() + tickMs;
      await ledger.start(Math.min(left, Math.ceil(left / ticks)), clients, () => false);
      await sleep(Math.max(0, next - performance.now()));
    }
  }
}

/** As an operator starts it, with the one module more that counts. */
async function startServer(folder: string, port: number): Promise<ChildProcess> {
  const config = join(folder, "stepwell.config.json");
  writeFileSync(config, JSON.stringify({ port, functionsFolder: join(folder, "functions") }));
  const output = openSync(join(folder, "server.log"), "a");
  const server = fork(program, ["start", "--config", config, "--data-dir", join(folder, "data")], {
    cwd: folder,
    stdio: ["ignore", output, output, "ipc"],
    execArgv: [
      "--expose-gc",
      "--disable-warning=ExperimentalWarning",
      "--import",
      join(import.meta.dirname, "census.ts"),
    ],
    env: { ...process.env, NO_COLOR: "1" },
  });
  closeSync(output);
  for (;;) {
    const isUp = await fetch(`http://127.0.0.1:${port}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return server;
    if (server.exitCode !== null) throw new Error(`the server ended; see ${folder}/server.log`);
    await sleep(50);
  }
}

async function censusOf(server: ChildProcess): Promise<Census> {
  const answer = once(server, "message");
  server.send("census");
  const [{ census }] = (await answer) as [{ census: Census }];
  return census;
}

/** What a browser asks that shows the home page for all that time. */
function watchConsole(port: number): () => void {
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

function described({ heap, external, resident, resources }: Census): string {
  const held = Object.entries(resources).map(([name, count]) => `${count} ${name}`);
  return `heap ${megabytes(heap)}, outside of it ${megabytes(external)}, resident ${megabytes(resident)}; ${held.join(", ")}`;
}

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Api, createApi } from "./api.ts";
import { freePort } from "./free-port.ts";
import { createLedger, type Ledger } from "./ledger.ts";
import { activityArn, kinds, roleArn, writeFunctions } from "./machines.ts";
import { createRandom } from "./random.ts";
import { createServerProcess } from "./server-process.ts";
import { type Verdict, verify } from "./verify.ts";
import { startWorkers } from "./workers.ts";

export interface SoakOptions {
  /** How often the server is killed. */
  readonly cycles: number;
  /** Executions that are started, their children not counted. */
  readonly executions: number;
  readonly seed: number;
  readonly log: (line: string) => void;
}

export interface SoakResult extends Verdict {
  /** Where everything is that it found wrong; gone if it found nothing. */
  readonly folder: string;
}

const clients = 32;
/** How long the server lives in one cycle, from when it serves. */
const life = { shortestMs: 100, longestMs: 1_500 };
/** How long the last executions may take without one of them ending. */
const stuckMs = 60_000;

/** Kills a server again and again under load, then checks that everything it has promised has happened once. */
export async function runSoak(options: SoakOptions): Promise<SoakResult> {
  const { cycles, executions, log } = options;
  const random = createRandom(options.seed);
  const folder = mkdtempSync(join(tmpdir(), "stepwell-soak-"));
  const { attemptsFile, tokensFile } = writeFunctions(folder);
  const port = await freePort();
  const server = createServerProcess(folder, port);
  const api = createApi(port);
  const ledger = createLedger(api, random);

  await server.start();
  await createResources(api);
  const workers = startWorkers(api, tokensFile, random);
  try {
    for (let cycle = 1; cycle <= cycles; cycle++) {
      let killing = false;
      const quota = Math.ceil((executions * cycle) / cycles) - ledger.entries.length;
      const starting = ledger.start(quota, clients, () => killing);
      const lifeMs = random.between(life.shortestMs, life.longestMs);
      await sleep(lifeMs);
      killing = true;
      await server.kill();
      await starting;
      await server.start();
      const { entries, answered } = ledger;
      log(
        `cycle ${cycle}/${cycles}: killed after ${lifeMs} ms; ${answered} of ${entries.length} starts answered`,
      );
    }
    await ledger.start(executions - ledger.entries.length, clients, () => false);
    log(`all ${ledger.answered} starts are answered; waiting for the last executions to end`);
    const stuck = await waitUntilEnded(api);
    log(`checking every history`);
    const verdict = await verify(api, ledger.entries, workers.results, attemptsFile);
    const violations = [
      ...stuck,
      ...ledger.violations,
      ...workers.violations,
      ...verdict.violations,
    ];
    if (violations.length > 0) keepEvidence(folder, ledger, violations);
    await end();
    if (violations.length === 0) rmSync(folder, { recursive: true });
    return { ...verdict, violations, folder };
  } catch (thrown) {
    log(`what there is of evidence is in ${folder}`);
    await end();
    throw thrown;
  }

  async function end(): Promise<void> {
    const stopped = workers.stop();
    await server.kill();
    api.close();
    await stopped;
  }
}

export async function createResources(api: Api): Promise<void> {
  const require = async (operation: string, input: object): Promise<void> => {
    const answer = await api.call(operation, input);
    if (answer.type !== "ok") throw new Error(`${operation}: ${JSON.stringify(answer)}`);
  };
  await require("CreateActivity", { name: activityArn.split(":").at(-1) });
  for (const [name, { definition }] of Object.entries(kinds)) {
    await require("CreateStateMachine", { name, roleArn, definition: JSON.stringify(definition) });
  }
}

/** Waits for the end of all executions; answers those that do not come to one. */
export async function waitUntilEnded(api: Api): Promise<readonly string[]> {
  let last = "";
  let since = performance.now();
  for (;;) {
    const running = await runningExecutions(api);
    if (running.length === 0) return [];
    // Of very many only some are listed, so that their number says nothing.
    const now = running.join();
    if (now !== last) {
      last = now;
      since = performance.now();
    }
    if (performance.now() - since > stuckMs) {
      return running.map((executionArn) => `${executionArn} does not end`);
    }
    await sleep(250);
  }
}

/** Some of them, if there are very many. */
async function runningExecutions(api: Api): Promise<readonly string[]> {
  const running: string[] = [];
  for (const kind of Object.keys(kinds)) {
    const answer = await api.call("ListExecutions", {
      stateMachineArn: `arn:aws:states:us-east-1:000000000000:stateMachine:${kind}`,
      statusFilter: "RUNNING",
      maxResults: 1_000,
    });
    if (answer.type !== "ok") throw new Error(`ListExecutions: ${JSON.stringify(answer)}`);
    for (const { executionArn } of answer.body["executions"] as { executionArn: string }[]) {
      running.push(executionArn);
    }
  }
  return running;
}

function keepEvidence(folder: string, ledger: Ledger, violations: readonly string[]): void {
  writeFileSync(join(folder, "violations.txt"), `${violations.join("\n")}\n`);
  writeFileSync(join(folder, "ledger.json"), JSON.stringify(ledger.entries, null, 1));
}

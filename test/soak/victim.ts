import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Api, createApi } from "./api.ts";
import { freePort } from "./free-port.ts";
import { createRandom, type Random } from "./random.ts";
import { createServerProcess, type ServerProcess } from "./server-process.ts";

/** A server that is killed in the middle of what it does, and what goes with it. */
export interface Victim {
  readonly folder: string;
  readonly api: Api;
  readonly server: ServerProcess;
  readonly random: Random;
  readonly violations: string[];
  readonly log: (line: string) => void;
  /** Calls the API until it answers; throws what is not a success. */
  ask(operation: string, input: object): Promise<Readonly<Record<string, unknown>>>;
  /** Kills the server and starts it again. */
  strike(): Promise<void>;
}

/** What a soak found. */
export interface Findings {
  readonly violations: readonly string[];
  /** Where the evidence is; gone if nothing was found. */
  readonly folder: string;
}

export interface VictimOptions {
  readonly seed: number;
  readonly log: (line: string) => void;
}

/** Does `work` with a server on an empty data directory; keeps the evidence if it finds something. */
export async function withVictim<T>(
  options: VictimOptions,
  work: (victim: Victim) => Promise<T>,
): Promise<T & Findings> {
  const folder = mkdtempSync(join(tmpdir(), "stepwell-soak-"));
  const port = await freePort();
  const server = createServerProcess(folder, port);
  const api = createApi(port);
  const violations: string[] = [];
  const { log } = options;
  const victim: Victim = {
    folder,
    api,
    server,
    random: createRandom(options.seed),
    violations,
    log,
    async ask(operation, input) {
      for (;;) {
        const answer = await api.call(operation, input);
        if (answer.type === "ok") return answer.body;
        if (answer.type === "error") {
          throw new Error(`${operation} answered ${answer.code}: ${answer.message}`);
        }
        await sleep(10);
      }
    },
    async strike() {
      await server.kill();
      await server.start();
    },
  };
  try {
    await server.start();
    const result = await work(victim);
    await server.kill();
    if (violations.length === 0) rmSync(folder, { recursive: true });
    else writeFileSync(join(folder, "violations.txt"), `${violations.join("\n")}\n`);
    return { ...result, violations, folder };
  } catch (thrown) {
    log(`what there is of evidence is in ${folder}`);
    throw thrown;
  } finally {
    api.close();
    await server.kill().catch(() => undefined);
  }
}

/** All items of a list operation. */
export async function listed<T>(
  victim: Victim,
  operation: string,
  input: object,
  member: string,
): Promise<T[]> {
  const items: T[] = [];
  let nextToken: unknown;
  do {
    const page = nextToken === undefined ? {} : { nextToken };
    const answer = await victim.ask(operation, { ...input, maxResults: 1_000, ...page });
    items.push(...(answer[member] as T[]));
    nextToken = answer["nextToken"];
  } while (nextToken !== undefined);
  return items;
}

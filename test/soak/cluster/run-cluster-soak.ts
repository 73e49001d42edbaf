import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openStore } from "../../../src/store/open-store.ts";
import { type PostgresServer, startPostgres } from "../../contracts/postgres-server.ts";
import { freePort } from "../free-port.ts";
import { createLedger, type Ledger } from "../ledger.ts";
import { writeFunctions } from "../machines.ts";
import { createRandom } from "../random.ts";
import { createResources, waitUntilEnded } from "../run-soak.ts";
import { type Verdict, verify } from "../verify.ts";
import { startWorkers } from "../workers.ts";
import { createClusterApi, paced, persistent } from "./cluster-api.ts";
import { type Fault, type Field, faults, type Member } from "./faults.ts";
import { createNodeProcess, type NodeProcess } from "./node-process.ts";
import { createPulseMachine, type Pulses, startPulses, watchProgress } from "./pulses.ts";
import { openTcpWay } from "./tcp-way.ts";
import { watchOutcomes } from "./told-outcomes.ts";

export interface ClusterSoakOptions {
  /** Names of faults; they happen one after another. */
  readonly faults: readonly string[];
  /** Faults go on, in rounds of another order each, until so much time is over; 0: one round, in the order given. */
  readonly minutes: number;
  readonly seed: number;
  readonly leaseSeconds: number;
  readonly partitions: number;
  /** Clients that start executions, and how long each pauses before every call. */
  readonly clients: number;
  readonly pauseMs: number;
  /** Executions that show how long partitions stand still. */
  readonly pulses: number;
  readonly log: (line: string) => void;
}

/** What a fault of one name did, each time. Times are in milliseconds. */
export interface Suffered {
  readonly measures: Fault["measures"];
  strikes: number;
  /** Until executions of the node, or of all, went on. */
  readonly times: number[];
  /** Until all nodes were ready again and had everything, from the end of the fault. */
  readonly settled: number[];
  /** Calls meanwhile that clients had to repeat. */
  unanswered: number;
}

export interface ClusterSoakResult extends Verdict {
  readonly suffered: ReadonlyMap<string, Suffered>;
  /** What one takeover in a hundred may take at most. */
  readonly takeoverLimitMs: number;
  readonly starts: number;
  readonly answeredCalls: number;
  readonly unansweredCalls: number;
  /** Where the evidence is, with the nodes' logs; gone if nothing was found. */
  readonly folder: string;
}

const nodeCount = 3;
/** Our choices: how long it may take until executions go on, or all nodes are ready, before that is a finding by itself. */
const progressLimitMs = 60_000;
const settleLimitMs = 90_000;
/** What nodes say that is wrong, in their logs. */
const loggedMistake = /^error: .*|^.*(?:Unhandled|uncaught|TypeError|ReferenceError).*$/gm;

/** What one takeover in a hundred may take at most: the lease, half of it until it is seen, and two seconds to read. */
function takeoverLimit(leaseMs: number): number {
  return 1.5 * leaseMs + 2_000;
}

/** The value that `share` of the values do not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** Strikes a cluster again and again under load, then checks that all that it has promised has happened once. */
export async function runClusterSoak(
  options: ClusterSoakOptions,
): Promise<ClusterSoakResult | string> {
  const { leaseSeconds, partitions, log } = options;
  const started = await startPostgres({ durable: true });
  if (typeof started === "string") return started;
  const database: PostgresServer = started;
  const leaseMs = leaseSeconds * 1_000;
  const takeoverLimitMs = takeoverLimit(leaseMs);
  const random = createRandom(options.seed);
  const folder = mkdtempSync(join(tmpdir(), "stepwell-soak-"));
  chmodSync(folder, 0o755);
  const { attemptsFile, tokensFile } = writeFunctions(folder);
  const violations: string[] = [];
  const violation = (text: string): void => {
    log(`VIOLATION ${text}`);
    violations.push(text);
  };
  const members: Member[] = [];
  for (let index = 0; index < nodeCount; index++) members.push(await createMember(index));
  const nodes = members.map(({ node }) => node);
  const api = createClusterApi(nodes, violation);
  const sure = persistent(api);
  const ledger = createLedger(paced(api, options.pauseMs), random);
  const progress = watchProgress(database.url, partitions);
  const suffered = new Map<string, Suffered>();
  let pulses: Pulses | undefined;

  async function createMember(index: number): Promise<Member> {
    const name = `node-${index + 1}`;
    const { hostname, port } = new URL(database.url);
    const toDatabase = await openTcpWay(
      { host: "127.0.0.1", port: 0 },
      { host: hostname, port: Number(port) },
    );
    const store = new URL(database.url);
    store.port = String(toDatabase.port);
    // The same port of another address of the loopback: nodes tell each other the port that they listen on.
    const peer = { host: "127.0.0.2", port: await freePort() };
    const fromPeers = await openTcpWay(peer, { host: "127.0.0.1", port: peer.port });
    const node = createNodeProcess({
      name,
      folder,
      port: await freePort(),
      peer,
      store: store.href,
      functionsFolder: join(folder, "functions"),
      leaseSeconds,
      partitions,
      endedByItself: (status) => violation(`${name} ended by itself with status ${status}`),
    });
    return { node, toDatabase, fromPeers };
  }

  await (nodes[0] as NodeProcess).start();
  await Promise.all(nodes.slice(1).map((node) => node.start()));
  const looking = await openStore({
    kind: "postgres",
    url: database.url,
    maxConnections: 1,
  });

  async function partitionsOf(member: Member): Promise<ReadonlySet<number>> {
    const view = await looking.clusterView();
    // One that was started again has another id, and the lease of the one before may not be over yet.
    const found = view.nodes
      .filter(({ url }) => url === member.node.peerUrl)
      .sort((a, b) => b.startedAt - a.startedAt)[0];
    return new Set(
      view.partitions
        .filter(({ nodeId }) => nodeId !== undefined && nodeId === found?.nodeId)
        .map(({ partition }) => partition),
    );
  }

  async function settled(): Promise<void> {
    const until = performance.now() + settleLimitMs;
    for (;;) {
      const ready = await Promise.all(nodes.map((node) => node.isReady()));
      if (ready.every(Boolean)) {
        const view = await looking.clusterView();
        const alive = new Set(view.nodes.map(({ nodeId }) => nodeId));
        const isOwned = view.partitions.every(({ nodeId }) => nodeId && alive.has(nodeId));
        if (isOwned && alive.size === nodeCount) return;
      }
      if (performance.now() > until) {
        violation(
          `not all nodes are ready ${settleLimitMs / 1_000} s after a fault: ${ready.join()}`,
        );
        return;
      }
      await sleep(100);
    }
  }

  const field: Field = {
    members,
    database,
    api,
    random,
    leaseMs,
    violation,
    log,
    lostLeases: () =>
      nodes.reduce((sum, { name }) => sum + leasesLostIn(join(folder, name, "node.log")), 0),
    settled,
    async measured(begin, member) {
      const has = member && (await partitionsOf(member));
      const executionArns = pulses?.within((partition) => has?.has(partition) ?? true) ?? [];
      let since = performance.now();
      await begin();
      // A node stands still from when that begins; what comes and goes is over when it has happened.
      if (member === undefined) since = performance.now();
      const found = await progress.firstProgress(executionArns, since, progressLimitMs);
      for (const arn of executionArns) {
        if (!found.has(arn)) violation(`${arn} has not gone on in ${progressLimitMs / 1_000} s`);
      }
      return [...found.values()];
    },
  };

  async function strike(name: string, number: number): Promise<void> {
    const fault = faults[name] as Fault;
    let suffering = suffered.get(name);
    if (suffering === undefined) {
      suffering = {
        measures: fault.measures,
        strikes: 0,
        times: [],
        settled: [],
        unanswered: 0,
      };
      suffered.set(name, suffering);
    }
    const before = api.counts.unanswered;
    pulses = await startPulses(sure, `p${number}-${name}`, options.pulses, partitions);
    const times = await fault.strike(field);
    const over = performance.now();
    await settled();
    suffering.settled.push(performance.now() - over);
    suffering.strikes++;
    suffering.times.push(...times);
    suffering.unanswered += api.counts.unanswered - before;
    for (const wrong of await pulses.end()) violation(wrong);
    const longest = Math.round(Math.max(0, ...times));
    log(
      `${number} ${name}: ${times.length} executions went on after ${longest} ms at most; ` +
        `${ledger.answered} of ${ledger.entries.length} starts answered`,
    );
  }

  let isOver = false;
  const workers = await (async () => {
    await createResources(sure);
    await createPulseMachine(sure);
    return startWorkers(api, tokensFile, random);
  })();
  const starting = ledger.start(Number.POSITIVE_INFINITY, options.clients, () => isOver);
  const told = watchOutcomes(api, ledger.entries, createRandom(options.seed + 1));
  try {
    await settled();
    const until = performance.now() + options.minutes * 60_000;
    let number = 0;
    do {
      const round = options.minutes === 0 ? options.faults : shuffled(options.faults);
      for (const name of round) {
        if (number > 0 && options.minutes > 0 && performance.now() > until) break;
        await strike(name, ++number);
      }
    } while (performance.now() < until);
    isOver = true;
    await starting;
    await ledger.start(0, options.clients, () => false);
    log(`all ${ledger.answered} starts are answered; waiting for the last executions to end`);
    const stuck = await waitUntilEnded(sure);
    await told.stop();
    log("checking every history");
    const verdict = await verify(sure, ledger.entries, workers.results, attemptsFile);
    await told.check(sure);
    const stopped = workers.stop();
    await Promise.all(
      nodes.map(async (node) => {
        const status = await node.stop();
        if (status !== 0) violation(`${node.name} was stopped, and ended with ${status}`);
      }),
    );
    api.close();
    await stopped;
    const found = [
      ...violations,
      ...stuck,
      ...ledger.violations,
      ...workers.violations,
      ...told.violations,
      ...verdict.violations,
      ...nodes.flatMap(({ name }) => mistakesIn(join(folder, name, "node.log"), name)),
      ...(await checkDatabase(database.url)),
      ...slowTakeovers(),
    ];
    if (found.length === 0) rmSync(folder, { recursive: true });
    else keepEvidence(ledger, found);
    const { answered, unanswered } = api.counts;
    return {
      ...verdict,
      violations: found,
      suffered,
      takeoverLimitMs,
      starts: ledger.entries.length,
      answeredCalls: answered,
      unansweredCalls: unanswered,
      folder,
    };
  } catch (thrown) {
    log(`what there is of evidence is in ${folder}`);
    throw thrown;
  } finally {
    isOver = true;
    const stopped = [told.stop(), workers.stop()];
    for (const { node } of members) {
      node.resume();
      await node.kill();
    }
    api.close();
    await Promise.all(stopped);
    await progress.close();
    await looking.close().catch(() => undefined);
    for (const { toDatabase, fromPeers } of members) {
      await toDatabase.close();
      await fromPeers.close();
    }
    await database.stop();
  }

  function shuffled(names: readonly string[]): readonly string[] {
    const left = [...names];
    const taken: string[] = [];
    while (left.length > 0) taken.push(...left.splice(random.between(0, left.length - 1), 1));
    return taken;
  }

  function slowTakeovers(): readonly string[] {
    const takeovers = [...suffered.values()]
      .filter(({ measures }) => measures === "takeover")
      .flatMap(({ times }) => times);
    const p99 = percentile(takeovers, 0.99);
    return p99 > takeoverLimitMs
      ? [`one takeover in a hundred took ${Math.round(p99)} ms, more than ${takeoverLimitMs}`]
      : [];
  }

  function keepEvidence(of: Ledger, found: readonly string[]): void {
    writeFileSync(join(folder, "violations.txt"), `${found.join("\n")}\n`);
    writeFileSync(join(folder, "ledger.json"), JSON.stringify(of.entries, null, 1));
  }
}

function leasesLostIn(logFile: string): number {
  return readFileSync(logFile, "utf8").split("it lets go of what it had").length - 1;
}

function mistakesIn(logFile: string, name: string): readonly string[] {
  const lines = readFileSync(logFile, "utf8").match(loggedMistake) ?? [];
  return [...new Set(lines)].map((line) => `${name} logged: ${line}`);
}

/** What the database says when nobody uses it: every journal is read, and compared with its execution. */
async function checkDatabase(url: string): Promise<readonly string[]> {
  const program = join(import.meta.dirname, "../../../bin/stepwell.mjs");
  const child = spawn(process.execPath, [program, "store", "check", url], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NO_COLOR: "1" },
  });
  let said = "";
  child.stdout.on("data", (text: Buffer) => (said += String(text)));
  child.stderr.on("data", (text: Buffer) => (said += String(text)));
  const status = await new Promise<number | null>((resolve) => child.once("close", resolve));
  if (status === 0) return [];
  const wrong = said.split("\n").filter((line) => line.startsWith("wrong:"));
  return wrong.length > 0 ? wrong : [`store check ended with ${status}: ${said}`];
}

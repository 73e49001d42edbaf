// Measures Stepwell, beside what the machine can do and beside its peers, in one run. Read ratios, not absolutes: those to
// HTTP alone and to the peers can be compared between machines.
//
//   npm run bench                       everything; installs the peers into bench/peers/node_modules (git-ignored) at the first run
//   npm run bench -- --no-peers         without the peers
//   npm run bench -- --only W1,E1       some workloads: W0 W1 W2 W3 E1 console scrapes core start parked dmap jsonata cluster takeover
//   npm run bench -- --seconds 20       how long each rate is measured (default 8)
//   npm run bench -- --json FILE        also writes the figures as JSON
import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { calibrate } from "./calibration.ts";
import { measureParked, measureW3 } from "./measure/callbacks.ts";
import { measureCluster } from "./measure/cluster.ts";
import { measureConsole } from "./measure/console.ts";
import { measureDistributedMap, passItems, taskItems } from "./measure/distributed-map.ts";
import { measureScrapes } from "./measure/scrapes.ts";
import { measureStartUp } from "./measure/start-up.ts";
import { measureTakeover } from "./measure/takeover.ts";
import { measureW2 } from "./measure/wide-map.ts";
import {
  meanOf,
  measureE1,
  measureW0,
  measureW1,
  type WorkflowFigures,
} from "./measure/workflows.ts";
import { measureDbos } from "./peers/dbos.ts";
import { installPeers } from "./peers/install.ts";
import type { PeerFigures, PeerOptions } from "./peers/peer-figures.ts";
import { measureRestate } from "./peers/restate.ts";
import type { JsonataFigures, PeerResult, Results } from "./results.ts";
import { rowsOf } from "./rows.ts";
import { startStepwellProcess } from "./stepwell/stepwell-process.ts";
import { tableOf } from "./table.ts";

const workloads = [
  "W0",
  "W1",
  "W2",
  "W3",
  "E1",
  "console",
  "scrapes",
  "core",
  "start",
  "parked",
  "dmap",
  "jsonata",
  "cluster",
  "takeover",
] as const;
type Workload = (typeof workloads)[number];

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    peers: { type: "boolean", default: true },
    seconds: { type: "string", default: "8" },
    json: { type: "string" },
  },
  allowNegative: true,
});
const only = values.only?.split(",");
const unknown = only?.find((name) => !(workloads as readonly string[]).includes(name));
const seconds = Number(values.seconds);
if (unknown !== undefined || !(seconds > 0)) {
  console.error(
    unknown === undefined
      ? `--seconds ${values.seconds} is not a number of seconds.`
      : `There is no workload ${unknown}; there are ${workloads.join(", ")}.`,
  );
  process.exit(2);
}
const wanted = (workload: Workload): boolean => only === undefined || only.includes(workload);

/** Executions of W3, and those of the measurements of parked ones. */
const waiting = 10_000;
const parkedCount = 100_000;
const parkedInCluster = 200_000;
const calibrationMs = 2_000;

const results: Results = {};

function progress(text: string): void {
  console.error(`${new Date().toISOString().slice(11, 19)} ${text}`);
}

/** One server after the other workloads: its memory has grown to what it works with. */
async function measureServer(): Promise<void> {
  const server = await startStepwellProcess();
  if (wanted("W0")) {
    progress("W0: ten Pass states");
    results.w0 = await measureW0(server, seconds);
  }
  if (wanted("W2")) {
    progress("W2: a Map of 1,000 tasks");
    results.w2Ms = await measureW2(server);
  }
  if (wanted("E1")) {
    progress("E1: synchronous Express");
    results.e1 = await measureE1(server, seconds);
  }
  if (wanted("W3")) {
    progress("W3: callbacks");
    results.w3 = await measureW3(server, waiting);
  }
  if (wanted("parked")) {
    progress("parked: 100,000 that wait for callbacks");
    results.parked = await measureParked(server, parkedCount);
  }
  await server.stop();
}

async function measureW1Alone(): Promise<WorkflowFigures> {
  progress("W1: ten tasks");
  const server = await startStepwellProcess();
  const figures = await measureW1(server, seconds);
  await server.stop();
  return figures;
}

async function measurePeers(): Promise<void> {
  const reason = installPeers();
  const options: PeerOptions = { seconds, waiting };
  const measure = async (
    name: string,
    work: (options: PeerOptions) => Promise<PeerFigures>,
  ): Promise<PeerResult> => {
    if (reason !== undefined) return { notMeasured: reason };
    progress(`${name}: W1, W2, W3`);
    try {
      return await work(options);
    } catch (thrown) {
      return { notMeasured: thrown instanceof Error ? thrown.message : String(thrown) };
    }
  };
  results.restate = await measure("Restate", measureRestate);
  results.dbos = await measure("DBOS", measureDbos);
}

function script(path: string): string {
  return execFileSync(process.execPath, [join(import.meta.dirname, path)], { encoding: "utf8" });
}

/** The table of `jsonata.ts`: `expression | ours | package | ratio`. */
function jsonataFigures(): readonly JsonataFigures[] {
  return script("jsonata.ts")
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => {
      const [expression = "", ours, theirs] = line.split(" | ");
      return { expression, ours: Number(ours), package: Number(theirs) };
    });
}

const build = join(import.meta.dirname, "..", "scripts", "build.mjs");
const { status } = spawnSync(process.execPath, [build], { stdio: "inherit" });
if (status !== 0) process.exit(1);

progress("calibration");
results.calibration = await calibrate(calibrationMs);
const onServer: readonly Workload[] = ["W0", "W2", "W3", "E1", "parked"];
const withPeers: readonly Workload[] = ["W1", "W2", "W3"];
if (onServer.some(wanted)) await measureServer();
if (wanted("W1")) results.w1 = await measureW1Alone();
if (values.peers && withPeers.some(wanted)) {
  await measurePeers();
  // Before and after the peers: the disk of a virtual machine is not the same for minutes.
  if (results.w1 !== undefined) results.w1 = meanOf(results.w1, await measureW1Alone());
}
if (wanted("console")) results.console = await measureConsole(seconds, progress);
if (wanted("scrapes")) results.scrapes = await measureScrapes(seconds, progress);
if (wanted("dmap")) {
  progress("dmap: distributed Maps");
  results.dmap = {
    pass: await measureDistributedMap(passItems),
    task: await measureDistributedMap(taskItems),
  };
}
if (wanted("core")) {
  progress("core");
  results.coreTransitionsPerSecond = Number(script("measure/core.ts"));
}
if (wanted("jsonata")) {
  progress("jsonata");
  results.jsonata = jsonataFigures();
}
if (wanted("start")) {
  progress("start: 100,000 parked and 100,000 closed executions");
  results.startUp = await measureStartUp(parkedCount);
}
if (wanted("cluster")) {
  const withoutPeer = values.peers ? installPeers() : "--no-peers";
  results.cluster = await measureCluster(seconds, withoutPeer, progress);
}
if (wanted("takeover")) {
  progress("takeover: 200,000 parked on three nodes, of which one is killed");
  results.takeover = await measureTakeover(parkedInCluster);
}
results.calibrationAfter = await calibrate(calibrationMs);

const rows = rowsOf(results);
console.log(tableOf(rows));
for (const name of ["restate", "dbos"] as const) {
  const peer = results[name];
  if (peer !== undefined && "notMeasured" in peer) {
    console.log(`${name} was not measured: ${peer.notMeasured}`);
  }
}
if (values.json !== undefined) {
  writeFileSync(values.json, `${JSON.stringify({ results, rows }, null, 2)}\n`);
}

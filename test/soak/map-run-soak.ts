import { rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { roleArn } from "./machines.ts";
import {
  checkCalls,
  checkCounts,
  checkOutput,
  type Child,
  childrenOf,
  type DescribedMapRun,
  describeMapRun,
  readItemCalls,
} from "./map-run-evidence.ts";
import {
  brokenError,
  type MapFiles,
  type MapKind,
  mapDefinition,
  mapMachineArn,
  mapMachines,
  writeMapFiles,
} from "./map-run-machines.ts";
import { type Findings, listed, type Victim, type VictimOptions, withVictim } from "./victim.ts";

export interface MapRunSoakOptions extends VictimOptions {
  /** Items of the run with Standard children; the other runs have a fifth of them. */
  readonly items: number;
  /** How often the server is killed during each run and each redrive. */
  readonly kills: number;
}

export interface MapRunSoakResult extends Findings {
  readonly items: number;
  readonly kills: number;
  readonly calls: number;
  /** Children that failed because a kill cut their attempt. */
  readonly cut: number;
  readonly redrives: number;
}

interface Totals {
  items: number;
  kills: number;
  cut: number;
  redrives: number;
}

/** A Map Run under way, or what is left of it. */
interface Run {
  readonly executionArn: string;
  readonly mapRunArn: string;
  readonly items: number;
}

/** How long the server lives at most during a run, and during a redrive, which has less to do. */
const longestLifeMs = { run: 1_200, redrive: 150 };
/** A run is stopped at most this long after its start: before it can have ended. */
const longestUntilStopMs = 150;
/** How long a run may go without any of its counters changing. */
const stuckMs = 60_000;
/** Redrives that are killed; the last ones are left in peace, so that there is an end. */
const redrivesKilled = 3;

/** Kills the server in the middle of Map Runs and of their redrives, then checks that every item has run once. */
export async function runMapRunSoak(options: MapRunSoakOptions): Promise<MapRunSoakResult> {
  return withVictim(options, async (victim) => {
    const totals: Totals = { items: 0, kills: 0, cut: 0, redrives: 0 };
    const files = writeMapFiles(victim.folder, options.items);
    for (const [name, machine] of Object.entries(mapMachines)) {
      const definition = JSON.stringify(mapDefinition(machine));
      await victim.ask("CreateStateMachine", { name, roleArn, definition });
    }
    const soak = { victim, files, totals, kills: options.kills };
    const fewer = Math.ceil(options.items / 5);
    await soakStandard(soak, options.items);
    await soakStopped(soak, options.items);
    await soakRetrying(soak, "soak-map-retrying", fewer);
    await soakRetrying(soak, "soak-map-express", fewer);
    const calls = readItemCalls(files.callsFile);
    const express = mapMachineArn("soak-map-express").replace(":stateMachine:", ":express:");
    checkCalls(
      victim,
      calls.filter(({ execution }) => !execution.startsWith(`${express}/`)),
    );
    return { ...totals, calls: calls.length };
  });
}

interface Soak {
  readonly victim: Victim;
  readonly files: MapFiles;
  readonly totals: Totals;
  readonly kills: number;
}

/** More items fail than are tolerated; once the function is mended, redrives bring all of them to their end. */
async function soakStandard(soak: Soak, items: number): Promise<void> {
  const { victim, files, kills } = soak;
  const violation = (text: string): void => void victim.violations.push(text);
  writeFileSync(files.brokenFile, "");
  const run = await start(soak, "soak-map", items);
  await underFire(soak, run, kills, longestLifeMs.run);
  const { error } = await victim.ask("DescribeExecution", { executionArn: run.executionArn });
  if (error !== "States.ExceedToleratedFailureThreshold")
    violation(`the run failed of ${String(error)}`);
  const { children } = await checkRun(soak, run, "FAILED");
  if (children.length !== items) violation(`${children.length} of ${items} items were started`);
  await checkFailures(soak, children);
  rmSync(files.brokenFile);
  await redriveToTheEnd(soak, run);
}

/** An execution that is stopped takes its children along, even if the server is killed before it has. */
async function soakStopped(soak: Soak, items: number): Promise<void> {
  const { victim, totals } = soak;
  const run = await start(soak, "soak-map", items);
  await sleep(victim.random.between(0, longestUntilStopMs));
  await victim.ask("StopExecution", { executionArn: run.executionArn });
  await victim.strike();
  totals.kills++;
  await untilEnded(victim, run);
  await checkRun(soak, run, "ABORTED");
  await redriveToTheEnd(soak, run);
}

/** Children that repeat what a kill has cut succeed, however often the server is killed. */
async function soakRetrying(soak: Soak, kind: MapKind, items: number): Promise<void> {
  const run = await start(soak, kind, items);
  await underFire(soak, run, soak.kills, longestLifeMs.run);
  await checkAllSucceeded(soak, run);
}

async function start({ victim, totals }: Soak, kind: MapKind, items: number): Promise<Run> {
  const stateMachineArn = mapMachineArn(kind);
  const input = JSON.stringify({ items });
  const started = await victim.ask("StartExecution", { stateMachineArn, input });
  const executionArn = started["executionArn"] as string;
  totals.items += items;
  for (;;) {
    const [mapRun] = await listed<{ mapRunArn: string }>(
      victim,
      "ListMapRuns",
      { executionArn },
      "mapRuns",
    );
    if (mapRun !== undefined) return { executionArn, mapRunArn: mapRun.mapRunArn, items };
    await sleep(10);
  }
}

/** Kills the server while the run is under way, then waits for its end. */
async function underFire(soak: Soak, run: Run, kills: number, longestMs: number): Promise<void> {
  const { victim, totals } = soak;
  for (let kill = 0; kill < kills; kill++) {
    await sleep(victim.random.between(longestMs / 10, longestMs));
    const { status, itemCounts } = await describeMapRun(victim, run.mapRunArn);
    if (status !== "RUNNING") break;
    await victim.strike();
    totals.kills++;
    victim.log(`killed: ${JSON.stringify(itemCounts)}`);
  }
  await untilEnded(victim, run);
}

/** Waits for the end of the run, and of the execution that waits for it. */
async function untilEnded(victim: Victim, { executionArn, mapRunArn }: Run): Promise<void> {
  let last = "";
  let since = performance.now();
  for (;;) {
    const run = await describeMapRun(victim, mapRunArn);
    const { status } = await victim.ask("DescribeExecution", { executionArn });
    if (run.status !== "RUNNING" && status !== "RUNNING") return;
    const counts = JSON.stringify(run);
    if (counts !== last) {
      last = counts;
      since = performance.now();
    }
    if (performance.now() - since > stuckMs)
      throw new Error(`${mapRunArn} does not end: ${counts}`);
    await sleep(100);
  }
}

async function checkRun(
  { victim }: Soak,
  { mapRunArn }: Run,
  status: string,
): Promise<{ readonly run: DescribedMapRun; readonly children: readonly Child[] }> {
  const run = await describeMapRun(victim, mapRunArn);
  victim.log(`${run.status}: ${JSON.stringify(run.itemCounts)}`);
  if (run.status !== status) victim.violations.push(`${mapRunArn} is ${run.status}, not ${status}`);
  const children = await childrenOf(victim, mapRunArn);
  checkCounts(victim, mapRunArn, run, children);
  // Documented: a run that was stopped writes no results.
  if (status !== "ABORTED") checkOutput(victim, mapRunArn, run.redriveCount, children);
  return { run, children };
}

async function checkAllSucceeded(soak: Soak, run: Run): Promise<void> {
  const { victim, files } = soak;
  const { children } = await checkRun(soak, run, "SUCCEEDED");
  const called = new Set(readItemCalls(files.callsFile).map(({ execution }) => execution));
  const ran = children.filter(
    ({ executionArn, status }) => status === "SUCCEEDED" && called.has(executionArn),
  );
  if (ran.length !== run.items) {
    victim.violations.push(`${run.mapRunArn}: ${ran.length} of ${run.items} items have run`);
  }
}

/** Children fail of the function, or because a kill cut their attempt. */
async function checkFailures({ victim, totals }: Soak, children: readonly Child[]): Promise<void> {
  for (const { executionArn, status } of children) {
    if (status !== "FAILED") continue;
    const { error } = await victim.ask("DescribeExecution", { executionArn });
    if (error === "Lambda.Unknown") totals.cut++;
    else if (error !== brokenError)
      victim.violations.push(`${executionArn} failed of ${String(error)}`);
  }
}

/** Redrives until all has succeeded; what had succeeded before must not run again. */
async function redriveToTheEnd(soak: Soak, run: Run): Promise<void> {
  const { victim, files, totals } = soak;
  const { executionArn, mapRunArn } = run;
  for (let redrive = 1; ; redrive++) {
    const done = (await childrenOf(victim, mapRunArn)).filter(
      ({ status }) => status === "SUCCEEDED",
    );
    const callsBefore = readItemCalls(files.callsFile).length;
    await victim.ask("RedriveExecution", { executionArn });
    totals.redrives++;
    // From here on nothing that fails is tolerated. The run may have ended already.
    const strict = { mapRunArn, toleratedFailurePercentage: 0, toleratedFailureCount: 0 };
    await victim.api.call("UpdateMapRun", strict);
    await underFire(soak, run, redrive <= redrivesKilled ? 1 : 0, longestLifeMs.redrive);
    const { redriveCount, status } = await describeMapRun(victim, mapRunArn);
    if (redriveCount !== redrive) {
      victim.violations.push(`${mapRunArn} was redriven ${redrive} times, not ${redriveCount}`);
    }
    const again = new Set(
      readItemCalls(files.callsFile)
        .slice(callsBefore)
        .map(({ execution }) => execution),
    );
    for (const child of done) {
      if (again.has(child.executionArn)) {
        victim.violations.push(`${child.executionArn} had succeeded and was called again`);
      }
    }
    if (status === "SUCCEEDED") break;
    await checkFailures(soak, (await checkRun(soak, run, "FAILED")).children);
  }
  await checkAllSucceeded(soak, run);
}

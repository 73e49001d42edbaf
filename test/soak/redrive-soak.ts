import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { checkRedriven } from "./check-redriven.ts";
import { historyOf } from "./history.ts";
import { arnPrefix, roleArn } from "./machines.ts";
import { redriveMachines, type StepCall, stepsOf, writeStepFunction } from "./redrive-machines.ts";
import { type Findings, listed, type Victim, type VictimOptions, withVictim } from "./victim.ts";

export interface RedriveSoakOptions extends VictimOptions {
  readonly executions: number;
  /** How often the server is killed. */
  readonly kills: number;
}

export interface RedriveSoakResult extends Findings {
  readonly executions: number;
  readonly kills: number;
  /** Redrives that were answered, and those whose answer was lost to a kill. */
  readonly answered: number;
  readonly lost: number;
  readonly events: number;
}

/** One execution, and what was asked for it. */
interface Entry {
  readonly machine: string;
  readonly items: readonly number[];
  sent: number;
  readonly answered: number[];
}

const clients = 16;
const life = { shortestMs: 100, longestMs: 700 };

/** Redrives failed executions until they succeed, and kills the server again and again meanwhile. */
export async function runRedriveSoak(options: RedriveSoakOptions): Promise<RedriveSoakResult> {
  return withVictim(options, async (victim) => {
    const callsFile = writeStepFunction(victim.folder);
    for (const [name, definition] of Object.entries(redriveMachines)) {
      const created = { name, roleArn, definition: JSON.stringify(definition) };
      await victim.ask("CreateStateMachine", created);
    }
    const entries = await startAll(victim, options.executions);
    let done = false;
    const redriving = redriveUntilSucceeded(victim, entries).finally(() => (done = true));
    let kills = 0;
    for (; kills < options.kills && !done; kills++) {
      await sleep(victim.random.between(life.shortestMs, life.longestMs));
      await victim.strike();
    }
    const lost = await redriving;
    const events = await verify(victim, entries, readCalls(callsFile));
    const answered = [...entries.values()].reduce((sum, entry) => sum + entry.answered.length, 0);
    return { executions: entries.size, kills, answered, lost, events };
  });
}

async function startAll(victim: Victim, executions: number): Promise<ReadonlyMap<string, Entry>> {
  const { random } = victim;
  const entries = new Map<string, Entry>();
  for (let index = 0; index < executions; index++) {
    const machine = random.pick(Object.keys(redriveMachines));
    const count = machine === "soak-redrive-line" ? 3 : random.between(1, 5);
    const items = Array.from({ length: count }, () => random.pick([0, 0, 1, 2]));
    entries.set(`${arnPrefix}:execution:${machine}:run-${index}`, {
      machine,
      items,
      sent: 0,
      answered: [],
    });
  }
  await inParallel([...entries], async ([executionArn, { machine, items }]) => {
    await victim.ask("StartExecution", {
      stateMachineArn: `${arnPrefix}:stateMachine:${machine}`,
      name: executionArn.split(":").at(-1),
      input: JSON.stringify({ items }),
    });
  });
  return entries;
}

/** Redrives what has failed until nothing fails or runs any more; gives how many answers were lost. */
async function redriveUntilSucceeded(
  victim: Victim,
  entries: ReadonlyMap<string, Entry>,
): Promise<number> {
  let lost = 0;
  for (;;) {
    const failed = await withStatus(victim, "FAILED");
    if (failed.length === 0 && (await withStatus(victim, "RUNNING")).length === 0) {
      // What ran at the first question may have failed before the second.
      if ((await withStatus(victim, "FAILED")).length === 0) return lost;
    }
    await inParallel(failed, async (executionArn) => {
      const entry = entries.get(executionArn) as Entry;
      entry.sent++;
      const answer = await victim.api.call("RedriveExecution", { executionArn });
      if (answer.type === "ok") entry.answered.push(answer.body["redriveDate"] as number);
      else if (answer.type === "lost") {
        lost++;
        await sleep(20);
      } else victim.violations.push(`RedriveExecution answered ${answer.code}: ${answer.message}`);
    });
    if (failed.length === 0) await sleep(20);
  }
}

async function withStatus(victim: Victim, statusFilter: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const machine of Object.keys(redriveMachines)) {
    const stateMachineArn = `${arnPrefix}:stateMachine:${machine}`;
    const input = { stateMachineArn, statusFilter };
    for (const { executionArn } of await listed<{ executionArn: string }>(
      victim,
      "ListExecutions",
      input,
      "executions",
    )) {
      found.push(executionArn);
    }
  }
  return found;
}

/** Checks every execution; gives the number of events. */
async function verify(
  victim: Victim,
  entries: ReadonlyMap<string, Entry>,
  calls: ReadonlyMap<string, readonly StepCall[]>,
): Promise<number> {
  let count = 0;
  await inParallel([...entries], async ([executionArn, { machine, items, sent, answered }]) => {
    const { redriveCount } = await victim.ask("DescribeExecution", { executionArn });
    const events = await historyOf(victim.api, executionArn);
    count += events.length;
    const found = checkRedriven(events, {
      steps: stepsOf(machine, items),
      calls: calls.get(executionArn) ?? [],
      sent,
      answered,
      redriveCount: redriveCount as number,
    });
    for (const text of found) victim.violations.push(`${executionArn}: ${text}`);
  });
  return count;
}

function readCalls(file: string): ReadonlyMap<string, readonly StepCall[]> {
  const lines = readFileSync(file, "utf8").split("\n");
  const calls = lines.filter((line) => line !== "").map((line) => JSON.parse(line) as StepCall);
  return Map.groupBy(calls, ({ execution }) => execution);
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = items[Symbol.iterator]();
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (const item of left) await work(item);
    }),
  );
}

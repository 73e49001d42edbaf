import { spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { partitionOf } from "../../src/ports/partition-of.ts";
import { apiRequest } from "../load/aws-json.ts";
import { HttpConnection } from "../load/http-connection.ts";
import {
  clusterPartitions,
  startBenchPostgres,
  startNodes,
} from "../stepwell/cluster-processes.ts";
import { arnPrefix } from "../stepwell/definitions.ts";
import type { StepwellProcess } from "../stepwell/stepwell-process.ts";

export interface TakeoverFigures {
  /** Executions that waited. */
  readonly parked: number;
  /** Partitions that the killed node had. */
  readonly share: number;
  /** From the kill to the first StopExecution of an execution of that share that was done. */
  readonly firstMs: number;
  /** Until one in each of its partitions had been stopped. */
  readonly allStoppedMs: number;
  /** Until the other nodes said that they have all partitions. */
  readonly allTakenMs: number;
}

/** Kills one of three nodes, and looks when its executions are served again. */
export async function measureTakeover(parked: number): Promise<TakeoverFigures> {
  const postgres = await startBenchPostgres();
  try {
    await prepare(postgres.url, parked);
    const nodes = await startNodes(postgres.url, 3);
    const [killed, ...left] = nodes as [StepwellProcess, ...StepwellProcess[]];
    const share = (await killed.share()).partitions;
    const executions = onePerPartition(parked, new Set(share));
    await killed.kill();
    const killedAt = performance.now();
    const passed = (): number => performance.now() - killedAt;
    const stopped = executions.map(async (executionArn, index) => {
      await stop((left[index % left.length] as StepwellProcess).port, executionArn);
      return passed();
    });
    const taken = untilAllTaken(left).then(passed);
    const stoppedMs = await Promise.all(stopped);
    const allTakenMs = await taken;
    for (const node of left) await node.stop();
    return {
      parked,
      share: share.length,
      firstMs: Math.min(...stoppedMs),
      allStoppedMs: Math.max(...stoppedMs),
      allTakenMs,
    };
  } finally {
    await postgres.stop();
  }
}

async function prepare(url: string, parked: number): Promise<void> {
  const script = join(import.meta.dirname, "prepare-cluster.ts");
  const child = spawn(process.execPath, [script, url, String(parked)], { stdio: "inherit" });
  const status = await new Promise((resolve) => child.once("exit", resolve));
  if (status !== 0) throw new Error("the store could not be filled");
}

/** One execution in each of these partitions. */
function onePerPartition(parked: number, wanted: ReadonlySet<number>): readonly string[] {
  const found = new Map<number, string>();
  for (let index = 0; index < parked && found.size < wanted.size; index++) {
    const executionArn = `${arnPrefix}:execution:parked:parked-${index}`;
    const partition = partitionOf(executionArn, clusterPartitions);
    if (wanted.has(partition)) found.set(partition, executionArn);
  }
  return [...found.values()];
}

/** Stops an execution, as a client does: again while nobody answers for it. */
async function stop(port: number, executionArn: string): Promise<void> {
  const connection = await HttpConnection.open(port);
  const send = (operation: string) => {
    const { path, headers, body } = apiRequest(operation, { executionArn });
    return connection.post(path, headers, body);
  };
  while ((await send("StopExecution")).status !== 200) await sleep(100);
  const { body } = await send("DescribeExecution");
  if (!body.includes('"status":"ABORTED"')) throw new Error(`not stopped: ${body}`);
  connection.close();
}

async function untilAllTaken(nodes: readonly StepwellProcess[]): Promise<void> {
  for (;;) {
    const shares = await Promise.all(nodes.map((node) => node.share()));
    const taken = shares.reduce((sum, { partitions: some }) => sum + some.length, 0);
    if (taken === clusterPartitions) return;
    await sleep(50);
  }
}

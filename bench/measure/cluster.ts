import pg from "pg";
import { measureDbosW1 } from "../peers/dbos.ts";
import { apiRequest } from "../load/aws-json.ts";
import { runLoad } from "../load/run-load.ts";
import { createDatabase, startBenchPostgres, startNodes } from "../stepwell/cluster-processes.ts";
import { tenPasses, tenTasks } from "../stepwell/definitions.ts";
import type { StepwellProcess } from "../stepwell/stepwell-process.ts";
import { measureWorkflow, type WorkflowFigures } from "./workflows.ts";

/** What some nodes reach together, on the same machine as their PostgreSQL. */
export interface NodesFigures {
  readonly nodes: number;
  readonly w1: WorkflowFigures;
  /** Of Pass states, in executions that are started as fast as they are accepted. */
  readonly transitionsPerSecond: number;
}

/** W1 of one node, while another connection has a transaction open that keeps old versions of rows from being removed. */
export interface PinnedFigures {
  /** Executions per second without one, in the first third of the time with one, and in the last. */
  readonly without: number;
  readonly first: number;
  readonly last: number;
}

export interface ClusterFigures {
  readonly byNodes: readonly NodesFigures[];
  readonly pinned: PinnedFigures;
  /** W1 of DBOS on the same PostgreSQL, or why there is none. */
  readonly dbosPerSecond: number | string;
}

const input = '{"order":1}';
/** Executions of ten Pass states in a batch. */
const batch = 10_000;
/** Our choice: so many that commits are large. */
const batchClients = 256;

/** One, two and three nodes over one PostgreSQL, and DBOS over the same. */
export async function measureCluster(
  seconds: number,
  /** Why there is no peer to measure. */
  withoutPeer: string | undefined,
  progress: (text: string) => void,
): Promise<ClusterFigures> {
  const postgres = await startBenchPostgres();
  try {
    const byNodes: NodesFigures[] = [];
    // Each in a database of its own: what ran before leaves journals to be packed, at the cost of what is measured next.
    for (const count of [1, 2, 3]) {
      progress(`cluster: W1 and batches on ${count} node(s)`);
      const url = await createDatabase(postgres.url, `nodes_${count}`);
      byNodes.push(await onNodes(url, count, (nodes) => measureNodes(nodes, seconds)));
    }
    progress("cluster: W1 with a pinned horizon, once journals are packed meanwhile");
    const url = await createDatabase(postgres.url, "pinned");
    const pinned = await onNodes(url, 1, (nodes) => measurePinned(nodes, url, seconds));
    progress("cluster: DBOS on the same PostgreSQL");
    const dbosPerSecond = withoutPeer ?? (await measureDbosW1(postgres.url, seconds));
    return { byNodes, pinned, dbosPerSecond };
  } finally {
    await postgres.stop();
  }
}

async function onNodes<T>(
  url: string,
  count: number,
  measure: (nodes: readonly StepwellProcess[]) => Promise<T>,
): Promise<T> {
  const nodes = await startNodes(url, count);
  try {
    return await measure(nodes);
  } finally {
    for (const node of nodes) await node.stop();
  }
}

async function w1Of(nodes: readonly StepwellProcess[], seconds: number): Promise<WorkflowFigures> {
  const stateMachineArn = await (nodes[0] as StepwellProcess).create("ten-tasks", tenTasks);
  const ports = nodes.map(({ port }) => port);
  return measureWorkflow(ports, { type: "execution", stateMachineArn, input }, seconds);
}

async function measureNodes(
  nodes: readonly StepwellProcess[],
  seconds: number,
): Promise<NodesFigures> {
  // Several nodes have to compile what they run several times.
  await w1Of(nodes, seconds);
  const w1 = await w1Of(nodes, seconds);
  const stateMachineArn = await (nodes[0] as StepwellProcess).create("ten-passes", tenPasses);
  const port = nodes.map(({ port: each }) => each);
  // An execution of Pass states is answered for when it has ended: its start and its end are one commit.
  const request = apiRequest("StartExecution", { stateMachineArn, input });
  const started = await runLoad({
    type: "batch",
    port,
    clients: batchClients,
    requests: { times: batch, request },
  });
  return {
    nodes: nodes.length,
    w1,
    transitionsPerSecond: (batch * 10 * 1_000) / started.elapsedMs,
  };
}

async function measurePinned(
  nodes: readonly StepwellProcess[],
  url: string,
  seconds: number,
): Promise<PinnedFigures> {
  const rate = async (): Promise<number> => (await w1Of(nodes, seconds)).perSecond;
  // Packing begins a minute after the first has closed, and takes its share from then on.
  const packs = performance.now() + 75_000;
  do await rate();
  while (performance.now() < packs);
  const before = await rate();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ");
  await client.query("SELECT count(*) FROM stepwell.partitions");
  const first = await rate();
  await rate();
  const last = await rate();
  await client.query("ROLLBACK");
  await client.end();
  // The machine is not the same for minutes.
  return { without: (before + (await rate())) / 2, first, last };
}

import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { startPostgres, type PostgresServer } from "../../test/contracts/postgres-server.ts";
import { startStepwellProcess, type StepwellProcess } from "./stepwell-process.ts";

/** The partitions of a store that was made without saying how many. */
export const clusterPartitions = 256;

/** A PostgreSQL that waits for the disk, with the settings that its peers are measured with. Throws if there is none here. */
export async function startBenchPostgres(): Promise<PostgresServer> {
  const server = await startPostgres({
    durable: true,
    settings: ["shared_buffers=1GB", "max_wal_size=4GB"],
  });
  if (typeof server === "string") throw new Error(server);
  return server;
}

/** Makes a database on a server, and answers its address. */
export async function createDatabase(serverUrl: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** Starts that many nodes over a database, and waits until each has its share. */
export async function startNodes(
  clusterUrl: string,
  count: number,
  nodeOptions: readonly string[] = [],
): Promise<readonly StepwellProcess[]> {
  const nodes: StepwellProcess[] = [];
  for (let index = 0; index < count; index++) {
    nodes.push(await startStepwellProcess({ clusterUrl, nodeOptions }));
  }
  await untilBalanced(nodes);
  return nodes;
}

/** Resolves when the nodes share all partitions: before a node has seen another, all are its share. */
export async function untilBalanced(nodes: readonly StepwellProcess[]): Promise<void> {
  for (;;) {
    const shares = await Promise.all(nodes.map((node) => node.share()));
    const taken = shares.reduce((sum, { partitions }) => sum + partitions.length, 0);
    if (
      taken === clusterPartitions &&
      shares.every(({ isReady, partitions }) => isReady && partitions.length > 0)
    ) {
      return;
    }
    await sleep(100);
  }
}

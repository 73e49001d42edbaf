import { randomUUID } from "node:crypto";
import { Agent, createServer, request } from "node:http";
import { startStepwell } from "../../src/server/start-stepwell.ts";
import type { StepwellOptions } from "../../src/server/stepwell-options.ts";
import { openStore } from "../../src/store/open-store.ts";
import { startPostgres } from "../contracts/postgres-server.ts";

const leaseMs = 10_000;

/** What the recordings are run against. */
export interface ServerUnderTest {
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * A cluster of nodes in this process, over a PostgreSQL of their own, behind one port that hands each request to a node by
 * chance. Throws if there cannot be a PostgreSQL here.
 */
export async function startClusterServer(
  count: number,
  options: Omit<StepwellOptions, "store" | "join">,
): Promise<ServerUnderTest> {
  const postgres = await startPostgres();
  if (typeof postgres === "string") throw new Error(postgres);
  const start = async (name: string) => {
    const store = await openStore({ kind: "postgres", url: postgres.url });
    return startStepwell({
      ...options,
      store,
      host: "127.0.0.1",
      port: 0,
      join: {
        store,
        nodeId: `${name}-${randomUUID()}`,
        version: "0.0.0",
        host: "127.0.0.1",
        port: 0,
        listen: "127.0.0.1",
        leaseMs,
      },
    });
  };
  const nodes: Awaited<ReturnType<typeof start>>[] = [];
  for (let index = 1; index <= count; index++) nodes.push(await start(`node-${index}`));
  while (!nodes.every(({ cluster }) => cluster?.isReady())) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const spread = await spreadRequests(nodes.map(({ port }) => port));
  return {
    port: spread.port,
    async stop() {
      await spread.stop();
      for (const node of nodes) await node.shutdown(0);
      await postgres.stop();
    },
  };
}

/** Listens on a port, and hands each request to one of the others by chance. */
async function spreadRequests(ports: readonly number[]): Promise<ServerUnderTest> {
  // A connection for each request: one that is kept may be closed by the node while it is taken again.
  const agent = new Agent({ keepAlive: false });
  const server = createServer({ keepAliveTimeout: 120_000 }, (incoming, outgoing) => {
    const port = ports[Math.floor(Math.random() * ports.length)];
    const { method, url: path, headers } = incoming;
    const handed = request({ agent, host: "127.0.0.1", port, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    handed.on("error", (error) => outgoing.destroy(error));
    // A client that no longer waits must not keep the node waiting.
    outgoing.on("close", () => handed.destroy());
    incoming.pipe(handed);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as { readonly port: number }).port,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      agent.destroy();
    },
  };
}

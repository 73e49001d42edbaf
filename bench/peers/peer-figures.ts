import { setTimeout as sleep } from "node:timers/promises";
import type { Request } from "../load/load-plan.ts";
import { runLoad } from "../load/run-load.ts";
import { medianTime, width } from "../measure/wide-map.ts";
import { manyClients, measureWorkflow, type WorkflowFigures } from "../measure/workflows.ts";
import { HttpConnection } from "../load/http-connection.ts";
import { type PeerProcess, residentMB } from "./peer-process.ts";

export interface PeerFigures {
  readonly w1: WorkflowFigures;
  readonly w2Ms: number;
  readonly w3: {
    readonly count: number;
    readonly startMs: number;
    readonly resumeMs: number;
    readonly grownMB: number;
  };
}

/** How a peer is asked for each workload, over HTTP as Stepwell is. */
export interface Peer {
  readonly port: number;
  readonly worker: PeerProcess;
  /** Processes whose memory counts. */
  readonly pids: readonly number[];
  readonly tenTasks: Request;
  readonly wide: (width: number) => Request;
  /** Starts one that waits; the answer does not wait for its end. */
  readonly callback: Request;
  readonly resume: (token: string) => Request;
}

export interface PeerOptions {
  readonly seconds: number;
  /** Executions that wait in W3. */
  readonly waiting: number;
}

/** The same workloads and the same load for every peer. */
export async function measurePeer(peer: Peer, options: PeerOptions): Promise<PeerFigures> {
  const workflow = { type: "request", request: peer.tenTasks } as const;
  const w1 = await measureWorkflow(peer.port, workflow, options.seconds);
  const w2Ms = await measureWide(peer);
  return { w1, w2Ms, w3: await measureWaiting(peer, options.waiting) };
}

async function measureWide(peer: Peer): Promise<number> {
  const connection = await HttpConnection.open(peer.port);
  const { path, headers, body } = peer.wide(width);
  const time = await medianTime(async () => {
    const answer = await connection.post(path, headers, body);
    if (answer.status !== 200 || answer.body !== String(width)) throw new Error(answer.body);
  }, 3);
  connection.close();
  return time;
}

async function measureWaiting(peer: Peer, count: number): Promise<PeerFigures["w3"]> {
  const { port, worker } = peer;
  const batch = { type: "batch", port, clients: manyClients } as const;
  const before = residentMB(peer.pids);
  const started = await runLoad({ ...batch, requests: { times: count, request: peer.callback } });
  const startMs = started.elapsedMs + (await timeUntil(worker, "waiting", count));
  const grownMB = residentMB(peer.pids) - before;
  const tokens = await worker.ask<string[]>("tokens");
  const resumed = await runLoad({ ...batch, requests: tokens.map(peer.resume) });
  const resumeMs = resumed.elapsedMs + (await timeUntil(worker, "finished", count));
  return { count, startMs, resumeMs, grownMB };
}

/** How much longer it takes until so many wait or have finished, in milliseconds. */
async function timeUntil(
  worker: PeerProcess,
  what: "waiting" | "finished",
  count: number,
): Promise<number> {
  const began = performance.now();
  while ((await worker.ask<number>(what)) < count) await sleep(20);
  return performance.now() - began;
}

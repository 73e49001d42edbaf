import { fork } from "node:child_process";
import { once } from "node:events";
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { apiRequest } from "./load/aws-json.ts";
import { runLoad } from "./load/run-load.ts";
import { manyClients } from "./measure/workflows.ts";

/** How fast the machine is right now: every other figure is to be read beside these. */
export interface Calibration {
  /** Appends of 4 KiB, each followed by fdatasync. */
  readonly syncsPerSecond: number;
  /** `JSON.parse` of a document of 1 KB, and `JSON.stringify` of it. */
  readonly jsonPerSecond: number;
  /** Requests that a server of `node:http` alone answers to the same load: what no server in Node can be above. */
  readonly httpPerSecond: number;
}

/** Times each for about `ms`. */
export async function calibrate(ms: number): Promise<Calibration> {
  return { syncsPerSecond: syncs(ms), jsonPerSecond: json(ms), httpPerSecond: await http(ms) };
}

async function http(ms: number): Promise<number> {
  const server = fork(join(import.meta.dirname, "bare-http.ts"));
  try {
    const [{ port }] = (await once(server, "message")) as [{ port: number }];
    const request = apiRequest("StartSyncExecution", { input: '{"order":1}' });
    const workflow = { type: "request", request } as const;
    const plan = {
      type: "loop",
      port,
      clients: manyClients,
      warmUpMs: ms,
      durationMs: ms,
    } as const;
    const { completed, elapsedMs } = await runLoad({ ...plan, workflow });
    return (completed / elapsedMs) * 1_000;
  } finally {
    server.disconnect();
  }
}

function syncs(ms: number): number {
  const folder = mkdtempSync(join(tmpdir(), "stepwell-bench-"));
  const file = openSync(join(folder, "log"), "a");
  const block = Buffer.alloc(4096, 1);
  try {
    return perSecond(ms, 1, () => {
      writeSync(file, block);
      fdatasyncSync(file);
    });
  } finally {
    closeSync(file);
    rmSync(folder, { recursive: true });
  }
}

function json(ms: number): number {
  const items = Array.from({ length: 16 }, (_, index) => ({
    id: index,
    name: `item number ${index}`,
    price: index * 1.25,
    tags: ["a", "b"],
  }));
  const text = JSON.stringify(items);
  return perSecond(ms, 100, () => {
    for (let round = 0; round < 100; round++) JSON.stringify(JSON.parse(text));
  });
}

function perSecond(ms: number, batch: number, work: () => void): number {
  const began = performance.now();
  let done = 0;
  let elapsed = 0;
  do {
    work();
    done += batch;
    elapsed = performance.now() - began;
  } while (elapsed < ms);
  return (done / elapsed) * 1000;
}

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "./free-port.ts";
import { measurePeer, type PeerFigures, type PeerOptions } from "./peer-figures.ts";
import { startPeer } from "./peer-process.ts";

const headers = "Content-Type: application/json\r\n";
const startLimitMs = 60_000;

/** Restate as it comes: one node, its write-ahead log synced. */
export async function measureRestate(options: PeerOptions): Promise<PeerFigures> {
  const folder = mkdtempSync(join(tmpdir(), "stepwell-bench-restate-"));
  const ports = { ingress: await freePort(), admin: await freePort(), node: await freePort() };
  const server = startServer(folder, ports);
  const worker = await startPeer(join(import.meta.dirname, "restate-worker.mjs"), [
    String(await freePort()),
  ]);
  try {
    await register(ports.admin, worker.port);
    return await measurePeer(
      {
        port: ports.ingress,
        worker,
        pids: [server.pid as number, worker.pid],
        tenTasks: { path: "/bench/tenTasks", headers, body: '{"order":1}' },
        wide: (width) => ({ path: "/bench/wide", headers, body: String(width) }),
        callback: { path: "/bench/callback/send", headers: "", body: "" },
        resume: (token) => ({
          path: `/restate/awakeables/${token}/resolve`,
          headers,
          body: "true",
        }),
      },
      options,
    );
  } finally {
    await worker.stop();
    const ended = new Promise((resolve) => server.once("exit", resolve));
    server.kill("SIGKILL");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The binary itself, not the package's wrapper, so that it can be ended and its memory read. */
function startServer(
  folder: string,
  ports: { ingress: number; admin: number; node: number },
): ChildProcess {
  const require = createRequire(import.meta.url);
  const binary = require.resolve(
    `@restatedev/restate-server-${process.platform}-${process.arch}/bin/restate-server`,
  );
  return spawn(binary, ["--base-dir", folder, "--bind-ip", "127.0.0.1"], {
    stdio: "ignore",
    env: {
      ...process.env,
      RESTATE_DISABLE_TELEMETRY: "true",
      RESTATE_INGRESS__BIND_PORT: String(ports.ingress),
      RESTATE_ADMIN__BIND_PORT: String(ports.admin),
      RESTATE_BIND_PORT: String(ports.node),
    },
  });
}

async function register(adminPort: number, workerPort: number): Promise<void> {
  const until = performance.now() + startLimitMs;
  for (;;) {
    try {
      const answer = await fetch(`http://127.0.0.1:${adminPort}/deployments`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ uri: `http://127.0.0.1:${workerPort}` }),
      });
      if (answer.ok) return;
      if (performance.now() > until) throw new Error(`registering: ${await answer.text()}`);
    } catch (error) {
      if (performance.now() > until) throw error;
    }
    await sleep(200);
  }
}

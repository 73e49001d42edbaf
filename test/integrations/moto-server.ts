import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer as createHttpServer, request } from "node:http";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** A server of moto, which answers as AWS's services do and was written by nobody here. */
export interface MotoServer {
  readonly url: string;
  /** What it was asked since it was last reset: the operation, `AmazonEC2ContainerServiceV….RunTask`, or method and path. */
  readonly asked: readonly string[];
  /** Forgets all that was made, how states move on, and what it was asked. */
  reset(): Promise<void>;
  /** How the states of a kind of thing move on, in moto's words: `ecs::task`, `{ progression: "manual", times: 1 }`. */
  transition(model: string, how: object): Promise<void>;
  stop(): Promise<void>;
}

/** Where `npm run integrations` installs it; beside the checkout's own files, ignored by git. */
const installed = join(import.meta.dirname, "../../.integrations/moto/bin/moto_server");

/** The program, from `STEPWELL_TEST_MOTO` or where `npm run integrations` puts it; `undefined` if there is none. */
export function motoProgram(): string | undefined {
  const program = process.env["STEPWELL_TEST_MOTO"] ?? installed;
  return existsSync(program) ? program : undefined;
}

/** How long it may take to start: it reads hundreds of services. */
const startMs = 60_000;

export async function startMoto(program: string): Promise<MotoServer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(program, ["-H", "127.0.0.1", "-p", String(port)], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"] },
  });
  let printed = "";
  child.stderr.on("data", (chunk: Buffer) => {
    printed = (printed + chunk.toString()).slice(-4_000);
  });
  const post = async (path: string, body?: object): Promise<void> => {
    const response = await fetch(`${url}/moto-api/${path}`, {
      method: "POST",
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  };
  const deadline = Date.now() + startMs;
  while (!(await answers(url))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill();
      throw new Error(`${program} does not answer at ${url}:\n${printed}`);
    }
    await sleep(50);
  }
  // Jobs would else be run in Docker.
  await post("config", { batch: { use_docker: false } });
  const asked: string[] = [];
  const front = await frontOf(port, asked);
  const changed = new Set<string>();
  return {
    url: front.url,
    asked,
    async reset() {
      for (const model_name of changed)
        await post("state-manager/unset-transition", { model_name });
      changed.clear();
      await post("reset");
      asked.length = 0;
    },
    transition(model_name, transition) {
      changed.add(model_name);
      return post("state-manager/set-transition", { model_name, transition });
    },
    async stop() {
      front.close();
      await ended(child);
    },
  };
}

/** Hands everything on, and takes note of what is asked. */
async function frontOf(
  port: number,
  asked: string[],
): Promise<{ readonly url: string; close(): void }> {
  const server = createHttpServer((incoming, outgoing) => {
    const { method = "", url: path = "", headers } = incoming;
    const target = headers["x-amz-target"];
    asked.push(typeof target === "string" ? target : `${method} ${decodeURIComponent(path)}`);
    const passed = request({ host: "127.0.0.1", port, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    passed.on("error", () => outgoing.destroy());
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/moto-api/data.json`)).ok;
  } catch {
    return false;
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exit = new Promise((resolve) => child.once("exit", resolve));
  child.kill();
  await exit;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

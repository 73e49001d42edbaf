import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** A node of the cluster: a server process as an operator starts it. */
export interface NodeProcess {
  readonly name: string;
  /** Of the API. */
  readonly port: number;
  /** What other nodes reach it by. */
  readonly peerUrl: string;
  /** Resolves when it is ready for calls. */
  start(): Promise<void>;
  /** SIGKILL. Resolves when the process is gone. */
  kill(): Promise<void>;
  /** SIGTERM. Resolves with the exit status. */
  stop(): Promise<number | null>;
  /** SIGSTOP. */
  pause(): void;
  /** SIGCONT. */
  resume(): void;
  /** Whether `/health/ready` says so; no answer is no. */
  isReady(): Promise<boolean>;
}

export interface NodeOptions {
  readonly name: string;
  readonly folder: string;
  readonly port: number;
  readonly peer: { readonly host: string; readonly port: number };
  readonly store: string;
  readonly functionsFolder: string;
  readonly leaseSeconds: number;
  readonly partitions: number;
  /** Told when it ends without having been told to. */
  readonly endedByItself: (status: number | null) => void;
}

/** Longer than any start takes; a node that does not come up is a finding, not a reason to wait for ever. */
const startLimitMs = 60_000;
const program = join(import.meta.dirname, "../../../bin/stepwell.mjs");

export function createNodeProcess(options: NodeOptions): NodeProcess {
  const { name, port, peer, leaseSeconds, partitions } = options;
  const folder = join(options.folder, name);
  mkdirSync(folder);
  const config = join(folder, "stepwell.config.json");
  const { store, functionsFolder } = options;
  const cluster = {
    host: peer.host,
    port: peer.port,
    listen: "127.0.0.1",
    leaseSeconds,
    partitions,
  };
  writeFileSync(config, JSON.stringify({ port, store, functionsFolder, cluster }));
  let child: ChildProcess | undefined;
  let ended = Promise.resolve<number | null>(null);

  async function isReady(): Promise<boolean> {
    try {
      const signal = AbortSignal.timeout(1_000);
      return (await fetch(`http://127.0.0.1:${port}/health/ready`, { signal })).ok;
    } catch {
      return false;
    }
  }

  /** Sends the signal that ends it. */
  async function end(signal: NodeJS.Signals): Promise<number | null> {
    const ending = child;
    child = undefined;
    ending?.kill(signal);
    return await ended;
  }

  return {
    name,
    port,
    peerUrl: `http://${peer.host}:${peer.port}`,
    async start() {
      const log = openSync(join(folder, "node.log"), "a");
      const started = spawn(
        process.execPath,
        [program, "start", "--config", config, "--data-dir", join(folder, "data"), "--no-console"],
        { cwd: folder, stdio: ["ignore", log, log], env: { ...process.env, NO_COLOR: "1" } },
      );
      closeSync(log);
      child = started;
      ended = new Promise((resolve) => {
        started.once("exit", (status) => {
          if (child === started) {
            child = undefined;
            options.endedByItself(status);
          }
          resolve(status);
        });
      });
      const until = performance.now() + startLimitMs;
      while (!(await isReady())) {
        if (child !== started) throw new Error(`${name} ended when it was started`);
        if (performance.now() > until) throw new Error(`${name} does not get ready`);
        await sleep(50);
      }
    },
    async kill() {
      await end("SIGKILL");
    },
    stop: () => end("SIGTERM"),
    pause: () => void child?.kill("SIGSTOP"),
    resume: () => void child?.kill("SIGCONT"),
    isReady,
  };
}

import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";

/** The server under test: a process that can be killed in the middle of anything. */
export interface ServerProcess {
  /** Resolves when it serves. */
  start(): Promise<void>;
  /** SIGKILL. Resolves when the process is gone. */
  kill(): Promise<void>;
}

/** Longer than any start takes; a server that does not come up is a finding, not a reason to wait for ever. */
const startLimitMs = 30_000;

export function createServerProcess(folder: string, port: number): ServerProcess {
  let child: ChildProcess | undefined;

  return {
    async start() {
      const log = openSync(join(folder, "server.log"), "a");
      const started = spawn(
        process.execPath,
        [
          "--disable-warning=ExperimentalWarning",
          join(import.meta.dirname, "serve.ts"),
          folder,
          String(port),
        ],
        { stdio: ["ignore", log, log, "ipc"] },
      );
      closeSync(log);
      child = started;
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error("the server does not start")),
          startLimitMs,
        );
        const settle = (act: () => void): void => {
          clearTimeout(timer);
          started.removeAllListeners();
          act();
        };
        started.once("message", () => settle(resolve));
        started.once("exit", (code) =>
          settle(() => reject(new Error(`the server ended by itself with status ${code}`))),
        );
      });
    },

    async kill() {
      const killed = child;
      if (killed === undefined) return;
      if (killed.exitCode !== null) {
        throw new Error(`the server had ended by itself with status ${killed.exitCode}`);
      }
      const gone = new Promise<void>((resolve) => killed.once("exit", () => resolve()));
      killed.kill("SIGKILL");
      await gone;
      child = undefined;
    },
  };
}

import { execFileSync, fork } from "node:child_process";

/** A program of a peer that says over the channel where it listens, and answers questions there. */
export interface PeerProcess {
  readonly pid: number;
  readonly port: number;
  ask<T>(question: "tokens" | "finished" | "waiting"): Promise<T>;
  /** Tells it to stop, if it knows how, and ends it. */
  stop(): Promise<void>;
}

/** Time for a program to say where it listens. */
const startLimitMs = 60_000;

export async function startPeer(script: string, args: readonly string[]): Promise<PeerProcess> {
  const child = fork(script, args, { stdio: ["ignore", "ignore", "pipe", "ipc"] });
  let complaint = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-2_000);
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const message = async <T>(): Promise<T> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error("it did not answer in time")), startLimitMs);
      const settle = (act: () => void): void => {
        clearTimeout(timer);
        act();
      };
      child.once("message", (value) => settle(() => resolve(value as T)));
      void ended.then(() => settle(() => reject(new Error(firstLine(complaint)))));
    });
  const { port } = await message<{ port: number }>();
  return {
    pid: child.pid as number,
    port,
    async ask<T>(question: string) {
      const answer = message<{ answer: T }>();
      child.send({ ask: question });
      return (await answer).answer;
    },
    async stop() {
      if (child.connected) child.send({ ask: "stop" });
      const timer = setTimeout(() => child.kill("SIGKILL"), 5_000);
      if (child.connected) child.disconnect();
      await ended;
      clearTimeout(timer);
    },
  };
}

function firstLine(text: string): string {
  const line = text.split("\n").find((each) => /error/i.test(each)) ?? text.split("\n")[0];
  return line === undefined || line === "" ? "it ended without a word" : line.trim();
}

/** Resident memory of processes, in MB. */
export function residentMB(pids: readonly number[]): number {
  const text = execFileSync("ps", ["-o", "rss=", "-p", pids.join(",")], { encoding: "utf8" });
  const kilobytes = text.split("\n").reduce((sum, line) => sum + Number(line.trim() || 0), 0);
  return kilobytes / 1024;
}

import { closeSync, openSync, readSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Answer, Api } from "./api.ts";
import { activityArn } from "./machines.ts";
import type { Random } from "./random.ts";

/** A result that was sent for a task token. */
export interface SentResult {
  readonly token: string;
  readonly nonce: string;
  /** The server said that it is accepted: it must be in the execution's history. */
  accepted: boolean;
}

/** Those who complete tasks from outside: they answer tokens that functions wrote down, and poll the activity. */
export interface Workers {
  readonly results: readonly SentResult[];
  readonly violations: string[];
  stop(): Promise<void>;
}

const pollers = 4;
/** How often the file of tokens is looked at. */
const lookMs = 50;

export function startWorkers(api: Api, tokensFile: string, random: Random): Workers {
  const results: SentResult[] = [];
  const violations: string[] = [];
  const handedOut = new Set<string>();
  const open = new Set<Promise<void>>();
  let stopped = false;

  /** Sends a result, after a delay, until the server has answered. It may have taken one whose answer was lost. */
  async function complete(token: string, delayMs: number): Promise<void> {
    const result: SentResult = { token, nonce: randomUUID(), accepted: false };
    results.push(result);
    if (delayMs > 0) await sleep(delayMs);
    const output = JSON.stringify({ nonce: result.nonce });
    for (let sent = 1; ; sent++) {
      const answer = await api.call("SendTaskSuccess", { taskToken: token, output });
      if (answer.type === "lost") {
        if (stopped) return;
        await sleep(50);
        continue;
      }
      if (answer.type === "ok") result.accepted = true;
      else note(answer, token);
      return;
    }
  }

  /** A task that has ended without us is closed: its attempt was cut by a kill, or our first result was taken. */
  function note(answer: Extract<Answer, { type: "error" }>, token: string): void {
    if (answer.code === "TaskTimedOut") return;
    violations.push(`SendTaskSuccess answered ${answer.code} to ${token}`);
  }

  function begin(work: Promise<void>): void {
    open.add(work);
    void work.finally(() => open.delete(work));
  }

  async function watchTokens(): Promise<void> {
    const file = openSync(tokensFile, "r");
    const buffer = Buffer.alloc(1024 * 1024);
    let seen = 0;
    while (!stopped) {
      const text = buffer.toString("latin1", 0, readSync(file, buffer, 0, buffer.length, seen));
      const end = text.lastIndexOf("\n") + 1;
      for (const token of text.slice(0, end).split("\n")) {
        // Some people take their time: the execution has left memory when they answer, or the server was killed.
        if (token !== "")
          begin(complete(token, random.next() < 0.3 ? random.between(0, 3_000) : 0));
      }
      seen += end;
      await sleep(lookMs);
    }
    closeSync(file);
  }

  async function poll(): Promise<void> {
    while (!stopped) {
      const answer = await api.call("GetActivityTask", { activityArn, workerName: "soak" });
      if (answer.type !== "ok") {
        if (answer.type === "error") violations.push(`GetActivityTask answered ${answer.code}`);
        await sleep(50);
        continue;
      }
      const token = answer.body["taskToken"];
      if (typeof token !== "string") continue;
      if (handedOut.has(token)) violations.push(`an activity task was handed out twice: ${token}`);
      handedOut.add(token);
      await complete(token, 0);
    }
  }

  begin(watchTokens());
  for (let poller = 0; poller < pollers; poller++) begin(poll());
  return {
    results,
    violations,
    async stop() {
      stopped = true;
      await Promise.all(open);
    },
  };
}

import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Api } from "../api.ts";
import type { HistoryEvent } from "../history.ts";
import type { Entry } from "../ledger.ts";
import type { Random } from "../random.ts";

/** Clients that ask any node how executions are, and remember what they were told. */
export interface ToldOutcomes {
  /** How often somebody was told that an execution has ended. */
  readonly ends: number;
  readonly violations: readonly string[];
  stop(): Promise<void>;
  /** Asks again about all that they were told of. */
  check(api: Api): Promise<void>;
}

/** What was read of a history: how many events, and what they were. */
interface ReadHistory {
  readonly count: number;
  readonly checksum: string;
}

const clients = 3;
const checkers = 16;
/** Our choices: how often each asks, and the share of the questions that read a history. */
const pauseMs = 100;
const historyShare = 0.25;
/** Events that one answer has at most. */
const mostEvents = 1_000;

export function watchOutcomes(api: Api, entries: readonly Entry[], random: Random): ToldOutcomes {
  const outcomes = new Map<string, string>();
  const histories = new Map<string, ReadHistory>();
  const violations: string[] = [];
  let ends = 0;
  let isStopped = false;

  async function askOutcome(from: Api, executionArn: string): Promise<void> {
    const before = outcomes.get(executionArn);
    const answer = await from.call("DescribeExecution", { executionArn });
    if (answer.type === "lost") return;
    if (answer.type === "error") {
      violations.push(`${executionArn} was accepted, and DescribeExecution says ${answer.code}`);
      return;
    }
    const { status, output, stopDate, error } = answer.body;
    const told = JSON.stringify({ status, output, stopDate, error });
    if (before !== undefined && told !== before) {
      violations.push(`${executionArn} was told as ${before}, and then as ${told}`);
    }
    if (status === "RUNNING") return;
    ends++;
    const known = outcomes.get(executionArn);
    if (known === undefined) outcomes.set(executionArn, told);
    else if (known !== told) violations.push(`${executionArn} was told as ${known} and ${told}`);
  }

  async function askHistory(from: Api, executionArn: string): Promise<void> {
    const before = histories.get(executionArn);
    const asked = { executionArn, maxResults: mostEvents };
    const answer = await from.call("GetExecutionHistory", asked);
    if (answer.type !== "ok") return;
    const events = answer.body["events"] as readonly HistoryEvent[];
    if (before !== undefined) {
      if (events.length < before.count) {
        violations.push(`${executionArn} had ${before.count} events, and then ${events.length}`);
      } else if (checksumOf(events.slice(0, before.count)) !== before.checksum) {
        violations.push(`${executionArn}: its first ${before.count} events have changed`);
      }
    }
    histories.set(executionArn, { count: events.length, checksum: checksumOf(events) });
  }

  const asking = Array.from({ length: clients }, async () => {
    while (!isStopped) {
      await sleep(pauseMs);
      // Mostly what is happening now.
      const newest = entries.length - 1;
      if (newest < 0) continue;
      const oldest = random.next() < 0.8 ? Math.max(0, newest - 100) : 0;
      const entry = entries[random.between(oldest, newest)];
      if (entry?.answered !== true) continue;
      const isHistory = random.next() < historyShare;
      await (isHistory ? askHistory : askOutcome)(api, entry.executionArn);
    }
  });

  return {
    get ends() {
      return ends;
    },
    violations,
    async stop() {
      isStopped = true;
      await Promise.all(asking);
    },
    async check(from) {
      const left = [...outcomes.keys(), ...histories.keys()];
      const ask = async (): Promise<void> => {
        for (let next = left.pop(); next !== undefined; next = left.pop()) {
          const isHistory = left.length >= outcomes.size;
          await (isHistory ? askHistory : askOutcome)(from, next);
        }
      };
      await Promise.all(Array.from({ length: checkers }, ask));
    },
  };
}

function checksumOf(events: readonly HistoryEvent[]): string {
  return createHash("sha256").update(JSON.stringify(events)).digest("hex");
}

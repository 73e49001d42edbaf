import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { partitionOf } from "../../../src/ports/partition-of.ts";
import type { Api } from "../api.ts";
import { historyOf } from "../history.ts";
import { arnPrefix, roleArn } from "../machines.ts";

/** Executions that do something each second for as long as somebody has their partitions. */
export interface Pulses {
  /** Those in the partitions that `has` says. */
  within(has: (partition: number) => boolean): readonly string[];
  /** Ends them, and says what is wrong with what they did. */
  end(): Promise<readonly string[]>;
}

const name = "soak-pulse";
const stateMachineArn = `${arnPrefix}:stateMachine:${name}`;
const beatSeconds = 1;
/** Our choices: how often it is looked for progress, and how long what a dead node has sent may take to be done. */
const lookMs = 50;
const onTheWayMs = 150;

export async function createPulseMachine(api: Api): Promise<void> {
  const definition = JSON.stringify({
    StartAt: "Beat",
    States: {
      Beat: { Type: "Wait", Seconds: beatSeconds, Next: "Again" },
      Again: {
        Type: "Choice",
        Choices: [{ Variable: "$$.Execution.Name", StringEquals: "enough", Next: "Enough" }],
        Default: "Beat",
      },
      Enough: { Type: "Succeed" },
    },
  });
  const answer = await api.call("CreateStateMachine", { name, roleArn, definition });
  if (answer.type !== "ok") throw new Error(`CreateStateMachine: ${JSON.stringify(answer)}`);
}

/** `api` must answer. */
export async function startPulses(
  api: Api,
  prefix: string,
  count: number,
  partitions: number,
): Promise<Pulses> {
  const executionArns = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const started = { stateMachineArn, name: `${prefix}-${index}` };
      const answer = await api.call("StartExecution", started);
      if (answer.type !== "ok") throw new Error(`StartExecution: ${JSON.stringify(answer)}`);
      return String(answer.body["executionArn"]);
    }),
  );
  return {
    within: (has) => executionArns.filter((arn) => has(partitionOf(arn, partitions))),
    async end() {
      const wrong = await Promise.all(executionArns.map((arn) => endPulse(api, arn)));
      return wrong.flat();
    },
  };
}

async function endPulse(api: Api, executionArn: string): Promise<readonly string[]> {
  const stopped = await api.call("StopExecution", { executionArn });
  if (stopped.type !== "ok") return [`${executionArn}: StopExecution: ${JSON.stringify(stopped)}`];
  const events = await historyOf(api, executionArn);
  const wrong: string[] = [];
  const last = events.at(-1);
  if (last?.type !== "ExecutionAborted") wrong.push(`it was stopped, and ends with ${last?.type}`);
  const ends = events.filter(({ type }) => /^Execution(?!Started)/.test(type)).length;
  if (ends !== 1) wrong.push(`it ends ${ends} times`);
  for (const [index, event] of events.entries()) {
    if (event.id !== index + 1) wrong.push(`event ${index + 1} has the id ${event.id}`);
    const before = events[index - 1];
    if (event.type !== "WaitStateExited" || before === undefined) continue;
    // Times are in milliseconds, and come as seconds.
    const waitedMs = Math.round((event.timestamp - before.timestamp) * 1_000);
    if (before.type !== "WaitStateEntered") wrong.push(`a wait ends after ${before.type}`);
    else if (waitedMs < beatSeconds * 1_000) wrong.push(`a wait has taken only ${waitedMs} ms`);
  }
  return wrong.map((text) => `${executionArn}: ${text}`);
}

/** Sees in the database itself, not through a node, how far executions are. */
export interface ProgressWatch {
  /**
   * Milliseconds from `since` (of performance.now) until each has done something that it had not when this was called;
   * those that have done nothing after `limitMs` are missing.
   */
  firstProgress(
    executionArns: readonly string[],
    since: number,
    limitMs: number,
  ): Promise<ReadonlyMap<string, number>>;
  close(): Promise<void>;
}

export function watchProgress(url: string, partitions: number): ProgressWatch {
  const pool = new pg.Pool({ connectionString: url, max: 2, connectionTimeoutMillis: 2_000 });
  pool.on("error", () => {});

  async function lastEvents(executionArns: readonly string[]): Promise<Map<string, number>> {
    const { rows } = await pool.query<{ arn: string; last: number }>(
      `SELECT a.arn || e.arn_name AS arn, max(j.last_event_id)::integer AS last
       FROM stepwell.executions e JOIN stepwell.arns a ON a.key = e.arn_prefix
       JOIN stepwell.journal j ON j.part = e.part AND j.execution = e.id
       WHERE e.part = ANY($1) AND a.arn || e.arn_name = ANY($2) GROUP BY 1`,
      [executionArns.map((arn) => partitionOf(arn, partitions)), executionArns],
    );
    return new Map(rows.map(({ arn, last }) => [arn, last]));
  }

  return {
    async firstProgress(executionArns, since, limitMs) {
      const found = new Map<string, number>();
      await sleep(onTheWayMs);
      let before: ReadonlyMap<string, number> | undefined;
      while (found.size < executionArns.length && performance.now() - since < limitMs) {
        // The database itself may be what is gone.
        const now = await lastEvents(executionArns).catch(() => undefined);
        const ms = performance.now() - since;
        if (now !== undefined) before ??= now;
        for (const [arn, last] of now ?? []) {
          if (!found.has(arn) && last > (before?.get(arn) ?? 0)) found.set(arn, ms);
        }
        await sleep(lookMs);
      }
      return found;
    },
    close: () => pool.end(),
  };
}

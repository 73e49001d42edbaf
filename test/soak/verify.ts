import { readFileSync } from "node:fs";
import type { Api } from "./api.ts";
import { attemptKey, type Call, checkHistory, type Evidence } from "./check-history.ts";
import { historyOf } from "./history.ts";
import type { Entry } from "./ledger.ts";
import { arnPrefix, kinds } from "./machines.ts";
import type { SentResult } from "./workers.ts";

/** What was found at the end. */
export interface Verdict {
  readonly violations: readonly string[];
  readonly executions: number;
  readonly succeeded: number;
  /** Failed because a kill cut an attempt, where the definition does not retry that. */
  readonly cut: number;
  readonly events: number;
  readonly calls: number;
  readonly acceptedResults: number;
}

const clients = 32;

/** Compares what the server has with what the ledger was promised and what the functions wrote down. */
export async function verify(
  api: Api,
  entries: readonly Entry[],
  results: readonly SentResult[],
  attemptsFile: string,
): Promise<Verdict> {
  const violations: string[] = [];
  const calls = readCalls(attemptsFile);
  const evidence: Evidence = {
    calls,
    scheduled: new Set(),
    results: new Map(),
    violation: (text) => violations.push(text),
  };
  const counts = { succeeded: 0, cut: 0, events: 0 };
  const byArn = new Map(entries.map((entry) => [entry.executionArn, entry]));
  const listed = await listAll(api);
  for (const { executionArn } of entries) {
    if (!listed.has(executionArn)) violations.push(`${executionArn} is lost`);
  }

  const left = [...listed];
  const check = async (executionArn: string, kind: string): Promise<void> => {
    const described = await api.call("DescribeExecution", { executionArn });
    if (described.type !== "ok") throw new Error(`DescribeExecution: ${JSON.stringify(described)}`);
    const { status, startDate, error } = described.body as Record<string, string | number>;
    const entry = byArn.get(executionArn);
    if (entry === undefined && !isChild(executionArn, byArn)) {
      violations.push(`${executionArn} was never started`);
    }
    if (entry?.startDate !== undefined && entry.startDate !== startDate) {
      violations.push(
        `${executionArn} was answered as started at ${entry.startDate}, and is at ${startDate}`,
      );
    }
    if (status === "SUCCEEDED") counts.succeeded++;
    else if (kinds[kind]?.mustSucceed === false && error === "Lambda.Unknown") counts.cut++;
    else violations.push(`${executionArn} is ${status} with ${error}`);
    const events = await historyOf(api, executionArn);
    counts.events += events.length;
    checkHistory(executionArn, String(status), events, evidence);
  };
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (let next = left.pop(); next !== undefined; next = left.pop()) await check(...next);
    }),
  );

  for (const key of calls.keys()) {
    if (!evidence.scheduled.has(key)) violations.push(`called without being scheduled: ${key}`);
  }
  for (const [nonce, times] of evidence.results) {
    if (times > 1) violations.push(`the result ${nonce} was taken ${times} times`);
  }
  const accepted = results.filter((result) => result.accepted);
  for (const { nonce, token } of accepted) {
    if (!evidence.results.has(nonce)) violations.push(`an accepted result is lost: ${token}`);
  }
  return {
    violations,
    executions: listed.size,
    ...counts,
    calls: [...calls.values()].reduce((sum, each) => sum + each.length, 0),
    acceptedResults: accepted.length,
  };
}

function readCalls(file: string): ReadonlyMap<string, readonly Call[]> {
  const calls = new Map<string, Call[]>();
  for (const line of readFileSync(file, "utf8").split("\n")) {
    if (line === "") continue;
    const call = JSON.parse(line) as Call;
    const key = attemptKey(call);
    const known = calls.get(key);
    if (known === undefined) calls.set(key, [call]);
    else known.push(call);
  }
  return calls;
}

/** Every execution that the server has, with its kind. */
async function listAll(api: Api): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const kind of Object.keys(kinds)) {
    let nextToken: unknown;
    do {
      const answer = await api.call("ListExecutions", {
        stateMachineArn: `${arnPrefix}:stateMachine:${kind}`,
        maxResults: 1_000,
        ...(nextToken === undefined ? {} : { nextToken }),
      });
      if (answer.type !== "ok") throw new Error(`ListExecutions: ${JSON.stringify(answer)}`);
      for (const { executionArn } of answer.body["executions"] as { executionArn: string }[]) {
        found.set(executionArn, kind);
      }
      nextToken = answer.body["nextToken"];
    } while (nextToken !== undefined);
  }
  return found;
}

/** Whether it is the child of a `soak-parent` that the ledger has started. */
function isChild(executionArn: string, byArn: ReadonlyMap<string, Entry>): boolean {
  const parent = executionArn
    .replace(":execution:soak-order:", ":execution:soak-parent:")
    .replace(/-child-\d+$/, "");
  return parent !== executionArn && byArn.has(parent);
}

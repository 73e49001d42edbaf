import { beforeEach, expect, test } from "vitest";
import type { Clock } from "../../ports/clock.ts";
import type { ExecutionLogEntry } from "../../ports/execution-log.ts";
import type { Logger } from "../../ports/logger.ts";
import type { CloudWatchConnections, CloudWatchLogs } from "./cloudwatch-endpoint.ts";
import { createCloudWatchLog } from "./cloudwatch-log.ts";
import { firstPauseMs, gatherMs, maxTries } from "./log-stream.ts";

const start = Date.UTC(2026, 7, 5, 4, 30);
const groupArn = "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/vendedlogs/states/g:*";

let now: number;
let timers: { at: number; wake: () => void }[];
let calls: string[];
let failWith: (() => Error | undefined) | undefined;
let warnings: string[];
let reachable: boolean;

beforeEach(() => {
  now = start;
  timers = [];
  calls = [];
  failWith = undefined;
  warnings = [];
  reachable = true;
});

const clock: Clock = {
  now: () => now,
  schedule(at, wake) {
    const timer = { at, wake };
    timers.push(timer);
    return () => {
      timers = timers.filter((other) => other !== timer);
    };
  },
};

/** Lets what is under way go on, up to the next timer. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

async function pass(ms: number): Promise<void> {
  now += ms;
  const due = timers.filter(({ at }) => at <= now);
  timers = timers.filter(({ at }) => at > now);
  for (const { wake } of due) wake();
  await settle();
}

const logs: CloudWatchLogs = {
  hasGroup: async (group) => group === "/aws/vendedlogs/states/g",
  async createStream(group, stream) {
    calls.push(`create ${group} ${stream}`);
  },
  async putEvents(_group, stream, events) {
    const failure = failWith?.();
    if (failure !== undefined) throw failure;
    calls.push(
      `put ${stream} ${events.map(({ timestamp, message }) => `${timestamp - start}:${message}`).join(" ")}`,
    );
  },
};
const connections: CloudWatchConnections = {
  to: async () => (reachable ? logs : undefined),
  close: () => calls.push("close"),
};
const logger: Logger = { debug() {}, info() {}, warn: (text) => warnings.push(text), error() {} };

function create(queueBytes?: number) {
  return createCloudWatchLog({
    connections,
    clock,
    logger,
    ids: { uuid: () => "0a1b2c3d-0000-4000-8000-000000000000", seed: () => 1 },
    ...(queueBytes === undefined ? {} : { queueBytes }),
  });
}

function entry(text: string, at = now, stateMachineName = "m"): ExecutionLogEntry {
  return { stateMachineName, logGroupArn: groupArn, at, text };
}

const stream = "states/m/2026-08-05-04/0a1b2c3d";

test("events gather, and go in one call in the order of their times, to a stream that is made once", async () => {
  const log = create();
  log.write([entry("b", start + 5), entry("c", start + 5)]);
  log.write([entry("a", start + 1)]);
  await settle();
  expect(calls).toEqual([]);
  await pass(gatherMs);
  expect(calls).toEqual([`create /aws/vendedlogs/states/g ${stream}`, `put ${stream} 1:a 5:b 5:c`]);
  log.write([entry("d", start + 9)]);
  await pass(gatherMs);
  expect(calls.slice(2)).toEqual([`put ${stream} 9:d`]);
});

test("each state machine has its own stream, and a new one every hour", async () => {
  const log = create();
  log.write([entry("a"), entry("b", start, "a*b:c")]);
  await pass(gatherMs);
  expect(calls).toContain("put states/a-b-c/2026-08-05-04/0a1b2c3d 0:b");
  now = start + 3_600_000;
  log.write([entry("c")]);
  await pass(gatherMs);
  expect(calls.at(-1)).toBe("put states/m/2026-08-05-05/0a1b2c3d 3600000:c");
});

test("a failure is tried again after growing pauses, and nothing is lost or sent twice", async () => {
  const log = create();
  let failures = 2;
  failWith = () => (failures-- > 0 ? new Error("connect ECONNREFUSED") : undefined);
  log.write([entry("a")]);
  await pass(gatherMs);
  log.write([entry("b")]);
  await pass(firstPauseMs);
  expect(calls.some((call) => call.startsWith("put"))).toBe(false);
  await pass(firstPauseMs);
  expect(failures).toBe(0);
  await pass(4 * firstPauseMs);
  expect(calls.filter((call) => call.startsWith("put"))).toEqual([`put ${stream} 0:a 250:b`]);
  expect(warnings).toHaveLength(1);
});

test("a refusal is not repeated; what comes later goes on", async () => {
  const log = create();
  const refusal = Object.assign(new Error("no"), {
    name: "AccessDeniedException",
    $metadata: { httpStatusCode: 400 },
  });
  failWith = () => refusal;
  log.write([entry("a")]);
  await pass(gatherMs);
  failWith = undefined;
  log.write([entry("b")]);
  await pass(60_000);
  expect(calls.filter((call) => call.startsWith("put"))).toEqual([`put ${stream} 250:b`]);
});

test("events that never go through are given up in the end", async () => {
  const log = create();
  let tries = 0;
  failWith = () => {
    tries++;
    return new Error("down");
  };
  log.write([entry("a")]);
  for (let round = 0; round < 20; round++) await pass(60_000);
  expect(tries).toBe(maxTries);
  expect(timers).toEqual([]);
});

test("what waits is bounded, and what does not fit is dropped with one warning a minute", async () => {
  const log = create(100);
  failWith = () => new Error("down");
  for (let count = 0; count < 10; count++) log.write([entry("x".repeat(24))]);
  expect(warnings).toEqual([expect.stringContaining("too many wait")]);
  failWith = undefined;
  await pass(gatherMs);
  const [put] = calls.filter((call) => call.startsWith("put"));
  expect(put?.match(/x{24}/g)).toHaveLength(2);
  // Sent bytes make room again.
  log.write([entry("y")]);
  await pass(gatherMs);
  expect(calls.at(-1)).toContain(":y");
});

test("with nobody to send to, nothing waits and nothing is said", async () => {
  reachable = false;
  const log = create(100);
  for (let round = 0; round < 10; round++) {
    log.write([entry("x".repeat(24))]);
    await pass(gatherMs);
  }
  expect(calls).toEqual([]);
  expect(warnings).toEqual([]);
});

test("closing sends what waits, and takes nothing more", async () => {
  const log = create();
  log.write([entry("a")]);
  await log.close(10_000);
  log.write([entry("b")]);
  await pass(gatherMs);
  expect(calls.slice(1)).toEqual([`put ${stream} 0:a`, "close"]);
});

test("closing does not wait for a service that is down", async () => {
  const log = create();
  failWith = () => new Error("down");
  log.write([entry("a")]);
  await log.close(10_000);
  expect(calls.at(-1)).toBe("close");
  expect(timers).toEqual([]);
});

test("a group exists, does not exist, or nobody can tell", async () => {
  const log = create();
  expect(await log.exists(groupArn)).toBe(true);
  expect(await log.exists(groupArn.replace("/g:", "/other:"))).toBe(false);
  reachable = false;
  expect(await log.exists(groupArn)).toBeUndefined();
});

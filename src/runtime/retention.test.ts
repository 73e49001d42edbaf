import { expect, test } from "vitest";
import type { Clock } from "../ports/clock.ts";
import { createMemoryStore } from "../store/memory/memory-store.ts";
import type { Store } from "../ports/store.ts";
import { startRetention } from "./retention.ts";

const dayMs = 24 * 60 * 60 * 1000;
const silent = { debug() {}, info() {}, warn() {}, error() {} };

function stepClock(): Clock & { advance(ms: number): void } {
  let now = 1_000 * dayMs;
  let waiting: { at: number; wake: () => void }[] = [];
  return {
    now: () => now,
    schedule(at, wake) {
      const entry = { at, wake };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((other) => other !== entry);
      };
    },
    advance(ms) {
      now += ms;
      const due = waiting.filter(({ at }) => at <= now);
      waiting = waiting.filter(({ at }) => at > now);
      for (const { wake } of due) wake();
    },
  };
}

async function closeExecution(
  store: Store,
  epoch: number,
  name: string,
  stopDate: number,
  sequence: number,
) {
  const executionArn = `arn:aws:states:us-east-1:000000000000:execution:M:${name}`;
  await store.commit({
    partition: 0,
    epoch,
    sequence,
    writes: [
      {
        executionArn,
        start: {
          executionArn,
          stateMachineArn: "arn:aws:states:us-east-1:000000000000:stateMachine:M",
          revisionId: "r",
          name,
          status: "RUNNING",
          startDate: stopDate - 1,
        },
        closed: { status: "SUCCEEDED", stopDate },
      },
    ],
    messagesSent: [],
    messagesDelivered: [],
  });
  return executionArn;
}

test("executions go when they have been closed for longer than they are kept, and others stay", async () => {
  const store = createMemoryStore();
  const clock = stepClock();
  const epoch = await store.acquire(0);
  const old = await closeExecution(store, epoch, "old", clock.now() - 91 * dayMs, 1);
  const young = await closeExecution(store, epoch, "young", clock.now() - 89 * dayMs, 2);
  const stop = startRetention({ store, clock, logger: silent, days: 90 });
  await expect.poll(() => store.execution(old)).toBeUndefined();
  expect(await store.execution(young)).toBeDefined();
  clock.advance(2 * dayMs);
  await expect.poll(() => store.execution(young)).toBeUndefined();
  stop();
});

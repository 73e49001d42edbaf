import { describe, expect, test } from "vitest";
import { partitionOf } from "../../src/ports/partition-of.ts";
import type { Store } from "../../src/ports/store.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import { type StepClock, stepClock } from "../runtime/step-clock.ts";
import {
  machineArn,
  noExecutions,
  roleArn,
  startTriggers,
  type TestTriggers,
} from "./start-triggers.ts";

const minute = 60_000;
const partitions = 16;

/** The same numbers for the same seed, between 0 and 1. */
function draws(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A process: its triggers, and a store that it can call only while it lives. */
interface Node {
  readonly own: TestTriggers;
  /** Ends it after so many more calls of the store or of Step Functions. */
  killAfter(calls: number): void;
  readonly isDead: () => boolean;
}

interface Cluster {
  readonly clock: StepClock;
  readonly store: Store;
  /** Executions by their names, with how often they were asked for. */
  readonly executions: Map<string, number>;
  /** Who believes that he has a partition: for a while that may be two. */
  readonly owners: readonly Set<number>[];
}

function startNode(index: number, { clock, store, executions, owners }: Cluster): Node {
  let left = Infinity;
  const alive = (): void => {
    if (--left < 0) throw new Error("the process has ended");
  };
  const own = startTriggers({
    clock,
    isShared: true,
    schedules: { missed: "all" },
    store: new Proxy(store, {
      get(target, name) {
        const value = Reflect.get(target, name, target) as unknown;
        if (typeof value !== "function") return value;
        return async (...given: unknown[]) => {
          alive();
          const answer: unknown = await (value as (...given: unknown[]) => unknown).apply(
            target,
            given,
          );
          // What was written stays written, whether its answer comes or not.
          alive();
          return answer;
        };
      },
    }),
    engine: {
      ownership: { epochOf: (partition) => (owners[partition]?.has(index) ? 1 : undefined) },
      ...noExecutions,
    },
    onStart({ input }) {
      alive();
      const name = input["name"] as string;
      executions.set(name, (executions.get(name) ?? 0) + 1);
      alive();
      return {};
    },
  });
  return { own, killAfter: (calls) => (left = calls), isDead: () => left <= 0 };
}

/** Runs schedules that tick each minute on three nodes of which some die, and answers what was started. */
async function ticked(seed: number, schedules: number, minutes: number): Promise<Cluster> {
  const draw = draws(seed);
  const cluster: Cluster = {
    clock: stepClock(),
    store: createMemoryStore({ partitions }),
    executions: new Map(),
    owners: Array.from({ length: partitions }, (_, partition) => new Set([partition % 3])),
  };
  const { clock, owners } = cluster;
  clock.advance(minute - (clock.now() % minute) - 1_000);
  const nodes = [0, 1, 2].map((index) => startNode(index, cluster));
  for (let index = 0; index < schedules; index++) {
    await nodes[index % 3]?.own.call("scheduler", "CreateSchedule", {
      Name: `s${index}`,
      ScheduleExpression: "cron(* * * * ? *)",
      FlexibleTimeWindow: { Mode: "OFF" },
      EndDate: (clock.now() + 1_000 + (minutes - 1) * minute) / 1000,
      Target: { Arn: machineArn, RoleArn: roleArn, Input: "{}" },
    });
  }
  for (let step = 0; step < (minutes + 4) * 4; step++) {
    const chosen = Math.floor(draw() * 3);
    // A node ends somewhere within what it does now.
    if (draw() < 0.15) nodes[chosen]?.killAfter(Math.floor(draw() * 60));
    clock.advance(minute / 4);
    await nodes[0]?.own.settled();
    for (const [index, node] of nodes.entries()) {
      if (!node.isDead()) continue;
      // Others take what it had; now and then one of them before it has let go of it.
      for (const had of owners) {
        if (draw() < 0.8) had.delete(index);
        had.add(Math.floor(draw() * 3));
      }
      nodes[index] = startNode(index, cluster);
    }
    // A lease that ran out has run out.
    for (const had of owners) {
      const [first = 0] = had;
      if (had.size > 1 && draw() < 0.5) had.clear();
      had.add(first);
    }
  }
  await Promise.all(nodes.map(({ own }) => own.triggers.stop()));
  return cluster;
}

describe("a cluster of three nodes", () => {
  test.each([20_271_130])(
    "does 10,000 ticks once each while nodes are killed and come back (seed %i)",
    async (seed) => {
      const [schedules, minutes] = [100, 100];
      const { executions } = await ticked(seed, schedules, minutes);
      const bySchedule = new Map<string, Set<string>>();
      for (const name of executions.keys()) {
        const [schedule = "", tick = ""] = name.split("-");
        bySchedule.set(schedule, (bySchedule.get(schedule) ?? new Set()).add(tick));
      }
      // Each name is one execution, however often it was asked for: there is one for each tick, and none besides.
      expect(executions.size).toBe(schedules * minutes);
      expect([...bySchedule.values()].map(({ size }) => size)).toEqual(
        Array.from({ length: schedules }, () => minutes),
      );
      // The nodes have died in the middle of it: some were asked for again.
      expect([...executions.values()].some((count) => count > 1)).toBe(true);
    },
    60_000,
  );

  test("leaves the ticks of a schedule to the node that has its partition", async () => {
    const clock = stepClock();
    const cluster: Cluster = {
      clock,
      store: createMemoryStore({ partitions }),
      executions: new Map(),
      owners: Array.from({ length: partitions }, (_, partition) => new Set([partition % 3])),
    };
    const nodes = [0, 1, 2].map((index) => startNode(index, cluster));
    const arns = await Promise.all(
      Array.from({ length: 12 }, async (_, index) => {
        const answer = await nodes[0]?.own.call("scheduler", "CreateSchedule", {
          Name: `s${index}`,
          ScheduleExpression: "rate(1 hour)",
          FlexibleTimeWindow: { Mode: "OFF" },
          Target: { Arn: machineArn, RoleArn: roleArn },
        });
        return answer?.["ScheduleArn"] as string;
      }),
    );
    for (let second = 0; second < 5; second++) {
      clock.advance(1_000);
      for (const { own } of nodes) await own.settled();
    }
    const started = nodes.map(({ own }) => own.started.length);
    const wanted = [0, 1, 2].map(
      (index) => arns.filter((arn) => partitionOf(arn, partitions) % 3 === index).length,
    );
    expect(started).toEqual(wanted);
    await Promise.all(nodes.map(({ own }) => own.triggers.stop()));
  });
});

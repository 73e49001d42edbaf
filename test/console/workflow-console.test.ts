import { describe, expect, test } from "vitest";
import type { IndexedExecution } from "../../src/console/index/execution-index.ts";
import { versionOutcomes } from "../../src/console/workflows/version-outcomes.ts";
import { WorkflowFacts } from "../../src/console/workflows/workflow-facts.ts";
import { workflowSeries } from "../../src/console/workflows/workflow-series.ts";
import type { StateMachineRecord } from "../../src/ports/store.ts";

const hour = 3_600_000;
const now = 100 * hour;
const stateMachineArn = "arn:aws:states:us-east-1:000000000000:stateMachine:orders";

type Some = Partial<IndexedExecution> & { readonly ago: number; readonly took?: number };

function execution({ ago, took, ...more }: Some, index: number): IndexedExecution {
  const startDate = now - ago;
  return {
    executionArn: `e${index}`,
    name: `e${index}`,
    stateMachineArn,
    stateMachineName: "orders",
    type: "STANDARD",
    status: took === undefined ? "RUNNING" : "SUCCEEDED",
    startDate,
    ...(took !== undefined && { stopDate: startDate + took }),
    redriveCount: 0,
    ...more,
  };
}

describe("outcomes of versions", () => {
  const { versions, aliases } = versionOutcomes(
    [
      { ago: hour, took: 100, version: "3", alias: "prod" },
      { ago: hour, took: 300, version: "4", alias: "prod", status: "FAILED" as const },
      { ago: hour, version: "4", alias: "prod" },
      { ago: hour, took: 500, version: "4" },
      { ago: hour, took: 7 },
      { ago: 25 * hour, took: 9_000, version: "3", alias: "prod" },
    ].map(execution),
    now,
    24 * hour,
  );

  test("are of the window, with those of no version apart", () => {
    expect(versions).toEqual([
      { version: "3", executions: 1, succeeded: 1, failed: 0, p95: 100 },
      { version: "4", executions: 3, succeeded: 1, failed: 1, p95: 500 },
      { executions: 1, succeeded: 1, failed: 0, p95: 7 },
    ]);
  });

  test("of an alias are of what came by it", () => {
    expect(aliases).toEqual([
      {
        alias: "prod",
        versions: [
          { version: "3", executions: 1, succeeded: 1, failed: 0, p95: 100 },
          { version: "4", executions: 2, succeeded: 0, failed: 1, p95: 300 },
        ],
      },
    ]);
  });
});

describe("a workflow over an hour", () => {
  const minute = 60_000;
  const lineOf = (some: readonly Some[], name: "started" | "succeeded" | "failed" | "running") =>
    workflowSeries(some.map(execution), now, hour)
      [name].map((count, index) => [index, count])
      .filter(([, count]) => count !== 0);

  test("counts starts and ends where they happened", () => {
    const some = [{ ago: 30.5 * minute, took: 10 * minute }, { ago: 0 }];
    expect(lineOf(some, "started")).toEqual([
      [29, 1],
      [59, 1],
    ]);
    expect(lineOf(some, "succeeded")).toEqual([[39, 1]]);
  });

  test("counts what runs from its start to its end, whenever it began", () => {
    expect(lineOf([{ ago: 10 * hour }], "running")).toHaveLength(60);
    expect(lineOf([{ ago: 3.5 * minute, took: 2 * minute }], "running")).toEqual([
      [56, 1],
      [57, 1],
    ]);
    expect(lineOf([{ ago: 3.5 * minute, took: 5 }], "running")).toEqual([]);
    expect(lineOf([{ ago: 10 * hour, took: hour }], "running")).toEqual([]);
  });

  test("tells no duration where nothing ended, and that of what failed, too", () => {
    const some = [{ ago: minute / 2, took: 700, status: "TIMED_OUT" as const }];
    const { p50, p95, failed } = workflowSeries(some.map(execution), now, hour);
    expect([p50.at(-1), p95.at(-1), failed.at(-1)]).toEqual([700, 700, 1]);
    expect(p50.slice(0, -1).every((value) => value === null)).toBe(true);
  });
});

describe("facts of workflows", () => {
  const record: StateMachineRecord = {
    stateMachineArn,
    name: "orders",
    type: "STANDARD",
    status: "ACTIVE",
    createdAt: 1,
    revisionId: "r1",
    lastVersion: 4,
    tags: { team: "shop" },
  };
  const reads: string[] = [];
  const store = {
    revision: async (_: string, revisionId: string) => {
      reads.push(revisionId);
      return { createdAt: 7 };
    },
    aliases: async () => [
      {
        name: "prod",
        routes: [
          { version: 3, weight: 90 },
          { version: 4, weight: 10 },
        ],
      },
    ],
  };
  const facts = new WorkflowFacts(store as never);
  const all = { tags: true, aliases: true };
  async function* machines(...records: readonly StateMachineRecord[]) {
    yield* records;
  }

  test("say where aliases lead; a revision's time is read once", async () => {
    const found = await facts.of(machines(record), all);
    expect(found).toEqual([
      {
        stateMachineArn,
        updatedAt: 7,
        tags: { team: "shop" },
        aliases: [
          {
            name: "prod",
            routes: [
              { version: "3", weight: 90 },
              { version: "4", weight: 10 },
            ],
          },
        ],
        lastVersion: "4",
      },
    ]);
    expect(await facts.of(machines(record), all)).toEqual(found);
    expect(reads).toEqual(["r1"]);
  });

  test("leave out what may not be shown, and what is being deleted", async () => {
    const none = { tags: false, aliases: false };
    expect(await facts.of(machines(record), none)).toMatchObject([{ tags: {}, aliases: [] }]);
    expect(await facts.of(machines({ ...record, status: "DELETING" }), all)).toEqual([]);
  });
});

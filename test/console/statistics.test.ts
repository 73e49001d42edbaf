import { describe, expect, test, vi } from "vitest";
import { StateStatistics } from "../../src/console/statistics/state-statistics.ts";
import type { StateFigures } from "../../src/console/view-types.ts";
import { encodeEvents } from "../../src/machine/journal/journal-codec.ts";
import type { JournalEvent } from "../../src/machine/journal/journal-event.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { FeedItem } from "../../src/ports/feed.ts";
import type { ExecutionRecord } from "../../src/ports/store.ts";
import { followerOf } from "./follow.ts";
import { Drive, machineOf, startOfTime } from "../machine/drive.ts";

const resource = "arn:aws:states:us-east-1:000000000000:activity:a";
const definition = {
  StartAt: "P",
  States: {
    P: {
      Type: "Parallel",
      Next: "Done",
      Branches: [
        {
          StartAt: "A",
          States: {
            A: {
              Type: "Task",
              Resource: resource,
              End: true,
              Retry: [{ ErrorEquals: ["Again"], IntervalSeconds: 1 }],
              Catch: [{ ErrorEquals: ["Soft"], Next: "Mend" }],
            },
            Mend: { Type: "Pass", End: true },
          },
        },
        { StartAt: "B", States: { B: { Type: "Pass", End: true } } },
      ],
    },
    Done: { Type: "Succeed" },
  },
};
const machine = machineOf(definition);
const { stateMachineArn } = machine.identity;
const clock = { now: () => startOfTime + 10_000, schedule: () => () => {} };
const noStore = {
  executions: () => Promise.resolve({ items: [], next: undefined }),
  journals: () => Promise.resolve([]),
};

function record(name: string, more: Partial<ExecutionRecord> = {}): ExecutionRecord {
  return {
    executionArn: `arn:aws:states:us-east-1:000000000000:execution:Test:${name}`,
    stateMachineArn,
    revisionId: "r",
    name,
    status: "RUNNING",
    startDate: startOfTime,
    ...more,
  };
}

function told(name: string, drive: Drive, events: readonly JournalEvent[]): FeedItem {
  const { status, stoppedAt, redriveCount } = drive.snapshot;
  const execution = {
    record: record(name),
    type: "STANDARD",
    identity: machine.identity,
    logging: undefined,
  } as const;
  return { sequence: 1, execution, events, status, stoppedAt, redriveCount };
}

/** Statistics, and who tells them. */
function counted(store: unknown = noStore, at: Clock = clock) {
  const statistics: StateStatistics = new StateStatistics(store as never, at, (arn, lines) =>
    follower.adopt(arn, lines),
  );
  const follower = followerOf({ statistics });
  return { statistics, follower };
}

function fed(...drives: readonly Drive[]): StateStatistics {
  const { statistics, follower } = counted();
  void follower.receive(drives.map((drive, index) => told(`e${index}`, drive, drive.journal)));
  return statistics;
}

const figuresOf = (statistics: StateStatistics): Readonly<Record<string, StateFigures>> =>
  Object.fromEntries(statistics.view(stateMachineArn).states.map((each) => [each.key, each]));

/** One whose task ends after `ms`. */
function ended(ms: number, error?: string): Drive {
  const drive = new Drive(machine).start();
  drive.now += ms;
  const [task = 0] = drive.openTasks;
  if (error === undefined) drive.succeed(task);
  else drive.fail(task, error);
  return drive;
}

describe("the figures of states", () => {
  test("count entries, failures, what was caught, and how long it took", () => {
    const figures = figuresOf(fed(ended(100), ended(100), ended(100, "Soft"), ended(100, "Hard")));
    expect(figures).toMatchObject({
      "/P": { entries: 4, failures: 1, caught: 0 },
      "/P[0]/A": { entries: 4, failures: 2, caught: 1, retries: 0 },
      "/P[0]/Mend": { entries: 1, failures: 0 },
      "/P[1]/B": { entries: 4, failures: 0 },
      "/Done": { entries: 3, failures: 0 },
    });
    const { p50 = 0, p95 = 0 } = figures["/P[0]/A"] ?? {};
    for (const each of [p50, p95]) {
      expect(each).toBeGreaterThan(60);
      expect(each).toBeLessThan(165);
    }
  });

  test("a try that is repeated is a retry, not a failure", () => {
    expect(figuresOf(fed(ended(100, "Again")))["/P[0]/A"]).toMatchObject({
      entries: 1,
      failures: 0,
      retries: 1,
    });
  });

  test("what failed within what is tried again has failed, however deep it was", () => {
    const task = { Type: "Task", Resource: resource, End: true };
    const inner = {
      Type: "Parallel",
      End: true,
      Branches: [{ StartAt: "A", States: { A: task } }],
    };
    const nested = machineOf({
      StartAt: "P",
      States: {
        P: {
          Type: "Parallel",
          End: true,
          Branches: [{ StartAt: "Q", States: { Q: inner } }],
          Retry: [{ ErrorEquals: ["Again"], IntervalSeconds: 1 }],
        },
      },
    });
    const drive = new Drive(nested).start();
    const [taskId = 0] = drive.openTasks;
    drive.fail(taskId, "Again");
    expect(figuresOf(fed(drive))).toMatchObject({
      "/P": { entries: 1, failures: 0, retries: 1 },
      "/P[0]/Q": { entries: 1, failures: 1 },
      "/P[0]/Q[0]/A": { entries: 1, failures: 1 },
    });
  });

  test("a Choice that no rule fits has failed, though no event says so", () => {
    const choice = machineOf({
      StartAt: "C",
      States: {
        C: {
          Type: "Choice",
          Choices: [{ Variable: "$.a", NumericEquals: 1, Next: "D" }],
        },
        D: { Type: "Succeed" },
      },
    });
    expect(figuresOf(fed(new Drive(choice).start({ a: 2 })))["/C"]).toMatchObject({
      entries: 1,
      failures: 1,
    });
  });

  test("the states of an inline Map are counted over all of its items", () => {
    const map = machineOf({
      StartAt: "M",
      States: {
        M: {
          Type: "Map",
          End: true,
          ItemProcessor: { StartAt: "I", States: { I: { Type: "Pass", End: true } } },
        },
      },
    });
    expect(figuresOf(fed(new Drive(map).start([1, 2, 3])))).toMatchObject({
      "/M": { entries: 1 },
      "/M/I": { entries: 3, failures: 0 },
    });
  });

  test("are of the last 24 hours", () => {
    let now = startOfTime + 10_000;
    const { statistics, follower } = counted(noStore, { ...clock, now: () => now });
    const drive = ended(100);
    void follower.receive([told("one", drive, drive.journal)]);
    expect(figuresOf(statistics)["/P"]).toMatchObject({ entries: 1 });
    now += 25 * 3_600_000;
    expect(figuresOf(statistics)).toEqual({});
    // The hours of the day before make room.
    const next = ended(100);
    next.journal.forEach((event) => ((event as { at: number }).at += 25 * 3_600_000));
    void follower.receive([told("two", next, next.journal)]);
    expect(figuresOf(statistics)["/P"]).toMatchObject({ entries: 1 });
  });
});

describe("what the statistics are told", () => {
  test("twice is counted once, and after something is missing no more", () => {
    const { statistics, follower } = counted();
    const drive = new Drive(machine).start();
    const begun = drive.journal.slice();
    void follower.receive([told("one", drive, begun), told("one", drive, begun)]);
    expect(figuresOf(statistics)["/P"]).toMatchObject({ entries: 1 });
    drive.now += 100;
    const [task = 0] = drive.openTasks;
    const { events } = drive.succeed(task);
    void follower.receive([told("one", drive, events.slice(1))]);
    expect(figuresOf(statistics)["/Done"]).toBeUndefined();
  });

  test("on its way, of one that began before, is left to its journal", () => {
    const { statistics, follower } = counted();
    const drive = new Drive(machine).start();
    drive.now += 100;
    const [task = 0] = drive.openTasks;
    void follower.receive([told("one", drive, drive.succeed(task).events)]);
    expect(figuresOf(statistics)).toEqual({});
  });
});

test("what ran before this process is read once somebody asks, and goes on from there", async () => {
  const old = ended(100);
  const open = new Drive(machine).start();
  const journals = new Map([
    ["old", old],
    ["open", open],
    ["now", ended(100)],
  ]);
  const store = {
    executions: vi.fn(() =>
      Promise.resolve({
        items: [
          record("now", { startDate: clock.now() }),
          record("old", { status: "SUCCEEDED", stopDate: startOfTime + 100 }),
          record("open"),
        ],
        next: undefined,
      }),
    ),
    journals: (arns: readonly string[]) =>
      Promise.resolve(
        arns.map((arn) => {
          const name = arn.split(":").at(-1) ?? "";
          const data = encodeEvents(journals.get(name)?.journal ?? []);
          return {
            record: record(name, name === "old" ? { status: "SUCCEEDED" } : {}),
            chunks: [{ firstEventId: 1, lastEventId: 1, data }],
          };
        }),
      ),
  };
  const { statistics, follower } = counted(store);
  expect(statistics.view(stateMachineArn)).toMatchObject({ isFilling: true, states: [] });
  await statistics.filled(stateMachineArn);
  expect(statistics.view(stateMachineArn).isFilling).toBe(false);
  expect(store.executions).toHaveBeenCalledTimes(1);
  expect(figuresOf(statistics)["/P[0]/A"]).toMatchObject({ entries: 2 });
  open.now += 100;
  const [task = 0] = open.openTasks;
  void follower.receive([told("open", open, open.succeed(task).events)]);
  expect(figuresOf(statistics)["/Done"]).toMatchObject({ entries: 2 });
});

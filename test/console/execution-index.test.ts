import { expect, test } from "vitest";
import {
  ExecutionIndex,
  type IndexedExecution,
  remembered,
} from "../../src/console/index/execution-index.ts";
import { rowOf } from "../../src/console/index/summaries.ts";
import type { JournalEvent } from "../../src/machine/journal/journal-event.ts";
import type { FeedItem } from "../../src/ports/feed.ts";
import { followerOf, linesOf } from "./follow.ts";
import { Drive, machineOf, startOfTime } from "../machine/drive.ts";

const branch = (name: string): object => ({
  StartAt: name,
  States: {
    [name]: {
      Type: "Task",
      Resource: "arn:aws:states:us-east-1:000000000000:activity:a",
      End: true,
    },
  },
});
const machine = machineOf({
  StartAt: "P",
  States: { P: { Type: "Parallel", Branches: [branch("A"), branch("B")], End: true } },
});
const { executionArn, stateMachineArn, name } = machine.identity;

function told(drive: Drive, events: readonly JournalEvent[]): FeedItem {
  const { status, stoppedAt, redriveCount } = drive.snapshot;
  const record = {
    executionArn,
    stateMachineArn,
    name,
    revisionId: "r",
    status: "RUNNING",
    startDate: startOfTime,
  } as const;
  const execution = {
    record,
    type: "STANDARD",
    identity: machine.identity,
    logging: undefined,
  } as const;
  return { sequence: 1, execution, events, status, stoppedAt, redriveCount };
}

const stored = (more: Partial<IndexedExecution> = {}): IndexedExecution => ({
  executionArn,
  stateMachineArn,
  name,
  stateMachineName: "Test",
  type: "STANDARD",
  status: "RUNNING",
  startDate: startOfTime,
  redriveCount: 0,
  ...more,
});

const followed = (
  reload: () => Promise<readonly IndexedExecution[]>,
  changed: (rows: readonly IndexedExecution[] | "all") => void = () => {},
) => {
  const index = new ExecutionIndex(reload);
  return { index, follower: followerOf({ index, changed }) };
};
const rowsOf = (index: ExecutionIndex) => index.newestFirst().map(rowOf);

test("what happens while the store is read comes after what was read", async () => {
  const drive = new Drive(machine).start();
  const [first = 0, second = 0] = drive.openTasks;
  const read = Promise.withResolvers<readonly IndexedExecution[]>();
  const changes: unknown[] = [];
  const { index, follower } = followed(
    () => read.promise,
    (rows) => changes.push(rows),
  );
  expect(follower.receive([told(drive, drive.journal)]), "nobody has asked yet").toBeUndefined();
  expect(rowsOf(index)).toEqual([]);

  const begun = drive.journal.length;
  const loaded = index.loaded();
  const taken = follower.receive([told(drive, drive.succeed(first).events)]);
  // The store was read before that: both branches wait.
  read.resolve([stored({ lines: linesOf(drive.journal.slice(0, begun)), asked: 2 })]);
  await loaded;
  await taken;
  expect(rowsOf(index)).toMatchObject([{ status: "RUNNING", waitingFor: "token" }]);
  await follower.receive([told(drive, drive.succeed(second).events)]);
  expect(rowsOf(index)).toMatchObject([{ status: "SUCCEEDED", stopDate: drive.now }]);
  expect(rowsOf(index)[0]).not.toHaveProperty("waitingFor");
  expect(changes).toHaveLength(2);
});

test("a store that could not be read is asked again", async () => {
  let isDown = true;
  const { index } = followed(
    () => (isDown ? Promise.reject(new Error("down")) : Promise.resolve([stored()])),
    () => {},
  );
  await expect(index.loaded()).rejects.toThrow("down");
  isDown = false;
  await index.loaded();
  expect(rowsOf(index)).toHaveLength(1);
});

test("one that woke after others had begun stays in its place", async () => {
  const newer = stored({ executionArn: `${executionArn}-newer`, startDate: startOfTime + 1 });
  const { index, follower } = followed(
    () => Promise.resolve([newer]),
    () => {},
  );
  await index.loaded();
  const drive = new Drive(machine).start();
  await follower.receive([told(drive, drive.journal)]);
  expect(rowsOf(index).map((row) => row.executionArn)).toEqual([newer.executionArn, executionArn]);
});

test("the oldest are forgotten", async () => {
  const drive = new Drive(machine).start();
  const item = told(drive, drive.journal);
  const nth = (at: number): FeedItem => {
    const record = { ...item.execution.record, executionArn: String(at), startDate: at };
    return { ...item, execution: { ...item.execution, record } };
  };
  const { index, follower } = followed(
    () => Promise.resolve([]),
    () => {},
  );
  await index.loaded();
  for (const more of [1, remembered, 700]) {
    const from = index.newestFirst()[0]?.startDate ?? 0;
    await follower.receive(Array.from({ length: more }, (_, at) => nth(from + 1 + at)));
    const rows = index.newestFirst();
    expect(rows).toHaveLength(Math.min(from + more, remembered));
    expect(rows[0]?.startDate).toBe(from + more);
    expect(rows.at(-1)?.startDate).toBe(Math.max(1, from + more - remembered + 1));
  }
  expect(index.find("1")).toBeUndefined();
});

test("a subscriber that has lost something says so once all has been read anew", async () => {
  const changes: unknown[] = [];
  const { index, follower } = followed(
    () => Promise.resolve([stored()]),
    (rows) => changes.push(rows),
  );
  await follower.startAgain();
  expect(changes, "nobody has asked yet").toEqual([]);
  await index.loaded();
  await follower.startAgain();
  expect(changes).toEqual(["all"]);
});

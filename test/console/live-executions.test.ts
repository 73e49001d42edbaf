import { expect, test, vi } from "vitest";
import { LiveExecutions } from "../../src/console/execution/live-executions.ts";
import { encodeEvents } from "../../src/machine/journal/journal-codec.ts";
import type { JournalEvent } from "../../src/machine/journal/journal-event.ts";
import type { FeedItem } from "../../src/ports/feed.ts";
import type { ExecutionRecord, Store } from "../../src/ports/store.ts";
import { Drive, machineOf, startOfTime } from "../machine/drive.ts";

const machine = machineOf({
  StartAt: "A",
  States: {
    A: { Type: "Pass", Next: "B" },
    B: { Type: "Pass", Next: "C" },
    C: { Type: "Pass", End: true },
  },
});
const { executionArn, stateMachineArn, name } = machine.identity;
const record: ExecutionRecord = {
  executionArn,
  stateMachineArn,
  name,
  revisionId: "r",
  status: "RUNNING",
  startDate: startOfTime,
};
const { journal } = new Drive(machine).start({});

/** What is looked at while the store has only the first events. */
async function lookedAt(stored: { events: readonly JournalEvent[] }) {
  const told: number[] = [];
  const reads: number[] = [];
  const store = {
    execution: async () => record,
    journal: async () => {
      reads.push(stored.events.length);
      return [{ data: encodeEvents(stored.events) }];
    },
  } as unknown as Pick<Store, "execution" | "journal">;
  const engine = { expressHistories: { find: () => undefined } };
  const live = new LiveExecutions(engine as never, store, ({ fold }) =>
    told.push(fold.lastEventId),
  );
  live.watch(executionArn);
  await live.find(executionArn);
  await Promise.resolve();
  const item = (events: readonly JournalEvent[]): FeedItem => ({
    sequence: 1,
    execution: { record, type: "STANDARD", identity: machine.identity, logging: undefined },
    events,
    status: "RUNNING",
    stoppedAt: 0,
    redriveCount: 0,
  });
  return { live, told, reads, item };
}

test("events that follow those that are known are folded", async () => {
  const { live, told, reads, item } = await lookedAt({ events: journal.slice(0, 2) });
  live.receive([item(journal.slice(2, 4))]);
  expect(told).toEqual([4]);
  expect(reads).toEqual([2]);
});

test("an execution of which events were missed is read anew, and told of as it is then", async () => {
  const stored = { events: journal.slice(0, 2) };
  const { live, told, reads, item } = await lookedAt(stored);
  stored.events = journal.slice(0, 6);
  live.receive([item(journal.slice(4, 6))]);
  await vi.waitFor(() => expect(told).toEqual([6]));
  expect(reads).toEqual([2, 6]);
});

import { describe, expect, test } from "vitest";
import type { JournalEvent } from "../../machine/journal/journal-event.ts";
import type { FeedExecution, FeedItem, FeedSubscriber } from "../../ports/feed.ts";
import { EventFeed } from "./event-feed.ts";

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function executionOf(name: string): FeedExecution {
  const executionArn = `arn:aws:states:us-east-1:000000000000:execution:M:${name}`;
  const stateMachineArn = "arn:aws:states:us-east-1:000000000000:stateMachine:M";
  return {
    record: {
      executionArn,
      stateMachineArn,
      revisionId: "r1",
      name,
      status: "RUNNING",
      startDate: 0,
    },
    type: "STANDARD",
    identity: {
      executionArn,
      name,
      stateMachineArn,
      stateMachineName: "M",
      roleArn: "arn:aws:iam::000000000000:role/R",
      region: "us-east-1",
    },
    logging: undefined,
  };
}

/** `count` events with ids from `from` on, as one activation leads to them. */
function publish(feed: EventFeed, name: string, from: number, count = 1): void {
  const events = Array.from(
    { length: count },
    (_, index) => ({ id: from + index, type: "PassStateEntered" }) as unknown as JournalEvent,
  );
  const execution = executionOf(name);
  if (feed.isWanted(execution)) {
    feed.publish({ execution, status: "RUNNING", stoppedAt: 0, redriveCount: 0 }, events);
  }
}

interface Recorder extends FeedSubscriber {
  /** Each call: the ids it was given, or that it is to start again. */
  readonly told: (readonly number[] | "start again")[];
}

function recorder(more: Partial<FeedSubscriber> = {}): Recorder {
  const told: (readonly number[] | "start again")[] = [];
  return {
    name: "recorder",
    capacity: 100,
    told,
    receive: (items) => void told.push(idsOf(items)),
    startAgain: () => void told.push("start again"),
    ...more,
  };
}

const idsOf = (items: readonly FeedItem[]): number[] =>
  items.flatMap(({ events }) => events.map(({ id }) => id));

describe("the feed", () => {
  test("tells every subscriber what happens in one turn together, in order, and after who publishes", async () => {
    const feed = new EventFeed(silent);
    const [one, two] = [recorder(), recorder()];
    feed.subscribe(one);
    feed.subscribe(two);
    publish(feed, "a", 1, 2);
    publish(feed, "b", 3);
    expect(one.told).toEqual([]);
    await nextTurn();
    publish(feed, "a", 4);
    await nextTurn();
    expect(one.told).toEqual([[1, 2, 3], [4]]);
    expect(two.told).toEqual(one.told);
  });

  test("counts what it feeds", async () => {
    const feed = new EventFeed(silent);
    const sequences: number[] = [];
    feed.subscribe(
      recorder({ receive: (items) => void sequences.push(...items.map((item) => item.sequence)) }),
    );
    for (const id of [1, 2, 3]) publish(feed, "a", id);
    await nextTurn();
    publish(feed, "b", 4);
    await nextTurn();
    expect(sequences).toEqual([1, 2, 3, 4]);
  });

  test("tells a subscriber only of what it wants, and is wanted by nobody without one", async () => {
    const feed = new EventFeed(silent);
    expect(feed.isWanted(executionOf("a"))).toBe(false);
    const picky = recorder({ wants: ({ record }) => record.name === "b" });
    const leave = feed.subscribe(picky);
    expect(feed.isWanted(executionOf("a"))).toBe(false);
    expect(feed.isWanted(executionOf("b"))).toBe(true);
    publish(feed, "a", 1);
    publish(feed, "b", 2);
    await nextTurn();
    expect(picky.told).toEqual([[2]]);
    publish(feed, "b", 3);
    leave();
    await nextTurn();
    expect(picky.told).toEqual([[2]]);
    expect(feed.isWanted(executionOf("b"))).toBe(false);
  });
});

describe("a slow subscriber", () => {
  test("is given the next when it is done with the last, and holds up no other", async () => {
    const feed = new EventFeed(silent);
    const gates: (() => void)[] = [];
    const slow = recorder({
      async receive(items) {
        slow.told.push(idsOf(items));
        await new Promise<void>((resolve) => gates.push(resolve));
      },
    });
    const quick = recorder();
    feed.subscribe(slow);
    feed.subscribe(quick);
    for (const id of [1, 2, 3]) {
      publish(feed, "a", id);
      await nextTurn();
    }
    expect(slow.told).toEqual([[1]]);
    expect(quick.told).toEqual([[1], [2], [3]]);
    gates.shift()?.();
    await nextTurn();
    expect(slow.told).toEqual([[1], [2, 3]]);
  });

  test("that is too slow keeps no more than its capacity, and starts again once", async () => {
    const warnings: unknown[] = [];
    const feed = new EventFeed({ ...silent, warn: (_, more) => void warnings.push(more) });
    const gates: (() => void)[] = [];
    const slow = recorder({
      capacity: 10,
      async receive(items) {
        slow.told.push(idsOf(items));
        await new Promise<void>((resolve) => gates.push(resolve));
      },
    });
    feed.subscribe(slow);
    publish(feed, "a", 1);
    await nextTurn();
    for (let id = 2; id < 1_000; id++) {
      publish(feed, "a", id);
      expect(feed.waiting()[0]?.events).toBeLessThanOrEqual(10);
    }
    gates.shift()?.();
    await nextTurn();
    publish(feed, "a", 1_000);
    await nextTurn();
    expect(slow.told).toEqual([[1], "start again", [1_000]]);
    expect(warnings).toEqual([{ subscriber: "recorder", lostEvents: 11 }]);
  });

  test("is told what happens while it starts again, after that", async () => {
    const feed = new EventFeed(silent);
    let read = (): void => {};
    const slow = recorder({
      capacity: 1,
      async startAgain() {
        slow.told.push("start again");
        await new Promise<void>((resolve) => (read = resolve));
      },
    });
    feed.subscribe(slow);
    publish(feed, "a", 1, 2);
    await nextTurn();
    publish(feed, "a", 3);
    await nextTurn();
    expect(slow.told).toEqual(["start again"]);
    read();
    await nextTurn();
    expect(slow.told).toEqual(["start again", [3]]);
  });
});

test("a subscriber that fails is in the log, and is told what comes next", async () => {
  const errors: unknown[] = [];
  const feed = new EventFeed({ ...silent, error: (_, more) => void errors.push(more) });
  const told: number[][] = [];
  const failing = (fail: () => void | Promise<void>): FeedSubscriber =>
    recorder({
      receive(items) {
        told.push(idsOf(items));
        return fail();
      },
    });
  feed.subscribe(
    failing(() => {
      throw new Error("at once");
    }),
  );
  feed.subscribe(failing(() => Promise.reject(new Error("later"))));
  publish(feed, "a", 1);
  await nextTurn();
  publish(feed, "a", 2);
  await nextTurn();
  expect(told).toEqual([[1], [1], [2], [2]]);
  expect(errors).toHaveLength(4);
});

describe("the end of the feed", () => {
  test("comes after all that waits has been told", async () => {
    const feed = new EventFeed(silent);
    const slow = recorder({
      async receive(items) {
        await nextTurn();
        slow.told.push(idsOf(items));
      },
    });
    feed.subscribe(slow);
    publish(feed, "a", 1);
    await nextTurn();
    publish(feed, "a", 2);
    await feed.close(10_000);
    expect(slow.told).toEqual([[1], [2]]);
    publish(feed, "a", 3);
    await nextTurn();
    expect(slow.told).toEqual([[1], [2]]);
  });

  test("does not wait for one that never comes back", async () => {
    const feed = new EventFeed(silent);
    const stuck = recorder({ receive: () => new Promise<void>(() => {}) });
    feed.subscribe(stuck);
    publish(feed, "a", 1);
    await nextTurn();
    await feed.close(1);
    expect(feed.isWanted(executionOf("a"))).toBe(false);
  });
});

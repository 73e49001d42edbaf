import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Payload } from "../../expression/payload.ts";
import { encodeEvents } from "../../machine/journal/journal-codec.ts";
import type { JournalEvent } from "../../machine/journal/journal-event.ts";
import { StoreFailure } from "../../ports/store.ts";
import type { Delivered, Event } from "../../runtime/partition/event.ts";
import { NotTheOwner } from "./answerer.ts";
import {
  executionArnOf,
  FakeCluster,
  type FakeNode,
  startOf,
  untilAborted,
} from "./fake-nodes.fixture.ts";

const partition = 5;
const never = new AbortController().signal;
const soon = (ms = 50): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

let cluster: FakeCluster;
let [a, b, c] = [] as unknown as [FakeNode, FakeNode, FakeNode];

beforeEach(async () => {
  cluster = new FakeCluster();
  a = await cluster.add();
  b = await cluster.add();
  c = await cluster.add();
});

afterEach(() => cluster.close());

const asked = (from = a) => from.remote.elsewhere(partition);
const succeeded: Event = { type: "TaskSucceeded", taskId: 2, output: Payload.ofText("1.0") };

describe("who asks for a partition that another node has", () => {
  test("is given what its owner answers, and the documents are as they were", async () => {
    const owner = cluster.give(partition, b);
    const input = ' { "b" : 1.0, "a": 12345678901234567890, "__proto__": "\\ud800" }';
    const { executionArn, startDate } = startOf("one").record;
    expect(await asked().start(startOf("one", input))).toEqual({
      type: "started",
      executionArn,
      startDate,
    });
    expect(cluster.store.executions.get(executionArn)?.input).toBe(input);
    await asked().deliver(executionArn, succeeded);
    const [event] = cluster.store.events.get(executionArn) ?? [];
    expect(event).toMatchObject({ type: "TaskSucceeded", taskId: 2 });
    expect((event as unknown as { output: Payload }).output.text).toBe("1.0");
    expect(await asked().deliver(executionArnOf("none"), succeeded)).toBeUndefined();
    expect(await asked().mapRuns.describe("run")).toBeUndefined();
    expect(await asked().mapRuns.update("run", { maxConcurrency: 3 })).toBe(true);
    expect(await asked().mapRuns.pendingRedrives("run")).toEqual(new Set(["a", "b"]));
    owner.wait = async () => {};
    const task = await asked().activities.take("activity", "w", 1_000, never);
    expect([task?.taskToken, task?.input.text]).toEqual(["t", "1.0"]);
    expect(b.questions).toBe(7);
  });

  test("is always given the same owner, so that it sees whether that has changed", () => {
    expect(asked()).toBe(asked());
    expect(asked()).not.toBe(a.remote.elsewhere(6));
  });

  test("learns what failed there, and a mistake is none of the store's", async () => {
    const owner = cluster.give(partition, b);
    owner.before = async () => {
      throw new StoreFailure("full", "the disk is full");
    };
    const failure = await asked()
      .start(startOf("one"))
      .catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(StoreFailure);
    expect(failure).toMatchObject({ kind: "full", message: "the disk is full" });
    owner.before = async () => {
      throw new Error("the execution is stopped");
    };
    const mistake = await asked()
      .start(startOf("two"))
      .catch((thrown: unknown) => thrown);
    expect(mistake).not.toBeInstanceOf(StoreFailure);
    expect(mistake).toMatchObject({ message: "the execution is stopped" });
  });

  test("is refused as by something that passes if nobody has it for too long", async () => {
    const impatient = await cluster.add({ waitMs: 200 });
    const refusal = await asked(impatient)
      .start(startOf("one"))
      .catch((thrown: unknown) => thrown);
    expect(refusal).toBeInstanceOf(StoreFailure);
    expect(refusal).toMatchObject({
      kind: "unavailable",
      message: "Nobody answered for partition 5 within 0 s: it is between two owners.",
    });
  });
});

describe("while a partition goes from one owner to the next", () => {
  test("it is waited for until another node has it", async () => {
    const started = asked().start(startOf("one"));
    await soon();
    const owner = cluster.give(partition, c);
    expect((await started).type).toBe("started");
    expect(owner.done).toEqual(["start one"]);
    expect(b.questions).toBe(0);
  });

  test("or until it is here", async () => {
    const started = asked().start(startOf("one"));
    await soon();
    const delivered = asked().deliver(executionArnOf("none"), succeeded);
    const owner = cluster.give(partition, a, { view: false });
    expect((await started).type).toBe("started");
    expect(await delivered).toBeUndefined();
    expect(owner.done).toEqual(["start one"]);
    // What was done here is as good as ever for another owner.
    cluster.give(partition, c);
    expect((await asked().deliver(executionArnOf("one"), succeeded))?.stale).toBe(false);
  });

  test("a node that has it no longer says who has it, as far as it knows", async () => {
    cluster.give(partition, b);
    const owner = cluster.give(partition, c);
    // Only this node's view is old.
    const holderOf = a.holders.holderOf.bind(a.holders);
    let isOld = true;
    Object.assign(a.holders, {
      holderOf: (index: number) =>
        isOld ? { ...holderOf(index), ...address(b) } : holderOf(index),
    });
    expect((await asked().start(startOf("one"))).type).toBe("started");
    isOld = false;
    expect(owner.done).toEqual(["start one"]);
    expect([b.questions, c.questions]).toEqual([1, 1]);
  });

  test("what its owner has begun and not done is done by the next, and asked for by who asked", async () => {
    const before = cluster.give(partition, b);
    const reached = Promise.withResolvers<void>();
    const left = Promise.withResolvers<void>();
    const refusals: unknown[] = [];
    // As a partition does that notices that it is given up: what it has done nothing of goes on to the next owner.
    before.start = async (start) => {
      reached.resolve();
      await left.promise;
      const passedOn = b.remote.elsewhere(partition).start(start);
      refusals.push(await passedOn.catch((thrown: unknown) => thrown));
      return passedOn;
    };
    const started = asked().start(startOf("one"));
    await reached.promise;
    const next = cluster.give(partition, c);
    left.resolve();
    expect((await started).type).toBe("started");
    expect(next.done).toEqual(["start one"]);
    expect([b.questions, c.questions]).toEqual([1, 1]);
    expect(refusals).toEqual([expect.any(NotTheOwner)]);
  });

  test("what it has done and could not tell is done once", async () => {
    const before = cluster.give(partition, b);
    before.after = async () => {
      cluster.give(partition, c);
      throw new Error("another process owns the partition now");
    };
    expect((await asked().start(startOf("one"))).type).toBe("started");
    expect(before.done).toEqual(["start one"]);
    expect(cluster.nodes[2]?.here.get(partition)?.done).toEqual([]);
  });

  test("a node that has fallen silent is not waited for", async () => {
    cluster.give(partition, b);
    b.wire.isSilent = true;
    const closed = asked().waitUntilClosed(executionArnOf("one"), 60_000, never);
    const started = asked().start(startOf("one"));
    await soon(100);
    const next = cluster.give(partition, c);
    next.wait = async () => {};
    await closed;
    expect((await started).type).toBe("started");
    expect(next.done).toEqual(["start one"]);
  });
});

describe("an answer that is lost", () => {
  test("is given again, and it was done once", async () => {
    const owner = cluster.give(partition, b);
    let lost = 0;
    owner.after = async () => {
      if (lost++ < 2) b.wire.break();
    };
    expect((await asked().start(startOf("one"))).type).toBe("started");
    // The first was asked twice, and was told what it had been told.
    expect(b.questions).toBe(2);
    expect(owner.done).toEqual(["start one"]);
    const delivered = await asked().deliver(executionArnOf("one"), succeeded);
    expect(delivered?.stale).toBe(false);
    expect(owner.done).toEqual(["start one", "TaskSucceeded one"]);
  });

  test("that is asked for again while it is worked on is waited for", async () => {
    const owner = cluster.give(partition, b);
    const done = Promise.withResolvers<void>();
    owner.after = () => done.promise;
    const started = asked().start(startOf("one"));
    while (owner.done.length === 0) await soon(5);
    b.wire.break();
    while (b.questions < 2) await soon(5);
    done.resolve();
    expect((await started).type).toBe("started");
    expect(owner.done).toEqual(["start one"]);
  });

  test("of a stale event stays stale", async () => {
    const owner = cluster.give(partition, b);
    await asked().start(startOf("one"));
    await asked().deliver(executionArnOf("one"), succeeded);
    owner.after = async () => {
      owner.after = async () => {};
      b.wire.break();
    };
    const second = await asked().deliver(executionArnOf("one"), succeeded);
    expect(second?.stale).toBe(true);
  });
});

describe("an answer that is lost with its owner is most probably what it was", () => {
  /** The owner does the next thing, and is gone before it can tell. */
  function dieAfterTheNext(): void {
    const owner = b.here.get(partition);
    if (owner === undefined) throw new Error("there is no owner");
    owner.after = async () => {
      b.wire.isCut = true;
      b.wire.break();
      cluster.give(partition, c);
      await untilAborted(never);
    };
  }

  test.each([
    ["a generated name", false],
    ["a name that was chosen", true],
  ])("of a start with %s", async (_, isNamed) => {
    cluster.give(partition, b);
    dieAfterTheNext();
    const start = startOf("one", "{}", isNamed);
    const { executionArn, startDate } = start.record;
    expect(await asked().start(start)).toEqual({ type: "started", executionArn, startDate });
    expect(cluster.store.executions.size).toBe(1);
  });

  test("of a start whose name was taken", async () => {
    cluster.give(partition, b);
    await asked().start(startOf("one", "{}", true));
    const owner = b.here.get(partition);
    const start = startOf("one", "2", true);
    const again = { ...start, record: { ...start.record, startDate: 1_767_225_600_124 } };
    if (owner !== undefined) {
      owner.before = async () => {
        b.wire.isCut = true;
        b.wire.break();
        cluster.give(partition, c);
        await untilAborted(never);
      };
    }
    expect((await asked().start(again)).type).toBe("exists");
  });

  test.each<[Event, boolean]>([
    [succeeded, false],
    [{ type: "TaskFailed", taskId: 2 }, false],
    [{ type: "StopRequested" }, false],
    [{ type: "TaskHeartbeat", taskId: 2 }, true],
    [{ type: "Redriven" }, false],
  ])("of %j", async (event, stale) => {
    cluster.give(partition, b);
    await asked().start(startOf("one"));
    dieAfterTheNext();
    const delivered = await asked().deliver(executionArnOf("one"), event);
    expect(delivered?.stale).toBe(stale);
    expect(cluster.store.events.get(executionArnOf("one"))).toHaveLength(1);
  });

  test.each<[string, Event]>([
    ["LambdaFunctionFailed", succeeded],
    ["LambdaFunctionSucceeded", { type: "TaskFailed", taskId: 2 }],
    ["TaskTimedOut", succeeded],
  ])("of an outcome of a task that has come to %s", async (type, event) => {
    cluster.give(partition, b);
    await asked().start(startOf("one"));
    cluster.store.events.set(executionArnOf("one"), [event]);
    const common = { at: 1, branch: 2, payload: undefined, internal: undefined };
    const data = encodeEvents([
      { ...common, type: "TaskScheduled", id: 2, previousEventId: 1, details: {} },
      { ...common, type, id: 3, previousEventId: 2, details: {} },
    ] as unknown as JournalEvent[]);
    cluster.store.chunks.set(executionArnOf("one"), [{ firstEventId: 2, lastEventId: 3, data }]);
    dieAfterTheNext();
    const delivered = await asked().deliver(executionArnOf("one"), event);
    expect(delivered?.stale).toBe(true);
  });

  test.each([
    ["runs since another redrive, long before", { redriveDate: 1_767_225_600_124 }],
    ["has only just been started", { startDate: Date.now() }],
  ])("of a redrive of what %s", async (_, times) => {
    cluster.give(partition, b);
    const start = startOf("one");
    await asked().start({ ...start, record: { ...start.record, ...times } });
    cluster.store.events.set(executionArnOf("one"), [{ type: "Redriven" }]);
    dieAfterTheNext();
    const delivered = await asked().deliver(executionArnOf("one"), { type: "Redriven" });
    expect(delivered?.stale).toBe(true);
  });

  const scheduled = {
    type: "ActivityScheduled",
    id: 5,
    previousEventId: 4,
    at: 1,
    branch: 2,
    payload: Payload.ofText("[1.0]"),
    details: { resource: "r" },
    internal: undefined,
  } as JournalEvent;
  const later = Date.now() + 3_600_000;
  const begun = (workerName: string, at = later): JournalEvent => ({
    type: "ActivityStarted",
    id: 6,
    previousEventId: 5,
    at,
    branch: 2,
    payload: undefined,
    details: { workerName },
    internal: undefined,
  });
  const over = { ...begun("w"), type: "ActivityTimedOut", id: 7, details: {} } as JournalEvent;

  test.each<[string, JournalEvent[], string | undefined]>([
    ["that this worker began", [scheduled, begun("w")], "[1.0]"],
    ["that another worker began", [scheduled, begun("v")], undefined],
    ["that a worker of this name began before", [scheduled, begun("w", 2)], undefined],
    ["that is over", [scheduled, begun("w"), over], undefined],
  ])("of an activity's task %s", async (_, events, input) => {
    cluster.give(partition, b);
    await asked().start(startOf("one"));
    const data = encodeEvents(events);
    cluster.store.chunks.set(executionArnOf("one"), [{ firstEventId: 5, lastEventId: 7, data }]);
    dieAfterTheNext();
    const delivered = (await asked().deliver(executionArnOf("one"), {
      type: "ActivityStarted",
      taskId: 5,
      workerName: "w",
    })) as Delivered;
    expect(delivered.taskInput?.text).toBe(input);
    expect(delivered.stale).toBe(input === undefined);
  });
});

describe("an owner that cannot be reached though it is alive", () => {
  test("is asked through the store, and answers the same", async () => {
    const owner = cluster.give(partition, b);
    b.wire.isCut = true;
    const { executionArn, startDate } = startOf("one").record;
    const [one, none] = await Promise.all([
      asked().start(startOf("one", "[1.0]")),
      asked().deliver(executionArnOf("none"), succeeded),
    ]);
    expect(one).toEqual({ type: "started", executionArn, startDate });
    expect(none).toBeUndefined();
    expect(cluster.store.executions.get(executionArn)?.input).toBe("[1.0]");
    expect(b.questions).toBe(0);
    expect(owner.done).toEqual(["start one"]);
    owner.before = async () => {
      throw new StoreFailure("full", "the disk is full");
    };
    await expect(asked().deliver(executionArn, succeeded)).rejects.toMatchObject({ kind: "full" });
  });

  test("does once what it was asked both ways", async () => {
    const owner = cluster.give(partition, b);
    owner.after = async () => {
      owner.after = async () => {};
      b.wire.isCut = true;
      b.wire.break();
    };
    expect((await asked().start(startOf("one"))).type).toBe("started");
    expect(owner.done).toEqual(["start one"]);
    expect([...cluster.store.calls.values()]).toHaveLength(1);
  });

  test("is asked directly again when it can be reached", async () => {
    cluster.give(partition, b);
    b.wire.isCut = true;
    await asked().start(startOf("one"));
    b.wire.isCut = false;
    await soon(1_100);
    await asked().start(startOf("two"));
    expect(b.questions).toBe(1);
  });
});

describe("a long poll", () => {
  test.each(["take", "waitUntilClosed"] as const)(
    "of %s ends there when nobody waits for it any more",
    async (method) => {
      const owner = cluster.give(partition, b);
      const worker = new AbortController();
      const polled =
        method === "take"
          ? asked().activities.take("arn", undefined, 60_000, worker.signal)
          : asked().waitUntilClosed("arn", 60_000, worker.signal);
      while (b.questions === 0) await soon(5);
      expect(owner.aborted).toEqual([]);
      worker.abort();
      expect(await polled).toBeUndefined();
      while (owner.aborted.length === 0) await soon(5);
      expect(owner.aborted).toEqual(["arn"]);
    },
  );

  test("is asked for anew when its owner ends in order", async () => {
    cluster.give(partition, b);
    const taken = asked().activities.take("arn", "w", 60_000, never);
    while (b.questions === 0) await soon(5);
    const next = cluster.give(partition, c);
    next.wait = async () => {};
    await b.server.close(1_000);
    expect((await taken)?.taskToken).toBe("t");
  });

  test("has no time left", async () => {
    cluster.give(partition, b);
    expect(await asked().activities.take("arn", "w", 0, never)).toBeUndefined();
    await asked().waitUntilClosed("arn", -1, never);
    expect(b.questions).toBe(0);
  });
});

describe("hints", () => {
  const message = (id: number) => ({ id: String(id), to: executionArnOf("one"), body: "{}" });
  const task = (taskId: number) => ({ activityArn: "a", executionArn: "e", taskId });
  const numbers = Array.from({ length: 10_000 }, (_, index) => index);

  test("of ten thousand are a few requests, in order", async () => {
    const owner = cluster.give(partition, b);
    for (const id of numbers) asked().hear(message(id));
    asked().activities.offer(task(7));
    while (owner.offered.length === 0 || owner.heard.length < numbers.length) await soon(5);
    expect(owner.heard).toEqual(numbers.map(String));
    expect(owner.offered).toEqual([7]);
    expect(b.hintRequests).toBeLessThanOrEqual(11);
  });

  test("follow a partition to its next owner", async () => {
    cluster.give(partition, b);
    const owner = cluster.give(partition, c, { view: false });
    asked().hear(message(1));
    asked().activities.offer(task(2));
    while (b.hintRequests === 0) await soon(5);
    cluster.see(partition, c);
    while (owner.offered.length === 0) await soon(5);
    expect([owner.heard, owner.offered]).toEqual([["1"], [2]]);
  });

  test("go to a partition that has come here", async () => {
    asked().hear(message(1));
    await soon();
    const owner = cluster.give(partition, a);
    while (a.remote.waitingHints > 0) await soon(5);
    expect(owner.heard).toEqual(["1"]);
  });

  test("go through the store when their owner cannot be reached", async () => {
    const owner = cluster.give(partition, b);
    b.wire.isCut = true;
    asked().activities.offer(task(3));
    while (owner.offered.length === 0) await soon(20);
    expect(owner.offered).toEqual([3]);
    expect(a.remote.waitingHints).toBe(0);
  });
});

function address(node: FakeNode): { nodeId: string; url: string } {
  return { nodeId: node.nodeId, url: `http://127.0.0.1:${node.wire.port}` };
}

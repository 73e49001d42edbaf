import { expect, test } from "vitest";
import { StoreFailure, type CommitBatch, type Store } from "../../ports/store.ts";
import { createMemoryStore } from "./memory-store.ts";

function startOf(name: string, epoch: number, sequence: number): CommitBatch {
  const record = {
    executionArn: name,
    stateMachineArn: "machine",
    revisionId: "revision",
    name,
    status: "RUNNING",
    startDate: 1,
  } as const;
  return {
    partition: 0,
    epoch,
    sequence,
    writes: [{ executionArn: name, start: record }],
    messagesSent: [],
    messagesDelivered: [],
  };
}

async function isStored(store: Store, name: string): Promise<boolean> {
  return (await store.execution(name)) !== undefined;
}

test("a commit that fails writes nothing, and after a full disk nothing more is written", async () => {
  const store = createMemoryStore({
    beforeCommit: ({ sequence }) =>
      sequence === 2 ? new StoreFailure("full", "no space") : undefined,
  });
  const epoch = await store.acquire(0);
  await store.commit(startOf("a", epoch, 1));
  await expect(store.commit(startOf("b", epoch, 2))).rejects.toMatchObject({ kind: "full" });
  await expect(store.commit(startOf("c", epoch, 3))).rejects.toMatchObject({ kind: "full" });
  await expect(store.acquire(0)).rejects.toMatchObject({ kind: "full" });
  expect([await isStored(store, "a"), await isStored(store, "b")]).toEqual([true, false]);
});

test("after a failure that passes, the same commit can be made", async () => {
  const failures = [new StoreFailure("unavailable", "gone for a moment")];
  const store = createMemoryStore({ beforeCommit: () => failures.pop() });
  const epoch = await store.acquire(0);
  await expect(store.commit(startOf("a", epoch, 1))).rejects.toMatchObject({ kind: "unavailable" });
  expect(await store.commit(startOf("a", epoch, 1))).toBe("committed");
});

test("a commit that is on its way when its partition is taken is fenced", async () => {
  const arrival = Promise.withResolvers<undefined>();
  const store = createMemoryStore({ beforeCommit: () => arrival.promise });
  const epoch = await store.acquire(0);
  const commit = store.commit(startOf("a", epoch, 1));
  await store.acquire(0);
  arrival.resolve(undefined);
  expect(await commit).toBe("fenced");
  expect(await isStored(store, "a")).toBe(false);
});

test("a commit that is on its way when it is resolved as not committed never happens", async () => {
  const arrival = Promise.withResolvers<undefined>();
  const store = createMemoryStore({ beforeCommit: () => arrival.promise });
  const epoch = await store.acquire(0);
  const commit = store.commit(startOf("a", epoch, 1));
  expect(await store.resolve(0, epoch, 1)).toBe("not committed");
  arrival.resolve(undefined);
  expect(await commit).toBe("fenced");
});

test("what a caller does with its records afterwards changes nothing that is stored", async () => {
  const store = createMemoryStore();
  const epoch = await store.acquire(0);
  const tags = { stateMachineArn: "machine", name: "before", type: "STANDARD" as const };
  const record = { ...tags, status: "ACTIVE" as const, createdAt: 1, revisionId: "r", tags: {} };
  await store.putStateMachine(record);
  record.name = "after";
  const batch = startOf("a", epoch, 1);
  await store.commit(batch);
  Object.assign(batch.writes[0]?.start ?? {}, { name: "after" });
  expect((await store.stateMachine("machine"))?.name).toBe("before");
  expect((await store.execution("a"))?.name).toBe("a");
});

test("a call is forgotten after five minutes, with its answer", async () => {
  let now = 1_000;
  const store = createMemoryStore({ now: () => now });
  const call = { id: "c", partition: 0, request: "?" };
  await store.postCall(call);
  await store.answerCall(call, "!");
  now += 299_999;
  await store.postCall({ ...call, id: "later" });
  expect(await store.answerOf(call)).toBe("!");
  now += 1;
  expect(await store.answerOf(call)).toBeUndefined();
  expect((await store.postedCalls([0], 9)).map(({ id }) => id)).toEqual(["later"]);
  await store.postCall(call);
  expect(await store.postedCalls([0], 9)).toHaveLength(2);
});

test("a lease lasts to its last millisecond", async () => {
  let now = 1_000;
  const store = createMemoryStore({ partitions: 1, now: () => now });
  const node = { nodeId: "a", url: "", version: "1", isLeaving: false, startedAt: 0 };
  await store.heartbeat(node, 100);
  await store.claim(0, "a");
  now += 100;
  expect(await store.claim(0, "b")).toBeUndefined();
  now += 1;
  expect(await store.claim(0, "b")).toBe(2);
});

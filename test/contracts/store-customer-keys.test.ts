import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { CustomerKeys } from "../../src/ports/customer-keys.ts";
import type { Store } from "../../src/ports/store.ts";
import { openCustomerKeys } from "../../src/store/customer-keys/open-customer-keys.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import { removeUnusedKeys } from "../../src/store/customer-keys/remove-unused-keys.ts";
import { openStore } from "../../src/store/open-store.ts";
import { stepClock } from "../runtime/step-clock.ts";
import { fakeKms, kmsErrors } from "./fake-kms.ts";
import { sealed } from "./sealed-stores.ts";
import { storeContract } from "./store-contract.ts";
import {
  chunk,
  executionArn,
  machineArn,
  own,
  revision,
  start,
  started,
  stateMachine,
  write,
} from "./store-fixtures.ts";

const kms = fakeKms();
const customerKey = { resourceArn: machineArn(), kmsKeyId: "alias/orders", reuseSeconds: 60 };
const quiet = { debug() {}, info() {}, warn() {}, error() {} };

function keyed(store: Store, keys = kms): { store: Store; customerKeys: CustomerKeys } {
  return openCustomerKeys({
    store,
    providerOf: keys.providerOf,
    clock: stepClock(),
    logger: quiet,
  });
}

/** The store, with everything that is committed sealed with a customer's key, as if its machine had one. */
async function allKeyed(inner: Store): Promise<Store> {
  const { store, customerKeys } = keyed(inner);
  const key = await customerKeys.use(customerKey);
  return {
    ...store,
    commit: (batch) =>
      store.commit({
        ...batch,
        writes: batch.writes.map((each) => ({ ...each, key })),
        messagesSent: batch.messagesSent.map((each) => ({ ...each, key })),
      }),
  };
}

// As for the seal: what it stands on is held to the contract by itself.
storeContract("memory, under customers' keys", {
  open: async () => allKeyed(createMemoryStore()),
  openPartitioned: async (partitions) => allKeyed(createMemoryStore({ partitions })),
});

const canary = "canary-of-a-customer";
const note = { stateMachineArn: machineArn(), kind: "testCases", version: 1, body: canary };
const mine = {
  encryptionConfiguration: JSON.stringify({
    type: "CUSTOMER_MANAGED_KMS_KEY",
    kmsKeyId: "alias/orders",
  }),
};

/** Two machines, one with a key, with an execution of each. */
async function fill(store: Store, keys: CustomerKeys): Promise<void> {
  const definition = JSON.stringify({ Comment: canary });
  await store.putStateMachine(stateMachine("orders"), {
    ...revision("orders"),
    definition,
    ...mine,
  });
  await store.putStateMachine(stateMachine("other"), { ...revision("other"), definition: "{}" });
  await store.putNote(note);
  const key = await keys.use(customerKey);
  const owner = await own(store);
  const secret = { firstEventId: 1, lastEventId: 2, data: JSON.stringify(canary) };
  const message = { id: "m", to: executionArn("open"), body: canary, key };
  await owner.commit(
    [
      start(started("mine"), { chunk: secret, key }),
      start(started("open"), { chunk: chunk(1, 2) }),
    ],
    { messagesSent: [message] },
  );
  await owner.commit([
    write("mine", { chunk: { ...secret, firstEventId: 3, lastEventId: 4 }, key }),
  ]);
}

describe.each([
  ["a plain store", async (store: Store) => store],
  ["a sealed store", (store: Store) => sealed(store)],
])("over %s", (_, around) => {
  test("nothing of a customer's is in the files of the store", async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "stepwell-customer-keys-"));
    const inner = await openStore({ kind: "sqlite", dataDir });
    const { store, customerKeys } = keyed(await around(inner));
    await fill(store, customerKeys);
    const read = await store.revision(machineArn(), "revision-1");
    expect([read?.definition, read?.unreadable]).toEqual([
      JSON.stringify({ Comment: canary }),
      undefined,
    ]);
    expect(await store.messages(0, 9)).toEqual([
      { id: "m", to: executionArn("open"), body: canary },
    ]);
    expect(await store.note(machineArn(), "testCases")).toEqual(note);
    // What is stored already as it is given counts as written, though it would be sealed anew.
    expect(await store.putNote(note)).toBe(true);
    expect(await store.putNote({ ...note, body: "another" })).toBe(false);
    await store.close();
    const files = readdirSync(dataDir).map((name) => readFileSync(join(dataDir, name), "latin1"));
    expect(files.join("")).toContain("orders");
    expect(files.join("")).not.toContain(canary);
    rmSync(dataDir, { recursive: true });
  });

  test("a key that is refused costs what is sealed with it, and nothing else", async () => {
    const inner = await around(createMemoryStore());
    const { store: before, customerKeys } = keyed(inner);
    await fill(before, customerKeys);
    // As the next server: nothing is in its memory.
    const refusing = { ...kms, ...fakeKms() };
    refusing.errors.set("alias/orders", kmsErrors.deleted);
    const { store, customerKeys: after } = keyed(inner, refusing);
    const reason = { kmsKeyId: "alias/orders", problem: "invalid", state: "PENDING_DELETION" };
    await expect(after.check(customerKey)).rejects.toMatchObject(reason);
    await expect(store.journal(executionArn("mine"), {})).rejects.toMatchObject(reason);
    const journals = await store.journals([executionArn("mine"), executionArn("open")]);
    expect(journals).toMatchObject([
      { record: { name: "mine" }, chunks: [], unread: { reason, lastEventId: 4 } },
      { record: { name: "open" }, chunks: [chunk(1, 2)] },
    ]);
    expect(await store.revision(machineArn(), "revision-1")).toMatchObject({
      definition: "",
      unreadable: reason,
    });
    expect(await store.revision(machineArn("other"), "revision-1")).toMatchObject({
      definition: "{}",
    });
    // It stays in the store for the day on which the key is back.
    expect(await store.messages(0, 9)).toEqual([]);
    expect(await inner.messages(0, 9)).toHaveLength(1);
    const owner = await own(store);
    expect(await owner.commit([write("open", { chunk: chunk(3, 4) })])).toBe("committed");
  });
});

test("what one machine's key has sealed does not open in another place", async () => {
  const inner = createMemoryStore();
  const { store, customerKeys } = keyed(inner);
  await fill(store, customerKeys);
  const [first] = await inner.journal(executionArn("mine"), {});
  const moved = { ...inner, journal: async () => [{ ...first, firstEventId: 3, lastEventId: 4 }] };
  await expect(
    keyed(moved as unknown as Store).store.journal(executionArn("mine"), {}),
  ).rejects.toThrow(`the journal of ${executionArn("mine")} is not what was sealed`);
});

const dayMs = 24 * 3_600_000;

describe("the data key of a machine that is deleted", () => {
  /** A store with a machine that has a key and nothing else, and how many data keys there are. */
  async function withMachine() {
    const inner = createMemoryStore();
    const clock = stepClock();
    const { store } = openCustomerKeys({
      store: inner,
      providerOf: kms.providerOf,
      clock,
      logger: quiet,
    });
    const make = () =>
      store.putStateMachine(stateMachine("orders"), { ...revision("orders"), ...mine });
    await make();
    return {
      store,
      make,
      pass: (ms: number) => clock.advance(ms),
      /** As it is done hourly. */
      cleanUp: () => store.deleteClosed(0, 1_000),
      keys: async () => (await inner.documents("customer-keys", { limit: 9 })).items.length,
    };
  }

  test("is removed when nothing has needed it for a day", async () => {
    const { store, pass, cleanUp, keys } = await withMachine();
    await cleanUp();
    pass(2 * dayMs);
    await cleanUp();
    expect(await keys()).toBe(1);
    await store.deleteStateMachine(machineArn());
    await cleanUp();
    pass(dayMs - 1);
    await cleanUp();
    expect(await keys()).toBe(1);
    pass(1);
    await cleanUp();
    expect(await keys()).toBe(0);
  });

  test("stays while there is an execution of it", async () => {
    const { store, pass, cleanUp, keys } = await withMachine();
    const owner = await own(store);
    await owner.commit([start(started("one"), { chunk: chunk(1, 2) })]);
    await store.deleteStateMachine(machineArn());
    for (let day = 0; day < 3; day++) {
      await cleanUp();
      pass(dayMs);
    }
    expect(await keys()).toBe(1);
  });

  test("stays for who makes the machine anew, and is put back if it has just been removed", async () => {
    const { store, make, pass, cleanUp, keys } = await withMachine();
    await store.deleteStateMachine(machineArn());
    await cleanUp();
    pass(dayMs);
    // Between the look at the machine and the removal of its key.
    const racing = {
      ...store,
      executions: async (...asked: Parameters<Store["executions"]>) => {
        const found = await store.executions(...asked);
        await make();
        return found;
      },
    };
    await removeUnusedKeys(racing, 10 * dayMs);
    expect(await keys()).toBe(1);
    expect((await store.revision(machineArn(), "revision-1"))?.unreadable).toBeUndefined();

    await store.deleteStateMachine(machineArn());
    const [record] = (await store.documents("customer-keys", { limit: 1 })).items;
    await store.deleteDocument("customer-keys", record?.id ?? "", record?.version ?? 0);
    await make();
    expect(await keys()).toBe(1);
    await cleanUp();
    expect(await keys()).toBe(1);
  });
});

import { describe, expect, test } from "vitest";
import type { Clock } from "../../ports/clock.ts";
import { FakeStore, silent } from "./fake-nodes.fixture.ts";
import { Mailbox } from "./mailbox.ts";

/** A clock that goes on by what is waited for next; tells how long that was. */
function stepClock(): Clock & { step(): number } {
  let now = 0;
  let next: { readonly at: number; readonly wake: () => void } | undefined;
  return {
    now: () => now,
    schedule(at, wake) {
      const mine = { at, wake };
      next = mine;
      return () => {
        if (next === mine) next = undefined;
      };
    },
    step() {
      if (next === undefined) throw new Error("nothing is waited for");
      const { at, wake } = next;
      next = undefined;
      const waited = at - now;
      now = at;
      wake();
      return waited;
    },
  };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function mailboxOf(answer: (text: string) => Promise<{ text: string; isFinal: boolean }>) {
  const store = new FakeStore();
  const clock = stepClock();
  const mailbox = new Mailbox({
    store,
    clock,
    logger: silent,
    partitions: () => [1, 2],
    answerer: { answerText: answer },
  });
  const look = async (): Promise<number> => {
    const waited = clock.step();
    await turn();
    return waited;
  };
  return { store, clock, mailbox, look };
}

describe("the questions that come through the store", () => {
  test("are looked for every second, and four times as often while there are some", async () => {
    const { store, mailbox, look } = mailboxOf(async (text) => ({ text, isFinal: true }));
    mailbox.start();
    expect([await look(), await look()]).toEqual([1_000, 1_000]);
    await store.postCall({ id: "a", partition: 2, request: "one" });
    await store.postCall({ id: "b", partition: 3, request: "two" });
    expect(await look()).toBe(1_000);
    expect([...store.answers]).toEqual([["a", "one"]]);
    for (let times = 0; times < 41; times++) expect(await look()).toBe(250);
    expect(await look()).toBe(1_000);
    await mailbox.close();
  });

  test("are answered once, however long that takes", async () => {
    const gates: (() => void)[] = [];
    const { store, mailbox, look } = mailboxOf(async (text) => {
      await new Promise<void>((resolve) => gates.push(resolve));
      return { text, isFinal: true };
    });
    mailbox.start();
    await store.postCall({ id: "a", partition: 1, request: "one" });
    for (let times = 0; times < 3; times++) await look();
    expect(gates).toHaveLength(1);
    const closed = mailbox.close();
    gates[0]?.();
    await closed;
    expect(store.answers.get("a")).toBe("one");
  });

  test("are left to the next owner if this one has let go of the partition", async () => {
    let isFinal = false;
    const { store, mailbox, look } = mailboxOf(async (text) => ({ text, isFinal }));
    mailbox.start();
    await store.postCall({ id: "a", partition: 1, request: "one" });
    await look();
    expect(store.answers.size).toBe(0);
    isFinal = true;
    await look();
    expect(store.answers.get("a")).toBe("one");
    await mailbox.close();
  });

  test("are looked for again after the store could not be reached", async () => {
    const { store, mailbox, look } = mailboxOf(async (text) => ({ text, isFinal: true }));
    await store.postCall({ id: "a", partition: 1, request: "one" });
    const postedCalls = store.postedCalls.bind(store);
    store.postedCalls = async () => {
      throw new Error("not now");
    };
    mailbox.start();
    await look();
    store.postedCalls = postedCalls;
    await look();
    expect(store.answers.get("a")).toBe("one");
    await mailbox.close();
  });
});

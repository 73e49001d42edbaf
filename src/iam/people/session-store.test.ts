import { expect, test } from "vitest";
import { createMemoryStore } from "../../store/memory/memory-store.ts";
import type { Person } from "./person.ts";
import { handleOf, idleMs, lifeMs, SessionStore } from "./session-store.ts";

const alice: Person = { type: "user", userName: "alice", userId: "AIDA1", passwordSetAt: 1 };
const bob: Person = { type: "openid", issuer: "i", subject: "s", name: "alice", groups: [] };
const from = { sourceIp: "192.0.2.7" };

/** Two nodes of a cluster: they share the store and nothing else. */
function nodes() {
  const clock = { at: 1_000_000, now: () => clock.at };
  const store = createMemoryStore();
  return {
    clock,
    store,
    one: new SessionStore(store, clock),
    other: new SessionStore(store, clock),
  };
}

test("what one node begins the other knows, and what one ends is over for both", async () => {
  const { one, other } = nodes();
  const id = await one.begin({ person: alice, from });
  expect(await other.find(id, true)).toMatchObject({ person: alice, handle: handleOf(id) });
  await other.end(handleOf(id));
  expect(await one.find(id, true)).toBeUndefined();
});

test("an id is not stored, and what is stored opens nothing", async () => {
  const { one, store } = nodes();
  const id = await one.begin({ person: alice, from });
  const { items } = await store.documents("people.session", { limit: 10 });
  expect(JSON.stringify(items)).not.toContain(id);
  expect(await one.find(items[0]?.id ?? "", true)).toBeUndefined();
});

test("a use puts the end off, up to the end of its life", async () => {
  const { one, clock } = nodes();
  const [used, unused] = [
    await one.begin({ person: alice, from }),
    await one.begin({ person: alice, from }),
  ];
  const begun = clock.at;
  while (clock.at + idleMs / 2 < begun + lifeMs) {
    clock.at += idleMs / 2;
    expect(await one.find(used, true)).toBeDefined();
  }
  expect(await one.isOpen(handleOf(unused))).toBe(false);
  clock.at = begun + lifeMs;
  expect(await one.find(used, true)).toBeUndefined();
});

test("what has ended is swept, and nothing else", async () => {
  const { one, clock, store } = nodes();
  await one.begin({ person: alice, from });
  clock.at += idleMs;
  const id = await one.begin({ person: bob, from });
  await one.sweep();
  const { items } = await store.documents("people.session", { limit: 10 });
  expect(items.map((item) => item.id)).toEqual([handleOf(id)]);
});

test("a person has twenty sessions, and another one ends the oldest of his own", async () => {
  const { one, clock } = nodes();
  const others = await one.begin({ person: bob, from });
  const ids: string[] = [];
  for (let count = 0; count < 21; count++) {
    clock.at += 1;
    ids.push(await one.begin({ person: alice, from }));
  }
  const open = await Promise.all([others, ...ids].map((id) => one.isOpen(handleOf(id))));
  expect(open).toEqual([true, false, ...Array.from({ length: 20 }, () => true)]);
});

import { expect, test } from "vitest";
import type { CustomerKey, KeyInUse } from "../../src/ports/customer-keys.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import { CustomerKeyRing } from "../../src/store/customer-keys/customer-key-ring.ts";
import { stepClock } from "../runtime/step-clock.ts";
import { fakeKms, kmsErrors } from "./fake-kms.ts";

const key: CustomerKey = {
  resourceArn: "arn:aws:states:us-east-1:123456789012:stateMachine:orders",
  kmsKeyId: "alias/orders",
  reuseSeconds: 60,
};

/** A ring over a store of its own, or over one that others use as well. */
function ringOf(kms = fakeKms(), store = createMemoryStore()) {
  const clock = stepClock();
  const ring = new CustomerKeyRing({ store, providerOf: kms.providerOf, clock });
  return { kms, store, clock, ring };
}

/** Lets everything go on that waits for no clock. */
const turns = () => new Promise<void>((resolve) => setImmediate(resolve));

function userOf() {
  const lost: string[] = [];
  return {
    lost,
    keyLost: (_: KeyInUse, { problem }: { problem: string }) => lost.push(problem),
    keyRenewed() {},
  };
}

test("a key is made once, and its keeper is asked again only when the time of its reuse is over", async () => {
  const { kms, clock, ring } = ringOf();
  await Promise.all([ring.check(key), ring.check(key)]);
  await ring.use(key);
  expect(kms.calls).toEqual(["encrypt alias/orders", "decrypt alias/orders"]);
  clock.advance(59_000);
  await ring.check(key);
  expect(kms.calls).toHaveLength(2);
  clock.advance(1_000);
  await ring.check(key);
  expect(kms.calls.slice(2)).toEqual(["decrypt alias/orders"]);
});

test("nobody who retains no key costs its keeper a call", async () => {
  const { kms, clock, ring } = ringOf();
  await ring.use(key);
  clock.advance(3_600_000);
  await turns();
  expect(kms.calls).toHaveLength(2);
});

test("two nodes that make the key at once have the same", async () => {
  const kms = fakeKms();
  const store = createMemoryStore();
  const [one, other] = [ringOf(kms, store).ring, ringOf(kms, store).ring];
  const [first, second] = await Promise.all([one.use(key), other.use(key)]);
  expect(first.dataKey.id).toBe(second.dataKey.id);
  expect(first.dataKey.encryption.equals(second.dataKey.encryption)).toBe(true);
});

test("another machine with the same key of KMS has another data key, and the context says which it is", async () => {
  const { ring } = ringOf();
  const other = { ...key, resourceArn: `${key.resourceArn}-2` };
  const [one, two] = [await ring.use(key), await ring.use(other)];
  expect(one.dataKey.encryption.equals(two.dataKey.encryption)).toBe(false);
});

test("a key that is retained is renewed, and lost to all who have it when its keeper refuses", async () => {
  const { kms, clock, ring } = ringOf();
  const users = [userOf(), userOf()];
  const held = await ring.use(key);
  for (const user of users) held.retain(user);
  clock.advance(60_000);
  await turns();
  expect(kms.calls).toHaveLength(3);
  kms.errors.set("alias/orders", kmsErrors.disabled);
  clock.advance(60_000);
  await turns();
  expect(users.map(({ lost }) => lost)).toEqual([["invalid"], ["invalid"]]);
  await expect(ring.use(key)).rejects.toMatchObject({ problem: "invalid", state: "DISABLED" });
});

test.each(["throttled", "unreachable"] as const)(
  "a keeper that is %s costs nobody his key for the time of one more reuse",
  async (problem) => {
    const { kms, clock, ring } = ringOf();
    const user = userOf();
    (await ring.use(key)).retain(user);
    kms.errors.set("alias/orders", kmsErrors[problem]);
    for (let seconds = 0; seconds < 110; seconds += 10) {
      clock.advance(10_000);
      await turns();
    }
    expect(user.lost).toEqual([]);
    // Who asks whether it can be used is told so; what goes on with it may begin more.
    await expect(ring.check(key)).rejects.toMatchObject({ problem });
    await ring.use(key);
    kms.errors.clear();
    clock.advance(10_000);
    await turns();
    kms.errors.set("alias/orders", kmsErrors[problem]);
    for (let seconds = 0; seconds < 180; seconds += 10) {
      clock.advance(10_000);
      await turns();
    }
    expect(user.lost).toEqual([problem]);
  },
);

test("a key that is retained after it has left memory is asked for at once", async () => {
  const { kms, clock, ring } = ringOf();
  const user = userOf();
  const held = await ring.use(key);
  clock.advance(60_000);
  kms.errors.set("alias/orders", kmsErrors.denied);
  held.retain(user);
  clock.advance(0);
  await turns();
  expect(user.lost).toEqual(["denied"]);
});

test("a data key that was deleted is as good as refused", async () => {
  const { store, kms, ring } = ringOf();
  const { dataKey } = await ring.use(key);
  await store.deleteDocument("customer-keys", dataKey.id, 1);
  await expect(ringOf(kms, store).ring.find(dataKey.id, "it")).rejects.toMatchObject({
    problem: "wrong",
    errorName: "KmsAccessDeniedException",
  });
});

test("a thousand who want a key that is refused ask its keeper once", async () => {
  const { kms, clock, ring } = ringOf();
  kms.errors.set("alias/orders", kmsErrors.denied);
  const problem = async (): Promise<unknown> =>
    (await ring.check(key).catch((error: unknown) => error)) as { problem: string };
  for (let time = 0; time < 1_000; time++) expect(await problem()).toBeInstanceOf(Error);
  expect(kms.calls).toHaveLength(1);
  kms.errors.clear();
  clock.advance(5_000);
  await ring.check(key);
});

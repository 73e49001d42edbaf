import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { stepClock } from "../../test/runtime/step-clock.ts";
import type { LiveNode } from "../ports/cluster-store.ts";
import type { PeerFeedFollower } from "./peers/peer-client.ts";
import { ClusterFeed } from "./cluster-feed.ts";

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const node = (nodeId: string): LiveNode => ({
  nodeId,
  url: `http://${nodeId}`,
  version: "1",
  isLeaving: false,
  startedAt: 0,
  leaseUntil: 10_000,
});

interface Followed {
  readonly nodeId: string;
  readonly follower: PeerFeedFollower;
  readonly signal: AbortSignal;
  readonly cut: () => void;
}

/** A feed whose streams from other nodes the test has in its hand, and how often its subscriber has started again. */
function opened() {
  const followed: Followed[] = [];
  const clock = stepClock();
  const feed = new ClusterFeed({
    clock,
    logger: silent,
    client: {
      followFeed: ({ nodeId }: LiveNode, follower, signal) =>
        new Promise((resolve) => {
          const cut = (): void => resolve("cut");
          signal.addEventListener("abort", cut);
          followed.push({ nodeId, follower, signal, cut });
        }),
    },
  } as ConstructorParameters<typeof ClusterFeed>[0]);
  const told = { again: 0 };
  feed.subscribe({
    name: "test",
    capacity: 10,
    receive() {},
    startAgain: () => void told.again++,
  });
  /** Lets time pass, a second at a time, and what follows from it happen. */
  const passes = async (ms: number): Promise<void> => {
    await setImmediate();
    for (let left = ms; left > 0; left -= 1_000) {
      clock.advance(Math.min(left, 1_000));
      await setImmediate();
    }
  };
  return { feed, followed, told, passes };
}

test("others are followed while somebody looks, and no longer than a minute after", async () => {
  const { feed, followed, passes } = opened();
  feed.nodes([node("a"), node("b")]);
  await passes(1_000);
  expect(followed).toEqual([]);
  feed.look();
  expect(followed.map(({ nodeId }) => nodeId)).toEqual(["a", "b"]);
  for (let looks = 0; looks < 10; looks++) {
    await passes(30_000);
    feed.look();
  }
  expect(followed).toHaveLength(2);
  expect(followed.some(({ signal }) => signal.aborted)).toBe(false);
  await passes(121_000);
  expect(followed.every(({ signal }) => signal.aborted)).toBe(true);
});

test("who looks again after a while starts again: nobody was followed meanwhile", async () => {
  const { feed, followed, told, passes } = opened();
  feed.nodes([node("a")]);
  feed.look();
  await passes(1);
  expect(told.again).toBe(1);
  feed.look();
  await passes(1);
  expect(told.again).toBe(1);
  await passes(200_000);
  feed.look();
  await passes(1);
  expect(told.again).toBe(2);
  expect(followed).toHaveLength(2);
});

test("all starts again when a node is gone: what it did last may not have been told", async () => {
  const { feed, followed, told, passes } = opened();
  feed.nodes([node("a"), node("b")]);
  feed.look();
  await passes(1);
  const before = told.again;
  feed.nodes([node("b")]);
  await passes(1);
  expect(followed[0]?.signal.aborted).toBe(true);
  expect(told.again).toBe(before + 1);
});

test("what happens on a node that cannot be followed is read again from time to time", async () => {
  const { feed, followed, told, passes } = opened();
  feed.nodes([node("a")]);
  feed.look();
  await passes(1);
  const before = told.again;
  for (let attempt = 0; attempt < 10; attempt++) {
    followed.at(-1)?.cut();
    await passes(1_001);
  }
  expect(followed).toHaveLength(11);
  expect(told.again).toBe(before + 2);
});

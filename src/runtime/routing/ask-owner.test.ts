import { describe, expect, test } from "vitest";
import { StoreFailure } from "../../ports/store.ts";
import { askOwner, waitAtOwner } from "./ask-owner.ts";
import type { PartitionOwner } from "./partition-owner.ts";

const arn = "arn:aws:states:us-east-1:000000000000:execution:M:e";
const never = new AbortController().signal;

describe("a wait at owners that each let go of the partition after 400 ms", () => {
  function waits(hasOthers: boolean) {
    let now = 1_000_000;
    const asked: number[] = [];
    const owner = (): PartitionOwner =>
      ({
        async waitUntilClosed(_arn: string, timeoutMs: number) {
          asked.push(timeoutMs);
          now += Math.min(timeoutMs, 400);
        },
      }) as Partial<PartitionOwner> as PartitionOwner;
    const router = { ownerOf: owner, hasOthers };
    const clock = { now: () => now };
    return { router, clock, asked };
  }

  test("asks each for what is left of the time, and nobody after it", async () => {
    const { asked, ...options } = waits(true);
    await waitAtOwner(options, arn, 1_000, never);
    expect(asked).toEqual([1_000, 600, 200]);
  });

  test("ends with the first where there is no other", async () => {
    const { asked, ...options } = waits(false);
    await waitAtOwner(options, arn, 1_000, never);
    expect(asked).toEqual([1_000]);
  });
});

test("a store that cannot be reached is final where the partition stays: its owner has tried for long enough", async () => {
  const failure = new StoreFailure("unavailable", "Nobody answered for partition 1 within 20 s.");
  const elsewhere = { asked: 0 };
  const answer = askOwner(
    () => elsewhere,
    async (owner) => {
      owner.asked++;
      throw failure;
    },
    () => true,
  );
  await expect(answer).rejects.toBe(failure);
  expect(elsewhere.asked).toBe(1);
});

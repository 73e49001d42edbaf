import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Retrier } from "../../asl/definition.ts";
import { emptyObject } from "../../expression/payload.ts";
import { findRetrier, retryDelayMs } from "./retry.ts";
import { newBranch } from "../snapshot.ts";

function retrier(fields: Partial<Retrier> = {}): Retrier {
  return {
    ErrorEquals: ["E"],
    IntervalSeconds: 1,
    MaxAttempts: 3,
    BackoffRate: 2,
    JitterStrategy: "NONE",
    ...fields,
  };
}

const never = (): number => {
  throw new Error("no randomness is needed here");
};

describe("the delay of a retry", () => {
  test("grows by the rate from the interval", () => {
    const three = retrier({ IntervalSeconds: 3, BackoffRate: 1.5 });
    const delays = [1, 2, 3].map((attempt) => retryDelayMs(three, attempt, never));
    expect(delays).toEqual([3_000, 4_500, 6_750]);
  });

  test("is whole milliseconds, rounded down", () => {
    expect(retryDelayMs(retrier({ BackoffRate: 1.0009 }), 2, never)).toBe(1_000);
  });

  test("is capped by MaxDelaySeconds, even below the interval", () => {
    const capped = retrier({ IntervalSeconds: 10, MaxDelaySeconds: 4 });
    expect(retryDelayMs(capped, 1, never)).toBe(4_000);
  });

  test("is drawn below the capped delay with full jitter", () => {
    const jittered = retrier({ IntervalSeconds: 10, MaxDelaySeconds: 4, JitterStrategy: "FULL" });
    expect(retryDelayMs(jittered, 1, () => 0)).toBe(0);
    expect(retryDelayMs(jittered, 1, () => 0.5)).toBe(2_000);
    expect(retryDelayMs(jittered, 1, () => 0.999_999_9)).toBe(3_999);
  });

  test("stays a number when the rate grows beyond numbers", () => {
    const year = 31_622_400_000;
    expect(retryDelayMs(retrier({ BackoffRate: 10 }), 5_000, never)).toBe(year);
    expect(retryDelayMs(retrier({ IntervalSeconds: 0 }), 5_000, never)).toBe(0);
  });

  test("is never negative, never above the cap, and never shrinks", () => {
    fc.assert(
      fc.property(
        fc.nat(1_000),
        fc.double({ min: 1, max: 1e6, noNaN: true }),
        fc.option(fc.integer({ min: 1, max: 31_622_400 }), { nil: undefined }),
        fc.integer({ min: 1, max: 2_000 }),
        (IntervalSeconds, BackoffRate, cap, attempt) => {
          const fields = { IntervalSeconds, BackoffRate };
          const one = retrier(cap === undefined ? fields : { ...fields, MaxDelaySeconds: cap });
          const delay = retryDelayMs(one, attempt, never);
          expect(delay).toBeGreaterThanOrEqual(0);
          expect(delay).toBeLessThanOrEqual((cap ?? 31_622_400) * 1_000);
          expect(retryDelayMs(one, attempt + 1, never)).toBeGreaterThanOrEqual(delay);
        },
      ),
    );
  });
});

describe("the Retrier of a failure", () => {
  const failure = { error: "E", cause: undefined };
  const branch = (...used: number[]) => {
    const made = newBranch(0, undefined, 0, emptyObject, 0);
    made.retries.push(...used);
    return made;
  };

  test("is the first that names it", () => {
    const other = retrier({ ErrorEquals: ["Other"] });
    expect(findRetrier([other, retrier(), retrier()], branch(), failure)).toBe(1);
    expect(findRetrier([other], branch(), failure)).toBeUndefined();
    expect(findRetrier([], branch(), failure)).toBeUndefined();
  });

  test("is none once its attempts are used up, whatever comes after it", () => {
    const all = retrier({ ErrorEquals: ["States.ALL"] });
    expect(findRetrier([retrier({ MaxAttempts: 2 }), all], branch(1), failure)).toBe(0);
    expect(findRetrier([retrier({ MaxAttempts: 2 }), all], branch(2), failure)).toBeUndefined();
    expect(findRetrier([retrier({ MaxAttempts: 0 }), all], branch(), failure)).toBeUndefined();
  });
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { retryPlan } from "./retry-plan.ts";

test("a Retrier that says nothing makes three attempts after 1, 3 and 7 seconds", () => {
  const { retries, count } = retryPlan({ ErrorEquals: ["States.ALL"] });
  expect(count).toBe(3);
  expect(retries.map(({ latest }) => latest)).toEqual([1, 3, 7]);
  expect(retries.map(({ earliest }) => earliest)).toEqual([1, 3, 7]);
});

test("MaxDelaySeconds shortens the delays that would be longer, and is told of those only", () => {
  const { retries } = retryPlan({ IntervalSeconds: 2, MaxAttempts: 4, MaxDelaySeconds: 5 });
  expect(retries.map(({ delay, isCapped }) => [delay, isCapped])).toEqual([
    [2, false],
    [4, false],
    [5, true],
    [5, true],
  ]);
});

test("full jitter lets every attempt come at once, and none later than without it", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100 }),
      fc.integer({ min: 0, max: 40 }),
      fc.double({ min: 1, max: 4, noNaN: true }),
      (IntervalSeconds, MaxAttempts, BackoffRate) => {
        const said = { IntervalSeconds, MaxAttempts, BackoffRate };
        const plain = retryPlan(said);
        const jittered = retryPlan({ ...said, JitterStrategy: "FULL" });
        expect(jittered.retries.map(({ latest }) => latest)).toEqual(
          plain.retries.map(({ latest }) => latest),
        );
        expect(jittered.retries.every(({ earliest }) => earliest === 0)).toBe(true);
        expect(plain.retries.every(({ earliest, latest }) => earliest === latest)).toBe(true);
      },
    ),
  );
});

test("a plan has an end, however many attempts are asked for", () => {
  const { retries, count } = retryPlan({ MaxAttempts: 99_999_999, BackoffRate: 2 });
  expect(count).toBe(99_999_999);
  expect(retries.length).toBeLessThan(100);
});

test("what is no number counts as not said", () => {
  expect(retryPlan({ IntervalSeconds: "x", MaxAttempts: -1, BackoffRate: null })).toEqual(
    retryPlan({}),
  );
});

import { expect, test } from "vitest";
import { awsCharge, transitionsOfVisits } from "./aws-charge.ts";

test("a Standard execution costs its transitions, however long it takes", () => {
  const charge = { type: "STANDARD", transitions: 1_000, tookMs: 86_400_000 } as const;
  expect(awsCharge(charge)).toBeCloseTo(0.025, 10);
  expect(awsCharge({ ...charge, transitions: 0 })).toBe(0);
});

test("an Express execution costs a request and its time, rounded up to 100 ms", () => {
  const charge = (tookMs: number) => awsCharge({ type: "EXPRESS", transitions: 500, tookMs });
  expect(charge(0)).toBeCloseTo(0.000_001, 12);
  // AWS's own example: a million requests of 30 s at 64 MB are 1.00 USD, and 31.26 USD for their duration.
  expect(1_000_000 * charge(30_000)).toBeCloseTo(1 + 31.26, 1);
  expect(charge(101)).toBe(charge(200));
});

test("a state is charged for each time it was entered and for each attempt after a visit's first", () => {
  const visits = [{ attempts: [] }, { attempts: [1] }, { attempts: [1, 2, 3] }];
  expect(transitionsOfVisits(visits)).toBe(5);
});

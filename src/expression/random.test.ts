import { expect, test } from "vitest";
import { createRandomSource } from "./random.ts";

test("the same seed gives the same sequence, another seed another one", () => {
  const draw = (seed: string | number): number[] => {
    const source = createRandomSource(seed);
    return Array.from({ length: 20 }, () => source.next());
  };
  expect(draw("seed")).toEqual(draw("seed"));
  expect(draw(1)).toEqual(draw("1"));
  const firsts = new Set(Array.from({ length: 10_000 }, (_, seed) => draw(seed)[0]));
  expect(firsts.size).toBe(10_000);
});

test("numbers are spread evenly from 0 to below 1, across seeds and within one", () => {
  const source = createRandomSource("x");
  const within = Array.from({ length: 20_000 }, () => source.next());
  const across = Array.from({ length: 20_000 }, (_, seed) => createRandomSource(seed).next());
  for (const numbers of [within, across]) {
    const buckets = Array.from({ length: 10 }, () => 0);
    for (const number of numbers) buckets[Math.floor(number * 10)]! += 1;
    expect(buckets.reduce((total, count) => total + count)).toBe(20_000);
    // Five standard deviations of a bucket of 2,000.
    for (const count of buckets) expect(Math.abs(count - 2_000)).toBeLessThan(212);
  }
});

test("UUIDs are of version 4, and different", () => {
  const source = createRandomSource("uuid");
  const uuids = Array.from({ length: 1_000 }, () => source.uuid());
  for (const uuid of uuids) {
    expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
  expect(new Set(uuids).size).toBe(1_000);
});

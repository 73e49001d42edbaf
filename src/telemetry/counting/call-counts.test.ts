import { expect, test } from "vitest";
import { CallCounts } from "./call-counts.ts";

function values(counts: CallCounts): { readonly [name: string]: number } {
  return Object.fromEntries(
    counts
      .take()
      .map(({ namespace, name, dimensions, statistics }) => [
        `${namespace} ${name} ${dimensions["APIName"] ?? dimensions["Resource"]}`,
        statistics.sum,
      ]),
  );
}

test("calls are counted as usage, once", () => {
  const counts = new CallCounts();
  counts.called("us-east-1", "StartExecution");
  counts.called("us-east-1", "StartExecution");
  expect(values(counts)).toEqual({ "AWS/Usage CallCount StartExecution": 2 });
  expect(counts.take()).toEqual([]);
});

test("where calls are limited, the limit is told with what it let through and refused", () => {
  const counts = new CallCounts();
  const limit = { tokens: 100, refillPerSecond: 5 };
  counts.limited("us-east-1", "ListExecutions", { ...limit, isRefused: false });
  counts.limited("us-east-1", "ListExecutions", { ...limit, isRefused: true });
  counts.limited("us-east-1", "ListExecutions", { ...limit, isRefused: true });
  expect(values(counts)).toEqual({
    "AWS/States ThrottledEvents ListExecutions": 2,
    "AWS/States ConsumedCapacity ListExecutions": 1,
    "AWS/States ProvisionedBucketSize ListExecutions": 100,
    "AWS/States ProvisionedRefillRate ListExecutions": 5,
  });
});

test("calls of two Regions are counted apart", () => {
  const counts = new CallCounts();
  counts.called("us-east-1", "StartExecution");
  counts.called("eu-west-1", "StartExecution");
  expect(counts.take().map(({ region }) => region)).toEqual(["us-east-1", "eu-west-1"]);
});

import { expect, test } from "vitest";
import { isExecutionArn, principalName } from "./arn-parts.ts";

test.each([
  ["arn:aws:iam::123456789012:user/alice", "user/alice"],
  [
    "arn:aws:sts::123456789012:assumed-role/Operator/alice@example.com",
    "Operator/alice@example.com",
  ],
  ["arn:aws:iam::123456789012:root", "root"],
  ["events.amazonaws.com", "events.amazonaws.com"],
  ["rule/nightly", "rule/nightly"],
])("%s is called %s", (arn, name) => {
  expect(principalName(arn)).toBe(name);
});

test("an execution is told apart from a Map Run and a trigger", () => {
  const states = "arn:aws:states:eu-west-1:123456789012";
  expect(isExecutionArn(`${states}:execution:Orders:one`)).toBe(true);
  expect(isExecutionArn(`${states}:express:Orders:one:two`)).toBe(true);
  expect(isExecutionArn(`${states}:mapRun:Orders/Each:one`)).toBe(false);
  expect(isExecutionArn("rule/nightly")).toBe(false);
});

import { describe, expect, test } from "vitest";
import {
  activityArn,
  expressExecutionArn,
  isExpressExecution,
  nameOfArn,
  parseStatesArn,
  standardExecutionArn,
  scopeOf,
  scopeOfArn,
  stateMachineArn,
  typeOfArn,
} from "./arns.ts";

const scope = scopeOf("eu-west-1", "123456789012");

describe("ARNs", () => {
  test.each([
    ["cn-north-1", "aws-cn"],
    ["us-gov-west-1", "aws-us-gov"],
    ["ap-northeast-2", "aws"],
  ])("of %s are in the partition %s", (region, partition) => {
    const arn = stateMachineArn(scopeOf(region, "123456789012"), "orders");
    expect(arn).toBe(`arn:${partition}:states:${region}:123456789012:stateMachine:orders`);
    expect(scopeOfArn(arn)).toEqual({ partition, region, accountId: "123456789012" });
  });

  test("have the forms that the service documents", () => {
    const machine = stateMachineArn(scope, "orders");
    expect(machine).toBe("arn:aws:states:eu-west-1:123456789012:stateMachine:orders");
    expect(activityArn(scope, "pack")).toBe("arn:aws:states:eu-west-1:123456789012:activity:pack");
    expect(standardExecutionArn(machine, "o-1")).toBe(
      "arn:aws:states:eu-west-1:123456789012:execution:orders:o-1",
    );
    expect(expressExecutionArn(machine, "o-1", "u")).toBe(
      "arn:aws:states:eu-west-1:123456789012:express:orders:o-1:u",
    );
    expect(nameOfArn(machine)).toBe("orders");
  });

  test("of Express executions are told from those of a machine or an execution called express", () => {
    const prefix = "arn:aws:states:eu-west-1:123456789012";
    expect(isExpressExecution(`${prefix}:express:m:e:u`)).toBe(true);
    expect(isExpressExecution(`${prefix}:express:m/L:u`)).toBe(true);
    expect(isExpressExecution(`${prefix}:execution:express:e`)).toBe(false);
    expect(isExpressExecution(`${prefix}:execution:express:express`)).toBe(false);
  });

  test("are split into type and resource", () => {
    expect(parseStatesArn("arn:aws-cn:states:cn-north-1:123456789012:execution:m:n")).toEqual({
      region: "cn-north-1",
      accountId: "123456789012",
      type: "execution",
      resource: ["m", "n"],
    });
  });

  test.each([
    "",
    "x",
    "arn:aws:s3:::bucket",
    "arn:aws:states:r:123456789012:activity",
    "arn:aws:states:r:123456789012:activity:",
    "arn:aws:states:r:1234:activity:a",
    "arn:aws:states:r::activity:a",
    "arn:aws:states::123456789012:activity:a",
    "arn:gcp:states:r:123456789012:activity:a",
  ])("%j is not one of the service", (text) => {
    expect(parseStatesArn(text)).toBeUndefined();
  });
});

test.each([
  ["arn:aws:states:us-east-1:123456789012:execution:activity:a", "execution"],
  ["arn:aws:states:us-east-1:123456789012:express:execution:a:b", "express"],
  ["arn:aws:states:us-east-1:123456789012:activity:execution", "activity"],
  ["arn:aws:states:::lambda:invoke", "lambda"],
  ["arn:aws:lambda:us-east-1:123456789012:activity:f", undefined],
  ["activity", undefined],
])("what %s names is told by its place and by no word in a name: %s", (arn, type) => {
  expect(typeOfArn(arn)).toBe(type);
});

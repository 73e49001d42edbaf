import { expect, test } from "vitest";
import { decide } from "../decide.ts";
import { parsePolicy, policyOfRecord } from "../parse-policy.ts";
import { managedPolicies } from "./managed-policies.ts";

test.each([...managedPolicies.values()])("$name is a policy", ({ arn, document }) => {
  expect(parsePolicy(JSON.stringify(document), "identity")).not.toHaveProperty("problem");
  expect(arn).toMatch(/^arn:aws:iam::aws:policy\/(service-role\/)?[\w]+$/);
});

function may(name: string, action: string): boolean {
  const managed = [...managedPolicies.values()].find((one) => one.name === name);
  const policy = policyOfRecord(JSON.stringify(managed?.document), "identity");
  const question = { principal: { arns: [] }, action, resource: "*", context: new Map() };
  return decide(question, { identity: [{ name, policy }] }).allowed;
}

test("who may only read starts nothing", () => {
  for (const name of ["ReadOnlyAccess", "AWSStepFunctionsReadOnlyAccess"]) {
    expect(may(name, "states:DescribeExecution")).toBe(true);
    expect(may(name, "states:StartExecution")).toBe(false);
    expect(may(name, "states:GetActivityTask")).toBe(false);
  }
  expect(may("AWSStepFunctionsFullAccess", "states:StartExecution")).toBe(true);
  expect(may("AWSStepFunctionsFullAccess", "iam:PassRole")).toBe(false);
});

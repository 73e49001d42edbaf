import { expect, test } from "vitest";
import type { Principal } from "../../ports/caller.ts";
import { startedByOf } from "./started-by.ts";

const scope = { partition: "aws", region: "eu-west-1", accountId: "123456789012" };
const role = "arn:aws:iam::123456789012:role/ops/Operator";
const session = "arn:aws:sts::123456789012:assumed-role/Operator";
const alice = "arn:aws:iam::123456789012:user/alice";
const rule = "arn:aws:events:eu-west-1:123456789012:rule/nightly";
const parent = "arn:aws:states:eu-west-1:123456789012:execution:Orders:one";

const by = (principal: Principal) => startedByOf({ caller: { ...scope, principal } });

test("a key that nobody verified, and who gave none, is nobody who started it", () => {
  expect(by({ type: "anonymous" })).toBeUndefined();
  expect(by({ type: "accessKey", accessKeyId: "AKIA1" })).toBeUndefined();
  expect(startedByOf({})).toBeUndefined();
});

test("a user and the owner started it for themselves", () => {
  expect(by({ type: "user", userArn: alice, userId: "AIDA" })).toEqual({ principal: alice });
  expect(by({ type: "owner" })).toEqual({ principal: "arn:aws:iam::123456789012:root" });
});

test("a session of a role started it on behalf of whoever assumed it", () => {
  const person = { type: "assumedRole", roleArn: role, roleId: "AROA", issuedAt: 0 } as const;
  expect(by({ ...person, sessionName: "alice@example.com" })).toEqual({
    principal: `${session}/alice@example.com`,
  });
  expect(by({ ...person, sessionName: "a", assumedBy: alice })).toEqual({
    principal: `${session}/a`,
    via: alice,
  });
});

test("a task started it in its role, for its execution", () => {
  expect(by({ type: "role", roleArn: role, executionArn: parent })).toEqual({
    principal: `${session}/one`,
    via: parent,
  });
});

test("a trigger started it in its role or as its service, for its rule", () => {
  const service = "events.amazonaws.com";
  const via = "rule/nightly";
  expect(by({ type: "serviceRole", service, roleArn: role, sourceArn: rule })).toEqual({
    principal: `${session}/nightly`,
    via,
  });
  expect(by({ type: "service", service, sourceArn: rule })).toEqual({ principal: service, via });
});

test("what a trigger says of itself goes before its caller", () => {
  const startedBy = { principal: "apigateway.amazonaws.com", via: "route/GET /orders" };
  expect(startedByOf({ caller: { ...scope, principal: { type: "owner" } }, startedBy })).toBe(
    startedBy,
  );
});

import { expect, test } from "vitest";
import type { AuditedCall } from "../../ports/audit-trail.ts";
import { type AccessRequest, type Decision, everybodyMay } from "../../ports/authorizer.ts";
import { taskCaller } from "../../ports/caller.ts";
import { auditedActs } from "./audited-acts.ts";
import { recordText } from "./record-text.ts";

const executionArn = "arn:aws:states:us-east-1:123456789012:execution:Orders:one";
const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
const asked: AccessRequest = {
  caller: taskCaller({
    type: "role",
    roleArn: role("Ship"),
    assumedBy: role("Orders"),
    executionArn,
  }),
  action: "lambda:InvokeFunction",
  resource: "arn:aws:lambda:us-east-1:123456789012:function:ship",
};

function audited(decision: Decision | Promise<Decision>) {
  const calls: AuditedCall[] = [];
  const decide = { mayCall: () => decision, mayAct: () => decision };
  const trail = {
    ensureWritable() {},
    record(call: AuditedCall) {
      calls.push(call);
      return undefined;
    },
  };
  return { calls, authorizer: auditedActs(decide, trail) };
}

test("a task's call that is denied is written down with its role, and on whose behalf it was made", async () => {
  const denied = { allowed: false, by: "Ship/NoShipping[0]" } as const;
  for (const decision of [denied, Promise.resolve(denied)]) {
    const { calls, authorizer } = audited(decision);
    expect(await authorizer.mayAct(asked)).toEqual(denied);
    expect(calls).toHaveLength(1);
    const facts = { eventId: "1", at: 0, region: "", accountId: "", partition: "aws" };
    expect(calls.map((call) => JSON.parse(recordText(call, facts)))).toMatchObject([
      {
        eventSource: "lambda.amazonaws.com",
        eventName: "InvokeFunction",
        errorCode: "AccessDenied",
        sourceIPAddress: "states.amazonaws.com",
        userIdentity: {
          type: "AssumedRole",
          arn: "arn:aws:sts::123456789012:assumed-role/Ship/one",
          sessionContext: { sessionIssuer: { arn: role("Ship"), userName: "Ship" } },
        },
        resources: [{ ARN: asked.resource }],
        additionalEventData: {
          onBehalfOf: executionArn,
          taskRole: role("Ship"),
          assumedBy: role("Orders"),
          decidedBy: [{ allowed: false, by: "Ship/NoShipping[0]" }],
        },
      },
    ]);
  }
});

test("one that is allowed is the other service's to write down; calls of this API are written down there", async () => {
  const { calls, authorizer } = audited({ allowed: true });
  await authorizer.mayAct(asked);
  await authorizer.mayCall(asked);
  expect(calls).toEqual([]);
  const denying = audited({ allowed: false });
  await denying.authorizer.mayCall(asked);
  expect(denying.calls).toEqual([]);
});

test("where everybody may, nobody is asked", () => {
  const trail = { ensureWritable() {}, record: () => undefined };
  expect(auditedActs(everybodyMay, trail)).toBe(everybodyMay);
});

import { afterAll, expect, test } from "vitest";
import { PermissionDesk } from "../../src/console/designer/permission-desk.ts";
import type { PermissionRequest } from "../../src/console/view-types.ts";
import { systemClock } from "../../src/runtime/system-clock.ts";
import { accountId, region } from "../api/start-server.ts";
import { allow, arnOfRole, enforcingStepwell, trust } from "./enforcing-stepwell.ts";

const server = await enforcingStepwell();
afterAll(() => server.close());
const { directory } = server.stepwell.iam;
const { service } = server;

const desk = (isEnforced: boolean | undefined): PermissionDesk =>
  new PermissionDesk({
    access: { may: (action, resource, request) => service.allow({ action, resource }, request) },
    scope: service.scope,
    clock: systemClock,
    roles: isEnforced === undefined ? undefined : { directory, isEnforced },
  });

const queue = `arn:aws:sqs:${region}:${accountId}:orders`;
const definition = JSON.stringify({
  StartAt: "Send",
  States: {
    Send: {
      Type: "Task",
      Resource: "arn:aws:states:::sqs:sendMessage",
      Parameters: {
        QueueUrl: `https://sqs.${region}.amazonaws.com/${accountId}/orders`,
        MessageBody: "x",
      },
      Next: "Count",
    },
    Count: {
      Type: "Task",
      Resource: `arn:aws:lambda:${region}:${accountId}:function:count`,
      End: true,
    },
  },
});
const ask = (more: Partial<PermissionRequest>, isEnforced: boolean | undefined = true) =>
  desk(isEnforced).missing({ definition, roleArn: arnOfRole("Orders"), ...more }, {});

test("what the role may not do is told by state, with the least policy for it", async () => {
  await server.role("Orders", [allow("lambda:*")]);
  const { policy = "", ...view } = await ask({});
  expect(view).toEqual({
    role: "known",
    isEnforced: true,
    missing: [{ action: "sqs:SendMessage", resource: queue, location: "/States/Send" }],
  });
  expect(JSON.parse(policy)).toEqual({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sqs:SendMessage", Resource: queue }],
  });
  await server.policy("Orders", [allow(["lambda:*", "sqs:*"])]);
  expect(await ask({})).toEqual({ role: "known", isEnforced: true, missing: [] });
  expect((await ask({ logs: true, traces: true })).missing.length).toBeGreaterThan(10);
});

test("what a role of Credentials may not do is told with that role", async () => {
  const assumed = await server.role("Counts", []);
  const roleArn = await server.role("Assumes", [allow("sts:AssumeRole")]);
  const count = {
    Type: "Task",
    Resource: `arn:aws:lambda:${region}:${accountId}:function:count`,
    Credentials: { RoleArn: assumed },
    End: true,
  };
  const machine = JSON.stringify({ StartAt: "Count", States: { Count: count } });
  const { missing, policy } = await ask({ roleArn, definition: machine });
  expect(missing).toEqual([
    {
      action: "lambda:InvokeFunction",
      resource: count.Resource,
      roleArn: assumed,
      location: "/States/Count",
    },
  ]);
  // The least policy is for the workflow's own role, which lacks nothing.
  expect(policy).toBeUndefined();
  await server.policy("Counts", [allow("lambda:*")]);
  expect((await ask({ roleArn, definition: machine })).missing).toEqual([]);
});

test("a role that trusts another machine is told, whatever it may", async () => {
  const ArnEquals = { "aws:SourceArn": `arn:aws:states:${region}:${accountId}:stateMachine:a` };
  await server.role(
    "ForA",
    [allow("*")],
    trust({ Service: "states.amazonaws.com" }, { ArnEquals }),
  );
  const roleArn = arnOfRole("ForA");
  expect(await ask({ roleArn, name: "a" })).toMatchObject({ role: "known", missing: [] });
  expect(await ask({ roleArn, name: "b" })).toMatchObject({ role: "notTrusted", missing: [] });
});

test("of a role that is not here nothing is told, but that there is none where roles are enforced", async () => {
  const roleArn = arnOfRole("elsewhere");
  expect(await ask({ roleArn })).toEqual({ role: "noRole", isEnforced: true, missing: [] });
  const unknown = { role: "unknown", isEnforced: false, missing: [] };
  expect(await ask({ roleArn }, false)).toEqual(unknown);
  expect(await desk(undefined).missing({ definition, roleArn }, {})).toEqual(unknown);
});

test("a definition with errors lacks nothing yet, and what is no question is refused", async () => {
  expect(await ask({ definition: "{" })).toMatchObject({ missing: [] });
  for (const wrong of [{ definition: 1 }, { roleArn: 2 }, { type: "FAST" }, { more: 1 }]) {
    const asked = ask(wrong as Partial<PermissionRequest>);
    await expect(asked).rejects.toMatchObject({ code: "ValidationException" });
  }
});

test("who may not simulate the role's policies is told nothing of it", async () => {
  const caller = await server.user("designer", [allow("states:*")]);
  const asked = desk(true).missing({ definition, roleArn: arnOfRole("Orders") }, { caller });
  await expect(asked).rejects.toMatchObject({ code: "AccessDeniedException" });
});

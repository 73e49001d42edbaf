import { describe, expect, onTestFinished, test } from "vitest";
import type { JsonObject } from "../../src/expression/json.ts";
import { writeZip } from "../../src/integrations/functions/archive/write-zip.ts";
import type { Caller } from "../../src/ports/caller.ts";
import { accountId, region } from "../api/start-server.ts";
import {
  allow,
  enforcingStepwell,
  policyText,
  trust,
  trustsWorkflows,
} from "../iam/enforcing-stepwell.ts";

const trustsEvents = trust({ Service: "events.amazonaws.com" });
const ruleArn = `arn:aws:events:${region}:${accountId}:rule/orders`;
const pass = { StartAt: "P", States: { P: { Type: "Pass", End: true } } };

async function started() {
  const own = await enforcingStepwell();
  onTestFinished(() => own.close());
  const { service, stepwell } = own;
  const owner: Caller = { ...service.scope, principal: { type: "owner" } };
  const events = async (operation: string, members: object, caller = owner) => {
    const call = { caller, requestId: "r", signal: new AbortController().signal };
    const input = { members: members as JsonObject };
    return (await stepwell.services.services.call("events", operation, input, call)).members;
  };
  const workflowRole = await own.role("Workflow", []);
  const machine = await own.machine("Orders", workflowRole, pass);
  /** Puts a rule with this role, then an event; answers the executions that it has started. */
  const executions = async (roleArn: string) => {
    await events("PutRule", { Name: "orders", EventPattern: '{"source":["shop"]}' });
    await events("PutTargets", {
      Rule: "orders",
      Targets: [{ Id: "m", Arn: machine, RoleArn: roleArn }],
    });
    const Entries = [{ Source: "shop", DetailType: "Placed", Detail: "{}" }];
    await events("PutEvents", { Entries });
    // What was begun is done when the triggers have stopped.
    await stepwell.triggers.stop();
    const { executions: found } = await service.call("ListExecutions", {
      stateMachineArn: machine,
    });
    return found as readonly JsonObject[];
  };
  return { own, events, executions, machine };
}

test("a rule starts an execution as its role, if that trusts EventBridge for it and may", async () => {
  const { own, executions } = await started();
  const may = [allow("states:StartExecution")];
  const trusted = trust(
    { Service: "events.amazonaws.com" },
    { ArnEquals: { "aws:SourceArn": ruleArn } },
  );
  expect(await executions(await own.role("Rule", may, trusted))).toHaveLength(1);
});

test.each([
  ["does not trust EventBridge", [allow("states:StartExecution")], trustsWorkflows],
  ["may not", [allow("states:DescribeExecution")], trustsEvents],
])("a rule whose role %s starts nothing", async (_, statements, trustPolicy) => {
  const { own, executions } = await started();
  expect(await executions(await own.role("Rule", statements, trustPolicy))).toEqual([]);
});

test("who puts a target must be allowed to give its role to EventBridge, or to call what has none himself", async () => {
  const { own, events, machine } = await started();
  await events("PutRule", { Name: "orders", EventPattern: '{"source":["shop"]}' });
  const RoleArn = await own.role("Rule", [], trustsEvents);
  const toMachine = { Rule: "orders", Targets: [{ Id: "m", Arn: machine, RoleArn }] };
  const queueArn = `arn:aws:sqs:${region}:${accountId}:q`;
  const toQueue = { Rule: "orders", Targets: [{ Id: "q", Arn: queueArn }] };
  const putter = await own.user("putter", [allow("events:PutTargets")]);
  await expect(events("PutTargets", toMachine, putter)).rejects.toThrow("iam:PassRole");
  await expect(events("PutTargets", toQueue, putter)).rejects.toThrow("sqs:SendMessage");
  const allowed = await own.user("allowed", [
    allow("events:PutTargets"),
    allow("iam:PassRole", RoleArn, {
      Condition: { StringEquals: { "iam:PassedToService": "events.amazonaws.com" } },
    }),
    allow("sqs:SendMessage", queueArn),
  ]);
  expect(await events("PutTargets", toMachine, allowed)).toMatchObject({ FailedEntryCount: 0 });
  expect(await events("PutTargets", toQueue, allowed)).toMatchObject({ FailedEntryCount: 0 });
});

describe("what has a policy of its own", () => {
  const functionArn = `arn:aws:lambda:${region}:${accountId}:function:told`;
  const busArn = `arn:aws:events:${region}:${accountId}:event-bus/default`;
  const code = writeZip([
    { path: "index.js", content: Buffer.from("exports.handler = async () => 1;") },
  ]);

  const nothing = allow("sts:GetCallerIdentity");

  async function withFunction() {
    const { own, events } = await started();
    const { stepwell, service } = own;
    const owner: Caller = { ...service.scope, principal: { type: "owner" } };
    const lambda = async (operation: string, members: object, caller = owner) => {
      const call = { caller, requestId: "r", signal: new AbortController().signal };
      const input = { members: members as JsonObject };
      return (await stepwell.services.services.call("lambda", operation, input, call)).members;
    };
    await lambda("CreateFunction", {
      FunctionName: "told",
      Runtime: "nodejs22.x",
      Handler: "index.handler",
      Role: await own.role("Function", [], trust({ Service: "lambda.amazonaws.com" })),
      Code: { ZipFile: code.toString("base64") },
    });
    const permit = (Principal: string, more: object = {}) =>
      lambda("AddPermission", {
        FunctionName: "told",
        StatementId: `s${Math.random().toString(36).slice(2)}`,
        Action: "lambda:InvokeFunction",
        Principal,
        ...more,
      });
    return { own, events, lambda, permit, stepwell };
  }

  test("a function is called by a rule without a role if its policy allows EventBridge for that rule", async () => {
    const { own, events, permit, stepwell } = await withFunction();
    // Who puts the target need not be allowed to call it himself.
    const putter = await own.user("putter", [allow(["events:PutRule", "events:PutTargets"])]);
    for (const Name of ["orders", "others"]) {
      await events("PutRule", { Name, EventPattern: '{"source":["shop"]}' }, putter);
      const Targets = [{ Id: "f", Arn: functionArn }];
      await events("PutTargets", { Rule: Name, Targets }, putter);
    }
    await permit("events.amazonaws.com", { SourceArn: ruleArn });
    await events("PutEvents", {
      Entries: [{ Source: "shop", DetailType: "Placed", Detail: "{}" }],
    });
    await stepwell.triggers.stop();
    expect(await stepwell.triggers.watch.outcomes(ruleArn)).toMatchObject({ taken: 1, failed: 0 });
    const others = await stepwell.triggers.watch.outcomes(ruleArn.replace("orders", "others"));
    expect(others).toMatchObject({ taken: 0, failed: 1 });
    expect(others.newest[0]).toMatchObject({
      code: "AccessDeniedException",
      message: `User: events.amazonaws.com is not authorized to perform: lambda:InvokeFunction on resource: ${functionArn} because no resource-based policy allows the lambda:InvokeFunction action`,
    });
  });

  test("a function is called by whom its policy names, within the bounds of his own", async () => {
    const { own, lambda, permit } = await withFunction();
    const caller = await own.user("caller", [nothing]);
    const invoke = (as: Caller) => lambda("Invoke", { FunctionName: "told" }, as);
    await expect(invoke(caller)).rejects.toThrow("no identity-based policy allows");
    await permit(`arn:aws:iam::${accountId}:user/caller`);
    await invoke(caller);
    const denied = await own.user("denied", [
      { Effect: "Deny", Action: "lambda:InvokeFunction", Resource: "*" },
    ]);
    await permit(`arn:aws:iam::${accountId}:user/denied`);
    await expect(invoke(denied)).rejects.toThrow("explicit deny in an identity-based policy");
    // The account's own users are left to their policies.
    const other = await own.user("other", [nothing]);
    await permit(accountId);
    await expect(invoke(other)).rejects.toThrow("no identity-based policy allows");
    await permit("*");
    await invoke(other);
  });

  test("a bus takes events of whom its policy allows, and of none whom it denies", async () => {
    const { own, events } = await started();
    const put = (as: Caller, Source = "shop") =>
      events("PutEvents", { Entries: [{ Source, DetailType: "Placed", Detail: "{}" }] }, as);
    const stranger = await own.user("stranger", [nothing]);
    const known = await own.user("known", [allow("events:PutEvents")]);
    await expect(put(stranger)).rejects.toThrow("no identity-based policy allows");
    await put(known);
    const userArn = (name: string) => `arn:aws:iam::${accountId}:user/${name}`;
    const Policy = policyText(
      {
        Effect: "Allow",
        Principal: { AWS: userArn("stranger") },
        Action: "events:PutEvents",
        Resource: busArn,
        Condition: { StringEquals: { "events:source": "shop" } },
      },
      {
        Effect: "Deny",
        Principal: { AWS: userArn("known") },
        Action: "events:PutEvents",
        Resource: busArn,
      },
    );
    await events("PutPermission", { Policy });
    await put(stranger);
    await expect(put(stranger, "else")).rejects.toThrow("no identity-based policy allows");
    await expect(put(known)).rejects.toThrow("with an explicit deny in a resource-based policy");
    await expect(
      events("PutPermission", { Policy: policyText({ Effect: "Allow", Action: "events:*" }) }),
    ).rejects.toThrow("Policy is not valid: Missing required field Principal");
    await events("RemovePermission", { RemoveAllPermissions: true });
    await put(known);
  });
});

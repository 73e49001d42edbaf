import { expect, onTestFinished, test } from "vitest";
import type { JsonObject } from "../../src/expression/json.ts";
import type { Caller } from "../../src/ports/caller.ts";
import { accountId, region } from "../api/start-server.ts";
import { allow, enforcingStepwell, trust, trustsWorkflows } from "../iam/enforcing-stepwell.ts";

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

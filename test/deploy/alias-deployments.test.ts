import { describe, expect, onTestFinished, test } from "vitest";
import { createDeployer } from "../../src/deploy/create-deployer.ts";
import { textOf } from "../../src/deploy/text-of.ts";
import type { JsonObject } from "../../src/expression/json.ts";
import type { DocumentStore } from "../../src/ports/document-store.ts";
import { systemIds } from "../../src/runtime/system-ids.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import { stepClock } from "../runtime/step-clock.ts";
import { accountId, region } from "../api/start-server.ts";
import { stackTester, type StackTester } from "./stack-tester.ts";

const minute = 60_000;

interface Shown {
  readonly preference: JsonObject;
  /** Whether executions of this version fail. */
  readonly fails?: boolean;
  readonly type?: "EXPRESS";
}

function template({ preference, fails = false, type }: Shown, comment: string): string {
  const last = fails ? { Type: "Fail", Error: "Oops" } : { Type: "Pass", End: true };
  return JSON.stringify({
    Transform: "AWS::Serverless-2016-10-31",
    Resources: {
      Flow: {
        Type: "AWS::Serverless::StateMachine",
        Properties: {
          Name: "flow",
          ...(type && { Type: type }),
          Definition: { Comment: comment, StartAt: "Last", States: { Last: last } },
          Role: `arn:aws:iam::${accountId}:role/flow`,
          AutoPublishAlias: "live",
          DeploymentPreference: preference,
        },
      },
      Failures: {
        Type: "AWS::CloudWatch::Alarm",
        Properties: {
          AlarmName: "failures",
          Namespace: "AWS/States",
          MetricName: "ExecutionsFailed",
          Dimensions: [{ Name: "StateMachineArn", Value: { Ref: "Flow" } }],
          Statistic: "Sum",
          Period: 60,
          EvaluationPeriods: 1,
          Threshold: 1,
          ComparisonOperator: "GreaterThanOrEqualToThreshold",
          TreatMissingData: "notBreaching",
        },
      },
    },
  });
}

const machineArn = `arn:aws:states:${region}:${accountId}:stateMachine:flow`;
const aliasArn = `${machineArn}:live`;

async function deployments(type?: "EXPRESS") {
  const clock = stepClock();
  const tester = await stackTester(createMemoryStore(), { clock, telemetry: {} });
  /** Lets all that is due happen, and what follows of it. */
  const settle = async () => {
    for (let turn = 0; turn < 30; turn++) await new Promise((resolve) => setImmediate(resolve));
  };
  const pass = async (ms: number): Promise<void> => {
    for (let left = ms; left > 0; left -= 5_000) {
      clock.advance(Math.min(left, 5_000));
      await settle();
    }
  };
  await tester.deploy(
    "app",
    template({ preference: { Type: "ALL_AT_ONCE" }, ...(type && { type }) }, "first"),
  );
  const describe = async () => {
    const answer = await tester.call("cloudformation", "DescribeStacks", { StackName: "app" });
    return (answer["Stacks"] as readonly JsonObject[])[0] ?? {};
  };
  const update = async (shown: Shown): Promise<void> => {
    await tester.call("cloudformation", "UpdateStack", {
      StackName: "app",
      TemplateBody: template(shown, "second"),
      Capabilities: ["CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"],
    });
    await settle();
  };
  /** The part that each version has: `{"1": 90, "2": 10}`. */
  const routes = async () => partsOf(tester);
  const status = async () => (await describe())["StackStatus"];
  const start = () => tester.states("StartExecution", { stateMachineArn: `${machineArn}:2` });
  return { ...tester, clock, settle, pass, update, routes, status, start };
}

async function partsOf({ states }: StackTester): Promise<{ readonly [version: string]: number }> {
  const alias = await states("DescribeStateMachineAlias", { stateMachineAliasArn: aliasArn });
  return Object.fromEntries(
    (alias["routingConfiguration"] as readonly JsonObject[]).map((route) => [
      textOf(route["stateMachineVersionArn"]).split(":").at(-1),
      Number(route["weight"]),
    ]),
  );
}

const canary = { Type: "CANARY", Percentage: 10, Interval: 2 };

describe("an alias with a deployment preference", () => {
  test("shifts a part first and the rest after the interval, where it is a canary", async () => {
    const { update, pass, routes, status, mistakes } = await deployments();
    expect(await routes()).toEqual({ 1: 100 });
    await update({ preference: canary });
    expect(await routes()).toEqual({ 1: 90, 2: 10 });
    await pass(2 * minute - 5_000);
    expect([await routes(), await status()]).toEqual([{ 1: 90, 2: 10 }, "UPDATE_IN_PROGRESS"]);
    await pass(5_000);
    expect([await routes(), await status()]).toEqual([{ 2: 100 }, "UPDATE_COMPLETE"]);
    expect(mistakes).toEqual([]);
  });

  test("shifts a part more after each interval, where it is linear", async () => {
    const { update, pass, routes, status } = await deployments();
    await update({ preference: { Type: "LINEAR", Percentage: 40, Interval: 1 } });
    expect(await routes()).toEqual({ 1: 60, 2: 40 });
    await pass(minute);
    expect(await routes()).toEqual({ 1: 20, 2: 80 });
    await pass(minute);
    expect([await routes(), await status()]).toEqual([{ 2: 100 }, "UPDATE_COMPLETE"]);
  });

  test("leads back to the old version where an alarm of AWS/States goes off", async () => {
    const { update, pass, routes, status, start, reasons, stepwell } = await deployments();
    await update({ preference: { ...canary, Interval: 10, Alarms: ["failures"] }, fails: true });
    expect(await routes()).toEqual({ 1: 90, 2: 10 });
    await pass(minute);
    expect(await status()).toBe("UPDATE_IN_PROGRESS");
    await start();
    await pass(2 * minute);
    expect([await routes(), await status()]).toEqual([{ 1: 100 }, "UPDATE_ROLLBACK_COMPLETE"]);
    expect(await reasons("app")).toEqual([
      "FlowAliaslive: Deployment was rolled back because the following CloudWatch alarms are in ALARM state: [failures]",
    ]);
    const machine = await stepwell.service.call("DescribeStateMachine", {
      stateMachineArn: machineArn,
    });
    expect(JSON.parse(textOf(machine["definition"]))).toMatchObject({ Comment: "first" });
  });

  test("leads back where an execution of the new version fails, and no alarm is named", async () => {
    const { update, pass, routes, status, start, reasons } = await deployments();
    await update({ preference: canary, fails: true });
    const { executionArn } = await start();
    await pass(10_000);
    expect([await routes(), await status()]).toEqual([{ 1: 100 }, "UPDATE_ROLLBACK_COMPLETE"]);
    expect(await reasons("app")).toEqual([
      `FlowAliaslive: Deployment was rolled back because the execution ${textOf(executionArn)} of the new version has the status FAILED`,
    ]);
  });

  test("leads back where an execution of an Express workflow's new version fails, and no alarm is named", async () => {
    const { update, pass, routes, status, reasons, states } = await deployments("EXPRESS");
    await update({ preference: canary, fails: true, type: "EXPRESS" });
    await pass(10_000);
    expect(await status()).toBe("UPDATE_IN_PROGRESS");
    await states("StartSyncExecution", { stateMachineArn: `${machineArn}:2` });
    await pass(10_000);
    expect([await routes(), await status()]).toEqual([{ 1: 100 }, "UPDATE_ROLLBACK_COMPLETE"]);
    expect(await reasons("app")).toEqual([
      `FlowAliaslive: Deployment was rolled back because the new version ${machineArn}:2 has ExecutionsFailed`,
    ]);
  });

  test("leads back at once where the update is cancelled", async () => {
    const { update, pass, routes, status, call } = await deployments();
    await update({ preference: { ...canary, Interval: 2_100 } });
    await call("cloudformation", "CancelUpdateStack", { StackName: "app" });
    await pass(20_000);
    expect([await routes(), await status()]).toEqual([{ 1: 100 }, "UPDATE_ROLLBACK_COMPLETE"]);
  });

  test("goes on where it was when the process that shifts it is killed", async () => {
    const { update, pass, routes, status, clock, store, stepwell, settle } = await deployments();
    await update({ preference: { Type: "ALL_AT_ONCE" } });
    let isKilled = false;
    const refused = () => Promise.reject(new Error("killed"));
    const killable: DocumentStore = {
      document: (...asked) => store.document(...asked),
      documents: (...asked) => store.documents(...asked),
      putDocument: (record) => (isKilled ? refused() : store.putDocument(record)),
      deleteDocument: (...asked) => (isKilled ? refused() : store.deleteDocument(...asked)),
    };
    const quiet = { debug() {}, info() {}, warn() {}, error() {} };
    const other = createDeployer({
      store: killable,
      clock,
      ids: systemIds,
      logger: quiet,
      services: {
        service: stepwell.service,
        iam: stepwell.iam.service,
        services: stepwell.services.services,
      },
    });
    onTestFinished(() => other.close());
    const preference = { Type: "LINEAR", Percentage: 30, Interval: 10 };
    const caller = {
      partition: "aws",
      region,
      accountId,
      principal: { type: "owner" as const },
    };
    await other.desk.update(
      "app",
      {
        template: template({ preference }, "third"),
        given: {},
        tags: {},
        capabilities: ["CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"],
        notificationArns: [],
      },
      { caller, signal: new AbortController().signal },
    );
    await settle();
    await pass(15 * minute);
    expect(await routes()).toEqual({ 2: 40, 3: 60 });
    isKilled = true;
    await pass(minute);
    // The next process looks at this part for as long as was left of it, and begins with none anew.
    expect(await routes()).toEqual({ 2: 40, 3: 60 });
    await pass(4 * minute);
    expect(await routes()).toEqual({ 2: 10, 3: 90 });
    await pass(10 * minute);
    expect([await routes(), await status()]).toEqual([{ 3: 100 }, "UPDATE_COMPLETE"]);
  });
});

import { expect, test } from "vitest";
import type { JsonObject } from "../../src/expression/json.ts";
import { region, roleArn } from "../api/start-server.ts";
import { eventServer } from "./event-server.ts";

/** *Observed* by others: the members of an event's detail, in their order. What is not there is null. */
const members = [
  "executionArn",
  "stateMachineArn",
  "name",
  "status",
  "startDate",
  "stopDate",
  "input",
  "output",
  "stateMachineVersionArn",
  "stateMachineAliasArn",
  "redriveCount",
  "redriveDate",
  "redriveStatus",
  "redriveStatusReason",
  "inputDetails",
  "outputDetails",
  "error",
  "cause",
];

/** *Documented*: what surrounds it. */
const envelope = [
  "version",
  "id",
  "detail-type",
  "source",
  "account",
  "time",
  "region",
  "resources",
  "detail",
];

async function toldOf(more: object = {}) {
  const own = await eventServer();
  const changes = await own.queue("changes");
  await own.rule(
    "changes",
    { source: ["aws.states"], "detail-type": ["Step Functions Execution Status Change"], ...more },
    { Arn: changes.arn },
  );
  /** The details of the next events, by their status; each has all members, and they are what DescribeExecution says. */
  const next = async (count: number): Promise<{ readonly [status: string]: JsonObject }> => {
    const details: Record<string, JsonObject> = {};
    for (let index = 0; index < count; index++) {
      const event = await changes.next();
      expect(Object.keys(event)).toEqual(envelope);
      const detail = event["detail"] as JsonObject;
      expect(Object.keys(detail)).toEqual(members);
      expect(event["resources"]).toEqual([detail["executionArn"]]);
      details[detail["status"] as string] = detail;
    }
    return details;
  };
  return { ...own, next };
}

const milliseconds = expect.any(Number) as number;
const included = { included: true };

test("an execution that is started by an alias, fails, is redriven and ends is told of with all that is known of it", async () => {
  const { server, machine, next } = await toldOf();
  const activityArn = (await server.call("CreateActivity", { name: "work" }))["activityArn"];
  const stateMachineArn = await machine("Orders", {
    StartAt: "Work",
    States: { Work: { Type: "Task", Resource: activityArn, End: true } },
  });
  const { stateMachineVersionArn } = await server.call("PublishStateMachineVersion", {
    stateMachineArn,
  });
  const { stateMachineAliasArn } = await server.call("CreateStateMachineAlias", {
    name: "live",
    routingConfiguration: [{ stateMachineVersionArn, weight: 100 }],
  } as object);
  const work = async (operation: string, more: object) => {
    const { taskToken } = await server.call("GetActivityTask", { activityArn } as object);
    await server.call(operation, { taskToken, ...more } as object);
  };
  const { executionArn } = await server.call("StartExecution", {
    stateMachineArn: stateMachineAliasArn,
    name: "one",
    input: '{"n": 1.0}',
  } as object);
  await work("SendTaskFailure", { error: "Broken", cause: "It is" });
  const about = {
    executionArn,
    stateMachineArn,
    name: "one",
    startDate: milliseconds,
    input: '{"n": 1.0}',
    inputDetails: included,
    stateMachineVersionArn,
    stateMachineAliasArn,
  };
  const nothing = { output: null, outputDetails: null, error: null, cause: null };
  const running = {
    stopDate: null,
    redriveStatus: "NOT_REDRIVABLE",
    redriveStatusReason: "Execution is RUNNING and cannot be redriven",
  };
  expect(await next(2)).toEqual({
    RUNNING: {
      ...about,
      ...nothing,
      ...running,
      status: "RUNNING",
      redriveCount: 0,
      redriveDate: null,
    },
    FAILED: {
      ...about,
      ...nothing,
      status: "FAILED",
      stopDate: milliseconds,
      redriveCount: 0,
      redriveDate: null,
      redriveStatus: "REDRIVABLE",
      redriveStatusReason: null,
      error: "Broken",
      cause: "It is",
    },
  });
  const { redriveDate } = await server.call("RedriveExecution", { executionArn } as object);
  await work("SendTaskSuccess", { output: '{"done": 2.0}' });
  const redriven = { redriveCount: 1, redriveDate: Math.round(Number(redriveDate) * 1000) };
  expect(await next(2)).toEqual({
    RUNNING: { ...about, ...nothing, ...running, ...redriven, status: "RUNNING" },
    SUCCEEDED: {
      ...about,
      ...nothing,
      ...redriven,
      status: "SUCCEEDED",
      stopDate: milliseconds,
      output: '{"done": 2.0}',
      outputDetails: included,
      redriveStatus: "NOT_REDRIVABLE",
      redriveStatusReason: "Execution is SUCCEEDED and cannot be redriven",
    },
  });
});

test("one that is stopped or runs too long is told of with why, and one of a machine that is going as not redrivable", async () => {
  const { server, machine, next } = await toldOf();
  const wait = { StartAt: "W", States: { W: { Type: "Wait", Seconds: 600, End: true } } };
  const executionArn = await server.start(wait);
  await server.call("StopExecution", { executionArn, error: "Enough", cause: "Said so" });
  const { ABORTED } = await next(2);
  expect(ABORTED).toMatchObject({
    error: "Enough",
    cause: "Said so",
    output: null,
    stopDate: milliseconds,
    redriveStatus: "REDRIVABLE",
  });
  const second = await server.start(wait);
  await server.call("StopExecution", { executionArn: second });
  expect((await next(2))["ABORTED"]).toMatchObject({ error: null, cause: null });
  await server.start({ ...wait, TimeoutSeconds: 1 });
  expect((await next(2))["TIMED_OUT"]).toMatchObject({
    error: "States.Timeout",
    cause: null,
    outputDetails: null,
    redriveStatus: "REDRIVABLE",
  });
  const stateMachineArn = await machine("Going", wait);
  await server.call("StartExecution", { stateMachineArn });
  await next(1);
  await server.call("DeleteStateMachine", { stateMachineArn });
  expect((await next(1))["ABORTED"]).toMatchObject({
    redriveStatus: "NOT_REDRIVABLE",
    redriveStatusReason: "State machine is in DELETING status",
  });
});

test("children of a Map Run are told of, and wait for their redrive while others begin again", async () => {
  const { server, next } = await toldOf({ detail: { name: [{ exists: true }] } });
  const activityArn = (await server.call("CreateActivity", { name: "items" }))["activityArn"];
  const executionArn = await server.start(
    {
      StartAt: "Each",
      States: {
        Each: {
          Type: "Map",
          MaxConcurrency: 1,
          ToleratedFailurePercentage: 99,
          ItemProcessor: {
            ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
            StartAt: "Work",
            States: { Work: { Type: "Task", Resource: activityArn, End: true } },
          },
          End: true,
        },
      },
    },
    [1, 2],
  );
  const fail = async () => {
    const { taskToken } = await server.call("GetActivityTask", { activityArn } as object);
    await server.call("SendTaskFailure", { taskToken, error: "No" } as object);
  };
  await fail();
  await fail();
  // The run and two children, each of which has failed.
  const before = await next(6);
  expect(before["FAILED"]?.["executionArn"]).toBe(executionArn);
  await server.call("RedriveExecution", { executionArn });
  const { PENDING_REDRIVE: pending } = await next(3);
  expect(pending).toMatchObject({
    output: null,
    error: "No",
    stopDate: milliseconds,
    redriveCount: 0,
    redriveDate: null,
    redriveStatus: "REDRIVABLE_BY_MAP_RUN",
    redriveStatusReason: null,
  });
  expect(pending?.["executionArn"]).not.toBe(executionArn);
});

test("Express executions are told of to nobody", async () => {
  const { server, next } = await toldOf();
  const definition = { StartAt: "P", States: { P: { Type: "Pass", End: true } } };
  const { stateMachineArn } = await server.call("CreateStateMachine", {
    name: "express",
    type: "EXPRESS",
    definition: JSON.stringify(definition),
    roleArn,
  });
  await server.call("StartSyncExecution", { stateMachineArn } as object);
  await server.call("StartExecution", { stateMachineArn } as object);
  const standard = await server.start(definition);
  const { RUNNING, SUCCEEDED } = await next(2);
  expect([RUNNING?.["executionArn"], SUCCEEDED?.["executionArn"]]).toEqual([standard, standard]);
  expect(standard).toContain(`:${region}:`);
});

import { PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { expect, test } from "vitest";
import type { JsonObject } from "../../src/expression/json.ts";
import { accountId, region, roleArn } from "../api/start-server.ts";
import { eventServer } from "./event-server.ts";

const order = { Source: "shop", DetailType: "Order placed", Detail: '{"id":7}' };

test("an event that the SDK puts starts an execution, whose end is an event that a queue gets", async () => {
  const { server, events, machine, rule, queue } = await eventServer();
  const stateMachineArn = await machine("Orders");
  const ends = await queue("ends");
  await rule("orders", { source: ["shop"] }, { Arn: stateMachineArn, RoleArn: roleArn });
  await rule(
    "ends",
    { source: ["aws.states"], detail: { status: ["SUCCEEDED"] } },
    { Arn: ends.arn },
  );
  const { Entries } = await events.send(new PutEventsCommand({ Entries: [order] }));
  const event = await ends.next();
  const { executions } = await server.call("ListExecutions", { stateMachineArn });
  const [{ executionArn, startDate, stopDate, name }] = executions as unknown as readonly [
    { executionArn: string; startDate: number; stopDate: number; name: string },
  ];
  expect(name).toContain(`orders-${Entries?.[0]?.EventId}`);
  const { input, ...detail } = event["detail"] as JsonObject;
  expect(JSON.parse(input as string)).toMatchObject({ source: "shop", detail: { id: 7 } });
  expect({ ...event, detail }).toEqual({
    version: "0",
    id: expect.any(String) as string,
    "detail-type": "Step Functions Execution Status Change",
    source: "aws.states",
    account: accountId,
    time: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/) as string,
    region,
    resources: [executionArn],
    detail: {
      executionArn,
      stateMachineArn,
      name,
      status: "SUCCEEDED",
      startDate: Math.round(startDate * 1000),
      stopDate: Math.round(stopDate * 1000),
      output: input,
      stateMachineVersionArn: null,
      stateMachineAliasArn: null,
      redriveCount: 0,
      redriveDate: null,
      redriveStatus: "NOT_REDRIVABLE",
      redriveStatusReason: "Execution is SUCCEEDED and cannot be redriven",
      inputDetails: { included: true },
      outputDetails: { included: true },
      error: null,
      cause: null,
    },
  });
  expect(server.mistakes).toEqual([]);
});

test("a workflow's putEvents comes to the rules here", async () => {
  const { server, rule, queue } = await eventServer();
  const orders = await queue("orders");
  await rule("orders", { source: ["shop"] }, { Arn: orders.arn });
  const parameters = { Entries: [{ Source: "shop", DetailType: "Placed", Detail: { id: 9 } }] };
  await server.start({
    StartAt: "Put",
    States: {
      Put: {
        Type: "Task",
        Resource: "arn:aws:states:::events:putEvents",
        Parameters: parameters,
        End: true,
      },
    },
  });
  expect(await orders.next()).toMatchObject({ source: "shop", detail: { id: 9 } });
});

test("a failure, a stop and a redrive are told of with their error, cause and count", async () => {
  const { server, rule, queue } = await eventServer();
  const changes = await queue("changes");
  await rule(
    "changes",
    { "detail-type": ["Step Functions Execution Status Change"] },
    { Arn: changes.arn },
  );
  const next = async () => (await changes.next())["detail"];
  const executionArn = await server.start({
    StartAt: "Fail",
    States: { Fail: { Type: "Fail", Error: "Broken", Cause: "It is" } },
  });
  const seen = [await next(), await next()] as JsonObject[];
  expect(seen.find(({ status }) => status === "RUNNING")).toMatchObject({
    stopDate: null,
    output: null,
    redriveCount: 0,
  });
  expect(seen.find(({ status }) => status === "FAILED")).toMatchObject({
    error: "Broken",
    cause: "It is",
    outputDetails: null,
    redriveStatus: "REDRIVABLE",
    redriveStatusReason: null,
  });
  await server.call("RedriveExecution", { executionArn });
  const again = [await next(), await next()] as JsonObject[];
  expect(again.map(({ redriveCount }) => redriveCount)).toEqual([1, 1]);
  expect(again.every(({ redriveDate }) => typeof redriveDate === "number")).toBe(true);
});

test("Scheduler is reached by its paths, and a schedule that is made starts at once", async () => {
  const { server, machine, queue, rule } = await eventServer();
  const stateMachineArn = await machine("Orders");
  const ends = await queue("ends");
  await rule(
    "ends",
    { source: ["aws.states"], detail: { status: ["RUNNING"] } },
    { Arn: ends.arn },
  );
  const send = async (method: string, path: string, body?: object) => {
    const scope = `test/20270101/${region}/scheduler/aws4_request`;
    const answer = await fetch(`${server.url}${path}`, {
      method,
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, ...((await answer.json()) as JsonObject) };
  };
  const made = await send("POST", "/schedules/tick", {
    ScheduleExpression: "rate(1 day)",
    FlexibleTimeWindow: { Mode: "OFF" },
    Target: { Arn: stateMachineArn, RoleArn: roleArn, Input: '{"from":"clock"}' },
  });
  expect(made).toEqual({
    status: 200,
    ScheduleArn: `arn:aws:scheduler:${region}:${accountId}:schedule/default/tick`,
  });
  expect(await ends.next()).toMatchObject({ detail: { input: '{"from":"clock"}' } });
  expect(await send("GET", "/schedules?MaxResults=1&ScheduleGroup=default")).toMatchObject({
    Schedules: [{ Name: "tick" }],
  });
  expect(await send("GET", "/schedules/none")).toMatchObject({
    status: 404,
    message: "Schedule none does not exist.",
  });
});

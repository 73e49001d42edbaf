import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import type { JsonObject } from "../../src/expression/json.ts";
import { ownServer } from "../api/own-server.ts";
import { passDefinition, region, roleArn } from "../api/start-server.ts";

async function counting() {
  const server = await ownServer({ telemetry: {} });
  const { stateMachineArn } = await server.call("CreateStateMachine", {
    name: "Order",
    definition: passDefinition,
    roleArn,
  });
  const call = async (operation: string, input: object): Promise<JsonObject> => {
    const answer = await fetch(server.url, {
      method: "POST",
      headers: {
        "Content-Type": "application/x-amz-json-1.0",
        "X-Amz-Target": `GraniteServiceVersion20100801.${operation}`,
        Authorization: `AWS4-HMAC-SHA256 Credential=test/20261129/${region}/monitoring/aws4_request, SignedHeaders=host, Signature=0`,
      },
      body: JSON.stringify(input),
    });
    return (await answer.json()) as JsonObject;
  };
  const form = async (members: { readonly [name: string]: string }): Promise<string> => {
    const body = new URLSearchParams({ Version: "2010-08-01", ...members });
    return (await fetch(server.url, { method: "POST", body })).text();
  };
  const run = (): Promise<unknown> => server.call("StartExecution", { stateMachineArn });
  return { ...server, stateMachineArn, call, form, run };
}

function lastHour() {
  const now = Date.now();
  return { StartTime: (now - 3_600_000) / 1_000, EndTime: (now + 60_000) / 1_000 };
}

function stat(Id: string, MetricName: string, dimensions: object, more: object = {}) {
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  const Metric = { Namespace: "AWS/States", MetricName, Dimensions };
  return { Id, MetricStat: { Metric, Period: 3_600, Stat: "Sum" }, ...more };
}

test("GetMetricData tells what has been started, for a machine, for all of them, and in an expression", async () => {
  const { call, run, stateMachineArn } = await counting();
  await run();
  await run();
  const answer = await call("GetMetricData", {
    ...lastHour(),
    MetricDataQueries: [
      stat("one", "ExecutionsStarted", { StateMachineArn: stateMachineArn }),
      stat("all", "ExecutionsStarted", {}, { ReturnData: false }),
      { Id: "share", Expression: "SUM([one]) / all * 100", Label: "%" },
    ],
  });
  const { MetricDataResults: results } = answer as unknown as {
    readonly MetricDataResults: readonly {
      readonly Id: string;
      readonly Values: readonly number[];
    }[];
  };
  const sums = results.map(({ Id, Values }) => [Id, Values.reduce((sum, each) => sum + each, 0)]);
  expect(sums[0]).toEqual(["one", 2]);
  expect(results[1]).toMatchObject({ Id: "share", Label: "%", StatusCode: "Complete" });
});

test("the query protocol is spoken too, and own metrics are taken", async () => {
  const { call, form } = await counting();
  const put = await form({
    Action: "PutMetricData",
    Namespace: "Shop",
    "MetricData.member.1.MetricName": "Orders",
    "MetricData.member.1.Value": "3.5",
    "MetricData.member.1.Dimensions.member.1.Name": "Country",
    "MetricData.member.1.Dimensions.member.1.Value": "KR",
  });
  expect(put).toContain("<PutMetricDataResponse");
  expect(await call("ListMetrics", { Namespace: "Shop" })).toEqual({
    Metrics: [
      { Namespace: "Shop", MetricName: "Orders", Dimensions: [{ Name: "Country", Value: "KR" }] },
    ],
  });
  const { StartTime, EndTime } = lastHour();
  const statistics = await form({
    Action: "GetMetricStatistics",
    Namespace: "Shop",
    MetricName: "Orders",
    "Dimensions.member.1.Name": "Country",
    "Dimensions.member.1.Value": "KR",
    StartTime: new Date(StartTime * 1_000).toISOString(),
    EndTime: new Date(EndTime * 1_000).toISOString(),
    Period: "60",
    "Statistics.member.1": "Sum",
  });
  expect(statistics).toContain("<Sum>3.5</Sum>");
});

test("what cannot be answered is refused with its reason", async () => {
  const { call } = await counting();
  const refused = async (query: object): Promise<unknown> => {
    const { message, Message } = await call("GetMetricData", {
      ...lastHour(),
      MetricDataQueries: [query],
    });
    return message ?? Message;
  };
  expect(await refused({ Id: "e", Expression: "ANOMALY_DETECTION_BAND(m)" })).toContain(
    "Error in expression",
  );
  expect(await refused({ ...stat("a", "ExecutionTime", {}), Id: "Upper" })).toContain("Upper");
  expect(await call("PutMetricData", { Namespace: "AWS/States", MetricData: [] })).toMatchObject({
    __type: expect.stringContaining("InvalidParameterValue") as string,
  });
});

test("an alarm tells a topic's queue or a webhook when somebody sets its state", async () => {
  const { call, form } = await counting();
  const received: string[] = [];
  const hook = createServer((request, response) => {
    request.on("data", (part: Buffer) => received.push(part.toString()));
    request.on("end", () => response.end());
  });
  await new Promise<void>((resolve) => hook.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void hook.close());
  const { port } = hook.address() as AddressInfo;
  const alarm = {
    AlarmName: "failing",
    AlarmDescription: "Orders fail",
    Namespace: "AWS/States",
    MetricName: "ExecutionsFailed",
    Statistic: "Sum",
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: "GreaterThanOrEqualToThreshold",
    TreatMissingData: "notBreaching",
    AlarmActions: [`http://127.0.0.1:${port}/`],
  };
  await call("PutMetricAlarm", alarm);
  expect(await call("DescribeAlarms", { AlarmNames: ["failing"] })).toMatchObject({
    MetricAlarms: [{ ...alarm, StateValue: "INSUFFICIENT_DATA", ActionsEnabled: true }],
  });
  const set = { AlarmName: "failing", StateValue: "ALARM", StateReason: "a try" };
  await call("SetAlarmState", set);
  await call("SetAlarmState", set);
  expect(received.map((body) => JSON.parse(body) as unknown)).toMatchObject([
    { AlarmName: "failing", OldStateValue: "INSUFFICIENT_DATA", NewStateReason: "a try" },
  ]);
  expect(await form({ Action: "DescribeAlarms", StateValue: "ALARM" })).toContain(
    "<AlarmName>failing</AlarmName>",
  );
  await call("DeleteAlarms", { AlarmNames: ["failing"] });
  expect(await call("DescribeAlarms", {})).toMatchObject({ MetricAlarms: [] });
});

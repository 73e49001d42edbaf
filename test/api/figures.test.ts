import { expect, test } from "vitest";
import type { Labels } from "../../src/ports/figures.ts";
import { createStepwell } from "../../src/server/stepwell-server.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import { accountId, passDefinition, region, roleArn } from "./start-server.ts";

const nothing = (): void => {};

test("what a server does is counted where exporters read it", async () => {
  const stepwell = await createStepwell({
    store: createMemoryStore(),
    logger: { debug: nothing, info: nothing, warn: nothing, error: nothing },
    region,
    accountId,
    cloudWatch: { to: async () => undefined, close: nothing },
    onFailure: nothing,
  });
  const { engine, service, figures } = stepwell;
  const valueOf = (name: string, labels: Labels = {}): number | undefined => {
    const figure = figures.read().find((each) => each.name === name);
    const sample = figure?.samples.find((each) =>
      Object.entries(labels).every(([label, value]) => each.labels[label] === value),
    );
    return sample === undefined || "value" in sample ? sample?.value : sample.count;
  };
  const definition = passDefinition;
  const created = await service.call("CreateStateMachine", { name: "M", definition, roleArn });
  const stateMachineArn = created["stateMachineArn"] as string;
  const name = "one";
  const { executionArn } = await service.call("StartExecution", { stateMachineArn, name });
  await service.call("DescribeExecution", { executionArn } as object, { waitSeconds: 5 });
  await expect(service.call("DescribeExecution", { executionArn: "no ARN" })).rejects.toThrow();

  const failing = JSON.stringify({
    StartAt: "T",
    States: {
      T: {
        Type: "Task",
        Resource: `arn:aws:lambda:${region}:${accountId}:function:none`,
        End: true,
      },
    },
  });
  const express = await service.call("CreateStateMachine", {
    name: "E",
    type: "EXPRESS",
    definition: failing,
    roleArn,
  });
  await service.call("StartSyncExecution", {
    stateMachineArn: express["stateMachineArn"] as string,
  });

  expect(valueOf("stepwell_calls_total", { operation: "CreateStateMachine", code: "OK" })).toBe(2);
  expect(valueOf("stepwell_calls_total", { operation: "DescribeExecution", code: "OK" })).toBe(1);
  const refused = { operation: "DescribeExecution", code: "InvalidArn" };
  expect(valueOf("stepwell_calls_total", refused)).toBe(1);
  expect(valueOf("stepwell_call_duration_seconds", { operation: "DescribeExecution" })).toBe(2);
  expect(valueOf("stepwell_executions_started_total", { type: "STANDARD" })).toBe(1);
  const succeeded = { type: "STANDARD", status: "SUCCEEDED" };
  expect(valueOf("stepwell_executions_ended_total", succeeded)).toBe(1);
  const failed = { type: "EXPRESS", status: "FAILED" };
  expect(valueOf("stepwell_executions_ended_total", failed)).toBe(1);
  expect(valueOf("stepwell_tasks_total", { service: "lambda", outcome: "failed" })).toBe(1);
  const history = await engine.history(executionArn as string, { limit: 100, reverse: false });
  expect(valueOf("stepwell_events_total")).toBe(history?.events.length);
  expect(valueOf("stepwell_commit_duration_seconds")).toBeGreaterThan(0);
  expect(valueOf("stepwell_executions_resident")).toBe(0);
  expect(valueOf("stepwell_partitions")).toBe(1);
  await stepwell.shutdown(0);
});

import { describe, expect, test } from "vitest";
import { integrationAction } from "../../asl/resources/optimized-integrations.ts";
import { parseResource } from "../../asl/resources/parse-resource.ts";
import { clientPackage } from "../aws/service-names.ts";
import { taskPermissions } from "../access/task-permissions.ts";
import { descriptions } from "./descriptions.ts";

const actions = descriptions.flatMap(({ service, actions: described }) =>
  Object.entries(described).map(([action, what]) => ({ service, action, what })),
);

describe.each(actions)("the description of $service:$action", ({ service, action, what }) => {
  const language = integrationAction(service, action);

  test("belongs to an action that a definition can name, with all its parameters", () => {
    expect(language?.parameters).toBeDefined();
  });

  test("says how a job goes on exactly if there is one", () => {
    const isJob = language?.patterns.some((pattern) => pattern.startsWith("sync")) === true;
    expect(what.job !== undefined).toBe(isJob);
  });

  test("asks for the permission of an action, on what a parameter names", () => {
    expect(what.permission.action).toMatch(/^[a-z-]+:[A-Z][A-Za-z]+$/);
    for (const path of what.permission.resource?.parameters ?? []) {
      const [parameter = ""] = path.split(/\[|\./);
      expect(Object.keys(language?.parameters ?? {})).toContain(parameter);
    }
  });

  test("takes its idempotency key by a parameter of the action", () => {
    if (what.job?.ends !== "by look" || what.job.idempotencyKey === undefined) return;
    expect(Object.keys(language?.parameters ?? {})).toContain(what.job.idempotencyKey);
  });
});

test("a service is described once, and called with a client that has a package of its name", () => {
  const services = descriptions.map(({ service }) => service);
  expect(new Set(services).size).toBe(services.length);
  const clients = descriptions.flatMap(({ calls }) =>
    calls === "this engine" ? [] : [clientPackage(calls.client)],
  );
  expect(clients).toEqual(
    ["athena", "dynamodb", "eventbridge", "sns", "sqs"].map((name) => `@aws-sdk/client-${name}`),
  );
});

test.each([
  ["arn:aws:lambda:us-east-1:123456789012:function:f", ["lambda:InvokeFunction"]],
  ["arn:aws:states:::lambda:invoke.waitForTaskToken", ["lambda:InvokeFunction"]],
  ["arn:aws:states:::sqs:sendMessage", ["sqs:SendMessage"]],
  ["arn:aws:states:::dynamodb:updateItem", ["dynamodb:UpdateItem"]],
  ["arn:aws:states:::states:startExecution.sync:2", ["states:StartExecution"]],
  ["arn:aws:states:::athena:startQueryExecution", ["athena:StartQueryExecution"]],
  [
    "arn:aws:states:::athena:startQueryExecution.sync",
    [
      "athena:StartQueryExecution",
      "athena:GetQueryExecution",
      "athena:BatchGetQueryExecution",
      "athena:StopQueryExecution",
    ],
  ],
  ["arn:aws:states:::aws-sdk:s3:putObject", ["s3:PutObject"]],
  ["arn:aws:states:::aws-sdk:sfn:describeExecution", ["states:DescribeExecution"]],
  ["arn:aws:states:::aws-sdk:lambda:invoke", ["lambda:InvokeFunction"]],
  ["arn:aws:states:::glue:startJobRun.sync", []],
])("%s asks for %j", (arn, wanted) => {
  const { resource } = parseResource(arn);
  if (resource === undefined || resource.kind === "activity") throw new Error(arn);
  expect(taskPermissions(resource).map(({ action }) => action)).toEqual(wanted);
});

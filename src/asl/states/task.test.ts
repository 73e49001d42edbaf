import { describe, expect, test } from "vitest";
import { diagnosticsOf, machineOf, parsedState, stateDiagnostics } from "../definition.fixture.ts";

const lambda = "arn:aws:lambda:us-east-1:123456789012:function:f";
const activity = "arn:aws:states:us-east-1:123456789012:activity:a";
const task = (fields: object) => ({ Type: "Task", Resource: lambda, End: true, ...fields });

describe("a Task state", () => {
  test("has a resource, limits, credentials, retriers and catchers", () => {
    const state = parsedState("Task", {
      Resource: lambda,
      Parameters: { "a.$": "$.b" },
      TimeoutSecondsPath: "$.t",
      HeartbeatSeconds: 5,
      Credentials: { "RoleArn.$": "$.role" },
      Retry: [{ ErrorEquals: ["A"] }],
      Catch: [{ ErrorEquals: ["States.ALL"], Next: "S" }],
      End: true,
    });
    expect(state).toMatchObject({
      Resource: { kind: "lambda", arn: lambda },
      TimeoutSeconds: { kind: "path", field: "TimeoutSecondsPath" },
      HeartbeatSeconds: { kind: "constant", value: 5 },
      Credentials: { kind: "payloadTemplate" },
    });
    expect(state.Retry).toHaveLength(1);
    expect(state.Catch).toHaveLength(1);
  });

  test("needs a resource that exists", () => {
    expect(stateDiagnostics({ Type: "Task", End: true })).toEqual([
      "These fields are required: [Resource] at /States/S",
    ]);
    expect(stateDiagnostics(task({ Resource: "createToken" }))).toEqual([
      "Value is not a valid resource ARN at /States/S/Resource",
    ]);
    expect(stateDiagnostics(task({ Resource: 1 }))).toEqual([
      "Expected value of type [STRING] at /States/S/Resource",
    ]);
    const query = "arn:aws:states:::dynamodb:query";
    expect(stateDiagnostics(task({ Resource: query }))).toEqual([
      `The resource provided ${query} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region. at /States/S/Resource`,
    ]);
  });

  test.each([
    [{ TimeoutSeconds: 0 }, "Minimum value is 1 at /States/S/TimeoutSeconds"],
    [{ TimeoutSeconds: 1e8 }, "Maximum value is 99999999 at /States/S/TimeoutSeconds"],
    [{ HeartbeatSeconds: "5" }, "Expected value of type Integer at /States/S/HeartbeatSeconds"],
    [
      { TimeoutSeconds: 5, HeartbeatSeconds: 5 },
      "The value of 'HeartbeatSeconds' must be smaller than the value of 'TimeoutSeconds' at /States/S/HeartbeatSeconds",
    ],
    [
      { TimeoutSeconds: 5, TimeoutSecondsPath: "$.t" },
      "There should only be one of the following fields: [TimeoutSeconds, TimeoutSecondsPath] at /States/S",
    ],
    [
      { HeartbeatSecondsPath: "$.a[*]" },
      expect.stringMatching(/^Value is not a Reference Path: .*HeartbeatSecondsPath$/),
    ],
  ])("reports %j", (fields, message) => {
    expect(stateDiagnostics(task(fields))).toEqual([message]);
  });

  test.each([[{}], [{ InvalidField: "x" }]])("refuses the credentials %j", (Credentials) => {
    expect(stateDiagnostics(task({ Credentials }))).toEqual([
      "The field 'RoleArn' is required but was missing at /States/S/Credentials",
    ]);
    const jsonata = task({ QueryLanguage: "JSONata", Credentials });
    expect(stateDiagnostics(jsonata)).toHaveLength(1);
  });

  test("takes credentials as an expression only in JSONata", () => {
    const Credentials = "{% $states.input.credentials %}";
    expect(stateDiagnostics(task({ QueryLanguage: "JSONata", Credentials }))).toEqual([]);
    expect(stateDiagnostics(task({ Credentials }))).toEqual([
      "Expected value of type [OBJECT] at /States/S/Credentials",
    ]);
  });

  test("takes no credentials for an activity", () => {
    const Credentials = { RoleArn: "arn:aws:iam::123456789012:role/r" };
    expect(stateDiagnostics(task({ Resource: activity, Credentials }))).toEqual([
      "The field 'Credentials' is not supported for activities at /States/S/Credentials",
    ]);
  });

  test("needs the parameters without which its integration cannot be called", () => {
    const invoke = "arn:aws:states:::lambda:invoke";
    expect(stateDiagnostics(task({ Resource: invoke }))).toEqual([
      `Parameters field is required for resource ARN: ${invoke} at /States/S`,
    ]);
    expect(stateDiagnostics(task({ Resource: invoke, QueryLanguage: "JSONata" }))).toEqual([
      `Arguments field is required for resource ARN: ${invoke} at /States/S`,
    ]);
    expect(stateDiagnostics(task({ Resource: invoke, Parameters: {} }))).toEqual([
      "The field 'FunctionName' is required but was missing at /States/S/Parameters",
    ]);
    const path = { Resource: invoke, Parameters: { "FunctionName.$": "$.f" } };
    expect(stateDiagnostics(task(path))).toEqual([]);
    const sdk = { Resource: "arn:aws:states:::aws-sdk:s3:listBuckets", Parameters: {} };
    expect(stateDiagnostics(task(sdk))).toEqual([]);
  });

  test("refuses a parameter that its integration does not have, where all are known", () => {
    const Resource = "arn:aws:states:::sqs:sendMessage";
    const Parameters = { "QueueUrl.$": "$.q", MessageBody: {}, "Body.$": "$.b", toString: 1 };
    expect(stateDiagnostics(task({ Resource, Parameters }))).toEqual([
      "The field 'Body' is not supported by Step Functions at /States/S/Parameters",
      "The field 'toString' is not supported by Step Functions at /States/S/Parameters",
    ]);
    const Arguments = { "QueueUrl.$": "{% $q %}", MessageBody: "{% $b %}" };
    expect(stateDiagnostics(task({ Resource, QueryLanguage: "JSONata", Arguments }))).toEqual([
      "The field 'QueueUrl.$' is not supported by Step Functions at /States/S/Arguments",
      "The field 'QueueUrl' is required but was missing at /States/S/Arguments",
    ]);
    const glue = "arn:aws:states:::aws-sdk:glue:startJobRun";
    const open = { Resource: glue, Parameters: { JobName: "j", Anything: 1 } };
    expect(stateDiagnostics(task(open))).toEqual([]);
  });
});

describe("in an Express machine a Task state", () => {
  const express = (Resource: string, Parameters = {}) =>
    diagnosticsOf(machineOf(task({ Resource, Parameters })), { type: "EXPRESS" });

  test("does not wait for a token, a job or an activity", () => {
    expect(express("arn:aws:states:::sns:publish.waitForTaskToken", { Message: "m" })).toEqual([
      "Express state machine does not support '.waitForTaskToken' service integration  at /States/S/Resource",
    ]);
    expect(express("arn:aws:states:::glue:startJobRun.sync", { JobName: "j" })).toEqual([
      "Express state machine does not support '.sync' service integration at /States/S/Resource",
    ]);
    expect(express(activity)).toEqual([
      "Express state machine does not support Activity ARN at /States/S/Resource",
    ]);
  });

  test("calls functions and services", () => {
    expect(express("arn:aws:states:::sns:publish", { Message: "m" })).toEqual([]);
    expect(express(lambda)).toEqual([]);
  });
});

import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/expression/json.ts";
import type { RolePrincipal } from "../../src/ports/caller.ts";
import type { StepFunctionsPort } from "../../src/ports/step-functions.ts";
import { harness, serviceResource } from "./task-handler-harness.ts";

type Call = { operation: string; input: JsonObject; parent?: unknown };

/** The service's API, scripted: records calls and gives one answer, or throws it. */
function api(answer: JsonObject | Error): {
  calls: Call[];
  principals: RolePrincipal[];
  call: StepFunctionsPort["call"];
} {
  const calls: Call[] = [];
  const principals: RolePrincipal[] = [];
  return {
    calls,
    principals,
    call: (operation, input, { principal, ...options }) => {
      principals.push(principal);
      calls.push({ operation, input, ...options });
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
  };
}

const executionArn = "arn:aws:states:eu-west-1:123456789012:execution:child:one";
const started = { executionArn, startDate: 1_700_000_000.123 };
const serviceError = (code: string, message: string): Error =>
  Object.assign(new Error(message), { code, statusCode: 400 });

describe("states:startExecution", () => {
  const parameters = { StateMachineArn: "arn:child", Input: { a: 1 }, Name: "one" };

  test("starts the execution; the result has the members and headers of the recordings", async () => {
    const { calls, call } = api(started);
    const { run } = harness({ stepFunctions: call });
    const outcome = await run(serviceResource("states", "startExecution"), parameters);
    expect(calls).toEqual([
      {
        operation: "StartExecution",
        input: { stateMachineArn: "arn:child", name: "one", input: '{"a":1}' },
      },
    ]);
    const result = (outcome.type === "succeeded" ? outcome.output.value : {}) as JsonObject;
    const id = (result["SdkResponseMetadata"] as JsonObject)["RequestId"] as string;
    const length = String(JSON.stringify(started).length);
    expect(result).toEqual({
      ExecutionArn: executionArn,
      SdkHttpMetadata: {
        AllHttpHeaders: {
          "x-amzn-RequestId": [id],
          connection: ["keep-alive"],
          "Content-Length": [length],
          Date: ["Fri, 02 Jan 2026 03:04:05 GMT"],
          "Content-Type": ["application/x-amz-json-1.0"],
        },
        HttpHeaders: {
          connection: "keep-alive",
          "Content-Length": length,
          "Content-Type": "application/x-amz-json-1.0",
          Date: "Fri, 02 Jan 2026 03:04:05 GMT",
          "x-amzn-RequestId": id,
        },
        HttpStatusCode: 200,
      },
      SdkResponseMetadata: { RequestId: id },
      StartDate: 1_700_000_000_123,
    });
  });

  test.each([
    ["null", null, undefined],
    ["a value", [1, "a"], '[1,"a"]'],
    ["a text, as it stands", '"text"', '"text"'],
  ])("an Input that is %s", async (_, input, text) => {
    const { calls, call } = api(started);
    const { run } = harness({ stepFunctions: call });
    await run(serviceResource("states", "startExecution"), {
      StateMachineArn: "arn:child",
      Input: input,
    });
    expect(calls[0]?.input["input"]).toBe(text);
  });

  test.each(["sync", "sync:2"] as const)(
    "%s: the child knows its parent, and its start is recorded",
    async (pattern) => {
      const { calls, call } = api(started);
      const { run, submitted } = harness({ stepFunctions: call });
      const outcome = await run(serviceResource("states", "startExecution", pattern), parameters);
      expect(outcome).toEqual({ type: "pending" });
      expect(calls[0]?.parent).toEqual({
        executionArn: "arn:aws:states:eu-west-1:123456789012:execution:machine:one",
        taskId: 3,
        pattern,
      });
      expect(submitted).toMatchObject([
        { ExecutionArn: executionArn, StartDate: 1_700_000_000_123 },
      ]);
    },
  );

  test("a token: the answer of the call, and no parent", async () => {
    const { calls, call } = api(started);
    const { run, submitted } = harness({ stepFunctions: call });
    const resource = serviceResource("states", "startExecution", "waitForTaskToken");
    expect(await run(resource, parameters)).toMatchObject({ type: "succeeded" });
    expect(calls[0]).not.toHaveProperty("parent");
    expect(submitted).toEqual([]);
  });

  test("an error of the API, as recorded", async () => {
    const { call } = api(
      serviceError("StateMachineDoesNotExist", "State Machine Does Not Exist: 'arn:child'"),
    );
    const { run } = harness({ stepFunctions: call });
    expect(await run(serviceResource("states", "startExecution"), parameters)).toEqual({
      type: "failed",
      error: "StepFunctions.StateMachineDoesNotExistException",
      cause: expect.stringMatching(
        /^State Machine Does Not Exist: 'arn:child' \(Service: AWSStepFunctions; Status Code: 400; Error Code: StateMachineDoesNotExist; Request ID: [0-9a-f-]{36}; Proxy: null\)$/,
      ) as string,
    });
  });

  test("an error that its model does not list has the name of the SDK's base class", async () => {
    const { call } = api(serviceError("SerializationException", "Expected list or null"));
    const { run } = harness({ stepFunctions: call });
    expect(await run(serviceResource("states", "startExecution"), parameters)).toMatchObject({
      error: "StepFunctions.AWSStepFunctionsException",
      cause: expect.stringContaining("Error Code: SerializationException;") as string,
    });
    const ofSdk = serviceResource("aws-sdk:sfn", "startExecution");
    expect(await run(ofSdk, parameters)).toMatchObject({ error: "Sfn.SfnException" });
  });

  test("a null is not sent: what it is to mean is the API's to say", async () => {
    const { calls, call } = api(started);
    const { run } = harness({ stepFunctions: call });
    const nulls = { StateMachineArn: "arn:child", Name: null, TraceHeader: null };
    await run(serviceResource("states", "startExecution"), nulls);
    await run(serviceResource("states", "startExecution"), { StateMachineArn: null });
    expect(calls.map(({ input }) => input)).toEqual([{ stateMachineArn: "arn:child" }, {}]);
  });

  test("parameters that can never work", async () => {
    const { run } = harness();
    expect(await run(serviceResource("states", "startExecution"), { Input: {} })).toEqual({
      type: "rejected",
      cause: `The Parameters '{"Input":{}}' could not be used to start the Task: [The field 'StateMachineArn' is required but was missing]`,
    });
    expect(
      await run(serviceResource("states", "startExecution"), { ...parameters, Nme: "x" }),
    ).toMatchObject({ type: "rejected" });
  });

  test("a mistake of our own is not taken for an answer of the API", async () => {
    const { call } = api(new TypeError("ours"));
    const { run } = harness({ stepFunctions: call });
    await expect(run(serviceResource("states", "startExecution"), parameters)).rejects.toThrow(
      "ours",
    );
  });
});

describe("aws-sdk:sfn", () => {
  test("renames parameters and results, and writes times as ISO 8601", async () => {
    const { calls, call } = api({
      ...started,
      stopDate: 1_700_000_001,
      input: '{"lowerCase":1}',
      inputDetails: { included: true },
      executions: [{ name: "x", startDate: 1 }],
    });
    const { run } = harness({ stepFunctions: call });
    const outcome = await run(serviceResource("aws-sdk:sfn", "describeExecution"), {
      ExecutionArn: executionArn,
    });
    expect(calls).toEqual([{ operation: "DescribeExecution", input: { executionArn } }]);
    expect(outcome.type === "succeeded" && outcome.output.text).toBe(
      JSON.stringify({
        ExecutionArn: executionArn,
        Executions: [{ Name: "x", StartDate: "1970-01-01T00:00:01.000Z" }],
        Input: '{"lowerCase":1}',
        InputDetails: { Included: true },
        StartDate: "2023-11-14T22:13:20.123Z",
        StopDate: "2023-11-14T22:13:21.000Z",
      }),
    );
  });

  test("a value where the API takes JSON text is written as text", async () => {
    const { calls, call } = api(started);
    const { run } = harness({ stepFunctions: call });
    await run(serviceResource("aws-sdk:sfn", "startExecution"), {
      StateMachineArn: "arn:child",
      Input: { Key: "value" },
    });
    await run(serviceResource("aws-sdk:sfn", "sendTaskSuccess"), {
      TaskToken: "t",
      Output: "ParameterOutput",
    });
    expect(calls.map(({ input }) => input)).toEqual([
      { stateMachineArn: "arn:child", input: '{"Key":"value"}' },
      { taskToken: "t", output: "ParameterOutput" },
    ]);
  });

  test("an error of the API, as recorded", async () => {
    const { call } = api(serviceError("InvalidToken", "Invalid Token: 'Invalid token'"));
    const { run } = harness({ stepFunctions: call });
    expect(
      await run(serviceResource("aws-sdk:sfn", "sendTaskSuccess"), {
        TaskToken: "t",
        Output: "{}",
      }),
    ).toEqual({
      type: "failed",
      error: "Sfn.InvalidTokenException",
      cause: expect.stringMatching(
        /^Invalid Token: 'Invalid token' \(Service: Sfn, Status Code: 400, Request ID: [0-9a-f-]{36}\) \(SDK Attempt Count: 1\)$/,
      ) as string,
    });
  });

  test("a member named __proto__ is data", async () => {
    const { calls, call } = api({});
    const { run } = harness({ stepFunctions: call });
    await run(serviceResource("aws-sdk:sfn", "listActivities"), null, {
      text: '{"__proto__":{"A":1}}',
    });
    expect(JSON.stringify(calls[0]?.input)).toBe('{"__proto__":{"a":1}}');
  });
});

describe("who calls", () => {
  const roleArn = "arn:aws:iam::123456789012:role/role";
  const own = "arn:aws:states:eu-west-1:123456789012:execution:machine:one";

  test.each([
    ["states:startExecution", serviceResource("states", "startExecution")],
    ["aws-sdk:sfn:startExecution", serviceResource("aws-sdk:sfn", "startExecution")],
  ])("%s is called in the role of the task's state machine", async (_, resource) => {
    const { principals, call } = api(started);
    await harness({ stepFunctions: call }).run(resource, { StateMachineArn: "arn:child" });
    expect(principals).toEqual([{ type: "role", roleArn, executionArn: own }]);
  });

  test("a task with Credentials calls in the role that they name", async () => {
    const { principals, call } = api(started);
    const other = "arn:aws:iam::210987654321:role/other";
    await harness({ stepFunctions: call }).run(
      serviceResource("states", "startExecution"),
      { StateMachineArn: "arn:child" },
      { credentialsRoleArn: other },
    );
    expect(principals).toEqual([
      {
        type: "role",
        roleArn: other,
        assumedBy: "arn:aws:iam::123456789012:role/role",
        executionArn: own,
      },
    ]);
  });
});

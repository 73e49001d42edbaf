import { describe, expect, test } from "vitest";
import { stateTestOf } from "./state-test-of.ts";
import {
  canMock,
  firstSetup,
  isCalledBack,
  mistakesIn,
  mustMock,
  testRequest,
} from "./test-request.ts";
import { stagesOf, variablesStage } from "./test-stages.ts";

const lambda = { type: "Task", resource: "arn:aws:states:::lambda:invoke" };
const waiting = { type: "Task", resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken" };
const job = { type: "Task", resource: "arn:aws:states:::batch:submitJob.sync" };
const activity = { type: "Task", resource: "arn:aws:states:us-east-1:000000000000:activity:pick" };
const choice = { type: "Choice", resource: undefined };
const parallel = { type: "Parallel", resource: undefined };
const role = "arn:aws:iam::000000000000:role/r";

describe("what a state is tested with", () => {
  test("at first calls nothing: a call is answered", () => {
    expect(firstSetup(lambda, role).mock).toBe("result");
    expect(firstSetup(waiting, role).mock).toBe("callback");
    expect(firstSetup(choice, role).mock).toBe("none");
    expect(firstSetup(parallel, role)).toMatchObject({ mock: "result", result: "[]" });
    expect(firstSetup(lambda, role, { input: { a: 1 }, result: 2 })).toMatchObject({
      input: '{\n  "a": 1\n}',
      result: "2",
    });
  });

  test("has to be answered where the call waits for something from outside, or there are branches", () => {
    expect([lambda, waiting, job, activity, choice, parallel].map(mustMock)).toEqual([
      false,
      true,
      true,
      true,
      false,
      true,
    ]);
    expect([lambda, waiting, job, activity].map(isCalledBack)).toEqual([false, true, false, true]);
    expect(canMock(choice)).toBe(false);
  });

  test("goes to TestState as AWS takes it: context and retries with a mock only, secrets never revealed", () => {
    const setup = { ...firstSetup(lambda, role), context: "{}", retries: 2 };
    expect(testRequest(lambda, { ...setup, mock: "none" })).toEqual({
      input: "{}",
      variables: "{}",
      inspectionLevel: "TRACE",
      revealSecrets: false,
      roleArn: role,
    });
    expect(testRequest(lambda, { ...setup, mock: "error", error: "E", cause: "c" })).toMatchObject({
      mock: { errorOutput: { error: "E", cause: "c" } },
      context: "{}",
      stateConfiguration: { retrierRetryCount: 2 },
    });
    expect(testRequest(waiting, { ...setup, mock: "callback", result: "7" })).toMatchObject({
      mock: { result: "7", fieldValidationMode: "PRESENT" },
    });
    expect(testRequest(choice, setup)).not.toHaveProperty("mock");
  });

  test("names the texts that are no JSON, and only those that are sent", () => {
    const setup = { ...firstSetup(lambda, role), input: "{", result: "x", context: "y" };
    expect(mistakesIn(setup)).toEqual(["input", "context", "result"]);
    expect(mistakesIn({ ...setup, mock: "none" })).toEqual(["input"]);
    expect(mistakesIn({ ...setup, mock: "error", context: "" })).toEqual(["input"]);
  });
});

describe("what a test came to", () => {
  const result = {
    status: "SUCCEEDED",
    output: '{"b":2}',
    nextState: "Pack",
    inspectionData: {
      variables: '{"x":1}',
      afterArguments: '{"a":1}',
      result: '{"b":2}',
      input: "{}",
      afterInputPath: "{}",
    },
  } as const;

  test("is a ladder in the order of the language, each stage beside the one before it", () => {
    const stages = stagesOf(result);
    expect(stages.map(({ name, before }) => [name, before])).toEqual([
      ["input", undefined],
      ["afterInputPath", "{}"],
      ["afterArguments", "{}"],
      ["result", '{"a":1}'],
      ["output", '{"b":2}'],
    ]);
    expect(variablesStage(result, "{}")).toMatchObject({ value: '{"x":1}', before: "{}" });
    expect(variablesStage({ status: "SUCCEEDED" }, "{}")).toBeUndefined();
  });

  test("makes the mock of a test case: what was answered, or what the call returned", () => {
    const setup = { ...firstSetup(lambda, role), result: "[1]" };
    expect(stateTestOf("Charge", { setup, result }, true)).toEqual({
      stateName: "Charge",
      isMockable: true,
      input: {},
      taskOutcome: { Return: [1] },
      status: "SUCCEEDED",
      nextState: "Pack",
    });
    const called = { ...setup, mock: "none" } as const;
    expect(stateTestOf("Charge", { setup: called, result }, true).taskOutcome).toEqual({
      Return: { b: 2 },
    });
    const failed = { status: "FAILED", error: "E", cause: "c" } as const;
    expect(stateTestOf("Charge", { setup: called, result: failed }, true).taskOutcome).toEqual({
      Throw: { Error: "E", Cause: "c" },
    });
  });
});

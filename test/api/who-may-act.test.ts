import { afterAll, beforeEach, expect, test } from "vitest";
import type { JsonObject } from "../../src/expression/json.ts";
import { createStepwell } from "../../src/server/stepwell-server.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import { recordingAuthorizer } from "./recording-authorizer.ts";
import { accountId, passDefinition, region, roleArn } from "./start-server.ts";

const authorizer = recordingAuthorizer();
const nothing = (): void => {};
const stepwell = await createStepwell({
  store: createMemoryStore(),
  logger: { debug: nothing, info: nothing, warn: nothing, error: nothing },
  region,
  accountId,
  authorizer,
  cloudWatch: { to: async () => undefined, close: nothing },
  onFailure: nothing,
});
const { service } = stepwell;

beforeEach(() => {
  authorizer.calls.length = 0;
  authorizer.acts.length = 0;
  authorizer.decide = () => ({ allowed: true });
});
afterAll(() => stepwell.shutdown(1000));

const child = `arn:aws:states:${region}:${accountId}:stateMachine:child`;
const startChild = {
  Type: "Task",
  Resource: "arn:aws:states:::states:startExecution.sync:2",
  Parameters: { StateMachineArn: child, Name: "first" },
  End: true,
};
const callFunction = {
  Type: "Task",
  Resource: `arn:aws:lambda:${region}:${accountId}:function:pack`,
  End: true,
};

async function run(name: string, state: object): Promise<JsonObject> {
  const definition = JSON.stringify({ StartAt: "Call", States: { Call: state } });
  const { stateMachineArn } = await service.call("CreateStateMachine", {
    name,
    definition,
    roleArn,
  });
  const start = { stateMachineArn: stateMachineArn as string, name: "one" };
  const { executionArn } = await service.call("StartExecution", start);
  return service.call("DescribeExecution", { executionArn } as JsonObject, { waitSeconds: 10 });
}

test("a child that a task must not start is refused to the task, and asked for once, in its role", async () => {
  await service.call("CreateStateMachine", { name: "child", definition: passDefinition, roleArn });
  authorizer.decide = ({ caller }) => ({ allowed: caller.principal.type !== "role" });
  const ended = await run("parent", startChild);
  const asked = authorizer.calls.filter(({ caller }) => caller.principal.type === "role");
  const executionArn = `arn:aws:states:${region}:${accountId}:execution:parent:one`;
  expect(asked).toEqual([
    {
      caller: {
        partition: "aws",
        region,
        accountId,
        principal: { type: "role", roleArn, executionArn },
      },
      action: "states:StartExecution",
      resource: child,
    },
  ]);
  // Beside whether the machines may have their roles.
  expect(authorizer.acts.filter(({ action }) => action !== "sts:AssumeRole")).toEqual([]);
  expect(ended).toMatchObject({
    status: "FAILED",
    error: "StepFunctions.AWSStepFunctionsException",
    cause: expect.stringMatching(
      /^User: arn:aws:sts::123456789012:assumed-role\/test\/one is not authorized to perform: states:StartExecution on resource: .*:stateMachine:child because no identity-based policy allows the states:StartExecution action \(Service: AWSStepFunctions; Status Code: 400; Error Code: AccessDeniedException; Request ID: [0-9a-f-]{36}; Proxy: null\)$/,
    ),
  });
  const children = await service.call("ListExecutions", { stateMachineArn: child });
  expect(children["executions"]).toEqual([]);
});

test("an execution whose task is refused fails with what the task fails with, and can catch it", async () => {
  authorizer.decide = ({ action }) => ({ allowed: !action.startsWith("lambda:") });
  expect(await run("failing", callFunction)).toMatchObject({
    status: "FAILED",
    error: "Lambda.AWSLambdaException",
  });
  const Catch = [{ ErrorEquals: ["Lambda.AWSLambdaException"], Next: "Caught" }];
  const { End: _, ...task } = callFunction;
  const definition = {
    StartAt: "Call",
    States: { Call: { ...task, Next: "Caught", Catch }, Caught: { Type: "Succeed" } },
  };
  const created = await service.call("CreateStateMachine", {
    name: "catching",
    definition: JSON.stringify(definition),
    roleArn,
  });
  const { executionArn } = await service.call("StartExecution", {
    stateMachineArn: created["stateMachineArn"],
  });
  const described = { executionArn } as JsonObject;
  expect(await service.call("DescribeExecution", described, { waitSeconds: 10 })).toMatchObject({
    status: "SUCCEEDED",
  });
});

test("TestState calls in the role that it is given", async () => {
  authorizer.decide = ({ action }) => ({ allowed: !action.startsWith("lambda:") });
  const tested = await service.call("TestState", {
    definition: JSON.stringify(callFunction),
    roleArn,
  });
  expect(tested).toMatchObject({ status: "FAILED", error: "Lambda.AWSLambdaException" });
  expect(authorizer.acts).toMatchObject([
    { action: "lambda:InvokeFunction", caller: { principal: { type: "role", roleArn } } },
  ]);
});

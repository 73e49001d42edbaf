import { SFNClient, DescribeExecutionCommand, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { expect, onTestFinished, test } from "vitest";
import {
  startStepwell,
  TaskFailed,
  type TestOptions,
  type TestStepwell,
} from "../../src/embedding/testing.ts";

async function started(options: TestOptions = {}): Promise<TestStepwell> {
  const stepwell = await startStepwell(options);
  onTestFinished(() => stepwell.close());
  return stepwell;
}

const machine = (states: object): string =>
  JSON.stringify({ StartAt: Object.keys(states)[0], States: states });

const order = machine({
  Charge: {
    Type: "Task",
    Resource: "arn:aws:states:::sqs:sendMessage",
    Parameters: { QueueUrl: "https://queue", "MessageBody.$": "$.total" },
    Retry: [{ ErrorEquals: ["Busy"], IntervalSeconds: 3600, MaxAttempts: 2 }],
    Next: "Wait",
  },
  Wait: { Type: "Wait", Seconds: 25_000_000, End: true },
});

const approval = (more: object = {}): string =>
  machine({
    Ask: {
      Type: "Task",
      Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
      Parameters: { QueueUrl: "https://queue", MessageBody: { "Token.$": "$$.Task.Token" } },
      End: true,
      ...more,
    },
  });

test("a mock is asked for each attempt, and retries and nine months of waiting take no time", async () => {
  const { run, mocks } = await started({
    machines: { order },
    mocks: {
      order: {
        Charge: (_, { attempt }) => {
          if (attempt < 2) throw new TaskFailed("Busy");
          return { paymentId: "p-1" };
        },
      },
    },
  });
  const [first, second] = await Promise.all([
    run("order", { total: "1" }),
    run("order", { total: "2" }),
  ]);
  expect(first).toMatchObject({ status: "SUCCEEDED", output: { paymentId: "p-1" } });
  expect(second).toMatchObject({ status: "SUCCEEDED", output: { paymentId: "p-1" } });
  expect(mocks.calls("order", "Charge")).toHaveLength(6);
});

test("a client of the AWS SDK works with the options", async () => {
  const { clientOptions, mocks } = await started({ machines: { order } });
  mocks.set("order", "Charge", { paymentId: "p-2" });
  const client = new SFNClient(clientOptions);
  onTestFinished(() => client.destroy());
  const { executionArn } = await client.send(
    new StartExecutionCommand({
      stateMachineArn: "arn:aws:states:us-east-1:000000000000:stateMachine:order",
      input: '{"total":"3"}',
    }),
  );
  await expect
    .poll(() => client.send(new DescribeExecutionCommand({ executionArn })))
    .toMatchObject({ status: "SUCCEEDED", output: '{"paymentId":"p-2"}' });
});

test("a state without a mock calls nothing, and the failure says what to do; so does one whose mock was forgotten", async () => {
  const { run, mocks } = await started({
    machines: { order },
    mocks: { order: { Charge: 1 } },
  });
  mocks.reset();
  expect(await run("order", { total: "1" })).toMatchObject({
    status: "FAILED",
    error: "States.Runtime",
    cause: expect.stringContaining("mock the state"),
  });
  expect(mocks.calls("order", "Charge")).toEqual([]);
});

test("executions that tasks start are run, with the mocks of their own machine", async () => {
  const { run } = await started({
    machines: {
      order,
      parent: machine({
        Start: {
          Type: "Task",
          Resource: "arn:aws:states:::states:startExecution.sync:2",
          Parameters: {
            StateMachineArn: "arn:aws:states:us-east-1:000000000000:stateMachine:order",
            "Input.$": "$",
          },
          OutputPath: "$.Output",
          End: true,
        },
      }),
    },
    mocks: { order: { Charge: { paymentId: "p-3" } } },
  });
  expect(await run("parent", { total: "1" })).toMatchObject({ output: { paymentId: "p-3" } });
});

test("a mock is what a task with a token comes to; one that answers nothing leaves it to the test", async () => {
  const tokens: string[] = [];
  const { run, call, mocks } = await started({
    machines: { approval: approval() },
    mocks: { approval: { Ask: { approved: true } } },
  });
  expect(await run("approval")).toMatchObject({ output: { approved: true } });

  mocks.set("approval", "Ask", (_, { taskToken }) => void tokens.push(taskToken));
  const running = run("approval");
  await expect.poll(() => tokens).toHaveLength(1);
  await call("SendTaskFailure", { taskToken: tokens[0] ?? "", error: "Refused" });
  expect(await running).toMatchObject({ status: "FAILED", error: "Refused" });
});

test("what waits for the test does not time out by itself, but when the test lets time pass", async () => {
  const { run, skipTime, mocks } = await started({
    machines: { approval: approval({ TimeoutSeconds: 600 }) },
    mocks: { approval: { Ask: () => undefined } },
  });
  let ended = false;
  const running = run("approval").finally(() => (ended = true));
  await expect.poll(() => mocks.calls("approval", "Ask")).toHaveLength(1);
  await skipTime(599);
  expect(ended).toBe(false);
  await skipTime(2);
  expect(await running).toMatchObject({ status: "FAILED", error: "States.Timeout" });
});

test("an activity's task waits for its worker, however long", async () => {
  const { run, call, deploy } = await started();
  const activityArn = (await call("CreateActivity", { name: "pick" }))["activityArn"] as string;
  const task = { Type: "Task", Resource: activityArn, TimeoutSeconds: 60, End: true };
  await deploy("picking", machine({ Pick: task }));
  const running = run("picking", { sku: 1 });
  const { taskToken, input } = await call("GetActivityTask", { activityArn });
  expect(input).toBe('{"sku":1}');
  await call("SendTaskSuccess", { taskToken: taskToken as string, output: "2" });
  expect(await running).toMatchObject({ status: "SUCCEEDED", output: 2 });
});

test("a definition that is wrong is said at the start", async () => {
  await expect(startStepwell({ machines: { bad: "{}" } })).rejects.toMatchObject({
    code: "InvalidDefinition",
  });
});

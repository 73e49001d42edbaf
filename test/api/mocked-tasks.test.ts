import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  PublishStateMachineVersionCommand,
  StartExecutionCommand,
  StartSyncExecutionCommand,
} from "@aws-sdk/client-sfn";
import { describe, expect, onTestFinished, test } from "vitest";
import type { JsonValue } from "../../src/expression/json.ts";
import { Payload } from "../../src/expression/payload.ts";
import { readMockConfiguration } from "../../src/integrations/mocks/mock-configuration.ts";
import { createTaskMocks } from "../../src/integrations/mocks/task-mocks.ts";
import type { TaskMocks } from "../../src/ports/task-mocks.ts";
import type { TaskHandlers } from "../../src/runtime/tasks/dispatcher.ts";
import { accountId, region, roleArn, startServer, type TestServer } from "./start-server.ts";

function mocksOf(testCases: JsonValue, MockedResponses: JsonValue): TaskMocks {
  const read = readMockConfiguration({
    StateMachines: { M: { TestCases: testCases } },
    MockedResponses,
  });
  if ("problems" in read) throw new Error(JSON.stringify(read.problems));
  return createTaskMocks(read.configuration);
}

/** Every real call, by its state; each answers with the state's name. */
function realCalls(): { readonly called: string[]; readonly handlers: TaskHandlers } {
  const called: string[] = [];
  const handler = {
    handles: () => true,
    run: async ({ stateName }: { readonly stateName: string }) => {
      called.push(stateName);
      return { type: "succeeded", output: Payload.ofValue(`real ${stateName}`) } as const;
    },
  };
  return { called, handlers: { find: () => handler } };
}

async function serverWith(mocks: TaskMocks | undefined, handlers = realCalls().handlers) {
  const server = await startServer({ handlers, ...(mocks === undefined ? {} : { mocks }) });
  onTestFinished(async () => {
    expect(server.mistakes).toEqual([]);
    await server.close();
  });
  return server;
}

async function deploy(
  { client }: TestServer,
  definition: object,
  type: "STANDARD" | "EXPRESS" = "STANDARD",
): Promise<string> {
  const { stateMachineArn = "" } = await client.send(
    new CreateStateMachineCommand({
      name: "M",
      definition: JSON.stringify(definition),
      roleArn,
      type,
    }),
  );
  return stateMachineArn;
}

/** How the execution ended, and the types of its events. */
async function run({ client }: TestServer, stateMachineArn: string, input: JsonValue = {}) {
  const { executionArn } = await client.send(
    new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }),
  );
  await expect
    .poll(async () => {
      const { status } = await client.send(new DescribeExecutionCommand({ executionArn }));
      return status;
    })
    .not.toBe("RUNNING");
  const { status, output, error, cause } = await client.send(
    new DescribeExecutionCommand({ executionArn }),
  );
  const { events = [] } = await client.send(
    new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }),
  );
  return {
    executionArn,
    status,
    output: output === undefined ? undefined : (JSON.parse(output) as JsonValue),
    error,
    cause,
    types: events.map(({ type }) => type),
    events,
  };
}

function task(Resource: string, more: object = {}): object {
  return { StartAt: "T", States: { T: { Type: "Task", Resource, End: true, ...more } } };
}

const batchJob = { JobName: "j", JobDefinition: "d", JobQueue: "q" };
const returns = (value: JsonValue) => ({ "0": { Return: value } });

describe("every kind of task is answered, and no call is made", () => {
  const end = ["TaskStateExited", "ExecutionSucceeded"];
  const submitted = ["TaskScheduled", "TaskStarted", "TaskSubmitted", "TaskSucceeded"];
  test.each<[string, string, object, string[]]>([
    [
      "a function",
      `arn:aws:lambda:${region}:${accountId}:function:f`,
      {},
      ["LambdaFunctionScheduled", "LambdaFunctionStarted", "LambdaFunctionSucceeded"],
    ],
    [
      "lambda:invoke",
      "arn:aws:states:::lambda:invoke",
      { Parameters: { FunctionName: "f" } },
      ["TaskScheduled", "TaskStarted", "TaskSucceeded"],
    ],
    [
      "an SDK integration",
      "arn:aws:states:::aws-sdk:ec2:describeInstances",
      { Parameters: {} },
      ["TaskScheduled", "TaskStarted", "TaskSucceeded"],
    ],
    [
      "a job that is waited for",
      "arn:aws:states:::batch:submitJob.sync",
      { Parameters: batchJob },
      submitted,
    ],
    [
      "a nested execution",
      "arn:aws:states:::states:startExecution.sync:2",
      { Parameters: { StateMachineArn: "arn:aws:states:us-east-1:123456789012:stateMachine:X" } },
      submitted,
    ],
    [
      "a task that waits for its token",
      "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
      { Parameters: { QueueUrl: "q", MessageBody: { "token.$": "$$.Task.Token" } } },
      submitted,
    ],
    [
      "an activity that does not exist",
      `arn:aws:states:${region}:${accountId}:activity:nobody`,
      {},
      ["ActivityScheduled", "ActivityStarted", "ActivitySucceeded"],
    ],
  ])("%s", async (_, resource, more, types) => {
    const { called, handlers } = realCalls();
    const mocks = mocksOf({ Case: { T: "Fine" } }, { Fine: returns({ ok: [1, null] }) });
    const server = await serverWith(mocks, handlers);
    const arn = await deploy(server, task(resource, more));
    const result = await run(server, `${arn}#Case`);
    expect(result.cause).toBeUndefined();
    expect(result.output).toEqual({ ok: [1, null] });
    expect(result.types).toEqual(["ExecutionStarted", "TaskStateEntered", ...types, ...end]);
    expect(called).toEqual([]);
  });

  test.each([
    "arn:aws:states:::batch:submitJob.sync",
    `arn:aws:states:${region}:${accountId}:activity:nobody`,
    `arn:aws:lambda:${region}:${accountId}:function:f`,
  ])("%s throws what is mocked, and it can be caught", async (resource) => {
    const thrown = { "0": { Throw: { Error: "My.Error", Cause: "because" } } };
    const server = await serverWith(mocksOf({ Case: { T: "Bad" } }, { Bad: thrown }));
    const definition = {
      StartAt: "T",
      States: {
        T: {
          Type: "Task",
          Resource: resource,
          ...(resource.includes("batch") ? { Parameters: batchJob } : {}),
          Catch: [{ ErrorEquals: ["My.Error"], Next: "Caught" }],
          End: true,
        },
        Caught: { Type: "Pass", End: true },
      },
    };
    const result = await run(server, `${await deploy(server, definition)}#Case`);
    expect(result.output).toEqual({ Error: "My.Error", Cause: "because" });
  });
});

describe("the attempts at a state are counted through the execution", () => {
  const numbered = {
    Seq: {
      "0": { Throw: { Error: "Boom", Cause: "attempt 0" } },
      "1": { Return: "one" },
      "2": { Return: "two" },
      "3": { Return: "three" },
    },
  };
  const call = { Type: "Task", Resource: "arn:aws:states:::aws-sdk:sqs:listQueues" };
  const retry = [{ ErrorEquals: ["Boom"], IntervalSeconds: 1, MaxDelaySeconds: 2 }];

  test("retries and Map iterations go on counting", async () => {
    const mocks = mocksOf({ Case: { Call: "Seq" } }, numbered);
    const server = await startServer({ mocks, waitTimeScale: 0 });
    onTestFinished(() => server.close());
    const definition = {
      StartAt: "Each",
      States: {
        Each: {
          Type: "Map",
          MaxConcurrency: 1,
          ItemProcessor: {
            StartAt: "Call",
            States: { Call: { ...call, Parameters: {}, Retry: retry, End: true } },
          },
          End: true,
        },
      },
    };
    const result = await run(server, `${await deploy(server, definition)}#Case`, [1, 2]);
    expect(result.output).toEqual(["one", "two"]);
  });

  test("so does a loop, until no entry is left", async () => {
    const steps = { "0": { Return: 0 }, "1-2": { Return: 1 } };
    const server = await serverWith(mocksOf({ Case: { Call: "Steps" } }, { Steps: steps }));
    const definition = {
      StartAt: "Call",
      States: {
        Call: { ...call, Parameters: {}, Next: "Again" },
        Again: {
          Type: "Choice",
          Choices: [{ Variable: "$", NumericLessThan: 5, Next: "Call" }],
          Default: "Done",
        },
        Done: { Type: "Succeed" },
      },
    };
    const result = await run(server, `${await deploy(server, definition)}#Case`);
    expect(result).toMatchObject({ status: "FAILED", error: "States.Runtime" });
    expect(result.cause).toContain(
      "The mocked response 'Steps' has no entry for attempt 3 at the state 'Call': its last one is 2.",
    );
    expect(result.types.filter((type) => type === "TaskSucceeded")).toHaveLength(3);
  });
});

test("a state that the case does not name makes its real call", async () => {
  const { called, handlers } = realCalls();
  const server = await serverWith(
    mocksOf({ Half: { A: "Fine" } }, { Fine: returns("mocked") }),
    handlers,
  );
  const state = { Type: "Task", Resource: `arn:aws:lambda:${region}:${accountId}:function:f` };
  const arn = await deploy(server, {
    StartAt: "A",
    States: {
      A: { ...state, ResultPath: "$.a", Next: "B" },
      B: { ...state, ResultPath: "$.b", End: true },
    },
  });
  expect((await run(server, `${arn}#Half`)).output).toEqual({ a: "mocked", b: "real B" });
  expect(called).toEqual(["B"]);
  expect((await run(server, arn)).output).toEqual({ a: "real A", b: "real B" });
});

test("the children of a distributed Map run as the same test case, each with counts of its own", async () => {
  const server = await serverWith(mocksOf({ Case: { Call: "Fine" } }, { Fine: returns("mocked") }));
  const arn = await deploy(server, {
    StartAt: "Each",
    States: {
      Each: {
        Type: "Map",
        ItemProcessor: {
          ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
          StartAt: "Call",
          States: {
            Call: {
              Type: "Task",
              Resource: "arn:aws:states:::aws-sdk:sqs:listQueues",
              Parameters: {},
              End: true,
            },
          },
        },
        End: true,
      },
    },
  });
  expect((await run(server, `${arn}#Case`, [1, 2, 3])).output).toEqual([
    "mocked",
    "mocked",
    "mocked",
  ]);
});

test("a version is started as a test case, too, and its execution remembers the version", async () => {
  const server = await serverWith(mocksOf({ Case: { T: "Fine" } }, { Fine: returns("mocked") }));
  const arn = await deploy(server, task(`arn:aws:lambda:${region}:${accountId}:function:f`));
  await server.client.send(new PublishStateMachineVersionCommand({ stateMachineArn: arn }));
  const { output, executionArn } = await run(server, `${arn}:1#Case`);
  expect(output).toBe("mocked");
  expect(await server.client.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({
    stateMachineArn: arn,
    stateMachineVersionArn: `${arn}:1`,
  });
});

test("a synchronous Express execution is started as a test case, too", async () => {
  const server = await serverWith(mocksOf({ Case: { T: "Fine" } }, { Fine: returns("mocked") }));
  const arn = await deploy(
    server,
    task(`arn:aws:lambda:${region}:${accountId}:function:f`),
    "EXPRESS",
  );
  const result = await server.client.send(
    new StartSyncExecutionCommand({ stateMachineArn: `${arn}#Case`, input: "{}" }),
  );
  expect(result).toMatchObject({ status: "SUCCEEDED", output: '"mocked"' });
});

describe("a start is refused", () => {
  const definition = task(`arn:aws:lambda:${region}:${accountId}:function:f`);

  test("as for a machine that does not exist where there is no mock configuration, as AWS does", async () => {
    const server = await serverWith(undefined);
    const arn = await deploy(server, definition);
    await expect(run(server, `${arn}#Case`)).rejects.toMatchObject({
      name: "StateMachineDoesNotExist",
    });
  });

  test("with the cases that there are where the case is unknown", async () => {
    const server = await serverWith(mocksOf({ One: {}, Two: {} }, {}));
    const arn = await deploy(server, definition);
    await expect(run(server, `${arn}#Three`)).rejects.toMatchObject({
      name: "ValidationException",
      message:
        "The mock configuration has no test case 'Three' of the state machine 'M'. It has: One, Two.",
    });
    await expect(run(server, `${arn}x#One`)).rejects.toMatchObject({
      name: "StateMachineDoesNotExist",
    });
  });

  test("as a taken name where the same start was for another case", async () => {
    const server = await serverWith(mocksOf({ One: {}, Two: {} }, {}));
    const arn = await deploy(server, {
      StartAt: "W",
      States: { W: { Type: "Wait", Seconds: 3600, End: true } },
    });
    const start = (testCase: string) =>
      server.client.send(
        new StartExecutionCommand({ stateMachineArn: `${arn}${testCase}`, name: "n", input: "{}" }),
      );
    const first = await start("#One");
    expect((await start("#One")).executionArn).toBe(first.executionArn);
    for (const other of ["#Two", ""]) {
      await expect(start(other)).rejects.toMatchObject({ name: "ExecutionAlreadyExists" });
    }
  });
});

import { TestStateCommand, type TestStateInput } from "@aws-sdk/client-sfn";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { Payload } from "../../src/expression/payload.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { TaskControl, TaskOutcome, TaskRequest } from "../../src/ports/task-handler.ts";
import { roleArn, startServer, type TestServer, unrecognizedToken } from "./start-server.ts";

/** What the one integration answers; each test sets it. */
let answer: (request: TaskRequest, control: TaskControl) => Promise<TaskOutcome>;
const handlers = {
  find: () => ({
    handles: () => true,
    run: (request: TaskRequest, control: TaskControl) => answer(request, control),
  }),
};

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ handlers });
});
afterAll(() => server.close());
afterEach(() => {
  expect(server.mistakes).toEqual([]);
});

type Request = Omit<TestStateInput, "definition"> & { readonly definition: object | string };

async function run({ definition, ...rest }: Request, on = server) {
  const text = typeof definition === "string" ? definition : JSON.stringify(definition);
  const command = new TestStateCommand({ definition: text, ...rest });
  const { $metadata: _, ...result } = await on.client.send(command);
  return result;
}

async function succeeding(output: unknown): Promise<TaskOutcome> {
  return { type: "succeeded", output: Payload.ofText(JSON.stringify(output)) };
}

const invoke = {
  Type: "Task",
  Resource: "arn:aws:states:::lambda:invoke",
  Parameters: { FunctionName: "f", "Payload.$": "$" },
  End: true,
};

describe("without a mock", () => {
  test("a Pass state shows each step of its data flow at DEBUG", async () => {
    const definition = {
      Type: "Pass",
      InputPath: "$.in",
      Parameters: { "seen.$": "$.x" },
      ResultPath: "$.out",
      OutputPath: "$.out",
      Next: "Elsewhere",
    };
    const input = '{"in":{"x":1}}';
    expect(await run({ definition, input, inspectionLevel: "DEBUG" })).toEqual({
      status: "SUCCEEDED",
      output: '{"seen":1}',
      nextState: "Elsewhere",
      inspectionData: {
        input,
        afterInputPath: '{"x":1}',
        afterParameters: '{"seen":1}',
        afterResultSelector: '{"seen":1}',
        afterResultPath: '{"in":{"x":1},"out":{"seen":1}}',
      },
    });
  });

  test("INFO is the default and shows nothing of it; the default input is an empty object", async () => {
    const result = await run({ definition: { Type: "Pass", End: true } });
    expect(result).toEqual({ status: "SUCCEEDED", output: "{}" });
  });

  test("a state that goes on to itself runs once", async () => {
    const States = {
      Loop: {
        Type: "Choice",
        Choices: [{ Variable: "$.x", IsPresent: true, Next: "Loop" }],
        Default: "Done",
      },
      Done: { Type: "Succeed" },
    };
    const definition = { StartAt: "Loop", States };
    const result = await run({ definition, stateName: "Loop", input: '{"x":1}' });
    expect(result).toMatchObject({ status: "SUCCEEDED", nextState: "Loop" });
  });

  test("a Wait state does not wait", async () => {
    const Timestamp = "2060-01-01T00:00:00Z";
    const definition = { Type: "Wait", Timestamp, Next: "Later" };
    const result = await run({ definition, input: '{"a":1}' });
    expect(result).toEqual({ status: "SUCCEEDED", output: '{"a":1}', nextState: "Later" });
  });

  test("a failure's cause speaks of no execution", async () => {
    const definition = { Type: "Pass", Parameters: { "a.$": "$.none" }, End: true };
    const { status, cause } = await run({ definition });
    expect(status).toBe("FAILED");
    expect(cause).toMatch(/^The JSONPath '\$\.none'/);
  });

  test("variables are seen by the state, and shown with those that it assigns", async () => {
    const definition = {
      Type: "Pass",
      QueryLanguage: "JSONata",
      Output: "{% $old %}",
      Assign: { new: "{% $old + 1 %}" },
      End: true,
    };
    const result = await run({ definition, variables: '{"old":1}', inspectionLevel: "TRACE" });
    expect(result.output).toBe("1");
    expect(JSON.parse(result.inspectionData!.variables!)).toEqual({ old: 1, new: 2 });
  });

  test("the context object is that of an Express execution of its own", async () => {
    const definition = { Type: "Pass", Parameters: { "context.$": "$$" }, End: true };
    const { output } = await run({ definition, input: '{"a":1}', roleArn });
    const { context } = JSON.parse(output!) as { context: Record<string, Record<string, string>> };
    const { Execution, StateMachine, State } = context;
    expect(Object.keys(context)).toEqual(["Execution", "StateMachine", "State"]);
    expect(Execution).toMatchObject({ Input: { a: 1 }, RoleArn: roleArn });
    expect(Execution).not.toHaveProperty("RedriveCount");
    expect(Execution!["Id"]).toMatch(
      new RegExp(`:express:${StateMachine!["Name"]}:${Execution!["Name"]}$`),
    );
    expect(State!["Name"]).toBe("StateName");
  });

  test("a Task really calls its integration, with the role and the computed parameters", async () => {
    let seen: TaskRequest | undefined;
    answer = (request) => {
      seen = request;
      return succeeding({ Payload: "ok", StatusCode: 200 });
    };
    const definition = { ...invoke, ResultSelector: { "got.$": "$.Payload" } };
    const result = await run({ definition, roleArn, input: '{"n":1}', inspectionLevel: "DEBUG" });
    expect(result).toMatchObject({ status: "SUCCEEDED", output: '{"got":"ok"}' });
    expect(result.inspectionData).toMatchObject({
      result: '{"Payload":"ok","StatusCode":200}',
      afterResultSelector: '{"got":"ok"}',
    });
    expect(seen!.parameters.value).toEqual({ FunctionName: "f", Payload: { n: 1 } });
    expect(seen).toMatchObject({ roleArn, stateName: "StateName" });
  });

  test("a Task that fails may be retried, caught, or neither", async () => {
    answer = async () => ({ type: "failed", error: "Boom", cause: "why" });
    const failure = { error: "Boom", cause: "why" };
    expect(await run({ definition: invoke, roleArn })).toEqual({ status: "FAILED", ...failure });
    const Retry = [{ ErrorEquals: ["Other"] }, { ErrorEquals: ["States.ALL"], IntervalSeconds: 7 }];
    const retried = await run({
      definition: { ...invoke, Retry },
      roleArn,
      inspectionLevel: "DEBUG",
    });
    expect(retried).toMatchObject({ status: "RETRIABLE", ...failure });
    expect(retried.inspectionData!.errorDetails).toEqual({
      retryIndex: 1,
      retryBackoffIntervalSeconds: 7,
    });
    const Catch = [{ ErrorEquals: ["Boom"], ResultPath: "$.e", Next: "Mend" }];
    expect(await run({ definition: { ...invoke, Catch }, roleArn, input: '{"a":1}' })).toEqual({
      status: "CAUGHT_ERROR",
      ...failure,
      nextState: "Mend",
      output: '{"a":1,"e":{"Error":"Boom","Cause":"why"}}',
    });
  });

  test("TRACE shows what an HTTP task sent and got, and asks for secrets only where they are to be revealed", async () => {
    const revealed: (boolean | undefined)[] = [];
    const exchange = {
      request: { protocol: "https", method: "GET", url: "https://a.test/", headers: "[]" },
      response: {
        protocol: "https",
        statusCode: "200",
        statusMessage: "OK",
        headers: "[]",
        body: "1",
      },
    };
    answer = async (_request, { trace }) => {
      revealed.push(trace?.revealSecrets);
      trace?.exchanged(exchange);
      return succeeding(1);
    };
    const definition = {
      Type: "Task",
      Resource: "arn:aws:states:::http:invoke",
      Parameters: {
        ApiEndpoint: "https://a.test/",
        Method: "GET",
        Authentication: { ConnectionArn: "arn:aws:events:eu-west-1:1:connection/c/1" },
      },
      End: true,
    };
    const trace = await run({ definition, roleArn, inspectionLevel: "TRACE" });
    expect(trace.inspectionData).toMatchObject(exchange);
    const debug = await run({ definition, roleArn, inspectionLevel: "DEBUG", revealSecrets: true });
    expect(debug.inspectionData).not.toHaveProperty("request");
    expect(revealed).toEqual([false, true]);
  });
});

describe("a call that does not end", () => {
  /** Stands still; what was scheduled is due when the test says so. */
  const timers: { readonly at: number; readonly wake: () => void }[] = [];
  const clock: Clock = {
    now: () => 1_000_000,
    schedule: (at, wake) => {
      timers.push({ at, wake });
      return () => {};
    },
  };
  let still: TestServer;
  beforeAll(async () => {
    still = await startServer({ handlers, clock });
  });
  afterAll(() => still.close());

  async function hang(
    definition: object,
  ): Promise<{ readonly result: object; readonly afterMs: number }> {
    const called = Promise.withResolvers<AbortSignal>();
    answer = (_request, { signal }) => {
      called.resolve(signal);
      return new Promise(() => {});
    };
    const running = run({ definition, roleArn }, still);
    const signal = await called.promise;
    const { at, wake } = timers.at(-1)!;
    wake();
    expect(signal.aborted).toBe(true);
    return { result: await running, afterMs: at - clock.now() };
  }

  test("fails with States.Timeout after five minutes, whatever the state would catch", async () => {
    const Catch = [{ ErrorEquals: ["States.ALL"], Next: "Mend" }];
    const { result, afterMs } = await hang({ ...invoke, Catch });
    expect(result).toEqual({ status: "FAILED", error: "States.Timeout" });
    expect(afterMs).toBe(300_000);
  });

  test("is timed out by the state's own TimeoutSeconds, which it may catch", async () => {
    const Catch = [{ ErrorEquals: ["States.Timeout"], Next: "Mend" }];
    const { result, afterMs } = await hang({ ...invoke, TimeoutSeconds: 9, Catch });
    expect(result).toMatchObject({ status: "CAUGHT_ERROR", nextState: "Mend" });
    expect(afterMs).toBe(9000);
  });
});

describe("what the service refuses", () => {
  const pass = { Type: "Pass", End: true };
  const map = {
    Type: "Map",
    ItemProcessor: { StartAt: "A", States: { A: pass } },
    End: true,
  };
  const result = { result: "{}" };
  const cases: readonly [string, Request, string, string | RegExp][] = [
    [
      "a Task without a role",
      { definition: invoke },
      "ValidationException",
      "RoleArn must be specified when testing a Task state",
    ],
    [
      "a Map without a mock",
      { definition: map },
      "InvalidDefinition",
      /^TestState API does not support Map or Parallel states\./,
    ],
    [
      "a callback without a mock",
      { definition: { ...invoke, Resource: `${invoke.Resource}.waitForTaskToken` }, roleArn },
      "InvalidDefinition",
      /waitForTaskToken/,
    ],
    [
      "a mock for a state that needs none",
      { definition: pass, mock: result },
      "ValidationException",
      "State type 'Pass' is not supported when a mock is specified",
    ],
    [
      "a mock that says nothing",
      { definition: invoke, mock: {} },
      "ValidationException",
      /only one of the following fields/,
    ],
    [
      "a retry count without a mock",
      { definition: pass, stateConfiguration: { retrierRetryCount: 1 } },
      "ValidationException",
      "TestState does not support RetrierRetryCount when a mock is not specified.",
    ],
    [
      "a context object without a mock",
      { definition: pass, context: "{}" },
      "ValidationException",
      "TestState does not support Context when a mock is not specified.",
    ],
    [
      "a culprit that is not inside",
      {
        definition: map,
        mock: { errorOutput: { error: "E" } },
        stateConfiguration: { errorCausedByState: "B" },
      },
      "ValidationException",
      /'B'/,
    ],
    [
      "more failures than iterations",
      {
        definition: map,
        input: "[1]",
        mock: { result: "[1]" },
        stateConfiguration: { mapIterationFailureCount: 2 },
      },
      "ValidationException",
      "Map iteration failure count must be less than or equal to the number of Map iterations",
    ],
    [
      "another number of results than branches",
      {
        definition: {
          Type: "Parallel",
          Branches: [{ StartAt: "A", States: { A: pass } }],
          End: true,
        },
        mock: { result: "[1,2]" },
      },
      "ValidationException",
      "Mocked result must contain the same number of items as number of Parallel branches.",
    ],
    [
      "variables that are no object",
      { definition: pass, variables: "[1]" },
      "ValidationException",
      "Variables must be a JSON object",
    ],
    [
      "input that is no JSON",
      { definition: pass, input: "not json" },
      "InvalidExecutionInput",
      `Invalid State Machine Execution Input: '${unrecognizedToken}'`,
    ],
    [
      "a state that is not there",
      { definition: { StartAt: "A", States: { A: pass } }, stateName: "B" },
      "ValidationException",
      "State not found in definition",
    ],
    [
      "a role that is none",
      { definition: pass, roleArn: "arn:aws:s3:::bucket" },
      "InvalidArn",
      /./,
    ],
  ];
  test.each(cases)("%s", async (_name, request, name, message) => {
    await expect(run(request)).rejects.toMatchObject({
      name,
      message: typeof message === "string" ? message : expect.stringMatching(message),
    });
  });
});

import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/expression/json.ts";
import { Payload } from "../../src/expression/payload.ts";
import type { StateMachineType } from "../../src/ports/store.ts";
import { RefusedMachine } from "../../src/simulate/run-in-memory.ts";
import { simulationBounds } from "../../src/simulate/simulation/bounds.ts";
import { WrongMocks } from "../../src/simulate/simulation/read-mocks.ts";
import {
  type Simulated,
  simulate,
  type SimulationSettings,
} from "../../src/simulate/simulation/simulate.ts";
import { nothingOutside, simulationHost } from "./simulation-host.ts";

const startTime = Date.UTC(2026, 0, 1);
const call = "arn:aws:lambda:us-east-1:123456789012:function:f";
const task = (more: object = {}) => ({ Type: "Task", Resource: call, End: true, ...more });

function run(
  definition: object,
  more: Partial<SimulationSettings> & {
    readonly mocks?: JsonObject;
    readonly type?: StateMachineType;
  } = {},
  outside = nothingOutside,
): Promise<Simulated> {
  const { mocks = {}, type = "STANDARD", ...settings } = more;
  return simulate(
    {
      machine: { name: "Orders", definition: JSON.stringify(definition), type, mocks },
      children: [],
      input: "{}",
      unmocked: "answer",
      seed: 1,
      startTime,
      ...settings,
    },
    simulationHost(outside),
  );
}

const one = (state: object) => ({ StartAt: "S", States: { S: state } });
const output = ({ finished }: Simulated) =>
  finished?.last.type === "ExecutionSucceeded" ? finished.last.payload?.value : finished?.last;
const failure = ({ finished }: Simulated) =>
  finished?.last.type === "ExecutionFailed" ? finished.last.details : finished?.last;
const types = ({ events }: Simulated) => events.map(({ type }) => type);

describe("tasks", () => {
  test("are answered by their mocks, attempt by attempt, and it is told which", async () => {
    const retried = task({ Retry: [{ ErrorEquals: ["Busy"], IntervalSeconds: 60 }] });
    const mocks = { S: { "0-1": { Throw: { Error: "Busy" } }, "2": { Return: { paid: true } } } };
    const result = await run(one(retried), { mocks });
    expect(output(result)).toEqual({ paid: true });
    expect(result.used.map(({ attempt, outcome }) => [attempt, outcome])).toEqual([
      [0, "throw"],
      [1, "throw"],
      [2, "return"],
    ]);
    // 60 s and 120 s.
    expect(result.skippedMs).toBe(180_000);
    expect(result.assumed).toEqual([]);
  });

  test("without a mock are answered with what is likely, and it is told", async () => {
    const definition = {
      StartAt: "A",
      States: {
        A: task({ End: undefined, Next: "B" }),
        B: task({
          Resource: "arn:aws:states:::lambda:invoke",
          Parameters: { FunctionName: "f" },
          ResultSelector: { "got.$": "$.Payload" },
        }),
      },
    };
    const result = await run(definition);
    expect(output(result)).toEqual({ got: {} });
    expect(result.assumed).toEqual([
      { stateMachineName: "Orders", stateName: "A", answer: {} },
      {
        stateMachineName: "Orders",
        stateName: "B",
        answer: { ExecutedVersion: "$LATEST", Payload: {}, StatusCode: 200 },
      },
    ]);
  });

  test("without a mock fail if that is asked for", async () => {
    expect(failure(await run(one(task()), { unmocked: "fail" }))).toEqual({
      error: "States.Runtime",
      cause: expect.stringContaining("The state 'S' has no mock, and nothing is called"),
    });
  });

  test("are called only if that is asked for", async () => {
    const asked: string[] = [];
    const outside: typeof nothingOutside = {
      find: ({ arn }) => ({
        handles: () => true,
        async run({ parameters }) {
          asked.push(`${arn} ${parameters.text}`);
          return { type: "succeeded", output: Payload.ofText('"real"') };
        },
      }),
    };
    const result = await run(one(task()), { unmocked: "call", input: '{"a":1}' }, outside);
    expect(output(result)).toBe("real");
    expect(asked).toEqual([`${call} {"a":1}`]);
  });

  test("of activities and those that wait for a token or a job need nobody", async () => {
    const definition = {
      StartAt: "Activity",
      States: {
        Activity: task({
          Resource: "arn:aws:states:us-east-1:123456789012:activity:pack",
          End: undefined,
          Next: "Ask",
        }),
        Ask: task({
          Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
          Parameters: { QueueUrl: "q", MessageBody: { "t.$": "$$.Task.Token" } },
          End: undefined,
          Next: "Job",
        }),
        Job: task({
          Resource: "arn:aws:states:::batch:submitJob.sync",
          Parameters: { JobName: "j", JobDefinition: "d", JobQueue: "q" },
        }),
      },
    };
    const result = await run(definition, { mocks: { Ask: { "0": { Return: { yes: true } } } } });
    expect(result.finished?.status).toBe("SUCCEEDED");
    expect(types(result)).toContain("TaskSubmitted");
    expect(result.assumed.map(({ stateName }) => stateName)).toEqual(["Activity", "Job"]);
  });

  test("that start an execution run the machine that was given, with its mocks", async () => {
    const parent = one(
      task({
        Resource: "arn:aws:states:::states:startExecution.sync:2",
        Parameters: {
          StateMachineArn: "arn:aws:states:us-east-1:999999999999:stateMachine:Child",
          "Input.$": "$",
        },
        OutputPath: "$.Output",
      }),
    );
    const child = {
      name: "Child",
      definition: JSON.stringify(one(task())),
      type: "STANDARD" as const,
      mocks: { S: { "0": { Return: "of the child" } } },
    };
    const seen: string[] = [];
    const result = await run(parent, {
      children: [child],
      unmocked: "fail",
      seen: (_record, events, isMain) => {
        if (!isMain) seen.push(...events.map(({ type }) => type));
      },
    });
    expect(output(result)).toBe("of the child");
    expect(seen).toContain("ExecutionSucceeded");
    expect((await run(parent)).assumed).toHaveLength(1);
  });
});

describe("a distributed Map", () => {
  const map = one({
    Type: "Map",
    ItemReader: {
      Resource: "arn:aws:states:::s3:getObject",
      ReaderConfig: { InputType: "JSON" },
      Parameters: { Bucket: "b", Key: "k" },
    },
    ItemProcessor: {
      ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "EXPRESS" },
      StartAt: "Each",
      States: { Each: task() },
    },
    ToleratedFailurePercentage: 100,
    End: true,
  });

  test("reads the items of its mock, and runs its children", async () => {
    const children: string[] = [];
    const result = await run(map, {
      mocks: {
        S: { "0": { Return: [1, 2, 3] } },
        Each: { "0": { Return: "done" } },
      },
      seen: (record, _, isMain) => {
        if (!isMain) children.push(record.executionArn);
      },
    });
    expect(output(result)).toEqual(["done", "done", "done"]);
    expect(new Set(children).size).toBe(3);
    expect(result.used[0]).toMatchObject({ stateName: "S", attempt: 0 });
  });

  test("without a mock has one item, or fails", async () => {
    expect(output(await run(map))).toEqual([{}]);
    expect(failure(await run(map, { unmocked: "fail" }))).toMatchObject({
      error: "States.ItemReaderFailed",
      cause: expect.stringContaining("The ItemReader of 'S' has no mock"),
    });
  });

  test("writes its results nowhere", async () => {
    const { S } = map.States;
    const writing = one({
      ...S,
      ResultWriter: {
        Resource: "arn:aws:states:::s3:putObject",
        Parameters: { Bucket: "results", Prefix: "p" },
      },
    });
    expect(output(await run(writing))).toMatchObject({
      ResultWriterDetails: { Bucket: "results" },
    });
  });
});

describe("time", () => {
  test("of a year passes at once, and the times of the events are those of the wait", async () => {
    const seconds = 365 * 86_400;
    const begun = performance.now();
    const result = await run(one({ Type: "Wait", Seconds: seconds, End: true }));
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect(result.events[0]?.at).toBe(startTime);
    expect(result.events.at(-1)?.at).toBe(startTime + seconds * 1_000);
    expect(result.skippedMs).toBe(seconds * 1_000);
  });

  test("and chance follow from the seed", async () => {
    const definition = one({
      Type: "Pass",
      Parameters: { "id.$": "States.UUID()", "n.$": "States.MathRandom(0, 1000000)" },
      End: true,
    });
    const [first, again, other] = [
      await run(definition),
      await run(definition),
      await run(definition, { seed: 2 }),
    ];
    expect(again.events).toEqual(first.events);
    expect(output(other)).not.toEqual(output(first));
  });
});

describe("what goes too far is stopped, and what has happened is told", () => {
  const loop = {
    StartAt: "A",
    States: {
      A: { Type: "Pass", Next: "B" },
      B: { Type: "Choice", Choices: [{ Variable: "$", IsNull: true, Next: "C" }], Default: "A" },
      C: { Type: "Succeed" },
    },
  };

  test("an endless loop has as many events as an execution may have", async () => {
    const result = await run(loop);
    expect(result.finished?.status).toBe("FAILED");
    expect(result.events).toHaveLength(25_000);
  });

  test("one of an Express workflow is stopped by the number of its events", async () => {
    const result = await run(loop, {
      type: "EXPRESS",
      bounds: simulationBounds({ realMs: 10_000, events: 2_000, bytes: 1e9 }),
    });
    expect(result.stopped).toBe("events");
    expect(result.finished).toBeUndefined();
    expect(types(result).slice(0, 2)).toEqual(["ExecutionStarted", "PassStateEntered"]);
  });

  test("data and real time have bounds", async () => {
    const input = JSON.stringify("x".repeat(10_000));
    const bounds = { realMs: 10_000, events: 1e9, bytes: 1_000_000 };
    expect((await run(loop, { input, bounds: simulationBounds(bounds) })).stopped).toBe("data");
    const never: typeof nothingOutside = {
      find: () => ({ handles: () => true, run: () => new Promise(() => {}) }),
    };
    const soon = simulationBounds({ realMs: 200, events: 1e9, bytes: 1e9 });
    const result = await run(one(task()), { unmocked: "call", bounds: soon }, never);
    expect(result.stopped).toBe("time");
    expect(types(result)).toContain("LambdaFunctionScheduled");
  });

  test("whoever has asked may give up", async () => {
    const controller = new AbortController();
    const waiting = run(loop, { signal: controller.signal });
    controller.abort(new Error("gone"));
    await expect(waiting).rejects.toThrow("gone");
  });
});

describe("what cannot be run is refused", () => {
  test("a wrong definition as CreateStateMachine refuses it", async () => {
    const refused = await run({ StartAt: "No" }, { mocks: { S: {} } }).catch((error) => error);
    expect(refused).toBeInstanceOf(RefusedMachine);
    expect(refused).toMatchObject({ cause: { code: "InvalidDefinition" } });
  });

  test("mocks of states that are not there, and responses that no mock file could have", async () => {
    const wrong = await run(one(task()), {
      mocks: { S: { "1": { Return: 1 } }, T: { "0": { Return: 1 } } },
    }).catch((error) => error);
    expect(wrong).toBeInstanceOf(WrongMocks);
    expect(wrong).toMatchObject({
      problems: [
        { path: ["Orders", "T"], message: expect.stringContaining("is no Task state") },
        { path: ["Orders", "S", "1"], message: expect.stringContaining("leaves a gap") },
      ],
    });
  });
});

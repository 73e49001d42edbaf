import { TestStateCommand, type TestStateInput } from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startServer, type TestServer } from "./start-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

async function run({
  definition,
  ...rest
}: Omit<TestStateInput, "definition"> & { readonly definition: object }) {
  const text = JSON.stringify(definition);
  const command = new TestStateCommand({ definition: text, inspectionLevel: "DEBUG", ...rest });
  const { $metadata: _, ...result } = await server.client.send(command);
  return result;
}

const pass = { Type: "Pass", End: true };
const processor = { StartAt: "Inner", States: { Inner: pass } };
const distributed = {
  ...processor,
  ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
};

describe("tasks", () => {
  test.each([
    ["an activity", "arn:aws:states:eu-west-1:123456789012:activity:a", {}],
    ["a function", "arn:aws:lambda:eu-west-1:123456789012:function:f", {}],
    [
      "a callback",
      "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
      { QueueUrl: "q", MessageBody: "b" },
    ],
    ["a job", "arn:aws:states:::ecs:runTask.sync", { TaskDefinition: "t" }],
  ])("%s takes its result from the mock, without a role", async (_name, Resource, Parameters) => {
    const definition = { Type: "Task", Resource, ResultPath: "$.r", Parameters, Next: "On" };
    const result = await run({ definition, input: '{"a":1}', mock: { result: '{"r":1}' } });
    expect(result).toMatchObject({
      status: "SUCCEEDED",
      output: '{"a":1,"r":{"r":1}}',
      nextState: "On",
    });
  });

  test("a callback sees a token, that of the context object if there is one", async () => {
    const definition = {
      Type: "Task",
      Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
      Parameters: { QueueUrl: "q", "MessageBody.$": "$$.Task.Token" },
      End: true,
    };
    const mock = { result: "1" };
    const own = await run({ definition, mock });
    expect(JSON.parse(own.inspectionData!.afterParameters!)).toMatchObject({
      MessageBody: expect.stringMatching(/./),
    });
    const given = await run({ definition, mock, context: '{"Task":{"Token":"T"}}' });
    expect(JSON.parse(given.inspectionData!.afterParameters!)).toMatchObject({ MessageBody: "T" });
  });

  test("a mocked error is judged with as many retries as are said to have been", async () => {
    const definition = {
      Type: "Task",
      Resource: "arn:aws:lambda:eu-west-1:123456789012:function:f",
      Retry: [
        {
          ErrorEquals: ["E"],
          IntervalSeconds: 2,
          BackoffRate: 3,
          MaxAttempts: 3,
          MaxDelaySeconds: 10,
          JitterStrategy: "FULL",
        },
      ],
      Catch: [
        { ErrorEquals: ["Other"], Next: "X" },
        { ErrorEquals: ["States.ALL"], Next: "Mend" },
      ],
      End: true,
    };
    const after = async (retrierRetryCount: number) =>
      run({
        definition,
        mock: { errorOutput: { error: "E" } },
        stateConfiguration: { retrierRetryCount },
      });
    const details = (result: Awaited<ReturnType<typeof run>>) => [
      result.status,
      result.inspectionData!.errorDetails,
    ];
    expect(details(await after(0))).toEqual([
      "RETRIABLE",
      { retryIndex: 0, retryBackoffIntervalSeconds: 2 },
    ]);
    expect(details(await after(1))).toEqual([
      "RETRIABLE",
      { retryIndex: 0, retryBackoffIntervalSeconds: 6 },
    ]);
    expect(details(await after(2))).toEqual([
      "RETRIABLE",
      { retryIndex: 0, retryBackoffIntervalSeconds: 10 },
    ]);
    expect(details(await after(3))).toEqual(["CAUGHT_ERROR", { retryIndex: 0, catchIndex: 1 }]);
  });

  test("States.Runtime is neither retried nor caught", async () => {
    const definition = {
      Type: "Task",
      Resource: "arn:aws:lambda:eu-west-1:123456789012:function:f",
      Retry: [{ ErrorEquals: ["States.ALL"] }],
      Catch: [{ ErrorEquals: ["States.ALL"], Next: "Mend" }],
      End: true,
    };
    const errorOutput = { error: "States.Runtime", cause: "why" };
    const result = await run({ definition, mock: { errorOutput }, inspectionLevel: "INFO" });
    expect(result).toEqual({ status: "FAILED", error: "States.Runtime", cause: "why" });
  });
});

describe("Map", () => {
  test("shows the inputs of its iterations, and its result is the mock's", async () => {
    const definition = {
      Type: "Map",
      ItemsPath: "$.list",
      ItemSelector: { "v.$": "$$.Map.Item.Value", "i.$": "$$.Map.Item.Index" },
      ItemProcessor: processor,
      ResultPath: "$.out",
      End: true,
    };
    const result = await run({ definition, input: '{"list":[5,6]}', mock: { result: "[1,2]" } });
    expect(result.output).toBe('{"list":[5,6],"out":[1,2]}');
    expect(result.inspectionData).toMatchObject({
      afterItemsPath: "[5, 6]",
      afterItemSelector: '[{"v":5,"i":0},{"v":6,"i":1}]',
      afterResultSelector: "[1,2]",
      maxConcurrency: 0,
    });
  });

  test("batches its items by count and by size", async () => {
    const ItemBatcher = { MaxItemsPerBatch: 2, MaxInputBytesPerBatch: 40, BatchInput: { b: 1 } };
    const definition = { Type: "Map", ItemProcessor: distributed, ItemBatcher, End: true };
    const input = '[1,2,3,"a text of twenty-two c",4]';
    const { inspectionData } = await run({ definition, input, mock: { result: "[]" } });
    expect(JSON.parse(inspectionData!.afterItemBatcher!)).toEqual([
      { BatchInput: { b: 1 }, Items: [1, 2] },
      { BatchInput: { b: 1 }, Items: [3] },
      { BatchInput: { b: 1 }, Items: ["a text of twenty-two c"] },
      { BatchInput: { b: 1 }, Items: [4] },
    ]);
  });

  test.each([
    [
      "CSV",
      "a,b\n1,2\n3,4\n",
      { InputType: "CSV", CSVHeaderLocation: "FIRST_ROW" },
      [
        { a: "1", b: "2" },
        { a: "3", b: "4" },
      ],
    ],
    ["JSON lines", '{"a":1}\n{"a":2}\n', { InputType: "JSONL" }, [{ a: 1 }, { a: 2 }]],
    [
      "a part of a JSON document",
      '{"x":{"y":[1,2]}}',
      { InputType: "JSON", ItemsPointer: "/x/y" },
      [1, 2],
    ],
  ])(
    "reads %s from the given reader data",
    async (_name, mapItemReaderData, ReaderConfig, items) => {
      const definition = {
        Type: "Map",
        ItemReader: {
          Resource: "arn:aws:states:::s3:getObject",
          ReaderConfig,
          Parameters: { Bucket: "b", Key: "k" },
        },
        ItemSelector: { "item.$": "$$.Map.Item.Value" },
        ItemProcessor: distributed,
        End: true,
      };
      const { inspectionData } = await run({
        definition,
        mock: { result: "[]" },
        stateConfiguration: { mapItemReaderData },
      });
      const selected = JSON.parse(inspectionData!.afterItemSelector!) as unknown;
      expect(selected).toEqual(items.map((item) => ({ item })));
    },
  );

  test.each([
    ["a count", { ToleratedFailureCount: 2 }, 2, "SUCCEEDED"],
    ["a count", { ToleratedFailureCount: 2 }, 3, "FAILED"],
    ["a percentage", { ToleratedFailurePercentage: 50 }, 2, "SUCCEEDED"],
    ["a percentage", { ToleratedFailurePercentage: 50 }, 3, "FAILED"],
    [
      "the smaller of both",
      { ToleratedFailureCount: 4, ToleratedFailurePercentage: 25 },
      2,
      "FAILED",
    ],
    ["nothing", {}, 0, "SUCCEEDED"],
    ["nothing", {}, 1, "FAILED"],
  ])(
    "tolerates %s (%j): with %d failures of 4 it is %s",
    async (_name, tolerated, mapIterationFailureCount, status) => {
      const definition = { Type: "Map", ItemProcessor: distributed, ...tolerated, End: true };
      const result = await run({
        definition,
        input: "[1,2,3,4]",
        mock: { result: "[]" },
        stateConfiguration: { mapIterationFailureCount },
      });
      expect(result.status).toBe(status);
      if (status === "FAILED") expect(result.error).toBe("States.ExceedToleratedFailureThreshold");
    },
  );
});

test("a Parallel state may fail with the error of a state inside, and catch it", async () => {
  const definition = {
    Type: "Parallel",
    Branches: [processor],
    Catch: [{ ErrorEquals: ["E"], Next: "Mend" }],
    End: true,
  };
  const result = await run({
    definition,
    mock: { errorOutput: { error: "E", cause: "c" } },
    stateConfiguration: { errorCausedByState: "Inner" },
  });
  expect(result).toMatchObject({
    status: "CAUGHT_ERROR",
    nextState: "Mend",
    output: '{"Error":"E","Cause":"c"}',
    inspectionData: { errorDetails: { catchIndex: 0 } },
  });
});

import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  TestStateCommand,
} from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Payload } from "../../src/expression/payload.ts";
import { readMockConfiguration } from "../../src/integrations/mocks/mock-configuration.ts";
import { createTaskMocks } from "../../src/integrations/mocks/task-mocks.ts";
import { parseJson } from "../../src/expression/parse-json.ts";
import { accountId, region, roleArn, startServer, type TestServer } from "./start-server.ts";

/** Numbers that a double changes, and names that JavaScript reorders. */
const text = '{"id":9007199254740993,"price":1.50,"10":[-0,1e400],"2":{"b":1.0,"1":1E5}}';

const task = {
  Type: "Task",
  Resource: `arn:aws:lambda:${region}:${accountId}:function:echo`,
  End: true,
};
const only = (state: object) => ({ StartAt: "S", States: { S: { End: true, ...state } } });

/** The tokens of tasks that wait to be told. */
const tokens: string[] = [];
let server: TestServer;

beforeAll(async () => {
  const read = readMockConfiguration(
    parseJson(`{
      "StateMachines": { "mocked": { "TestCases": { "case": { "S": "answer" } } } },
      "MockedResponses": { "answer": { "0": { "Return": ${text} } } }
    }`),
  );
  if ("problems" in read) throw new Error(JSON.stringify(read.problems));
  server = await startServer({
    mocks: createTaskMocks(read.configuration),
    handlers: {
      find: () => ({
        handles: () => true,
        async run({ parameters, resource }) {
          if (resource.kind !== "service" || resource.pattern !== "waitForTaskToken") {
            return { type: "succeeded", output: Payload.ofText(parameters.text) };
          }
          tokens.push((parameters.value as { readonly MessageBody: string }).MessageBody);
          return { type: "pending" };
        },
      }),
    },
  });
});
afterAll(async () => {
  expect(server.mistakes).toEqual([]);
  await server.close();
});

async function create(name: string, definition: object, type: "STANDARD" | "EXPRESS" = "STANDARD") {
  const machine = { name, roleArn, type, definition: JSON.stringify(definition) };
  const created = await server.client.send(new CreateStateMachineCommand(machine));
  return created.stateMachineArn ?? "";
}

async function outputOf(executionArn: string | undefined): Promise<string | undefined> {
  const describe = () => server.client.send(new DescribeExecutionCommand({ executionArn }));
  await expect.poll(async () => (await describe()).status).not.toBe("RUNNING");
  const { status, output, cause } = await describe();
  expect({ status, cause }).toEqual({ status: "SUCCEEDED" });
  return output;
}

async function run(name: string, definition: object, input = text, suffix = "") {
  const stateMachineArn = `${await create(name, definition)}${suffix}`;
  return server.client.send(new StartExecutionCommand({ stateMachineArn, input }));
}

describe("numbers and the order of members are what they were", () => {
  test("of a task's parameters and result, in the history too", async () => {
    const { executionArn } = await run("task", only({ ...task, ResultPath: "$.result" }));
    const output = `${text.slice(0, -1)},"result":${text}}`;
    expect(await outputOf(executionArn)).toBe(output);
    const { events } = await server.client.send(new GetExecutionHistoryCommand({ executionArn }));
    expect(events?.map((event) => event.lambdaFunctionScheduledEventDetails?.input)).toContain(
      text,
    );
    expect(events?.at(-1)?.executionSucceededEventDetails?.output).toBe(output);
  });

  test.each([
    ["items", {}, `[${text},${text}]`],
    [
      "selected items",
      { ItemSelector: { "n.$": "$$.Map.Item.Index", "it.$": "$$.Map.Item.Value" } },
      `[{"n":0,"it":${text}},{"n":1,"it":${text}}]`,
    ],
    [
      "batches",
      { ItemBatcher: { MaxItemsPerBatch: 2, BatchInput: { "first.$": "$[0]" } } },
      `[{"BatchInput":{"first":${text}},"Items":[${text},${text}]}]`,
    ],
  ])("of the %s of a distributed Map", async (name, fields, expected) => {
    const ItemProcessor = {
      ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "EXPRESS" },
      StartAt: "T",
      States: { T: task },
    };
    const definition = only({ Type: "Map", ItemProcessor, ...fields });
    const { executionArn } = await run(
      `map-${name.replace(" ", "-")}`,
      definition,
      `[${text},${text}]`,
    );
    expect(await outputOf(executionArn)).toBe(expected);
  });

  test("of what a worker reports", async () => {
    const Resource = "arn:aws:states:::sqs:sendMessage.waitForTaskToken";
    const Parameters = { QueueUrl: "q", "MessageBody.$": "$$.Task.Token" };
    const { executionArn } = await run("callback", only({ Type: "Task", Resource, Parameters }));
    await expect.poll(() => tokens.length).toBe(1);
    const [taskToken] = tokens;
    await server.client.send(new SendTaskSuccessCommand({ taskToken, output: text }));
    expect(await outputOf(executionArn)).toBe(text);
  });

  test("of a synchronous Express execution", async () => {
    const stateMachineArn = await create("express", only(task), "EXPRESS");
    const command = new StartSyncExecutionCommand({ stateMachineArn, input: text });
    expect((await server.client.send(command)).output).toBe(text);
  });

  test("of a mocked result", async () => {
    const { executionArn } = await run("mocked", only(task), "{}", "#case");
    expect(await outputOf(executionArn)).toBe(text);
  });

  test("of a tested state, in what is shown of its way too", async () => {
    const state = { Type: "Pass", Parameters: { "all.$": "$" }, ResultPath: "$.p", End: true };
    const tested = await server.client.send(
      new TestStateCommand({
        definition: JSON.stringify(state),
        roleArn,
        input: text,
        inspectionLevel: "DEBUG",
      }),
    );
    expect(tested.output).toBe(`${text.slice(0, -1)},"p":{"all":${text}}}`);
    expect(tested.inspectionData?.afterParameters).toBe(`{"all":${text}}`);
    const mocked = await server.client.send(
      new TestStateCommand({ definition: JSON.stringify(task), mock: { result: text } }),
    );
    expect(mocked.output).toBe(text);
  });

  test("of a JSONata state's variables, of a path into them and of text made of them", async () => {
    const definition = {
      StartAt: "A",
      States: {
        A: {
          Type: "Pass",
          QueryLanguage: "JSONata",
          Assign: { v: "{% $states.input %}" },
          Output: "{% {'id': $states.input.id, 'text': $string($states.input.price)} %}",
          Next: "B",
        },
        B: {
          Type: "Pass",
          Parameters: {
            "id.$": "$.id",
            "v.$": "$v.price",
            "whole.$": "$v",
            "format.$": "States.Format('{} {}', $v.id, $v.price)",
            "list.$": "States.ArrayPartition(States.Array($v.id, $v.price, 3), 2)",
          },
          End: true,
        },
      },
    };
    const { executionArn } = await run("variables", definition);
    expect(await outputOf(executionArn)).toBe(
      `{"id":9007199254740993,"v":1.50,"whole":${text},"format":"9007199254740993 1.50","list":[[9007199254740993,1.50],[3]]}`,
    );
  });
});

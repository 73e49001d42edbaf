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
import { maximumJsonDepth } from "../../src/expression/json-depth.ts";
import { Payload } from "../../src/expression/payload.ts";
import { accountId, region, roleArn, startServer, type TestServer } from "./start-server.ts";

const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
const most = nested(maximumJsonDepth);
const tooDeep = nested(maximumJsonDepth + 1);
const farTooDeep = nested(100_000);
const inWords = "Document nesting depth (1001) exceeds the maximum allowed (1000";
const limited = "is nested in more than 1000 levels.";

/** What the next task answers. */
let result = "{}";
const tokens: string[] = [];
let server: TestServer;

beforeAll(async () => {
  server = await startServer({
    handlers: {
      find: () => ({
        handles: () => true,
        async run({ parameters, resource }) {
          if (resource.kind === "lambda") {
            return { type: "succeeded", output: Payload.ofText(result) };
          }
          tokens.push((parameters.value as { readonly MessageBody: string }).MessageBody);
          return { type: "pending" };
        },
      }),
    },
  });
});
afterAll(async () => {
  // None of these is a mistake of the server.
  expect(server.mistakes).toEqual([]);
  await server.close();
});

let made = 0;
async function create(state: object, type: "STANDARD" | "EXPRESS" = "STANDARD"): Promise<string> {
  const definition = JSON.stringify({ StartAt: "S", States: { S: { End: true, ...state } } });
  const name = `deep-${(made += 1)}`;
  const created = new CreateStateMachineCommand({ name, roleArn, definition, type });
  return (await server.client.send(created)).stateMachineArn ?? "";
}

const start = (stateMachineArn: string, input: string) =>
  server.client.send(new StartExecutionCommand({ stateMachineArn, input }));

async function endOf(executionArn: string | undefined) {
  const describe = () => server.client.send(new DescribeExecutionCommand({ executionArn }));
  await expect.poll(async () => (await describe()).status).not.toBe("RUNNING");
  return describe();
}

const task = {
  Type: "Task",
  Resource: `arn:aws:lambda:${region}:${accountId}:function:f`,
};
const inner = (state: object) => ({ StartAt: "I", States: { I: { End: true, ...state } } });
const pass = { Type: "Pass" };
const distributed = {
  Type: "Map",
  ItemProcessor: {
    ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "EXPRESS" },
    ...inner(pass),
  },
};

describe("data of a thousand levels is taken, and of more refused by name", () => {
  test.each(["StartExecution", "StartSyncExecution", "TestState"])(
    "as input of %s",
    async (name) => {
      const stateMachineArn = await create(
        { ...pass, InputPath: "$[0]" },
        name === "StartSyncExecution" ? "EXPRESS" : "STANDARD",
      );
      const send = async (input: string): Promise<string | undefined> => {
        switch (name) {
          case "StartExecution":
            return (await endOf((await start(stateMachineArn, input)).executionArn)).output;
          case "StartSyncExecution": {
            const command = new StartSyncExecutionCommand({ stateMachineArn, input });
            return (await server.client.send(command)).output;
          }
          default: {
            const definition = JSON.stringify({ ...pass, InputPath: "$[0]", End: true });
            const command = new TestStateCommand({ definition, roleArn, input });
            return (await server.client.send(command)).output;
          }
        }
      };
      expect(await send(most)).toBe(nested(maximumJsonDepth - 1));
      for (const input of [tooDeep, farTooDeep]) {
        await expect(send(input)).rejects.toMatchObject({
          name: "InvalidExecutionInput",
          message: expect.stringContaining(inWords) as string,
        });
      }
    },
  );

  test("as what a worker reports, which the task outlives", async () => {
    const Resource = "arn:aws:states:::sqs:sendMessage.waitForTaskToken";
    const Parameters = { QueueUrl: "q", "MessageBody.$": "$$.Task.Token" };
    const stateMachineArn = await create({ Type: "Task", Resource, Parameters });
    const { executionArn } = await start(stateMachineArn, "{}");
    await expect.poll(() => tokens.length).toBe(1);
    const report = (output: string) =>
      server.client.send(new SendTaskSuccessCommand({ taskToken: tokens[0], output }));
    for (const output of [tooDeep, farTooDeep]) {
      await expect(report(output)).rejects.toMatchObject({
        name: "InvalidOutput",
        message: expect.stringContaining(inWords) as string,
      });
    }
    await report(most);
    expect((await endOf(executionArn)).output).toBe(most);
  });

  test.each<[what: string, state: object, result: string]>([
    ["a task's result", task, tooDeep],
    ["a far too deep result of a task", task, farTooDeep],
    ["a result in a ResultPath", { ...task, ResultPath: "$.a" }, most],
    ["a result in a ResultSelector", { ...task, ResultSelector: { "a.$": "$" } }, most],
    ["a variable of a result", { ...task, Assign: { "v.$": "States.Array($)" } }, most],
    ["the results of a Parallel", { Type: "Parallel", Branches: [inner(task)] }, most],
    [
      "the output of JSONata",
      { ...task, QueryLanguage: "JSONata", Output: "{% {'a': $states.result} %}" },
      most,
    ],
    [
      "a variable of JSONata",
      { ...task, QueryLanguage: "JSONata", Assign: { v: ["{% $states.result %}"] } },
      most,
    ],
  ])("as %s, and the failure says so", async (_, state, answer) => {
    result = answer;
    const definition = JSON.stringify({
      StartAt: "S",
      States: {
        S: {
          ...state,
          Catch: [{ ErrorEquals: ["States.DataLimitExceeded"], Next: "Caught" }],
          Next: "End",
        },
        Caught: { Type: "Pass", Result: "caught", End: true },
        End: { Type: "Succeed" },
      },
    });
    const name = `deep-${(made += 1)}`;
    const { stateMachineArn = "" } = await server.client.send(
      new CreateStateMachineCommand({ name, roleArn, definition }),
    );
    const end = await endOf((await start(stateMachineArn, "{}")).executionArn);
    if (end.status === "FAILED") expect(end.cause).toContain(limited);
    else expect(end.output).toBe('"caught"');
    const { events } = await server.client.send(
      new GetExecutionHistoryCommand({ executionArn: end.executionArn }),
    );
    expect(JSON.stringify(events)).toContain(limited);
  });

  test.each<[what: string, more: object, failure: string]>([
    [
      "a selected item",
      { ItemSelector: { "a.$": "$$.Map.Item.Value" } },
      "States.DataLimitExceeded",
    ],
    // The child that gets it fails.
    ["a batch", { ItemBatcher: { MaxItemsPerBatch: 1 } }, "States.ExceedToleratedFailureThreshold"],
  ])("as %s of a Map Run", async (_, more, failure) => {
    const stateMachineArn = await create({ ...distributed, ...more });
    const { executionArn } = await start(stateMachineArn, `[${nested(maximumJsonDepth - 1)}]`);
    const { status, error } = await endOf(executionArn);
    expect({ status, error }).toEqual({ status: "FAILED", error: failure });
  });
});

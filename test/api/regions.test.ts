import {
  CreateActivityCommand,
  CreateStateMachineCommand,
  DescribeActivityCommand,
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  GetExecutionHistoryCommand,
  ListActivitiesCommand,
  ListStateMachinesCommand,
  ListTagsForResourceCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
  TestStateCommand,
} from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import {
  accountId,
  passDefinition,
  region,
  roleArn,
  startServer,
  type TestServer,
} from "./start-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

/** A client that is set to a Region. */
function clientIn(other: string): SFNClient {
  const client = new SFNClient({
    endpoint: `http://127.0.0.1:${server.port}`,
    region: other,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    disableHostPrefix: true,
    maxAttempts: 1,
  });
  onTestFinished(() => client.destroy());
  return client;
}

const create = (client: SFNClient, name: string, definition = passDefinition) =>
  client.send(new CreateStateMachineCommand({ name, definition, roleArn }));

async function namesIn(client: SFNClient, maxResults?: number): Promise<(string | undefined)[]> {
  const names: (string | undefined)[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.send(new ListStateMachinesCommand({ maxResults, nextToken }));
    names.push(...(page.stateMachines ?? []).map(({ name }) => name));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return names;
}

describe("a call is made in the Region of its signature", () => {
  test.each([
    ["ap-northeast-2", "aws"],
    ["cn-north-1", "aws-cn"],
    ["us-gov-west-1", "aws-us-gov"],
    [region, "aws"],
  ])("%s: what it makes is there", async (other, partition) => {
    const client = clientIn(other);
    const { stateMachineArn } = await create(client, "same-name");
    const prefix = `arn:${partition}:states:${other}:${accountId}`;
    expect(stateMachineArn).toBe(`${prefix}:stateMachine:same-name`);
    const { executionArn } = await client.send(
      new StartExecutionCommand({ stateMachineArn, name: "one" }),
    );
    expect(executionArn).toBe(`${prefix}:execution:same-name:one`);
    const { activityArn } = await client.send(new CreateActivityCommand({ name: "same-activity" }));
    expect(activityArn).toBe(`${prefix}:activity:same-activity`);
  });

  test("a task is scheduled in it", async () => {
    const client = clientIn("sa-east-1");
    const state = { Type: "Task", Resource: "arn:aws:states:::sqs:sendMessage", End: true };
    const Parameters = { QueueUrl: "http://127.0.0.1:1/q", MessageBody: "a" };
    const definition = JSON.stringify({ StartAt: "T", States: { T: { ...state, Parameters } } });
    const { stateMachineArn } = await create(client, "task", definition);
    const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn }));
    await server.service.call(
      "DescribeExecution",
      { executionArn: executionArn as string },
      { waitSeconds: 5, caller: callerIn("sa-east-1") },
    );
    const { events } = await client.send(new GetExecutionHistoryCommand({ executionArn }));
    const scheduled = events?.find(({ type }) => type === "TaskScheduled");
    expect(scheduled?.taskScheduledEventDetails?.region).toBe("sa-east-1");
  });

  test("TestState is, too", async () => {
    const definition = JSON.stringify({
      Type: "Pass",
      Parameters: { "id.$": "$$.StateMachine.Id" },
      End: true,
    });
    const tested = await clientIn("eu-north-1").send(new TestStateCommand({ definition, roleArn }));
    expect(tested.output).toContain("arn:aws:states:eu-north-1:");
  });
});

const callerIn = (other: string) => ({
  partition: "aws",
  region: other,
  accountId,
  principal: { type: "owner" } as const,
});

describe("what is in one Region", () => {
  test("is not listed in another, page by page", async () => {
    const [here, there] = [clientIn("eu-central-1"), clientIn("eu-central-2")];
    for (const name of ["c", "a", "b"]) await create(here, name);
    await create(there, "z");
    expect(await namesIn(here, 2)).toEqual(["a", "b", "c"]);
    expect(await namesIn(there, 2)).toEqual(["z"]);
    await here.send(new CreateActivityCommand({ name: "only-here" }));
    const { activities } = await there.send(new ListActivitiesCommand({}));
    expect(activities).toEqual([]);
  });

  test("does not exist in another", async () => {
    const [here, there] = [clientIn("us-west-1"), clientIn("us-west-2")];
    const { stateMachineArn } = await create(here, "hidden");
    const started = await here.send(new StartExecutionCommand({ stateMachineArn }));
    const { executionArn } = started;
    const { activityArn } = await here.send(new CreateActivityCommand({ name: "hidden" }));
    const resourceArn = stateMachineArn;
    const refusals: readonly [() => Promise<unknown>, string][] = [
      [
        () => there.send(new DescribeStateMachineCommand({ stateMachineArn })),
        "StateMachineDoesNotExist",
      ],
      [
        () => there.send(new StartExecutionCommand({ stateMachineArn })),
        "StateMachineDoesNotExist",
      ],
      [() => there.send(new DescribeExecutionCommand({ executionArn })), "ExecutionDoesNotExist"],
      [() => there.send(new GetExecutionHistoryCommand({ executionArn })), "ExecutionDoesNotExist"],
      [() => there.send(new StopExecutionCommand({ executionArn })), "ExecutionDoesNotExist"],
      [() => there.send(new DescribeActivityCommand({ activityArn })), "ActivityDoesNotExist"],
      [() => there.send(new ListTagsForResourceCommand({ resourceArn })), "ResourceNotFound"],
    ];
    for (const [call, name] of refusals) await expect(call()).rejects.toMatchObject({ name });
    expect((await here.send(new DescribeExecutionCommand({ executionArn }))).executionArn).toBe(
      executionArn,
    );
  });

  test("has tokens of its own", async () => {
    const [here, there] = [clientIn("ca-central-1"), clientIn("ca-west-1")];
    const definition = JSON.stringify({
      StartAt: "T",
      States: {
        T: {
          Type: "Task",
          Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
          Parameters: { QueueUrl: "http://127.0.0.1:1/q", "MessageBody.$": "$$.Task.Token" },
          End: true,
        },
      },
    });
    const { stateMachineArn } = await create(here, "tokens", definition);
    const { executionArn } = await here.send(new StartExecutionCommand({ stateMachineArn }));
    const { events } = await here.send(new GetExecutionHistoryCommand({ executionArn }));
    const scheduled = events?.find(({ type }) => type === "TaskScheduled");
    const parameters = scheduled?.taskScheduledEventDetails?.parameters ?? "{}";
    const { MessageBody: taskToken } = JSON.parse(parameters) as { MessageBody: string };
    const sent = there.send(new SendTaskSuccessCommand({ taskToken, output: "{}" }));
    await expect(sent).rejects.toMatchObject({ name: "InvalidToken" });
  });
});

test("a call without a signature is made in the server's own Region", async () => {
  const call = async (operation: string, input: object): Promise<Record<string, unknown>> => {
    const response = await fetch(`http://127.0.0.1:${server.port}/`, {
      method: "POST",
      headers: {
        "Content-Type": "application/x-amz-json-1.0",
        "X-Amz-Target": `AWSStepFunctions.${operation}`,
      },
      body: JSON.stringify(input),
    });
    return (await response.json()) as Record<string, unknown>;
  };
  const { stateMachineArn } = await call("CreateStateMachine", {
    name: "unsigned",
    definition: passDefinition,
    roleArn,
  });
  expect(stateMachineArn).toBe(`arn:aws:states:${region}:${accountId}:stateMachine:unsigned`);
  expect(await namesIn(clientIn(region))).toContain("unsigned");
});

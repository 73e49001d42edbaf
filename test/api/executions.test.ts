import { Agent } from "node:http";
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  DescribeStateMachineForExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  SFNClient,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  StopExecutionCommand,
  UpdateStateMachineCommand,
  type HistoryEvent,
  type StartExecutionCommandInput,
} from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  accountId,
  passDefinition,
  region,
  roleArn,
  startServer,
  waitDefinition,
  type TestServer,
  unrecognizedToken,
} from "./start-server.ts";

let server: TestServer;
let passArn: string;
let waitArn: string;
let expressArn: string;
beforeAll(async () => {
  server = await startServer();
  passArn = await create("pass", passDefinition);
  waitArn = await create("wait", waitDefinition);
  expressArn = await create("express", passDefinition, "EXPRESS");
});
afterAll(async () => {
  expect(server.mistakes).toEqual([]);
  await server.close();
});

async function create(name: string, definition: string, type: "STANDARD" | "EXPRESS" = "STANDARD") {
  const made = await server.client.send(
    new CreateStateMachineCommand({ name, definition, roleArn, type }),
  );
  return made.stateMachineArn!;
}
const start = (input: StartExecutionCommandInput) =>
  server.client.send(new StartExecutionCommand(input));
const describeExecution = (executionArn: string | undefined, includedData?: "METADATA_ONLY") =>
  server.client.send(
    new DescribeExecutionCommand({ executionArn, ...(includedData && { includedData }) }),
  );

/** Waits by the header that DescribeExecution has for it. */
async function closed(executionArn: string | undefined) {
  const response = await fetch(`http://127.0.0.1:${server.port}/`, {
    method: "POST",
    headers: {
      "Content-Type": "application/x-amz-json-1.0",
      "X-Amz-Target": "AWSStepFunctions.DescribeExecution",
      "x-stepwell-wait-seconds": "20",
    },
    body: JSON.stringify({ executionArn }),
  });
  return (await response.json()) as { status: string };
}

describe("StartExecution", () => {
  test("answers the ARN, made of the names of machine and execution", async () => {
    const { executionArn, startDate } = await start({ stateMachineArn: passArn, name: "first" });
    expect(executionArn).toBe(`arn:aws:states:${region}:${accountId}:execution:pass:first`);
    expect(startDate).toBeInstanceOf(Date);
  });

  test("names it with a UUID where no name is given", async () => {
    const { executionArn } = await start({ stateMachineArn: passArn });
    expect(executionArn).toMatch(/:execution:pass:[0-9a-f]{8}-[0-9a-f-]{27}$/);
  });

  test("with the same name and input answers the one that runs", async () => {
    const input = { stateMachineArn: waitArn, name: "waits", input: '{"a":1}' };
    const first = await start(input);
    const again = await start(input);
    expect(again.executionArn).toBe(first.executionArn);
    expect(again.startDate).toEqual(first.startDate);
    await expect(start({ ...input, input: '{"a":2}' })).rejects.toMatchObject({
      name: "ExecutionAlreadyExists",
      message: `Execution Already Exists: '${first.executionArn}'`,
    });
  });

  test("refuses the name of one that has closed", async () => {
    const input = { stateMachineArn: passArn, name: "closed" };
    await closed((await start(input)).executionArn);
    await expect(start(input)).rejects.toMatchObject({ name: "ExecutionAlreadyExists" });
  });

  test("of an Express machine answers an ARN with a UUID of its own, and takes a name twice", async () => {
    const input = { stateMachineArn: expressArn, name: "e" };
    const [first, second] = [await start(input), await start(input)];
    expect(first.executionArn).toMatch(/:express:express:e:[^:]+$/);
    expect(second.executionArn).not.toBe(first.executionArn);
  });

  test("refuses what the service refuses", async () => {
    await expect(start({ stateMachineArn: passArn, input: "not json" })).rejects.toMatchObject({
      name: "InvalidExecutionInput",
      message: `Invalid State Machine Execution Input: '${unrecognizedToken}'`,
    });
    await expect(start({ stateMachineArn: passArn, name: "a/b" })).rejects.toMatchObject({
      name: "InvalidName",
    });
    await expect(start({ stateMachineArn: `${passArn}x` })).rejects.toMatchObject({
      name: "StateMachineDoesNotExist",
    });
    await expect(start({ stateMachineArn: `${passArn}/label` })).rejects.toMatchObject({
      name: "ValidationException",
      reason: "API_DOES_NOT_SUPPORT_LABELED_ARNS",
    });
    await expect(
      start({ stateMachineArn: passArn, input: JSON.stringify("ü".repeat(140_000)) }),
    ).rejects.toMatchObject({
      name: "ValidationException",
      message:
        "1 validation error detected: Value at 'input' failed to satisfy constraint: Member must have length less than or equal to 262144",
    });
  });
});

describe("DescribeExecution", () => {
  test("shows a closed execution as the service does", async () => {
    const { executionArn, startDate } = await start({
      stateMachineArn: passArn,
      name: "shown",
      input: '{"a": 1.0}',
    });
    await closed(executionArn);
    const { $metadata: _, ...shown } = await describeExecution(executionArn);
    expect(shown).toEqual({
      executionArn,
      stateMachineArn: passArn,
      name: "shown",
      status: "SUCCEEDED",
      startDate,
      stopDate: expect.any(Date),
      input: '{"a": 1.0}',
      inputDetails: { included: true },
      output: expect.stringMatching(/^\{"a": ?1(\.0)?\}$/),
      outputDetails: { included: true },
      redriveCount: 0,
      redriveStatus: "NOT_REDRIVABLE",
      redriveStatusReason: "Execution is SUCCEEDED and cannot be redriven",
    });
  });

  test("leaves the data out where only metadata is asked for", async () => {
    const { executionArn } = await start({ stateMachineArn: passArn });
    await closed(executionArn);
    const shown = await describeExecution(executionArn, "METADATA_ONLY");
    expect(shown.input).toBeUndefined();
    expect(shown.output).toBeUndefined();
    expect(shown.inputDetails).toEqual({ included: false });
  });

  test("says what is wrong with an ARN", async () => {
    const missing = passArn.replace("stateMachine", "execution") + ":missing";
    await expect(describeExecution(missing)).rejects.toMatchObject({
      name: "ExecutionDoesNotExist",
      message: `Execution Does Not Exist: '${missing}'`,
    });
    await expect(describeExecution("nonsense")).rejects.toMatchObject({
      name: "InvalidArn",
      message: "Invalid Arn: 'Invalid ARN prefix: nonsense'",
    });
  });
});

describe("an Express execution", () => {
  test("cannot be described, stopped, listed, or asked for its history", async () => {
    const { executionArn } = await start({ stateMachineArn: expressArn });
    const wrongType = {
      name: "InvalidArn",
      message: "Invalid Arn: 'Resource type not valid in this context: express'",
    };
    await expect(describeExecution(executionArn)).rejects.toMatchObject(wrongType);
    await expect(
      server.client.send(new StopExecutionCommand({ executionArn })),
    ).rejects.toMatchObject(wrongType);
    await expect(
      server.client.send(new GetExecutionHistoryCommand({ executionArn })),
    ).rejects.toMatchObject(wrongType);
    await expect(
      server.client.send(new ListExecutionsCommand({ stateMachineArn: expressArn })),
    ).rejects.toMatchObject({
      name: "StateMachineTypeNotSupported",
      message: "This operation is not supported by this type of state machine",
    });
  });

  test("started synchronously answers its result", async () => {
    const { $metadata: _, ...answer } = await server.client.send(
      new StartSyncExecutionCommand({ stateMachineArn: expressArn, name: "s", input: '{"b":2}' }),
    );
    expect(answer).toEqual({
      executionArn: expect.stringMatching(/:express:express:s:[^:]+$/),
      stateMachineArn: expressArn,
      name: "s",
      startDate: expect.any(Date),
      stopDate: expect.any(Date),
      status: "SUCCEEDED",
      input: '{"b":2}',
      inputDetails: { included: true },
      output: '{"b":2}',
      outputDetails: { included: true },
      billingDetails: { billedMemoryUsedInMB: 64, billedDurationInMilliseconds: 100 },
    });
  });

  test("is the only kind that can be started synchronously", async () => {
    await expect(
      server.client.send(new StartSyncExecutionCommand({ stateMachineArn: passArn })),
    ).rejects.toMatchObject({ name: "StateMachineTypeNotSupported" });
  });
});

describe("ListExecutions", () => {
  test("gives every execution once, over three pages", async () => {
    const stateMachineArn = await create("listed", passDefinition);
    const started: (string | undefined)[] = [];
    for (let index = 0; index < 7; index++) {
      const { executionArn } = await start({ stateMachineArn, name: `e${index}` });
      await closed(executionArn);
      started.push(executionArn);
    }
    const pages: (string | undefined)[][] = [];
    let nextToken: string | undefined;
    do {
      const page = await server.client.send(
        new ListExecutionsCommand({
          stateMachineArn,
          maxResults: 3,
          ...(nextToken && { nextToken }),
        }),
      );
      pages.push(page.executions!.map(({ executionArn }) => executionArn));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    expect(pages.map(({ length }) => length)).toEqual([3, 3, 1]);
    expect(new Set(pages.flat())).toEqual(new Set(started));
    expect(pages.flat()).toHaveLength(7);
  });

  test("filters by status", async () => {
    const stateMachineArn = await create("filtered", passDefinition);
    const { executionArn } = await start({ stateMachineArn });
    await closed(executionArn);
    const list = (statusFilter: "SUCCEEDED" | "RUNNING") =>
      server.client.send(new ListExecutionsCommand({ stateMachineArn, statusFilter }));
    expect((await list("RUNNING")).executions).toEqual([]);
    const [item] = (await list("SUCCEEDED")).executions!;
    expect(item).toEqual({
      executionArn,
      stateMachineArn,
      name: expect.any(String),
      status: "SUCCEEDED",
      startDate: expect.any(Date),
      stopDate: expect.any(Date),
      redriveCount: 0,
    });
  });

  test("refuses a token of another listing", async () => {
    const stateMachineArn = await create("tokens", passDefinition);
    await start({ stateMachineArn });
    await start({ stateMachineArn });
    const { nextToken } = await server.client.send(
      new ListExecutionsCommand({ stateMachineArn, maxResults: 1 }),
    );
    expect(nextToken).toBeDefined();
    await expect(
      server.client.send(new ListExecutionsCommand({ stateMachineArn: passArn, nextToken })),
    ).rejects.toMatchObject({ name: "InvalidToken", message: "Invalid Token: 'Invalid token'" });
  });

  test("wants one ARN, of a machine that exists, and a status that there is", async () => {
    const list = (input: object) => server.client.send(new ListExecutionsCommand(input));
    await expect(list({})).rejects.toMatchObject({ name: "ValidationException" });
    await expect(list({ stateMachineArn: `${passArn}-x` })).rejects.toMatchObject({
      name: "StateMachineDoesNotExist",
    });
    await expect(
      list({ stateMachineArn: passArn, statusFilter: "succeeded" }),
    ).rejects.toMatchObject({
      message:
        "1 validation error detected: Value 'succeeded' at 'statusFilter' failed to satisfy constraint: Member must satisfy enum value set: [SUCCEEDED, TIMED_OUT, PENDING_REDRIVE, ABORTED, FAILED, RUNNING]",
    });
  });
});

describe("GetExecutionHistory", () => {
  let executionArn: string | undefined;
  beforeAll(async () => {
    const states = Object.fromEntries(
      Array.from({ length: 10 }, (_, index) => [
        `S${index}`,
        { Type: "Pass", ...(index < 9 ? { Next: `S${index + 1}` } : { End: true }) },
      ]),
    );
    const stateMachineArn = await create("long", JSON.stringify({ StartAt: "S0", States: states }));
    ({ executionArn } = await start({ stateMachineArn, input: '{"x":1}' }));
    await closed(executionArn);
  });

  async function pages(reverseOrder: boolean, maxResults: number): Promise<HistoryEvent[][]> {
    const all: HistoryEvent[][] = [];
    let nextToken: string | undefined;
    do {
      const page = await server.client.send(
        new GetExecutionHistoryCommand({
          executionArn,
          reverseOrder,
          maxResults,
          ...(nextToken && { nextToken }),
        }),
      );
      all.push(page.events!);
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    return all;
  }

  test.each([false, true])(
    "gives each event once over several pages (reverse: %s)",
    async (reverse) => {
      const all = (await pages(reverse, 1000)).flat();
      const paged = await pages(reverse, 8);
      expect(paged).toHaveLength(Math.ceil(all.length / 8));
      expect(paged.flat()).toEqual(all);
      const ids = all.map(({ id }) => id!);
      expect(reverse ? ids.toReversed() : ids).toEqual(ids.map((_, index) => index + 1));
    },
  );

  test("leaves payloads out where they are not wanted", async () => {
    const { events } = await server.client.send(
      new GetExecutionHistoryCommand({ executionArn, includeExecutionData: false }),
    );
    const entered = events!.find(({ type }) => type === "PassStateEntered")!;
    expect(entered.stateEnteredEventDetails?.input).toBeUndefined();
    expect(entered.stateEnteredEventDetails?.name).toBeDefined();
  });

  test("of an execution that does not exist is an error", async () => {
    await expect(
      server.client.send(new GetExecutionHistoryCommand({ executionArn: `${executionArn}x` })),
    ).rejects.toMatchObject({ name: "ExecutionDoesNotExist" });
  });
});

describe("StopExecution", () => {
  test("answers when it stopped, and refuses what does not exist", async () => {
    const { executionArn } = await start({ stateMachineArn: waitArn, name: "wait-to-stop" });
    const stopped = await server.client.send(
      new StopExecutionCommand({ executionArn, error: "Enough", cause: "of this" }),
    );
    expect(stopped.stopDate).toBeInstanceOf(Date);
    expect(await describeExecution(executionArn)).toMatchObject({
      status: "ABORTED",
      error: "Enough",
      cause: "of this",
      stopDate: stopped.stopDate,
      redriveStatus: "REDRIVABLE",
    });
    await expect(
      server.client.send(new StopExecutionCommand({ executionArn: `${executionArn}x` })),
    ).rejects.toMatchObject({ name: "ExecutionDoesNotExist" });
  });
});

describe("StopExecution of a closed execution", () => {
  test("changes nothing, and answers when it closed", async () => {
    const { executionArn } = await start({ stateMachineArn: passArn });
    await closed(executionArn);
    const before = await describeExecution(executionArn);
    const { stopDate } = await server.client.send(new StopExecutionCommand({ executionArn }));
    expect(stopDate).toEqual(before.stopDate);
    expect((await describeExecution(executionArn)).status).toBe("SUCCEEDED");
  });
});

describe("DescribeExecution with x-stepwell-wait-seconds", () => {
  test("answers as soon as the execution is closed", async () => {
    const { executionArn } = await start({ stateMachineArn: waitArn });
    const waiting = closed(executionArn);
    await server.client.send(new StopExecutionCommand({ executionArn }));
    expect((await waiting).status).toBe("ABORTED");
  });

  test("answers at once when it is closed already", async () => {
    const { executionArn } = await start({ stateMachineArn: passArn });
    await closed(executionArn);
    expect((await closed(executionArn)).status).toBe("SUCCEEDED");
  });
});

describe("the service for the integrations", () => {
  test("links a started execution to the task that waits for it", async () => {
    const parent = { executionArn: "arn:parent", taskId: 3, pattern: "sync:2" } as const;
    const { executionArn } = await server.service.call(
      "StartExecution",
      { stateMachineArn: waitArn, name: "child" },
      { parent },
    );
    const record = await server.store.execution(executionArn as string);
    expect(record?.parent).toEqual(parent);
  });

  test("throws the API's errors with code and status", async () => {
    await expect(server.service.call("DescribeExecution", {})).rejects.toMatchObject({
      code: "ValidationException",
      statusCode: 400,
    });
    await expect(server.service.call("Nope", {})).rejects.toMatchObject({
      code: "UnknownOperationException",
    });
  });
});

describe("an SDK that puts sync- before the host", () => {
  test("starts a synchronous execution all the same", async () => {
    const client = new SFNClient({
      endpoint: `http://stepwell.localhost:${server.port}`,
      region,
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      // Names below .localhost are not resolved on every machine.
      requestHandler: {
        httpAgent: new Agent({
          lookup: (_host, options, found) =>
            options.all === true
              ? found(null, [{ address: "127.0.0.1", family: 4 }])
              : found(null, "127.0.0.1", 4),
        }),
      },
    });
    const answer = await client.send(
      new StartSyncExecutionCommand({ stateMachineArn: expressArn, input: "{}" }),
    );
    client.destroy();
    expect(answer.status).toBe("SUCCEEDED");
  });
});

describe("DescribeStateMachineForExecution", () => {
  test("shows the revision that the execution runs, after the machine has got another", async () => {
    const stateMachineArn = await create("updated", passDefinition);
    const { executionArn } = await start({ stateMachineArn });
    const definition = JSON.stringify({ StartAt: "B", States: { B: { Type: "Succeed" } } });
    const { revisionId } = await server.client.send(
      new UpdateStateMachineCommand({ stateMachineArn, definition }),
    );
    const second = await start({ stateMachineArn });
    const shown = (arn: string | undefined) =>
      server.client.send(new DescribeStateMachineForExecutionCommand({ executionArn: arn }));
    const { $metadata: _, ...first } = await shown(executionArn);
    expect(first).toEqual({
      stateMachineArn,
      name: "updated",
      definition: passDefinition,
      roleArn,
      updateDate: expect.any(Date),
      loggingConfiguration: { level: "OFF", includeExecutionData: false },
      tracingConfiguration: { enabled: false },
      encryptionConfiguration: { type: "AWS_OWNED_KEY" },
    });
    expect(await shown(second.executionArn)).toMatchObject({ definition, revisionId });
  });
});

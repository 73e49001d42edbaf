import {
  CreateActivityCommand,
  CreateStateMachineCommand,
  DeleteActivityCommand,
  DescribeActivityCommand,
  DescribeExecutionCommand,
  GetActivityTaskCommand,
  ListActivitiesCommand,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  accountId,
  region,
  roleArn,
  startServer,
  type TestServer,
  unrecognizedToken,
} from "./start-server.ts";
import { post } from "./post.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  expect(server.mistakes).toEqual([]);
  await server.close();
});

const create = async (name: string) =>
  (await server.client.send(new CreateActivityCommand({ name }))).activityArn!;

/** An execution that waits for a worker of the activity. */
async function startWork(activityArn: string, input: unknown) {
  const definition = JSON.stringify({
    StartAt: "Work",
    States: { Work: { Type: "Task", Resource: activityArn, End: true } },
  });
  const name = activityArn.split(":").at(-1)!;
  const { stateMachineArn } = await server.client.send(
    new CreateStateMachineCommand({ name, definition, roleArn }),
  );
  const { executionArn } = await server.client.send(
    new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }),
  );
  return executionArn!;
}

async function closed(executionArn: string) {
  await post(
    server.port,
    "DescribeExecution",
    { executionArn },
    { headers: { "x-stepwell-wait-seconds": "10" } },
  );
  return server.client.send(new DescribeExecutionCommand({ executionArn }));
}

const take = (activityArn: string, workerName?: string) =>
  server.client.send(
    new GetActivityTaskCommand({ activityArn, ...(workerName && { workerName }) }),
  );

describe("an activity", () => {
  test("is made once per name, described, and deleted", async () => {
    const made = await server.client.send(new CreateActivityCommand({ name: "pack" }));
    expect(made.activityArn).toBe(`arn:aws:states:${region}:${accountId}:activity:pack`);
    const again = await server.client.send(
      new CreateActivityCommand({ name: "pack", tags: [{ key: "a", value: "b" }] }),
    );
    expect(again.creationDate).toEqual(made.creationDate);
    const { $metadata: _, ...shown } = await server.client.send(
      new DescribeActivityCommand({ activityArn: made.activityArn }),
    );
    expect(shown).toEqual({
      activityArn: made.activityArn,
      name: "pack",
      creationDate: made.creationDate,
      encryptionConfiguration: { type: "AWS_OWNED_KEY" },
    });
    const remove = new DeleteActivityCommand({ activityArn: made.activityArn });
    await server.client.send(remove);
    await server.client.send(remove);
    await expect(
      server.client.send(new DescribeActivityCommand({ activityArn: made.activityArn })),
    ).rejects.toMatchObject({
      name: "ActivityDoesNotExist",
      message: `Activity Does Not Exist: '${made.activityArn}'`,
    });
  });

  test("with another encryption is another one", async () => {
    await create("encrypted");
    await expect(
      server.client.send(
        new CreateActivityCommand({
          name: "encrypted",
          encryptionConfiguration: { type: "CUSTOMER_MANAGED_KMS_KEY", kmsKeyId: "k" },
        }),
      ),
    ).rejects.toMatchObject({ name: "ActivityAlreadyExists" });
  });

  test.each(
    ' {}[]?*#%^~$&,:/<>"\\|`;\u007f\u0000\u009f\uffff\ud800'.split("").map((c) => `a${c}b`),
  )("cannot be named %j", async (name) => {
    // The text is compared by the server's own escape: a lone surrogate does not survive the wire.
    await expect(server.service.call("CreateActivity", { name })).rejects.toMatchObject({
      code: "InvalidName",
      message: `Invalid Name: '${name}'`,
    });
  });

  test.each(["a.b", "a-b_c", "a(b)", "a+b=c@d!'", "é", "日本"])("can be named %j", async (name) => {
    expect(await create(name)).toBe(`arn:aws:states:${region}:${accountId}:activity:${name}`);
  });
});

describe("ListActivities", () => {
  test("gives every activity once, over three pages", async () => {
    const own = await startServer();
    try {
      for (let index = 0; index < 7; index++) {
        await own.client.send(new CreateActivityCommand({ name: `a${index}` }));
      }
      const names: (string | undefined)[] = [];
      const sizes: number[] = [];
      let nextToken: string | undefined;
      do {
        const page = await own.client.send(
          new ListActivitiesCommand({ maxResults: 3, ...(nextToken && { nextToken }) }),
        );
        names.push(...page.activities!.map(({ name }) => name));
        sizes.push(page.activities!.length);
        nextToken = page.nextToken;
      } while (nextToken !== undefined);
      expect(sizes).toEqual([3, 3, 1]);
      expect(new Set(names)).toEqual(new Set(["a0", "a1", "a2", "a3", "a4", "a5", "a6"]));
    } finally {
      await own.close();
    }
  });
});

describe("a worker", () => {
  test("takes the task of an execution, and its result is the execution's", async () => {
    const activityArn = await create("succeeds");
    const executionArn = await startWork(activityArn, { order: 7 });
    const { taskToken, input } = await take(activityArn, "worker 1");
    expect(JSON.parse(input!)).toEqual({ order: 7 });
    await server.client.send(new SendTaskHeartbeatCommand({ taskToken }));
    await server.client.send(new SendTaskSuccessCommand({ taskToken, output: '{"done":true}' }));
    const execution = await closed(executionArn);
    expect(execution).toMatchObject({ status: "SUCCEEDED", output: '{"done":true}' });
    await expect(
      server.client.send(new SendTaskSuccessCommand({ taskToken, output: "1" })),
    ).rejects.toMatchObject({
      name: "TaskTimedOut",
      message: "Task Timed Out: 'Provided task does not exist anymore'",
    });
  });

  test("that waits already gets the task as soon as there is one", async () => {
    const activityArn = await create("waits");
    const waiting = take(activityArn);
    await startWork(activityArn, 1);
    expect(await waiting).toMatchObject({ taskToken: expect.any(String), input: "1" });
  });

  test("can fail its task", async () => {
    const activityArn = await create("fails");
    const executionArn = await startWork(activityArn, {});
    const { taskToken } = await take(activityArn);
    await server.client.send(
      new SendTaskFailureCommand({ taskToken, error: "Broken", cause: "It fell" }),
    );
    expect(await closed(executionArn)).toMatchObject({
      status: "FAILED",
      error: "Broken",
      cause: "It fell",
      redriveStatus: "REDRIVABLE",
    });
  });

  test("that goes away while it waits takes no task with it", async () => {
    const activityArn = await create("goes-away");
    const controller = new AbortController();
    const gone = server.client
      .send(new GetActivityTaskCommand({ activityArn }), { abortSignal: controller.signal })
      .catch((error: Error) => error.name);
    // Another answer after it shows that the server has had the first request.
    await server.client.send(new DescribeActivityCommand({ activityArn }));
    controller.abort();
    expect(await gone).toBe("AbortError");
    await startWork(activityArn, "for the next one");
    expect((await take(activityArn)).input).toBe('"for the next one"');
  });

  test("is refused with a token that is not one, or an output that is no JSON", async () => {
    const activityArn = await create("refusals");
    await startWork(activityArn, "anything");
    const { taskToken } = await take(activityArn);
    await expect(
      server.client.send(new SendTaskSuccessCommand({ taskToken: "nonsense", output: "1" })),
    ).rejects.toMatchObject({ name: "InvalidToken", message: "Invalid Token: 'Invalid token'" });
    await expect(
      server.client.send(new SendTaskSuccessCommand({ taskToken, output: "not json" })),
    ).rejects.toMatchObject({
      name: "InvalidOutput",
      message: `Invalid Output: '${unrecognizedToken}'`,
    });
    await expect(
      server.client.send(new SendTaskHeartbeatCommand({ taskToken: "" })),
    ).rejects.toMatchObject({
      message:
        "1 validation error detected: Value at 'taskToken' failed to satisfy constraint: Member must have length greater than or equal to 1",
    });
  });

  test("cannot ask for tasks of an activity that does not exist", async () => {
    await expect(
      take(`arn:aws:states:${region}:${accountId}:activity:missing`),
    ).rejects.toMatchObject({ name: "ActivityDoesNotExist" });
    await expect(take("no_an_activity_arn")).rejects.toMatchObject({
      name: "InvalidArn",
      message: "Invalid Arn: 'Invalid ARN prefix: no_an_activity_arn'",
    });
  });
});

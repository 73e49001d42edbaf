import {
  CreateStateMachineCommand,
  StartExecutionCommand,
  StartSyncExecutionCommand,
} from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { post } from "./post.ts";
import {
  passDefinition,
  roleArn,
  startServer,
  type TestServer,
  unrecognizedToken,
} from "./start-server.ts";

let server: TestServer;
let stateMachineArn: string;

beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  expect(server.mistakes).toEqual([]);
  await server.close();
});

let machines = 0;
beforeEach(async () => {
  const created = await server.client.send(
    new CreateStateMachineCommand({
      name: `express-${++machines}`,
      type: "EXPRESS",
      definition: passDefinition,
      roleArn,
    }),
  );
  stateMachineArn = created.stateMachineArn as string;
});

const path = "/stepwell/express-executions";

interface Body {
  readonly executions: readonly { readonly executionArn: string; readonly name: string }[];
  readonly nextToken?: string;
  readonly events: readonly { readonly id: number; readonly type: string }[];
}

async function get(url: string, headers: Record<string, string> = {}) {
  const answer = await post(server.port, "", "", { method: "GET", path: url, headers });
  return { ...answer, body: answer.body as Body };
}

async function runSync(name: string, input = "{}"): Promise<string> {
  const command = new StartSyncExecutionCommand({ stateMachineArn, name, input });
  return (await server.client.send(command)).executionArn as string;
}

describe("a synchronous Express execution", () => {
  test("can be read with its history after its end", async () => {
    const executionArn = await runSync("one", '{"a":1}');
    const { status, headers, body } = await get(`${path}/${encodeURIComponent(executionArn)}`);
    expect(status).toBe(200);
    expect(headers["content-type"]).toBe("application/json");
    expect(body).toMatchObject({
      executionArn,
      stateMachineArn,
      name: "one",
      status: "SUCCEEDED",
      startDate: expect.any(Number) as number,
      stopDate: expect.any(Number) as number,
      input: '{"a":1}',
      output: '{"a":1}',
    });
    expect(body.events.map(({ id, type }) => [id, type])).toEqual([
      [1, "ExecutionStarted"],
      [2, "PassStateEntered"],
      [3, "PassStateExited"],
      [4, "ExecutionSucceeded"],
    ]);
  });

  test("is shown without its documents if so asked; its ARN may be given as it is", async () => {
    const executionArn = await runSync("hidden", '{"secret":1}');
    const { text } = await get(`${path}/${executionArn}?includeExecutionData=false`);
    expect(text).toContain('"name":"hidden"');
    expect(text).not.toContain("secret");
  });
});

test("an asynchronous one is there as well, while AWS's operations go on refusing its ARN", async () => {
  const { executionArn } = await server.client.send(new StartExecutionCommand({ stateMachineArn }));
  const { body } = await get(`${path}/${executionArn}`);
  expect(body).toMatchObject({ executionArn, stateMachineArn });
  const refused = await post(server.port, "GetExecutionHistory", { executionArn });
  expect(refused.body).toEqual({
    __type: "InvalidArn",
    message: "Invalid Arn: 'Resource type not valid in this context: express'",
  });
});

describe("the list", () => {
  test("has the newest first, in pages", async () => {
    for (const name of ["a", "b", "c"]) await runSync(name);
    const query = `${path}?stateMachineArn=${encodeURIComponent(stateMachineArn)}&maxResults=2`;
    const first = await get(query);
    expect(first.body.executions.map(({ name }) => name)).toEqual(["c", "b"]);
    const second = await get(`${query}&nextToken=${first.body.nextToken}`);
    expect(second.body.executions.map(({ name }) => name)).toEqual(["a"]);
    expect(second.body.nextToken).toBeUndefined();
  });

  test("has those of one status", async () => {
    await runSync("good");
    const of = async (status: string) =>
      (await get(`${path}?stateMachineArn=${stateMachineArn}&status=${status}`)).body.executions;
    expect(await of("SUCCEEDED")).toHaveLength(1);
    expect(await of("FAILED")).toEqual([]);
  });
});

describe("a request that is wrong", () => {
  const wrong: readonly (readonly [string, string, number, string])[] = [
    ["a status that there is not", `${path}?status=DONE`, 400, "ValidationException"],
    ["a page of nothing", `${path}?maxResults=0`, 400, "ValidationException"],
    ["a page of too many", `${path}?maxResults=1001`, 400, "ValidationException"],
    ["a token that is none", `${path}?nextToken=x`, 400, "ValidationException"],
    ["no ARN", `${path}/x`, 400, "InvalidArn"],
    [
      "a Standard execution's ARN",
      `${path}/arn:aws:states:r:000000000000:execution:m:e`,
      400,
      "InvalidArn",
    ],
    [
      "an execution that is not remembered",
      `${path}/arn:aws:states:r:000000000000:express:m:e:i`,
      404,
      "ExecutionDoesNotExist",
    ],
    ["another path", `${path}s`, 400, "UnknownOperationException"],
  ];
  test.each(wrong)("%s", async (_, url, status, type) => {
    const answer = await get(url);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ __type: type });
  });

  test("an ARN that is not well encoded", async () => {
    expect((await get(`${path}/%E0%A4%A`)).status).toBe(400);
  });

  test("a Host that is not served", async () => {
    expect((await get(path, { Host: "evil.example" })).status).toBe(403);
  });
});

test("a synchronous execution refuses an input that is no JSON in the words of the service's parser", async () => {
  const command = new StartSyncExecutionCommand({ stateMachineArn, input: "not json" });
  await expect(server.client.send(command)).rejects.toMatchObject({
    name: "InvalidExecutionInput",
    message: `Invalid State Machine Execution Input: '${unrecognizedToken}'`,
  });
});

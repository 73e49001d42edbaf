import { afterAll, beforeAll, expect, test } from "vitest";
import type { Clock } from "../../src/ports/clock.ts";
import { systemClock } from "../../src/runtime/system-clock.ts";
import { builtConsole } from "../console/ask.ts";
import { roleArn, startServer, type TestServer } from "./start-server.ts";

let server: TestServer;
let stateMachineArn: string;

let last = 0;
/** No two moments are the same: one execution is newer than another. */
const clock: Clock = { ...systemClock, now: () => (last = Math.max(last + 1, systemClock.now())) };

beforeAll(async () => {
  server = await startServer({ consoleFolder: builtConsole(), clock });
  const made = await server.service.call("CreateStateMachine", {
    name: "orders",
    definition: JSON.stringify({
      StartAt: "Known?",
      States: {
        "Known?": {
          Type: "Choice",
          Choices: [{ Variable: "$.customer", StringEquals: "김", Next: "Fine" }],
          Default: "Declined",
        },
        Fine: { Type: "Succeed" },
        Declined: { Type: "Fail", Error: "CardDeclined" },
      },
    }),
    roleArn,
    tags: [{ key: "stepwell:index", value: "input.customer" }],
  });
  stateMachineArn = made["stateMachineArn"] as string;
  for (const [name, customer] of [
    ["a", "Ada"],
    ["b", "김"],
    ["c", "Ada"],
    ["d", "Grace"],
  ]) {
    const input = JSON.stringify({ customer });
    const started = await server.service.call("StartExecution", { stateMachineArn, name, input });
    const { executionArn = null } = started;
    await server.service.call("DescribeExecution", { executionArn }, { waitSeconds: 10 });
  }
});

afterAll(() => server.close());

async function list(
  filter: string,
  input: object = {},
): Promise<{
  readonly names: readonly string[];
  readonly nextToken?: string;
  readonly __type?: string;
  readonly message?: string;
}> {
  const response = await fetch(`http://127.0.0.1:${server.port}/`, {
    method: "POST",
    headers: {
      "Content-Type": "application/x-amz-json-1.0",
      "X-Amz-Target": "AWSStepFunctions.ListExecutions",
      "x-stepwell-filter": filter,
    },
    body: JSON.stringify({ stateMachineArn, ...input }),
  });
  const { executions = [], ...rest } = (await response.json()) as {
    readonly executions?: readonly { readonly name: string }[];
  };
  return { ...rest, names: executions.map(({ name }) => name) };
}

test("ListExecutions answers with what the filter picks, the newest first, with AWS's members", async () => {
  expect(await list("error:declined")).toEqual({ names: ["d", "c", "a"] });
  expect(await list("input.customer:Ada")).toEqual({ names: ["c", "a"] });
  expect(await list(encodeURIComponent("input.customer:김"))).toEqual({ names: ["b"] });
  expect(await list("", { statusFilter: "SUCCEEDED" })).toEqual({ names: ["b"] });
  expect(await list("workflow:others")).toEqual({ names: [] });
});

test("pages follow each other, and a token of another list is refused", async () => {
  const first = await list("status:failed", { maxResults: 2 });
  expect(first).toMatchObject({ names: ["d", "c"], nextToken: expect.any(String) });
  const { nextToken } = first;
  expect(await list("status:failed", { maxResults: 2, nextToken })).toEqual({ names: ["a"] });
  expect(await list("status:failed", { nextToken: "bm93aGVyZQ" })).toMatchObject({
    __type: "InvalidToken",
  });
});

test("what is not understood is said, as is what ListExecutions would refuse without a filter", async () => {
  expect(await list("status:lost")).toMatchObject({
    __type: "ValidationException",
    message: expect.stringContaining("'lost' is no status"),
  });
  expect(await list("input.total:1")).toMatchObject({ __type: "ValidationException" });
  expect(await list("%E0%")).toMatchObject({ __type: "ValidationException" });
  expect(await list("x".repeat(2_001))).toMatchObject({ __type: "ValidationException" });
  expect(await list("", { stateMachineArn: `${stateMachineArn}s` })).toMatchObject({
    __type: "StateMachineDoesNotExist",
  });
  expect(await list("", { mapRunArn: "arn" })).toMatchObject({ __type: "ValidationException" });
  expect(await list("", { maxResults: 5_000 })).toMatchObject({ __type: "ValidationException" });
});

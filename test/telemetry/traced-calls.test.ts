import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { JsonObject } from "../../src/expression/json.ts";
import { ownServer } from "../api/own-server.ts";
import { roleArn } from "../api/start-server.ts";

const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;
const xRay = "Root=1-4bf92f35-77b34da6a3ce929d0e0e4736;Parent=00f067aa0ba902b7;Sampled=1";

/** Functions in Node, Python and a program of the shell, which return what their environment says of the trace. */
async function functionsFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "traced-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const write = async (name: string, file: string, text: string): Promise<void> => {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, file), text, { mode: 0o755 });
  };
  await write(
    "node",
    "index.mjs",
    "export const handler = async () => [process.env._X_AMZN_TRACE_ID ?? null, process.env.TRACEPARENT ?? null];",
  );
  await write(
    "python",
    "handler.py",
    "import os\ndef handler(event, context):\n    return [os.environ.get('_X_AMZN_TRACE_ID'), os.environ.get('TRACEPARENT')]\n",
  );
  await write(
    "program",
    "run",
    `#!/bin/sh\nprintf '["%s","%s"]' "$_X_AMZN_TRACE_ID" "$TRACEPARENT"\n`,
  );
  return folder;
}

async function tracing() {
  const printed: JsonObject[] = [];
  const server = await ownServer({
    functionsFolder: await functionsFolder(),
    functionLogs: (_name, _stream, _text, owner) => printed.push({ ...owner } as JsonObject),
  });
  const names = ["node", "python", "program"];
  const { stateMachineArn = null } = await server.call("CreateStateMachine", {
    name: "Traced",
    definition: JSON.stringify({
      StartAt: "All",
      States: {
        All: {
          Type: "Parallel",
          End: true,
          Branches: names.map((name) => ({
            StartAt: name,
            States: { [name]: { Type: "Task", Resource: `lambda:${name}`, End: true } },
          })),
        },
      },
    }),
    roleArn,
    type: "EXPRESS",
  });
  const run = async (more: object): Promise<unknown> => {
    const answer = await server.call("StartSyncExecution", { stateMachineArn, ...more });
    return JSON.parse(answer["output"] as string);
  };
  return { ...server, stateMachineArn, run };
}

test("functions in each language are told of the trace that the execution was started in, and only of that", async () => {
  const { run } = await tracing();
  expect(await run({ traceHeader: xRay })).toEqual(Array(3).fill([xRay, traceparent]));
  expect(await run({ traceHeader: traceparent })).toEqual(Array(3).fill([xRay, traceparent]));
  expect(await run({})).toEqual([
    [null, null],
    [null, null],
    ["", ""],
  ]);
});

test.each([
  ["x-amzn-trace-id", xRay, xRay],
  ["traceparent", traceparent, traceparent],
  ["traceparent", "00-nothing", undefined],
])("a start over HTTP takes the trace of its request: %s %s", async (name, value, expected) => {
  const server = await ownServer();
  const { stateMachineArn } = await server.call("CreateStateMachine", {
    name: "Asked",
    definition: JSON.stringify({ StartAt: "A", States: { A: { Type: "Succeed" } } }),
    roleArn,
  });
  const answer = await fetch(server.url, {
    method: "POST",
    headers: {
      "Content-Type": "application/x-amz-json-1.0",
      "X-Amz-Target": "AWSStepFunctions.StartExecution",
      [name]: value,
    },
    body: JSON.stringify({ stateMachineArn }),
  });
  const { executionArn } = (await answer.json()) as JsonObject;
  const described = await server.call("DescribeExecution", { executionArn });
  expect(described["traceHeader"]).toBe(expected);
});

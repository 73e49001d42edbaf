import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import {
  call,
  closed,
  runningCommand,
  startServer,
  stepwell,
  temporaryFolder,
} from "./stepwell.ts";

const roleArn = "arn:aws:iam::000000000000:role/test";

async function machineWithActivity(url: string): Promise<{
  readonly activityArn: string;
  readonly stateMachineArn: string;
}> {
  const { activityArn } = await call(url, "CreateActivity", { name: "do" });
  const { stateMachineArn } = await call(url, "CreateStateMachine", {
    name: "machine",
    roleArn,
    definition: JSON.stringify({
      StartAt: "Do",
      States: { Do: { Type: "Task", Resource: activityArn, End: true } },
    }),
  });
  return { activityArn: String(activityArn), stateMachineArn: String(stateMachineArn) };
}

async function started(url: string, stateMachineArn: string, input: object): Promise<string> {
  const { executionArn } = await call(url, "StartExecution", {
    stateMachineArn,
    input: JSON.stringify(input),
  });
  return String(executionArn);
}

test("a program does the work; its output, its failure and its documents are the task's", async () => {
  const server = await startServer([]);
  const { activityArn, stateMachineArn } = await machineWithActivity(server.url);
  const program = `input=$(cat); case "$input" in
    *echo*) echo "$input";;
    *text*) echo some text;;
    *named*) echo '{"errorType":"Card.Declined","errorMessage":"no money"}'; exit 1;;
    *) echo broken >&2; exit 3;; esac`;
  const worker = runningCommand(
    ["worker", "--activity", activityArn, "--run", program, "--endpoint", server.url],
    { env: { AWS_REGION: "us-east-1" } },
  );
  const run = async (input: object) =>
    closed(server.url, await started(server.url, stateMachineArn, input));
  expect(await run({ echo: 1 })).toMatchObject({ status: "SUCCEEDED", output: '{"echo":1}' });
  expect(await run({ text: 1 })).toMatchObject({ status: "SUCCEEDED", output: '"some text"' });
  expect(await run({ named: 1 })).toMatchObject({ error: "Card.Declined", cause: "no money" });
  expect(await run({})).toMatchObject({
    error: "States.TaskFailed",
    cause: "The program ended with status 3: broken",
  });
  const { status, stderr } = await worker.end("SIGTERM");
  expect(status).toBe(0);
  expect(stderr).toContain(`waits for tasks of ${activityArn}`);
  expect(stderr).toContain("stops: no new task is taken");
});

test("a task goes on while its server is killed and comes back: it is done once", async () => {
  const cwd = temporaryFolder();
  const first = await startServer([], { cwd });
  const { activityArn, stateMachineArn } = await machineWithActivity(first.url);
  const program = `echo run >> runs; while [ ! -e go ]; do sleep 0.05; done; echo '{"done":true}'`;
  const worker = runningCommand(
    ["worker", "--activity", activityArn, "--run", program, "--endpoint", first.url],
    { cwd },
  );
  const executionArn = await started(first.url, stateMachineArn, {});
  await vi.waitFor(() => expect(existsSync(join(cwd, "runs"))).toBe(true), 20_000);
  await first.end("SIGKILL");
  // The result cannot be sent now.
  writeFileSync(join(cwd, "go"), "");
  await vi.waitFor(() => expect(worker.stderr()).toContain("SendTaskSuccess"), 20_000);
  const second = await startServer(["--port", new URL(first.url).port], { cwd });
  expect(await closed(second.url, executionArn)).toMatchObject({
    status: "SUCCEEDED",
    output: '{"done":true}',
  });
  expect(readFileSync(join(cwd, "runs"), "utf8")).toBe("run\n");
  const { events } = await call(second.url, "GetExecutionHistory", { executionArn });
  expect((events as { type: string }[]).map(({ type }) => type)).toEqual([
    "ExecutionStarted",
    "TaskStateEntered",
    "ActivityScheduled",
    "ActivityStarted",
    "ActivitySucceeded",
    "TaskStateExited",
    "ExecutionSucceeded",
  ]);
  expect((await worker.end("SIGTERM")).status).toBe(0);
});

test("a worker that stops ends what runs too long with all that it has started", async () => {
  const cwd = temporaryFolder();
  const server = await startServer([], { cwd });
  const { activityArn, stateMachineArn } = await machineWithActivity(server.url);
  const program = `sh -c 'echo $$ > inner; sleep 600'`;
  const worker = runningCommand(
    [
      "worker",
      "--activity",
      activityArn,
      "--run",
      program,
      "--endpoint",
      server.url,
      "--grace",
      "0",
    ],
    { cwd },
  );
  const executionArn = await started(server.url, stateMachineArn, {});
  await vi.waitFor(() => expect(existsSync(join(cwd, "inner"))).toBe(true), 20_000);
  const pid = Number(readFileSync(join(cwd, "inner"), "utf8"));
  expect((await worker.end("SIGTERM")).status).toBe(0);
  expect(await closed(server.url, executionArn)).toMatchObject({
    status: "FAILED",
    error: "Worker.Stopped",
  });
  expect(() => process.kill(pid, 0)).toThrow("ESRCH");
});

test.each([
  [[], "--activity ARN is missing."],
  [["--activity", "do"], "--activity is an activity's ARN, not 'do'."],
  [["--activity", "arn:aws:states:a:1:activity:do"], "--run COMMAND is missing."],
  [
    ["--activity", "arn:aws:states:a:1:activity:do", "--run", "cat", "--concurrency", "0"],
    "--concurrency is a whole number from 1 to 100, not '0'.",
  ],
])("worker %j is asked for wrongly", async (args, problem) => {
  const { status, stderr } = await stepwell(["worker", ...args]);
  expect(status).toBe(2);
  expect(stderr).toContain(problem);
});

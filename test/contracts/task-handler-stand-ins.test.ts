import { createServer, type IncomingMessage } from "node:http";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { JsonObject } from "../../src/expression/json.ts";
import { Payload } from "../../src/expression/payload.ts";
import { isJobsProcess } from "../../src/integrations/local-jobs/process-group.ts";
import { ServerLeaves, type TaskOutcome } from "../../src/ports/task-handler.ts";
import { harness, serviceResource } from "./task-handler-harness.ts";

const runTask = serviceResource("ecs", "runTask", "sync");
const taskParameters = { Cluster: "c", TaskDefinition: "backup:3", LaunchType: "FARGATE" };

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "stepwell-jobs-"));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function outputOf(outcome: TaskOutcome): unknown {
  return outcome.type === "succeeded" ? outcome.output.value : outcome;
}

async function existing(path: string): Promise<void> {
  await vi.waitFor(
    () => {
      if (!existsSync(path)) throw new Error(`${path} is not there`);
    },
    { timeout: 10_000, interval: 20 },
  );
}

describe("a command that stands in for a job", () => {
  test("is told what the task says, and its result is the task's", async () => {
    const { run, submitted, printed } = harness({
      standIns: { "ecs:runTask.sync": { command: "cat; echo working >&2" } },
    });
    const outcome = await run(runTask, taskParameters);
    expect(outputOf(outcome)).toEqual({
      resource: "arn:aws:states:::ecs:runTask.sync",
      parameters: taskParameters,
      executionArn: "arn:aws:states:eu-west-1:123456789012:execution:machine:one",
      stateMachineArn: "arn:aws:states:eu-west-1:123456789012:stateMachine:machine",
      stateName: "Call",
      taskToken: "token",
    });
    expect(submitted).toEqual([{ JobId: expect.any(String) as string }]);
    expect(printed).toContain("ecs:runTask stderr working\n");
  });

  test("has the parameters as they were written", async () => {
    const { run } = harness({ standIns: { "sns:publish": { command: "cat" } } });
    const text = '{"TopicArn":"t","Message":{"id":9007199254740993,"2":1,"1":2}}';
    const outcome = await run(serviceResource("sns", "publish"), null, { text });
    expect(outcome.type === "succeeded" && outcome.output.text).toContain(text);
  });

  test.each([
    ["echo broken >&2; exit 3", "States.TaskFailed", "The command ended with status 3: broken"],
    ["exit 1", "States.TaskFailed", "The command ended with status 1"],
    [
      `echo '{"errorType":"ECS.ClusterNotFoundException","errorMessage":"No cluster."}'; exit 1`,
      "ECS.ClusterNotFoundException",
      "No cluster.",
    ],
    ["kill -9 $$", "States.TaskFailed", expect.stringContaining("status 137") as string],
    ["no-such-program", "States.TaskFailed", expect.stringContaining("status 127") as string],
  ])("that fails (%s) fails the task", async (command, error, cause) => {
    const { run } = harness({ standIns: { "ecs:runTask": { command } } });
    expect(await run(runTask, taskParameters)).toEqual({ type: "failed", error, cause });
  });

  test("that takes too long is ended with all that it has started", async () => {
    const folder = temporaryFolder();
    const { run } = harness({
      standIns: {
        "ecs:runTask": {
          command: `sh -c 'echo $$ > ${folder}/inner; sleep 60'`,
          timeoutSeconds: 0.3,
        },
      },
    });
    expect(await run(runTask, taskParameters)).toMatchObject({
      error: "States.TaskFailed",
      cause: expect.stringContaining("longer than 0.3 s") as string,
    });
    const pid = Number(readFileSync(join(folder, "inner"), "utf8"));
    expect(await isJobsProcess(pid, folder)).toBe(false);
  });

  test("is ended by a signal when its outcome no longer matters, and may tidy up", async () => {
    const folder = temporaryFolder();
    const { run } = harness({
      standIns: {
        "ecs:runTask": {
          command: `trap 'touch ${folder}/tidied; exit 0' TERM; touch ${folder}/begun; while :; do sleep 0.05; done`,
        },
      },
    });
    const stop = new AbortController();
    const outcome = run(runTask, taskParameters, { signal: stop.signal });
    await existing(join(folder, "begun"));
    stop.abort();
    expect(await outcome).toEqual({ type: "pending" });
    expect(existsSync(join(folder, "tidied"))).toBe(true);
  });

  test("goes on while the server is away, and is found again: it runs once", async () => {
    const jobsFolder = temporaryFolder();
    const standIns = {
      "ecs:runTask": {
        command: `echo run >> ${jobsFolder}/runs; while [ ! -e ${jobsFolder}/go ]; do sleep 0.02; done; echo '{"done":true}'`,
      },
    };
    const first = harness({ standIns, jobsFolder });
    const leaves = new AbortController();
    const left = first.run(runTask, taskParameters, { signal: leaves.signal });
    await existing(join(jobsFolder, "runs"));
    leaves.abort(new ServerLeaves());
    expect(await left).toEqual({ type: "pending" });

    const next = harness({ standIns, jobsFolder });
    const [resumes] = first.submitted;
    const outcome = next.run(runTask, taskParameters, { resumes: resumes as JsonObject });
    writeFileSync(join(jobsFolder, "go"), "");
    expect(outputOf(await outcome)).toEqual({ done: true });
    expect(readFileSync(join(jobsFolder, "runs"), "utf8")).toBe("run\n");
    expect(next.submitted).toEqual([]);
    // A server that dies before it has recorded the end asks once more.
    const again = await next.run(runTask, taskParameters, { resumes: resumes as JsonObject });
    expect(outputOf(again)).toEqual({ done: true });
    expect(readFileSync(join(jobsFolder, "runs"), "utf8")).toBe("run\n");
  });

  test("that was recorded and had not begun begins when it is taken up", async () => {
    const { run, submitted } = harness({ standIns: { "ecs:runTask": { command: "echo 1" } } });
    const outcome = await run(runTask, taskParameters, { resumes: { JobId: "a-b-c" } });
    expect(outputOf(outcome)).toBe(1);
    expect(submitted).toEqual([]);
  });

  test("that is gone without a word fails the task", async () => {
    const jobsFolder = temporaryFolder();
    const standIns = {
      "ecs:runTask": { command: `ps -o ppid= -p $$ > ${jobsFolder}/shell; sleep 60` },
    };
    const { run, submitted } = harness({ standIns, jobsFolder });
    const outcome = run(runTask, taskParameters);
    await vi.waitFor(
      () => expect(readFileSync(join(jobsFolder, "shell"), "utf8").trim()).not.toBe(""),
      { timeout: 10_000, interval: 20 },
    );
    process.kill(-Number(readFileSync(join(jobsFolder, "shell"), "utf8")), "SIGKILL");
    expect(await outcome).toMatchObject({
      error: "States.TaskFailed",
      cause: expect.stringContaining("did not say how it ended") as string,
    });
    expect(submitted).toHaveLength(1);
  });
});

describe("a function that stands in for a service", () => {
  test("has the request as its event", async () => {
    const { run, write } = harness({ standIns: { "sns:*": { function: "notify" } } });
    write({
      "notify/index.mjs":
        "export const handler = async ({ resource, parameters }) => ({ MessageId: `${resource} ${parameters.Message}` });",
    });
    const outcome = await run(serviceResource("sns", "publish"), { TopicArn: "t", Message: "m" });
    expect(outputOf(outcome)).toEqual({ MessageId: "arn:aws:states:::sns:publish m" });
  });

  test("fails the task with the error that it throws", async () => {
    const { run, write } = harness({ standIns: { "sns:publish": { function: "notify" } } });
    write({
      "notify/index.mjs":
        "export const handler = async () => { const error = new Error('No topic.'); error.name = 'SNS.NotFoundException'; throw error; };",
    });
    const outcome = await run(serviceResource("sns", "publish"), { TopicArn: "t", Message: "m" });
    expect(outcome).toEqual({
      type: "failed",
      error: "SNS.NotFoundException",
      cause: "No topic.",
    });
  });

  test("does a job as long as it takes, and what it returns is recorded with it", async () => {
    const { run, write, submitted } = harness({
      standIns: { "ecs:runTask": { function: "task" } },
    });
    write({ "task/index.mjs": "export const handler = async () => ({ ExitCode: 0 });" });
    expect(outputOf(await run(runTask, taskParameters))).toEqual({ ExitCode: 0 });
    expect(submitted).toEqual([{ ExitCode: 0 }]);
  });
});

describe("a URL that stands in for a service", () => {
  async function server(
    answer: (request: IncomingMessage, body: string) => readonly [status: number, body: string],
  ): Promise<string> {
    const listening = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => {
        const [status, text] = answer(request, body);
        response.writeHead(status).end(text);
      });
    });
    await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
    cleanups.push(() => listening.close());
    const { port } = listening.address() as { readonly port: number };
    return `http://127.0.0.1:${port}/glue`;
  }
  const glue = serviceResource("glue", "startJobRun", "sync");

  test("answers the result", async () => {
    const http = await server((request, body) => [
      200,
      JSON.stringify({
        method: request.method,
        by: request.headers["x-by"],
        body: JSON.parse(body) as unknown,
      }),
    ]);
    const { run } = harness({
      standIns: { "glue:startJobRun": { http, headers: { "x-by": "us" } } },
    });
    expect(outputOf(await run(glue, { JobName: "j" }))).toMatchObject({
      method: "POST",
      by: "us",
      body: { resource: "arn:aws:states:::glue:startJobRun.sync", parameters: { JobName: "j" } },
    });
  });

  test.each([
    [
      409,
      '{"errorType":"Glue.ConcurrentRunsExceededException","errorMessage":"Too many."}',
      "Glue.ConcurrentRunsExceededException",
      "Too many.",
    ],
    [500, "oh", "States.TaskFailed", "500 Internal Server Error: oh"],
  ])("answers %i with an error", async (status, body, error, cause) => {
    const http = await server(() => [status, body]);
    const { run } = harness({ standIns: { "glue:startJobRun": { http } } });
    expect(await run(glue, { JobName: "j" })).toEqual({ type: "failed", error, cause });
  });

  test("that does not answer fails the task", async () => {
    const { run } = harness({
      standIns: { "glue:startJobRun": { http: "http://127.0.0.1:1/" } },
    });
    expect(await run(glue, { JobName: "j" })).toMatchObject({
      error: "States.TaskFailed",
      cause: expect.stringContaining("could not be called") as string,
    });
  });

  test("whose answer can be no result fails the task as one that is too long", async () => {
    const http = await server(() => [200, JSON.stringify("x".repeat(2_000_000))]);
    const { run } = harness({ standIns: { "glue:startJobRun": { http } } });
    expect(await run(glue, { JobName: "j" })).toMatchObject({ error: "States.DataLimitExceeded" });
  });
});

describe("a container that stands in for a task", () => {
  /** In the place of podman: tells what it is told, and ends as the command says. */
  const program = `#!/bin/sh
case "$1" in
run)
  for argument; do
    case "$argument" in --env-file=*) env_file="\${argument#--env-file=}";; esac
    echo "argument $argument"
  done
  cat "$env_file"
  for last; do :; done
  exit "$last";;
rm) echo "$@" >> "$REMOVED";;
esac
`;
  const overrides = {
    ContainerOverrides: [
      {
        Name: "main",
        Command: ["backup", "0"],
        Environment: [
          { Name: "MODE", Value: "full" },
          { Name: "NOTE", Value: "two\nlines" },
        ],
      },
    ],
  };

  test("runs with the task's command and variables, and is described as the service does", async () => {
    const folder = temporaryFolder();
    const containerEngine = join(folder, "podman");
    const made = harness({
      standIns: { "ecs:runTask": { container: "backup:1", arguments: ["--network=none"] } },
      containerEngine,
    });
    writeFileSync(containerEngine, program, { mode: 0o755 });
    const outcome = await made.run(runTask, { ...taskParameters, Overrides: overrides });
    expect(outputOf(outcome)).toMatchObject({
      Containers: [{ ExitCode: 0, Image: "backup:1", LastStatus: "STOPPED", Name: "main" }],
      LastStatus: "STOPPED",
      LaunchType: "FARGATE",
      TaskArn: expect.stringMatching(
        /^arn:aws:ecs:eu-west-1:123456789012:task\/c\/[0-9a-f]{32}$/,
      ) as string,
      TaskDefinitionArn: "arn:aws:ecs:eu-west-1:123456789012:task-definition/backup:3",
    });
    const log = made.printed.join("");
    expect(log).toContain(
      "argument --env=NOTE=two\nlines\nargument --network=none\nargument backup:1\nargument backup\nargument 0\n",
    );
    expect(log).toContain("MODE=full\n");
    expect(log).toContain("STEPWELL_TASK_TOKEN=token\n");
  });

  test("that ends badly fails the task, and what describes it is the cause", async () => {
    const folder = temporaryFolder();
    const containerEngine = join(folder, "podman");
    writeFileSync(containerEngine, program, { mode: 0o755 });
    const { run } = harness({ standIns: { "ecs:runTask": { container: "b" } }, containerEngine });
    const command = { ContainerOverrides: [{ Name: "main", Command: ["4"] }] };
    const outcome = await run(runTask, { ...taskParameters, Overrides: command });
    expect(outcome).toMatchObject({ error: "States.TaskFailed" });
    const { cause = "" } = outcome as { readonly cause?: string };
    expect(JSON.parse(cause)).toMatchObject({ Containers: [{ ExitCode: 4 }] });
  });

  test("of a task that is only submitted goes on by itself", async () => {
    const folder = temporaryFolder();
    const containerEngine = join(folder, "podman");
    writeFileSync(containerEngine, `#!/bin/sh\ntouch ${folder}/ran\n`, { mode: 0o755 });
    const { run } = harness({ standIns: { "ecs:*": { container: "b" } }, containerEngine });
    const outcome = await run(serviceResource("ecs", "runTask"), taskParameters);
    expect(outputOf(outcome)).toMatchObject({ Failures: [], Tasks: [{ LastStatus: "RUNNING" }] });
    await existing(join(folder, "ran"));
  });

  test("without podman or docker fails, and says what to do", async () => {
    const { run } = harness({
      standIns: { "ecs:*": { container: "b" } },
      containerEngine: "no-such-engine",
    });
    expect(await run(runTask, taskParameters)).toMatchObject({
      cause: expect.stringContaining("no-such-engine") as string,
    });
  });
});

describe("a folder that stands in for S3", () => {
  function s3() {
    const folder = temporaryFolder();
    const { run } = harness({ standIns: { "aws-sdk:s3:*": { folder } } });
    const call = (action: string, parameters: JsonObject) =>
      run(serviceResource("aws-sdk:s3", action), parameters);
    return { folder, call };
  }
  const Bucket = "orders";

  test("keeps what is put into it as a file", async () => {
    const { folder, call } = s3();
    const put = await call("putObject", { Bucket, Key: "a/b.json", Body: { total: 3 } });
    expect(outputOf(put)).toEqual({ ETag: expect.stringMatching(/^"[0-9a-f]{32}"$/) as string });
    expect(readFileSync(join(folder, "orders", "a", "b.json"), "utf8")).toBe('{"total":3}');
    await call("copyObject", { Bucket, Key: "a/c", CopySource: "orders/a/b.json" });
    expect(outputOf(await call("getObject", { Bucket, Key: "a/c" }))).toMatchObject({
      Body: '{"total":3}',
      ContentLength: 11,
    });
    expect(outputOf(await call("headObject", { Bucket, Key: "a/c" }))).not.toHaveProperty("Body");
    const list = { Bucket, Prefix: "a/", MaxKeys: 1 };
    expect(outputOf(await call("listObjectsV2", list))).toMatchObject({
      Contents: [{ Key: "a/b.json", Size: 11 }],
      IsTruncated: true,
      NextContinuationToken: "a/b.json",
    });
    const rest = { Bucket, Prefix: "a/", ContinuationToken: "a/b.json" };
    expect(outputOf(await call("listObjectsV2", rest))).toMatchObject({
      Contents: [{ Key: "a/c" }],
      IsTruncated: false,
    });
    expect(outputOf(await call("deleteObject", { Bucket, Key: "a/c" }))).toEqual({});
    expect(outputOf(await call("deleteObject", { Bucket, Key: "a/c" }))).toEqual({});
  });

  test.each([
    [{ Bucket, Key: "none" }, "S3.NoSuchBucketException"],
    [{ Bucket: "../orders", Key: "a" }, "S3.S3Exception"],
    [{ Bucket: "b", Key: "a" }, "S3.S3Exception"],
  ])("answers for %j as S3 does: %s", async (parameters, error) => {
    const { call } = s3();
    expect(await call("getObject", parameters)).toMatchObject({
      type: "failed",
      error,
      cause: expect.stringMatching(/\(Service: S3, Status Code: 40\d, Request ID: .+\)/) as string,
    });
  });

  test("keeps everything within it", async () => {
    const { call } = s3();
    await call("putObject", { Bucket, Key: "a", Body: "x" });
    for (const Key of ["../../secret", "/etc/passwd", "a/../../b"]) {
      expect(await call("putObject", { Bucket, Key, Body: "y" })).toMatchObject({ type: "failed" });
      expect(await call("deleteObject", { Bucket, Key })).toMatchObject({ type: "failed" });
    }
  });

  test("refuses an object that can be no result, and what it cannot do", async () => {
    const { folder, call } = s3();
    await call("putObject", { Bucket, Key: "a", Body: "x" });
    writeFileSync(join(folder, "orders", "large"), Buffer.alloc(300_000));
    expect(await call("getObject", { Bucket, Key: "large" })).toMatchObject({
      error: "States.DataLimitExceeded",
    });
    expect(await call("getObject", { Bucket })).toMatchObject({ type: "rejected" });
    expect(await call("restoreObject", { Bucket, Key: "a" })).toMatchObject({ type: "rejected" });
  });
});

test("a fixed result stands in as well", async () => {
  const { run } = harness({
    standIns: { "events:putEvents": { result: { FailedEntryCount: 0 } } },
  });
  const outcome = await run(serviceResource("events", "putEvents"), { Entries: [] });
  expect(outputOf(outcome)).toEqual({ FailedEntryCount: 0 });
});

test("parameters are checked as the service's own integration checks them", () => {
  const { handlers } = harness({ standIns: { "sqs:*": { result: {} } } });
  const resource = serviceResource("sqs", "sendMessage");
  const handler = handlers.find(resource);
  expect(handler.refuseParameters?.(resource, Payload.ofValue({ QueueUrl: "q" }))).toContain(
    "The field 'MessageBody' is required but was missing",
  );
});

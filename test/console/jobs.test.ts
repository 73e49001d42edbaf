import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { JobDesk, type JobDeskOptions } from "../../src/console/jobs/job-desk.ts";
import { jobFolder, type JobLog } from "../../src/console/jobs/job-log.ts";
import type { JobDetail, JobPlanView, JobView } from "../../src/console/view-types.ts";
import { Payload } from "../../src/expression/payload.ts";
import { systemClock } from "../../src/runtime/system-clock.ts";
import { ApiError } from "../../src/service/errors/api-error.ts";
import {
  accountId,
  region,
  roleArn,
  startServer,
  waitDefinition,
  type TestServer,
} from "../api/start-server.ts";
import { api, builtConsole } from "./ask.ts";

const states = `arn:aws:states:${region}:${accountId}`;
const machine = (name: string) => `${states}:stateMachine:${name}`;

let server: TestServer;
let isBroken = true;
/** A function that fails until it is mended. */
const handlers = {
  find: () => ({
    handles: () => true,
    run: () =>
      Promise.resolve(
        isBroken
          ? ({ type: "failed", error: "Broken", cause: "" } as const)
          : ({ type: "succeeded", output: Payload.ofText("{}") } as const),
      ),
  }),
};
beforeAll(async () => {
  server = await startServer({ handlers, consoleFolder: builtConsole() });
  const call = `arn:aws:lambda:${region}:${accountId}:function:f`;
  const failing = { StartAt: "T", States: { T: { Type: "Task", Resource: call, End: true } } };
  for (const [name, definition] of [
    ["hold", waitDefinition],
    ["fail", JSON.stringify(failing)],
  ]) {
    await server.service.call("CreateStateMachine", { name, definition, roleArn });
  }
  await server.views?.index.loaded();
});
afterAll(async () => {
  expect(server.mistakes).toEqual([]);
  await server.close();
});

async function start(name: string, count: number, prefix: string): Promise<readonly string[]> {
  const arns: string[] = [];
  for (let index = 0; index < count; index++) {
    const answer = await server.service.call("StartExecution", {
      stateMachineArn: machine(name),
      name: `${prefix}-${index}`,
    });
    arns.push(answer["executionArn"] as string);
  }
  const status = name === "fail" ? "FAILED" : "RUNNING";
  await allAre(arns, status);
  // The index is told after the store.
  await vi.waitFor(() =>
    expect(arns.every((arn) => server.views?.index.find(arn)?.status === status)).toBe(true),
  );
  return arns;
}

const recordOf = async (arn: string) => server.store.execution(arn);
const allAre = (arns: readonly string[], status: string) =>
  vi.waitFor(
    async () => {
      for (const arn of arns) expect((await recordOf(arn))?.status).toBe(status);
    },
    { timeout: 10_000 },
  );

const folder = (): string => mkdtempSync(join(tmpdir(), "stepwell-jobs-"));

/** Who may do all of it, and whose filters pick nothing. */
const anybody: JobDeskOptions["access"] = {
  may: () => Promise.resolve(),
  mayList: () => Promise.resolve(),
  exactly: () => Promise.resolve([]),
};

function deskOver(log: JobLog, more: Partial<JobDeskOptions> = {}): JobDesk {
  return new JobDesk({
    access: anybody,
    service: server.service,
    store: server.store,
    clock: systemClock,
    log,
    index: { find: (arn) => server.views?.index.find(arn) },
    ...more,
  });
}

const end = (desk: JobDesk, id: string, state = "done"): Promise<JobDetail> =>
  vi.waitFor(
    async () => {
      const job = await desk.find(id, {});
      expect(job.state).toBe(state);
      return job;
    },
    { timeout: 10_000 },
  );

const post = async <T>(path: string, body: unknown): Promise<T> => {
  const answer = await api(server.port, path, { method: "POST", body });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body as T;
};

test("a dry run tells how many match, how many can, and why the others cannot", async () => {
  const failed = await start("fail", 2, "dry");
  const running = await start("hold", 3, "dry");
  const plan = await post<JobPlanView>("jobs", {
    action: "stop",
    filter: "name:dry",
    dryRun: true,
  });
  expect(plan).toEqual({
    action: "stop",
    matched: 5,
    fit: 3,
    unfit: [{ reason: "ended", count: 2 }],
  });
  const missing = `${states}:execution:hold:never`;
  expect(
    await post("jobs", {
      action: "redrive",
      executionArns: [...failed, ...running, missing, missing],
      dryRun: true,
    }),
  ).toMatchObject({
    matched: 6,
    fit: 2,
    unfit: [
      { reason: "running", count: 3 },
      { reason: "missing", count: 1 },
    ],
  });
  await allAre(running, "RUNNING");
});

test("a filter that is not understood to its end acts on nothing", async () => {
  for (const filter of ["colour:red", "input.a:1", "status:lost"]) {
    const body = { action: "stop", filter };
    expect(await api(server.port, "jobs", { method: "POST", body })).toMatchObject({
      status: 400,
      body: { __type: "ValidationException" },
    });
  }
});

test.each([
  [{ action: "delete", filter: "" }, "'stop' or 'redrive'"],
  [{ action: "stop" }, "'filter' or a list"],
  [{ action: "stop", filter: "", executionArns: [] }, "'filter' or a list"],
  [{ action: "stop", executionArns: ["x"] }, "Invalid ARN prefix"],
  [{ action: "stop", filter: "", dryRun: "yes" }, "true or false"],
  [{ action: "stop", filter: "", error: "x".repeat(257) }, "at most 256"],
])("%j is no job", async (body, message) => {
  const answer = await api(server.port, "jobs", { method: "POST", body });
  expect(answer).toMatchObject({
    status: 400,
    body: { message: expect.stringContaining(message) },
  });
});

test("a job stops what its filter picks, and is told of over HTTP", async () => {
  const arns = await start("hold", 20, "stopped");
  const job = await post<JobView>("jobs", {
    action: "stop",
    filter: "name:stopped",
    error: "Enough",
  });
  expect(job).toMatchObject({ state: "running", total: 20, by: "anonymous" });
  await vi.waitFor(async () => {
    const { body } = await api(server.port, `jobs/${job.id}`);
    expect(body).toMatchObject({ state: "done", done: 20, succeeded: 20, failed: 0, refused: [] });
  });
  await allAre(arns, "ABORTED");
  const { body } = await api(server.port, "jobs");
  expect(body).toEqual(
    expect.arrayContaining([expect.objectContaining({ id: job.id, state: "done" })]),
  );
  expect(await api(server.port, "jobs/none")).toMatchObject({ status: 404 });
  const late = await api(server.port, `jobs/${job.id}`, {
    method: "POST",
    body: { action: "pause" },
  });
  expect(late).toMatchObject({ status: 400, body: { message: expect.stringContaining("ended") } });
});

test("no more than 8 calls are under way, and no more than 50 begin in a second", async () => {
  const arns = await start("hold", 40, "paced");
  let [underWay, most] = [0, 0];
  const begun: number[] = [];
  const desk = deskOver(jobFolder(folder()), {
    service: {
      call: async () => {
        begun.push(Date.now());
        most = Math.max(most, ++underWay);
        await new Promise((resolve) => setTimeout(resolve, 5));
        underWay--;
        return {};
      },
    },
  });
  const { id } = (await desk.ask({ action: "stop", executionArns: arns }, {})) as JobView;
  await end(desk, id);
  expect(most).toBe(8);
  // Four pauses of 160 ms are between the five batches.
  expect((begun.at(-1) ?? 0) - (begun[0] ?? 0)).toBeGreaterThanOrEqual(600);
});

test("a job that is killed goes on in the next process: nothing is lost, nothing is done twice", async () => {
  isBroken = true;
  const arns = await start("fail", 30, "killed");
  const path = folder();
  let asked = 0;
  const dying = deskOver(jobFolder(path), {
    service: {
      async call(operation, input, request) {
        const isAnswered = ++asked <= 8;
        // Of the second batch half was done; the process ends before it hears of any.
        if (isAnswered || asked % 2 === 0) await server.service.call(operation, input, request);
        return isAnswered ? {} : new Promise(() => {});
      },
    },
  });
  const { id } = (await dying.ask({ action: "redrive", executionArns: arns }, {})) as JobView;
  await vi.waitFor(() => expect(asked).toBe(16));
  await vi.waitFor(async () => {
    const redriven = await Promise.all(arns.map(recordOf));
    expect(redriven.filter((record) => record?.redriveCount === 1)).toHaveLength(12);
    // They have failed again: nothing but the job knows that they are done.
    expect(redriven.every((record) => record?.status === "FAILED")).toBe(true);
  });

  const next = deskOver(jobFolder(path));
  const job = await end(next, id);
  expect(job).toMatchObject({ total: 30, done: 30, succeeded: 30, failed: 0 });
  await allAre(arns, "FAILED");
  for (const arn of arns) expect((await recordOf(arn))?.redriveCount, arn).toBe(1);
});

test("what was redriven after the job had stopped it is not stopped again", async () => {
  isBroken = true;
  const [arn = ""] = await start("fail", 1, "woken");
  const path = folder();
  const log = jobFolder(path);
  const header = {
    id: "j",
    action: "stop",
    created: 0,
    by: "",
    matched: 1,
    unfit: [],
    total: 1,
  } as const;
  await log.append("j", { type: "job", header, executionArns: [arn] });
  await log.append("j", { type: "begin", from: 0, to: 1, at: Date.now() - 1 });
  await server.service.call("RedriveExecution", { executionArn: arn });
  let calls = 0;
  const desk = deskOver(jobFolder(path), {
    service: { call: () => Promise.resolve({ calls: ++calls }) },
  });
  expect(await end(desk, "j")).toMatchObject({ succeeded: 1 });
  expect(calls).toBe(0);
});

test("a line that a crash has cut off is as if it had not been written", async () => {
  const arns = await start("hold", 10, "torn");
  const path = folder();
  const log = jobFolder(path);
  const header = {
    id: "torn",
    action: "stop",
    created: 0,
    by: "",
    matched: 10,
    unfit: [],
    total: 10,
  } as const;
  await log.append("torn", { type: "job", header, executionArns: arns });
  const file = join(path, "torn.jsonl");
  writeFileSync(file, `${readFileSync(file, "utf8")}{"type":"begin","from":0,"to":8,"a`);
  writeFileSync(join(path, "never.jsonl"), '{"type":"job","header":{"id":"never"');
  const desk = deskOver(jobFolder(path));
  await end(desk, "torn");
  await allAre(arns, "ABORTED");
  expect((await desk.list({})).map(({ id }) => id)).toEqual(["torn"]);
});

test("a job can be paused, resumed and cancelled; each outlives the process", async () => {
  const arns = await start("hold", 40, "paused");
  const path = folder();
  const desk = deskOver(jobFolder(path));
  const { id } = (await desk.ask({ action: "stop", executionArns: arns }, {})) as JobView;
  await desk.change(id, { action: "pause" }, {});
  desk.close();
  await new Promise((resolve) => setTimeout(resolve, 200));

  const second = deskOver(jobFolder(path));
  const paused = await second.find(id, {});
  expect(paused.state).toBe("paused");
  expect(paused.done).toBeLessThan(40);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect((await second.find(id, {})).done).toBe(paused.done);
  await second.change(id, { action: "resume" }, {});
  await vi.waitFor(async () =>
    expect((await second.find(id, {})).done).toBeGreaterThan(paused.done),
  );
  await second.change(id, { action: "cancel" }, {});
  await expect(second.change(id, { action: "resume" }, {})).rejects.toThrow("ended");
  await vi.waitFor(() =>
    expect(readFileSync(join(path, `${id}.jsonl`), "utf8")).toContain('"summary"'),
  );
  const { done, succeeded } = await second.find(id, {});
  expect(succeeded).toBe(done);

  const third = deskOver(jobFolder(path));
  expect(await third.find(id, {})).toMatchObject({ state: "cancelled", done, total: 40 });
  expect(readdirSync(path)).toEqual([`${id}.jsonl`]);
});

test("what is refused is told, and why", async () => {
  const arns = await start("hold", 3, "refused");
  const desk = deskOver(jobFolder(folder()), {
    service: {
      call: (_operation, input) =>
        (input as { executionArn: string }).executionArn === arns[1]
          ? Promise.reject(new ApiError("AccessDeniedException", "not you"))
          : Promise.resolve({}),
    },
  });
  const { id } = (await desk.ask({ action: "stop", executionArns: arns }, {})) as JobView;
  expect(await end(desk, id)).toMatchObject({
    succeeded: 2,
    failed: 1,
    refusals: [{ code: "AccessDeniedException", count: 1 }],
    refused: [{ executionArn: arns[1], code: "AccessDeniedException", message: "not you" }],
  });
});

test("each call is made for who made the job, and who did not may change it only if he may do all of it", async () => {
  const arns = await start("hold", 1, "whose");
  const callers: unknown[] = [];
  const caller = (accessKeyId: string) =>
    ({
      caller: {
        partition: "aws",
        region: "us-west-2",
        accountId,
        principal: { type: "accessKey", accessKeyId },
      },
    }) as const;
  const desk = deskOver(jobFolder(folder()), {
    access: {
      ...anybody,
      may: () => Promise.reject(new ApiError("AccessDeniedException", "no")),
    },
    service: {
      call: (_operation, _input, request) => {
        callers.push(request?.caller);
        return new Promise(() => {});
      },
    },
  });
  const asked = { action: "stop", executionArns: arns };
  const { id } = (await desk.ask(asked, caller("A"))) as JobView;
  await vi.waitFor(() =>
    expect(callers).toEqual([
      expect.objectContaining({ region, principal: { type: "accessKey", accessKeyId: "A" } }),
    ]),
  );
  await expect(desk.change(id, { action: "pause" }, caller("B"))).rejects.toThrow("no");
  expect(await desk.change(id, { action: "pause" }, caller("A"))).toMatchObject({
    state: "paused",
  });
});

import { expect, test, vi } from "vitest";
import type { JsonObject } from "../../src/expression/json.ts";
import { httpServer } from "../contracts/http-harness.ts";
import { type OwnServer, ownServer } from "./own-server.ts";

const publicUrl = "https://flows.example.com";

const definition = {
  StartAt: "Ask",
  States: {
    Ask: {
      Type: "Task",
      Resource: "arn:stepwell:states:::webhook.waitForTaskToken",
      Parameters: {},
      End: true,
    },
  },
};

interface Waiting {
  readonly server: OwnServer;
  readonly executionArn: string;
  /** The callback's URL at the server itself. */
  readonly hook: string;
}

/** An execution that waits for its callback. */
async function waiting(): Promise<Waiting> {
  const server = await ownServer({ publicUrl });
  const executionArn = await server.start(definition);
  const hook = await vi.waitFor(async () => {
    const events = await server.history(executionArn);
    const event = events.find(({ type }) => type === "TaskSubmitted");
    const { output } = (event?.["taskSubmittedEventDetails"] ?? {}) as { output: string };
    const { CallbackUrl } = JSON.parse(output) as { CallbackUrl: string };
    expect(CallbackUrl.startsWith(`${publicUrl}/hooks/`)).toBe(true);
    return CallbackUrl.replace(publicUrl, server.url);
  });
  return { server, executionArn, hook };
}

async function post(url: string, body?: string, method = "POST") {
  const response = await fetch(url, { method, ...(body !== undefined && { body }) });
  const text = await response.text();
  return {
    status: response.status,
    ...(text !== "" && (JSON.parse(text) as { readonly message?: string })),
  };
}

async function described({ server, executionArn }: Waiting): Promise<JsonObject> {
  return server.call("DescribeExecution", { executionArn });
}

test("whoever has the URL completes the task with what they post, once", async () => {
  const task = await waiting();
  expect(await post(task.hook, '{"paid": 1.10}')).toEqual({ status: 200 });
  expect(await described(task)).toMatchObject({ status: "SUCCEEDED", output: '{"paid": 1.10}' });
  expect(await post(task.hook, '{"paid": false}')).toMatchObject({
    status: 410,
    message: expect.stringContaining("does not exist") as string,
  });
  expect(await post(`${task.hook}/heartbeat`)).toMatchObject({ status: 410 });
  expect(task.server.mistakes).toEqual([]);
});

test("a service that answers before the call to it has ended completes the task", async () => {
  const server = await ownServer({
    publicUrl,
    http: { allowHttp: true, allowPrivateAddresses: true },
  });
  const service = await httpServer(({ body }, response) => {
    const { callback } = JSON.parse(body) as { callback: string };
    void post(callback.replace(publicUrl, server.url), '"early"').then(({ status }) => {
      response.statusCode = status;
      response.end();
    });
  });
  const { Ask } = definition.States;
  const executionArn = await server.start({
    ...definition,
    States: { Ask: { ...Ask, Parameters: { Url: service.origin } } },
  });
  await vi.waitFor(async () => {
    const described = await server.call("DescribeExecution", { executionArn });
    expect(described).toMatchObject({ status: "SUCCEEDED", output: '"early"' });
  });
});

test("a body of nothing says that it is done", async () => {
  const task = await waiting();
  expect(await post(task.hook)).toEqual({ status: 200 });
  expect(await described(task)).toMatchObject({ status: "SUCCEEDED", output: "{}" });
});

test("a failure has the error and the cause that are posted", async () => {
  const task = await waiting();
  expect(await post(`${task.hook}/heartbeat`)).toEqual({ status: 200 });
  const failure = `${task.hook}/failure`;
  expect(await post(failure, '{"error": 1}')).toMatchObject({ status: 400 });
  expect(await post(failure, '{"error":"Card.Declined","cause":"no money"}')).toEqual({
    status: 200,
  });
  expect(await described(task)).toMatchObject({
    status: "FAILED",
    error: "Card.Declined",
    cause: "no money",
  });
});

test("looking decides nothing, and says what the address is", async () => {
  const task = await waiting();
  for (const method of ["GET", "HEAD", "PUT", "OPTIONS"]) {
    const response = await fetch(task.hook, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("POST");
    if (method === "GET") expect(await response.text()).toContain("ends a task of a workflow");
  }
  expect(await described(task)).toMatchObject({ status: "RUNNING" });
});

test("what is no JSON, or too much, is refused with its place", async () => {
  const task = await waiting();
  expect(await post(task.hook, '{"a":\n nonsense}')).toMatchObject({
    status: 400,
    message: expect.stringMatching(/^The body is not JSON: .*line 2, column 2/) as string,
  });
  expect(await post(task.hook, JSON.stringify("x".repeat(256 * 1024)))).toMatchObject({
    status: 413,
  });
  expect(await described(task)).toMatchObject({ status: "RUNNING" });
});

test("what was sealed for something else opens no hook", async () => {
  const task = await waiting();
  const { server, hook } = task;
  const [sealed = ""] = hook.split("/hooks/").slice(1);
  const flipped = `${sealed[0] === "A" ? "B" : "A"}${sealed.slice(1)}`;
  for (const path of ["", "x", flipped, `${sealed}/else`, `${sealed}/failure/more`]) {
    expect(await post(`${server.url}/hooks/${path}`, "{}")).toMatchObject({ status: 404 });
  }
  // A hook is no task token either.
  await expect(
    server.call("SendTaskSuccess", { taskToken: sealed, output: "{}" }),
  ).rejects.toMatchObject({ code: "InvalidToken" });
  expect(await described(task)).toMatchObject({ status: "RUNNING" });
});

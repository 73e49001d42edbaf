import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { type ActivityHandler, startWorker, TaskFailed } from "../../src/worker/worker.ts";
import type { WorkerSettings, WorkerWorld } from "../../src/worker/run-worker.ts";
import { type ManualClock, manualClock } from "../contracts/http-harness.ts";
import { type OwnServer, ownServer } from "./own-server.ts";

interface Activity {
  readonly server: OwnServer;
  readonly activityArn: string;
  /** Starts an execution with one task for the activity. */
  readonly start: (input?: object) => Promise<string>;
  /** Resolves with the execution once it is closed. */
  readonly closed: (executionArn: string) => Promise<Readonly<Record<string, unknown>>>;
  readonly work: (handler: ActivityHandler, settings?: Partial<WorkerSettings>) => TestWorker;
}

interface TestWorker {
  readonly worker: ReturnType<typeof startWorker>;
  readonly log: string[];
  readonly clock: ManualClock;
}

async function activity(): Promise<Activity> {
  const server = await ownServer();
  const { activityArn = "" } = await server.call("CreateActivity", { name: "do" });
  const definition = {
    StartAt: "Do",
    States: { Do: { Type: "Task", Resource: activityArn, End: true } },
  };
  return {
    server,
    activityArn: activityArn as string,
    start: (input) => server.start(definition, input),
    closed: (executionArn) =>
      vi.waitFor(async () => {
        const described = await server.call("DescribeExecution", { executionArn });
        expect(described["status"]).not.toBe("RUNNING");
        return described;
      }),
    work(handler, settings) {
      const log: string[] = [];
      const clock = manualClock();
      const world: WorkerWorld = { clock, random: () => 0 };
      const worker = startWorker(
        {
          activityArn: activityArn as string,
          endpoint: server.url,
          log: (text) => log.push(text),
          handler,
          ...settings,
        },
        world,
      );
      onTestFinished(() => worker.stop(0));
      return { worker, log, clock };
    },
  };
}

/** Resolves when the handler has been called so many times, each with the signal of its task. */
function called(times = 1) {
  const signals: AbortSignal[] = [];
  const all = Promise.withResolvers<readonly AbortSignal[]>();
  const noted = (signal: AbortSignal): void => {
    signals.push(signal);
    if (signals.length === times) all.resolve(signals);
  };
  return { noted, all: all.promise };
}

test("a handler has the input, and what it returns is the task's output", async () => {
  const { start, closed, work } = await activity();
  work((input, { inputText }) => ({ input, inputText }));
  expect(await closed(await start({ id: 7 }))).toMatchObject({
    status: "SUCCEEDED",
    output: JSON.stringify({ input: { id: 7 }, inputText: '{"id":7}' }),
  });
});

test("what a handler throws fails the task, with the error that it names", async () => {
  const { start, closed, work } = await activity();
  work((input) => {
    if ((input as { named?: boolean }).named === true) throw new TaskFailed("Card.Declined", "no");
    throw new RangeError("too much");
  });
  expect(await closed(await start({ named: true }))).toMatchObject({
    error: "Card.Declined",
    cause: "no",
  });
  expect(await closed(await start())).toMatchObject({ error: "RangeError", cause: "too much" });
});

test("as many tasks as it has places run at a time", async () => {
  const { start, closed, work } = await activity();
  const both = called(2);
  work(
    async (_, { signal }) => {
      both.noted(signal);
      await both.all;
    },
    { concurrency: 2 },
  );
  const executions = await Promise.all([start(), start()]);
  for (const arn of executions) expect((await closed(arn))["status"]).toBe("SUCCEEDED");
});

test("a task whose execution has ended is found out by a heartbeat, and its work is stopped", async () => {
  const { server, start, work } = await activity();
  const begun = called();
  const { clock, log } = work(
    (_, { signal }) => {
      begun.noted(signal);
      return new Promise((resolve) => signal.addEventListener("abort", resolve));
    },
    { heartbeatSeconds: 10 },
  );
  const executionArn = await start();
  const [signal] = await begun.all;
  clock.advance(10_000);
  await vi.waitFor(async () => expect(clock.now()).toBeGreaterThan(0));
  expect(signal?.aborted).toBe(false);
  await server.call("StopExecution", { executionArn });
  await vi.waitFor(() => {
    clock.advance(10_000);
    expect(signal?.aborted).toBe(true);
  });
  expect(log.join("\n")).toContain("the work is stopped");
  expect((await server.history(executionArn)).map(({ type }) => type)).not.toContain(
    "ActivitySucceeded",
  );
});

test("a worker that stops takes no new task, and lets the one that runs end", async () => {
  const { server, start, closed, work } = await activity();
  const begun = called();
  const go = Promise.withResolvers<string>();
  const { worker } = work((_, { signal }) => {
    begun.noted(signal);
    return go.promise;
  });
  const first = await start();
  await begun.all;
  const stopped = worker.stop();
  const second = await start();
  go.resolve("done");
  await stopped;
  expect(await closed(first)).toMatchObject({ status: "SUCCEEDED", output: '"done"' });
  const { status } = await server.call("DescribeExecution", { executionArn: second });
  expect(status).toBe("RUNNING");
  expect((await server.history(second)).map(({ type }) => type)).not.toContain("ActivityStarted");
});

test("what runs longer than a stopping worker may is ended, and failed", async () => {
  const { start, closed, work } = await activity();
  const begun = called();
  const { worker, clock } = work((_, { signal }) => {
    begun.noted(signal);
    return new Promise((resolve) => signal.addEventListener("abort", resolve));
  });
  const executionArn = await start();
  await begun.all;
  const stopped = worker.stop(5);
  clock.advance(5_000);
  await stopped;
  expect(await closed(executionArn)).toMatchObject({ status: "FAILED", error: "Worker.Stopped" });
});

test("a result whose answer is lost is sent again, and is there once", async () => {
  const { server, start, closed, work } = await activity();
  let lost = 0;
  const signatures = new Set<string>();
  const proxy = createServer((request, response) => {
    signatures.add(
      /Credential=[^/]+\/\d+\/([^,]+)/.exec(request.headers.authorization ?? "")?.[1] ?? "",
    );
    void forwarded(server.url, request).then(
      async (answer) => {
        const body = await answer.text();
        if (
          request.headers["x-amz-target"] === "AWSStepFunctions.SendTaskSuccess" &&
          lost++ === 0
        ) {
          response.destroy();
        } else response.writeHead(answer.status).end(body);
      },
      // The server has gone.
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  const { port } = proxy.address() as AddressInfo;
  const endpoint = `http://127.0.0.1:${port}`;
  const { clock, log } = work(() => "done", { endpoint });
  const executionArn = await start();
  await vi.waitFor(() => {
    clock.advance(1_000);
    expect(log.join("\n")).toContain("had this result already");
  });
  expect((await closed(executionArn))["output"]).toBe('"done"');
  const ends = (await server.history(executionArn)).filter(
    ({ type }) => type === "ActivitySucceeded",
  );
  expect(ends).toHaveLength(1);
  // As AWS wants it, in the Region of the activity.
  expect([...signatures]).toEqual(["eu-west-1/states/aws4_request"]);
});

async function forwarded(url: string, request: IncomingMessage): Promise<Response> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { "x-amz-target": target = "", "content-type": type = "" } = request.headers;
  return fetch(url, {
    method: "POST",
    headers: { "X-Amz-Target": String(target), "Content-Type": type },
    body: Buffer.concat(chunks),
  });
}

test("an activity that is not there yet is asked for again", async () => {
  const { server, work } = await activity();
  const arn = "arn:aws:states:eu-west-1:123456789012:activity:later";
  const begun = called();
  const { log, clock } = work((_, { signal }) => begun.noted(signal), { activityArn: arn });
  await vi.waitFor(() => expect(log.join("\n")).toContain("ActivityDoesNotExist"));
  await server.call("CreateActivity", { name: "later" });
  await server.start({
    StartAt: "Do",
    States: { Do: { Type: "Task", Resource: arn, End: true } },
  });
  const poll = setInterval(() => clock.advance(1_000), 20);
  onTestFinished(() => clearInterval(poll));
  await begun.all;
});

test("what is no activity's ARN is refused at once", async () => {
  const { work } = await activity();
  expect(() => work(() => null, { activityArn: "do" })).toThrow("'do' is no activity's ARN");
});

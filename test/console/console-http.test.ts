import { ListStateMachinesCommand } from "@aws-sdk/client-sfn";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type {
  ApprovalView,
  ExecutionPage,
  ExecutionView,
  HomeView,
  StorageView,
  VisitPage,
  WorkflowRow,
} from "../../src/console/view-types.ts";
import type { JsonObject } from "../../src/expression/json.ts";
import { Payload } from "../../src/expression/payload.ts";
import { accountId, region, roleArn, startServer, type TestServer } from "../api/start-server.ts";
import { api, ask, at, builtConsole, type Asked } from "./ask.ts";

const states = `arn:aws:states:${region}:${accountId}`;
const activity = `${states}:activity:pack`;

/** Takes what it is sent; a function fails if its input says so. */
const handlers = {
  find: () => ({
    handles: () => true,
    run: ({ parameters }: { parameters: Payload }) =>
      Promise.resolve(
        JSON.stringify(parameters.value).includes("decline")
          ? ({ type: "failed", error: "CardDeclined", cause: "no money" } as const)
          : ({ type: "succeeded", output: Payload.ofText("{}") } as const),
      ),
  }),
};

const task = (resource: string, more: object = {}): object => ({
  StartAt: "Ask",
  States: { Ask: { Type: "Task", Resource: resource, End: true, ...more } },
});
const definitions: Readonly<Record<string, object>> = {
  orders: {
    StartAt: "Check",
    States: {
      Check: { Type: "Pass", Next: "Charge" },
      Charge: {
        Type: "Task",
        Resource: `arn:aws:lambda:${region}:${accountId}:function:charge`,
        Next: "Done",
      },
      Done: { Type: "Succeed" },
    },
  },
  approve: task("arn:aws:states:::sqs:sendMessage.waitForTaskToken", {
    Comment: "Somebody looks at it",
    TimeoutSeconds: 3_600,
    Parameters: {
      QueueUrl: "https://queue",
      MessageBody: {
        "token.$": "$$.Task.Token",
        title: "Refund 40 €?",
        text: "The parcel was lost.",
        schema: { type: "object" },
      },
    },
  }),
  pack: task(activity),
  hold: { StartAt: "Hold", States: { Hold: { Type: "Wait", Seconds: 3_600, End: true } } },
};

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ handlers, consoleFolder: builtConsole() });
  await server.service.call("CreateActivity", { name: "pack" });
  for (const [name, definition] of Object.entries(definitions)) {
    const given = { name, definition: JSON.stringify(definition), roleArn };
    await server.service.call("CreateStateMachine", given);
  }
  await server.service.call("CreateStateMachine", {
    name: "quick",
    type: "EXPRESS",
    definition: JSON.stringify({ StartAt: "P", States: { P: { Type: "Pass", End: true } } }),
    roleArn,
  });
});
afterAll(async () => {
  expect(server.mistakes).toEqual([]);
  await server.close();
});

const get = (path: string, asked: Asked = {}) => api(server.port, path, asked);
const postJson = (path: string, body: unknown, headers: Asked["headers"] = {}) =>
  api(server.port, path, { method: "POST", body, headers });

async function got<T>(path: string): Promise<T> {
  const { status, body } = await get(path);
  expect(status, path).toBe(200);
  return body as T;
}

async function start(machine: string, name: string, input: object = {}): Promise<string> {
  const { status, body } = await postJson("call/StartExecution", {
    stateMachineArn: `${states}:stateMachine:${machine}`,
    name,
    input: JSON.stringify(input),
  });
  expect(body, machine).toMatchObject({ executionArn: expect.any(String) });
  expect(status).toBe(200);
  return (body as { executionArn: string }).executionArn;
}

const statusOf = async (arn: string) => (await got<ExecutionView>(at(arn))).status;
const ended = (arn: string, status: string) =>
  vi.waitFor(async () => expect(await statusOf(arn)).toBe(status));
const executions = (filter: string, after?: string) =>
  got<ExecutionPage & { problems: string[] }>(
    `executions?filter=${encodeURIComponent(filter)}${after === undefined ? "" : `&after=${encodeURIComponent(after)}`}`,
  );

describe("what a page reads", () => {
  let good: string;
  let bad: string;
  beforeAll(async () => {
    good = await start("orders", "good");
    bad = await start("orders", "bad", { card: "decline" });
    await ended(good, "SUCCEEDED");
    await ended(bad, "FAILED");
  });

  test("the session is where the console is", async () => {
    expect(await got("session")).toEqual({
      version: "1.2.3",
      build: expect.stringMatching(/^[0-9a-f]{16}$/),
      region,
      accountId,
      regions: [region],
      endpoint: `http://127.0.0.1:${server.port}`,
      now: expect.any(Number),
    });
    await postJson("call/CreateActivity?region=us-west-2", { name: "elsewhere" });
    const there = await postJson("call/CreateStateMachine?region=us-west-2", {
      name: "west",
      roleArn,
      definition: JSON.stringify(definitions["hold"]),
    });
    expect(there.body).toMatchObject({
      stateMachineArn: expect.stringContaining(":us-west-2:"),
    });
    expect(await got("session")).toMatchObject({ regions: [region, "us-west-2"] });
  });

  test("the home page has what failed, what runs and the workflows", async () => {
    const home = await got<HomeView>("home");
    expect(home.failing).toMatchObject([
      {
        error: "CardDeclined",
        cause: "no money",
        stateMachineName: "orders",
        failedState: "Charge",
        count: 1,
        sample: bad,
      },
    ]);
    expect(home.recent.map(({ name }) => name)).toEqual(expect.arrayContaining(["good", "bad"]));
    expect(home.counts).toMatchObject({ succeeded: 1, failed: 1 });
    expect(home.histogram).toHaveLength(48);
    expect(home).toMatchObject({ isEmpty: false, nearLimits: [] });
    expect(home.failures, "no window was asked for").toBeUndefined();
  });

  test("a window of the home page is made of bars, and filters how it went", async () => {
    const { histogram } = await got<HomeView>("home");
    const [before, newest] = histogram.slice(-2);
    const { stateMachineArn } = await got<ExecutionView>(at(bad));
    const now = await got<HomeView>(`home?from=${before?.from}&to=${newest?.to}`);
    expect(now.counts).toMatchObject({ succeeded: 1, failed: 1 });
    expect(now.failures).toMatchObject([{ error: "CardDeclined", count: 1 }]);
    expect(now.workflows).toMatchObject([{ stateMachineArn, succeeded: 1, failed: 1 }]);
    expect(now.recent).toHaveLength(2);
    const earlier = await got<HomeView>(`home?from=${histogram[0]?.from}&to=${histogram[0]?.to}`);
    expect(earlier).toMatchObject({
      counts: { running: 0, succeeded: 0, failed: 0 },
      failures: [],
      workflows: [],
      recent: [],
      isEmpty: false,
    });
    expect(earlier.failing, "what fails now does not depend on it").toHaveLength(1);
  });

  test("the server tells how it is doing, what it stores, and both in a file without names", async () => {
    expect(await got("health")).toMatchObject({ version: "1.2.3", level: expect.any(String) });
    const storage = await got<StorageView>("settings/storage");
    expect(storage.parts).toEqual([]);
    const diagnostics = JSON.stringify(await got("settings/diagnostics"));
    expect(JSON.parse(diagnostics)).toMatchObject({
      server: { version: "1.2.3" },
      executions: { SUCCEEDED: 1, FAILED: 1 },
    });
    for (const name of ["orders", "CardDeclined", "no money", "decline", "arn:", "http:"]) {
      expect(diagnostics, name).not.toContain(name);
    }
  });

  test("each workflow has its figures", async () => {
    const rows = await got<WorkflowRow[]>("workflows");
    const orders = rows.find(({ name }) => name === "orders");
    expect(orders).toMatchObject({ succeeded: 1, failed: 1, running: 0, type: "STANDARD" });
    expect(orders?.started.at(-1)).toBe(2);
    expect(rows.find(({ name }) => name === "quick")?.type).toBe("EXPRESS");
  });

  test("an execution has its nodes, its edges and the state that failed", async () => {
    const view = await got<ExecutionView>(at(bad));
    expect(view).toMatchObject({
      executionArn: bad,
      name: "bad",
      stateMachineName: "orders",
      type: "STANDARD",
      status: "FAILED",
      error: "CardDeclined",
      cause: "no money",
      redriveCount: 0,
      roleArn,
      edges: [{ from: "/Check", to: "/Charge", kind: "next", count: 1 }],
      visitCount: 2,
    });
    expect(JSON.parse(view.definition)).toEqual(definitions["orders"]);
    expect(view).not.toHaveProperty("notRedrivable");
    const { visits } = await got<VisitPage>(`${at(bad)}/visits`);
    expect(visits.find(({ id }) => id === view.failedVisit)?.name).toBe("Charge");
    expect(await got(at(good))).toMatchObject({
      status: "SUCCEEDED",
      notRedrivable: expect.stringContaining("SUCCEEDED"),
    });
  });

  test("visits are found by state, status and parent, and paged", async () => {
    const visits = (query: string) => got<VisitPage>(`${at(good)}/visits?${query}`);
    expect((await visits("")).visits.map(({ key }) => key)).toEqual(["/Check", "/Charge", "/Done"]);
    expect(await visits("key=%2FCharge")).toMatchObject({ total: 1, visits: [{ name: "Charge" }] });
    expect(await visits("status=failed")).toEqual({ total: 0, visits: [] });
    expect(await visits("offset=1&limit=1")).toMatchObject({
      total: 3,
      visits: [{ name: "Charge" }],
    });
    expect(await visits("parent=7")).toMatchObject({ total: 0 });
    expect(await visits("offset=-1&limit=1e9")).toMatchObject({ total: 3 });
  });

  test("events are those of the API, from either end, with their data if that is wanted", async () => {
    const events = async (query: string) =>
      got<{ events: JsonObject[]; more: boolean }>(`${at(good)}/events?${query}`);
    const all = await events("data=true");
    const { events: known } = await server.service.call("GetExecutionHistory", {
      executionArn: good,
    });
    expect(all).toEqual({ events: JSON.parse(JSON.stringify(known)), more: false });
    const ids = async (query: string) => {
      const page = await events(query);
      return [page.events.map(({ id }) => id), page.more];
    };
    expect(await ids("limit=2")).toEqual([[1, 2], true]);
    expect(await ids("from=3&limit=2")).toEqual([[3, 4], true]);
    expect(await ids("reverse=true&from=3&limit=2")).toEqual([[3, 2], true]);
    expect(JSON.stringify((await events("")).events)).not.toContain('"input"');
    expect((await events("limit=0")).events).toHaveLength(1);
  });

  test("an Express execution is shown like any other", async () => {
    const arn = await start("quick", "fast");
    await ended(arn, "SUCCEEDED");
    expect(await got(at(arn))).toMatchObject({
      type: "EXPRESS",
      notRedrivable: expect.any(String),
      visitCount: 1,
    });
    const ids = async (query: string) =>
      (await got<{ events: { id: number }[] }>(`${at(arn)}/events?${query}`)).events.map(
        ({ id }) => id,
      );
    expect(await ids("")).toEqual([1, 2, 3, 4]);
    expect(await ids("reverse=true&limit=2")).toEqual([4, 3]);
    expect(await ids("reverse=true&from=2")).toEqual([2, 1]);
    expect((await executions("type:express")).rows).toMatchObject([{ executionArn: arn }]);
  });

  test("executions are filtered, the newest first, with what failed and why", async () => {
    const failed = await executions("status:failed workflow:orders");
    expect(failed).toMatchObject({
      total: 1,
      rows: [{ name: "bad", error: "CardDeclined", failedState: "Charge", status: "FAILED" }],
      errors: [{ error: "CardDeclined", count: 1, failedState: "Charge" }],
      problems: [],
    });
    expect((await executions("state:charge")).rows).toMatchObject([{ name: "bad" }]);
    expect(await executions("workflow:orders colour:red")).toMatchObject({
      total: 2,
      rows: [{ name: "bad" }, { name: "good" }],
      problems: [expect.stringContaining("colour")],
    });
  });

  test("pages of executions follow each other without gaps, though one no longer matches", async () => {
    const arns: string[] = [];
    for (let index = 0; index < 205; index++) arns.push(await start("hold", `hold-${index}`));
    const first = await executions("workflow:hold status:running");
    expect(first).toMatchObject({ total: 205, next: first.rows.at(-1)?.executionArn });
    const last = first.next ?? "";
    await postJson("call/StopExecution", { executionArn: last });
    await expect.poll(async () => (await executions("workflow:hold status:aborted")).total).toBe(1);
    const second = await executions("workflow:hold status:running", last);
    const third = await executions("workflow:hold status:running", second.next);
    expect(third).not.toHaveProperty("next");
    const all = [first, second, third].flatMap(({ rows }) =>
      rows.map(({ executionArn }) => executionArn),
    );
    expect(all).toEqual(arns.toReversed());
    expect((await executions("", `${states}:execution:hold:forgotten`)).rows).toEqual([]);
  });

  test("a redrive is shown as one", async () => {
    await postJson("call/RedriveExecution", { executionArn: bad });
    await expect.poll(() => got(at(bad))).toMatchObject({ status: "FAILED", redriveCount: 1 });
    const view = await got<ExecutionView>(at(bad));
    expect(view.redriveDate).toBeGreaterThan(view.startDate - 1);
    expect(view.nodes.find(({ key }) => key === "/Charge")?.attempts).toBe(2);
    await expect
      .poll(async () => (await executions("name:bad")).rows)
      .toMatchObject([{ redriveCount: 1, status: "FAILED" }]);
  });
});

describe("what waits for an answer", () => {
  const approvals = () => got<ApprovalView[]>("approvals");
  const waiting = async (arn: string): Promise<ApprovalView> => {
    let found: ApprovalView | undefined;
    await expect
      .poll(
        async () => (found = (await approvals()).find(({ executionArn }) => executionArn === arn)),
      )
      .toBeDefined();
    return found as ApprovalView;
  };

  test("is shown with what is asked, and ends with the answer", async () => {
    const arn = await start("approve", "refund");
    const view = await waiting(arn);
    expect(view).toMatchObject({
      executionName: "refund",
      stateMachineName: "approve",
      stateName: "Ask",
      key: "/Ask",
      title: "Refund 40 €?",
      text: "The parcel was lost.",
      schema: { type: "object" },
      due: view.since + 3_600_000,
    });
    expect((await executions("name:refund")).rows).toMatchObject([{ waitingFor: "token" }]);
    const answer = { executionArn: arn, taskId: view.taskId, output: '{"yes":true}' };
    expect(await postJson("approvals", answer)).toMatchObject({ status: 200 });
    await ended(arn, "SUCCEEDED");
    expect((await approvals()).filter(({ executionArn }) => executionArn === arn)).toEqual([]);
    expect((await executions("name:refund")).rows[0]).not.toHaveProperty("waitingFor");
    expect(await postJson("approvals", answer)).toMatchObject({
      status: 400,
      body: { __type: "TaskTimedOut" },
    });
  });

  test("can be refused", async () => {
    const arn = await start("approve", "no");
    const { taskId } = await waiting(arn);
    const answer = { executionArn: arn, taskId, error: "Refused", cause: "not ours" };
    expect((await postJson("approvals", answer)).status).toBe(200);
    await ended(arn, "FAILED");
    expect(await got(at(arn))).toMatchObject({ error: "Refused", cause: "not ours" });
  });

  test("may be a task of an activity", async () => {
    const arn = await start("pack", "box");
    const { taskId, title } = await waiting(arn);
    expect(title).toBe("Ask");
    await postJson("approvals", { executionArn: arn, taskId, output: "1" });
    await ended(arn, "SUCCEEDED");
  });

  test("is answered with an answer only: what is none changes nothing", async () => {
    const arn = await start("approve", "malformed");
    const { taskId } = await waiting(arn);
    const task = { executionArn: arn, taskId };
    for (const answer of [
      null,
      [],
      "x",
      {},
      task,
      { ...task, output: { yes: true } },
      { ...task, output: null },
      { ...task, output: "{}", error: "E" },
      { ...task, error: 7 },
      { ...task, taskId: "3", output: "{}" },
      { ...task, taskId: 3.5, output: "{}" },
      { ...task, executionArn: 1, output: "{}" },
    ]) {
      expect(
        await postJson("approvals", JSON.stringify(answer)),
        JSON.stringify(answer),
      ).toMatchObject({
        status: 400,
        body: { __type: "ValidationException" },
      });
    }
    expect(await postJson("approvals", { ...task, output: "not json" })).toMatchObject({
      status: 400,
      body: { __type: "InvalidOutput" },
    });
    expect(await statusOf(arn)).toBe("RUNNING");
  });

  test("is no other task: no token is made for one, and none of an execution that is not there", async () => {
    const arn = await start("hold", "not-asked");
    expect(
      await postJson("approvals", { executionArn: arn, taskId: 2, output: "{}" }),
    ).toMatchObject({
      status: 400,
      body: { __type: "TaskTimedOut" },
    });
    const missing = { executionArn: `${states}:execution:hold:missing`, taskId: 2, output: "{}" };
    expect((await postJson("approvals", missing)).body).toMatchObject({
      __type: "ExecutionDoesNotExist",
    });
    expect((await postJson("approvals", { ...missing, executionArn: "x" })).body).toMatchObject({
      __type: "InvalidArn",
    });
    expect(await statusOf(arn)).toBe("RUNNING");
  });
});

describe("errors", () => {
  test.each([
    "nothing",
    "session/more",
    "home/1",
    "executions/a/b",
    "executions/a/visits/b",
    "call",
    "",
    "Session",
    "stream/x",
  ])("there is nothing at %s", async (path) => {
    expect(await get(path)).toMatchObject({
      status: 404,
      body: { __type: "UnknownOperationException" },
    });
  });
  test.each(["session", "executions", "call", "call/ListStateMachines/x", "approvals/1", "stream"])(
    "nothing is written at %s",
    async (path) => {
      expect((await postJson(path, {})).status).toBe(404);
    },
  );
  test("no method but GET and POST is known", async () => {
    for (const method of ["PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"]) {
      expect((await get("home", { method })).status, method).toBe(404);
      expect((await get("stream", { method })).status, method).toBe(404);
    }
  });

  test.each(["", "/visits", "/events"])(
    "a wrong ARN is the API's error at executions/…%s",
    async (part) => {
      const errorOf = async (arn: string) => (await get(`${at(arn)}${part}`)).body;
      expect(await errorOf("x")).toEqual({
        __type: "InvalidArn",
        message: "Invalid Arn: 'Invalid ARN prefix: x'",
      });
      expect(await errorOf(`${states}:stateMachine:orders`)).toMatchObject({
        __type: "InvalidArn",
      });
      expect(await get(`${at(`${states}:execution:orders:missing`)}${part}`)).toMatchObject({
        status: 400,
        body: { __type: "ExecutionDoesNotExist" },
      });
      expect(await errorOf(`${states}:express:quick:a:b`)).toMatchObject({
        __type: "ExecutionDoesNotExist",
      });
    },
  );

  test("a call answers as the API does", async () => {
    expect(await postJson("call/DescribeStateMachine", { stateMachineArn: "x" })).toMatchObject({
      status: 400,
      body: { __type: "InvalidArn" },
    });
    expect(await postJson("call/Nothing", {})).toMatchObject({
      status: 400,
      body: { __type: "UnknownOperationException" },
    });
    expect(await postJson("call/__proto__", {})).toMatchObject({ status: 400 });
    expect(await postJson("call/ListActivities", "null")).toMatchObject({ status: 400 });
    expect(await postJson("call/ListActivities", "{")).toMatchObject({
      status: 400,
      body: { __type: "SerializationException" },
    });
    expect(await postJson("call/ListActivities?region=..%2F", {})).toMatchObject({
      status: 400,
      body: { __type: "ValidationException" },
    });
    expect((await postJson("call/ListActivities", `"${"x".repeat(3_000_000)}"`)).status).toBe(413);
  });

  test("strange numbers and texts are no mistakes of the server", async () => {
    const arn = at(`${states}:execution:orders:good`);
    for (const path of [
      `${arn}/events?from=99999999999999999999999&limit=0`,
      `${arn}/events?from=0&reverse=true`,
      `${arn}/visits?offset=999999999999999999999999&limit=99999999999999999999`,
      `${arn}/visits?parent=NaN&lane=-1`,
      "executions?filter=%00%22%5C&after=%E0%A4%A",
      "executions/%E0%A4%A",
      "executions/%00",
    ]) {
      expect((await get(path)).status, path).toBeLessThan(500);
    }
  });
});

describe("other origins", () => {
  const refused = { status: 403, body: { __type: "AccessDeniedException" } };

  test.each([
    { "Sec-Fetch-Site": "cross-site" },
    { "Sec-Fetch-Site": "same-site" },
    { Origin: "https://evil.example" },
    { Origin: "null" },
    { Origin: "http://127.0.0.1" },
    { "Sec-Fetch-Site": "none", Origin: "https://evil.example" },
  ])("may neither read nor write nor listen: %o", async (headers) => {
    expect(await get("home", { headers })).toMatchObject(refused);
    expect(await get("stream?executions=", { headers })).toMatchObject(refused);
    expect(await postJson("call/CreateActivity", { name: "evil" }, headers)).toMatchObject(refused);
    expect(await postJson("approvals", {}, headers)).toMatchObject(refused);
  });

  test.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "",
    "text/plain; application/json",
    "application/jsonp",
  ])("cannot write what a form can send: %s", async (type) => {
    const headers = { "Content-Type": type };
    expect(await postJson("call/CreateActivity", { name: "evil" }, headers)).toMatchObject(refused);
  });

  test("leave nothing behind, and the console's own pages may", async () => {
    const origin = `http://127.0.0.1:${server.port}`;
    const headers = {
      Origin: origin,
      "Sec-Fetch-Site": "same-origin",
      "Content-Type": "application/json; charset=utf-8",
    };
    const { body, status } = await postJson("call/ListActivities", {}, headers);
    expect(status).toBe(200);
    expect(JSON.stringify(body)).not.toContain("evil");
    expect((await get("home", { headers })).status).toBe(200);
  });

  test("are told nothing by a name that was made to lead here", async () => {
    expect((await get("home", { headers: { Host: "evil.example" } })).status).toBe(403);
  });
});

describe("files", () => {
  const file = (path: string, asked: Asked = {}) => ask(server.port, `/console/${path}`, asked);

  test("the page is anew each time, at every address of its own", async () => {
    for (const path of ["", "index.html", "executions/arn%3Aaws", "workflows?x=1"]) {
      const { status, text, headers } = await file(path);
      expect([status, headers["content-type"], headers["cache-control"]], path).toEqual([
        200,
        "text/html; charset=utf-8",
        "no-store",
      ]);
      expect(text).toBe('<script src="/console/assets/app-1a2b.js"></script>');
    }
  });

  test("what has a hash in its name is kept for ever, compressed if that is wanted; the rest is asked for again", async () => {
    const script = await file("assets/app-1a2b.js");
    expect(script.text).toBe("start()");
    expect(script.headers).toMatchObject({
      "content-type": "text/javascript; charset=utf-8",
      "cache-control": expect.stringContaining("immutable"),
      vary: "Accept-Encoding",
    });
    const small = await file("assets/app-1a2b.js", { headers: { "Accept-Encoding": "gzip, br" } });
    expect(small.headers["content-encoding"]).toBe("br");
    const icon = await file("icon.svg");
    expect(icon.headers).toMatchObject({
      "content-type": "image/svg+xml",
      "cache-control": "no-cache",
    });
    expect(await file("icon.svg", { method: "HEAD" })).toMatchObject({ status: 200, text: "" });
    expect((await file("assets/gone.js")).status).toBe(404);
    expect((await file("assets")).text).toContain("<script");
  });

  /** A path as it is: no client that tidies it up is in between. */
  const raw = (path: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = connect(server.port, "127.0.0.1", () => {
        socket.end(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`);
      });
      let text = "";
      socket.on("data", (chunk) => (text += String(chunk)));
      socket.on("end", () => resolve(text));
      socket.on("error", reject);
    });

  test.each([
    "../secret.txt",
    "../../secret.txt",
    "%2e%2e/secret.txt",
    "..%2fsecret.txt",
    "..%2Fsecret.txt",
    "%2e%2e%2fsecret.txt",
    "%252e%252e%252fsecret.txt",
    "assets/../../secret.txt",
    "assets/..%2f..%2fsecret.txt",
    "assets%2f..%2f..%2fsecret.txt",
    "./../secret.txt",
    "..\\secret.txt",
    "..%5csecret.txt",
    "/../secret.txt",
    "//etc/passwd",
    "%2fetc%2fpasswd",
    "///",
    "/",
    "/evil.example/../secret.txt",
    "/[",
    "/:99999/",
    "%",
    "%zz",
    "%E0%A4%A",
    "%00",
    "icon.svg%00.js",
    "api",
    "api/%",
    "api/..%2f..%2fsecret.txt",
    "api/../../secret.txt",
    "a".repeat(5_000),
  ])("a hostile path stays in the folder and is no mistake of the server: %s", async (path) => {
    for (const from of ["/console/", "/console"]) {
      const text = await raw(`${from}${path}`);
      expect(text).toMatch(/^HTTP\/1\.1 [234]\d\d /);
      expect(text).not.toContain("SECRET");
      expect(text).not.toContain("root:");
    }
  });

  test("a console that was not built says how to", async () => {
    const bare = await startServer({ consoleFolder: "/nowhere" });
    const { status, text, headers } = await ask(bare.port, "/console/");
    expect([status, text]).toEqual([503, expect.stringContaining("npm run build")]);
    expect(headers).toMatchObject(security);
    expect((await api(bare.port, "session")).status).toBe(200);
    await bare.close();
  });
});

const security = {
  "content-security-policy": expect.stringContaining("frame-ancestors 'none'"),
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

describe("beside the API", () => {
  test("a browser that goes to the address comes to the console; a health check hears that all is well", async () => {
    const page = await ask(server.port, "/", { headers: { Accept: "text/html,*/*" } });
    expect([page.status, page.headers["location"]]).toEqual([302, "/console/"]);
    for (const path of ["/console", "/console?x=1"]) {
      expect(await ask(server.port, path)).toMatchObject({
        status: 302,
        headers: { location: "/console/" },
      });
    }
    for (const headers of [{}, { Accept: "*/*" }, { Accept: "application/json" }]) {
      expect(await ask(server.port, "/", { headers })).toMatchObject({
        status: 200,
        body: { status: "ok" },
      });
    }
    const health = await ask(server.port, "/health", { headers: { Accept: "text/html" } });
    expect(health.body).toEqual({ status: "ok" });
  });

  test("the AWS SDK's calls are answered as ever", async () => {
    const { stateMachines } = await server.client.send(new ListStateMachinesCommand({}));
    expect(stateMachines?.map(({ name }) => name)).toContain("orders");
    expect((await ask(server.port, "/consoles/")).status).toBe(400);
    expect((await ask(server.port, "/console/", { method: "POST", body: {} })).status).toBe(400);
  });

  test("all that the console answers has the headers that keep a page safe", async () => {
    const { port } = server;
    for (const answer of [
      await ask(port, "/console"),
      await ask(port, "/", { headers: { Accept: "text/html" } }),
      await ask(port, "/console/"),
      await ask(port, "/console/icon.svg"),
      await ask(port, "/console/assets/gone.js"),
      await api(port, "session"),
      await api(port, "nothing"),
      await api(port, "home", { headers: { Origin: "https://evil.example" } }),
      await postJson("call/ListActivities", {}),
    ]) {
      expect(answer.headers).toMatchObject(security);
    }
    expect((await api(port, "session")).headers["cache-control"]).toBe("no-store");
  });
});

test("a client that goes away takes no task from an activity's queue", async () => {
  const activityArn = `${states}:activity:leave`;
  await server.service.call("CreateActivity", { name: "leave" });
  const { stateMachineArn } = await server.service.call("CreateStateMachine", {
    name: "leave",
    roleArn,
    definition: JSON.stringify(task(activityArn)),
  });
  const gone = new AbortController();
  const poll = fetch(`http://127.0.0.1:${server.port}/console/api/call/GetActivityTask`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ activityArn }),
    signal: gone.signal,
  });
  const waiting = (): number => server.service.activityPollers.count(activityArn);
  await expect.poll(waiting).toBe(1);
  gone.abort();
  await expect(poll).rejects.toThrow();
  await expect.poll(waiting).toBe(0);
  await server.service.call("StartExecution", { stateMachineArn: stateMachineArn as string });
  const taken = await postJson("call/GetActivityTask", { activityArn });
  expect(taken.body).toMatchObject({ taskToken: expect.any(String) });
});

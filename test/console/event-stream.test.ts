import { createServer, get, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import type { IndexedExecution } from "../../src/console/index/execution-index.ts";
import type { ConsoleService } from "../../src/console/console-service.ts";
import type { ExecutionChange, ExecutionView, VisitPage } from "../../src/console/view-types.ts";
import { EventStream } from "../../src/server/console/event-stream.ts";
import { accountId, region, roleArn, startServer, type TestServer } from "../api/start-server.ts";
import { api, at, builtConsole } from "./ask.ts";
import { merged } from "./fold.ts";
import { listen, type Listener } from "./listen.ts";

const states = `arn:aws:states:${region}:${accountId}`;
const activity = `${states}:activity:work`;
const items = 12;

let server: TestServer;
let views: ConsoleService;
let count = 0;
beforeAll(async () => {
  server = await startServer({ consoleFolder: builtConsole() });
  views = server.views as ConsoleService;
  await server.service.call("CreateActivity", { name: "work" });
  const definition = {
    StartAt: "Each",
    States: {
      Each: {
        Type: "Map",
        MaxConcurrency: 2,
        End: true,
        ItemProcessor: {
          StartAt: "Work",
          States: {
            Work: { Type: "Task", Resource: activity, Next: "Note" },
            Note: { Type: "Pass", End: true },
          },
        },
      },
    },
  };
  const text = JSON.stringify(definition);
  await server.service.call("CreateStateMachine", { name: "all", definition: text, roleArn });
});
afterEach(() => vi.restoreAllMocks());
afterAll(async () => {
  expect(server.mistakes).toEqual([]);
  await server.close();
});

async function start(): Promise<string> {
  const { executionArn } = await server.service.call("StartExecution", {
    stateMachineArn: `${states}:stateMachine:all`,
    name: `run-${count++}`,
    input: JSON.stringify(Array.from({ length: items }, (_, index) => index)),
  });
  return executionArn as string;
}

/** A worker does the next tasks. */
async function work(tasks: number): Promise<void> {
  for (let done = 0; done < tasks; done++) {
    const { taskToken } = await server.service.call("GetActivityTask", { activityArn: activity });
    await server.service.call("SendTaskSuccess", { taskToken, output: "{}" } as never);
  }
}

const read = async <T>(path: string): Promise<T> => (await api(server.port, path)).body as T;

interface Shown {
  readonly view: ExecutionView;
  readonly visits: VisitPage["visits"];
}

async function shown(arn: string): Promise<Shown> {
  const { visits } = await read<VisitPage>(`${at(arn)}/visits?limit=1000`);
  return { visits, view: await read<ExecutionView>(at(arn)) };
}

const changesIn = ({ frames }: Listener): ExecutionChange[] =>
  frames.flatMap((frame) => (frame.topic === "execution" ? [frame.change] : []));

/** What a page comes to that puts each change into what it has read. */
function after(known: Shown, changes: readonly ExecutionChange[]): Shown {
  let { view, visits } = known;
  for (const { nodes, edges, visits: newer, ...rest } of changes) {
    visits = merged(visits, newer, ({ id }) => id).toSorted((a, b) => a.id - b.id);
    if (rest.lastEventId < view.lastEventId) continue;
    const { stopDate: _, notRedrivable: _not, ...kept } = view;
    view = {
      ...kept,
      ...rest,
      nodes: merged(view.nodes, nodes, ({ key }) => key),
      edges: merged(view.edges, edges, ({ kind, from, to }) => `${kind} ${from} ${to}`),
    };
  }
  return { view, visits };
}

const watched = (arn: string, from: number): string =>
  `execution=${encodeURIComponent(`${arn}@${from}`)}`;
const toldEnd = (listener: Listener) =>
  vi.waitFor(() => expect(changesIn(listener).at(-1)?.status).toBe("SUCCEEDED"), 5_000);

test("a stream tells of an execution that runs while it is open, in its row and in its states", async () => {
  const listener = await listen(server.port, "executions=");
  const arn = await start();
  const states = await listen(server.port, watched(arn, 0));
  await work(items);
  await toldEnd(states);
  const rows = listener.frames.flatMap((frame) => (frame.topic === "executions" ? frame.rows : []));
  expect(rows.at(0)).toMatchObject({ executionArn: arn });
  await vi.waitFor(() =>
    expect(listener.frames.at(-1)).toMatchObject({
      topic: "executions",
      rows: [{ executionArn: arn, status: "SUCCEEDED", stopDate: expect.any(Number) }],
    }),
  );
  expect(listener.frames[0]).toEqual({ topic: "reload" });
  expect(states.response.headers).toMatchObject({
    "content-type": "text/event-stream; charset=utf-8",
    "x-content-type-options": "nosniff",
    "content-security-policy": expect.any(String),
  });
  listener.close();
  states.close();
});

test("what is told from the first event on, or from any that was read, comes to what a full read has", async () => {
  const arn = await start();
  const nothing = await shown(arn);
  const fromFirst = await listen(server.port, watched(arn, 0));
  await work(5);
  const half = await shown(arn);
  const fromHalf = await listen(server.port, watched(arn, half.view.lastEventId));
  await work(items - 5);
  await toldEnd(fromFirst);
  await toldEnd(fromHalf);
  const all = await shown(arn);
  expect(after({ ...nothing, visits: [] }, changesIn(fromFirst))).toEqual(all);
  expect(after(half, changesIn(fromHalf))).toEqual(all);
  const ids = changesIn(fromFirst).map(({ lastEventId }) => lastEventId);
  expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  // Values, and few of them: not a frame for each of some hundred events.
  expect(ids.length).toBeLessThan(40);
  fromFirst.close();
  fromHalf.close();
});

test("after a cut, a new read and a stream from the event that was told last lose nothing and double nothing", async () => {
  const arn = await start();
  const first = await shown(arn);
  const before = await listen(server.port, watched(arn, first.view.lastEventId));
  await work(4);
  await vi.waitFor(() => expect(changesIn(before).length).toBeGreaterThan(0));
  before.close();
  await work(4);
  const last = changesIn(before).at(-1)?.lastEventId ?? 0;
  const again = await listen(server.port, watched(arn, last));
  expect(again.frames[0] ?? { topic: "reload" }).toEqual({ topic: "reload" });
  const newRead = await shown(arn);
  await work(items - 8);
  await toldEnd(again);
  const all = await shown(arn);
  expect(after(newRead, changesIn(again))).toEqual(all);
  // Without the new read it is no less.
  expect(after(first, [...changesIn(before), ...changesIn(again)])).toEqual(all);
  again.close();
});

test("a stream goes on after the feed has lost something, and says that rows are to be read anew", async () => {
  const arn = await start();
  const listener = await listen(server.port, `executions=&${watched(arn, 0)}`);
  await vi.waitFor(() => expect(changesIn(listener)).toHaveLength(1));
  await views.live.startAgain();
  await views.follower.startAgain();
  await vi.waitFor(() =>
    expect(listener.frames.filter(({ topic }) => topic === "reload")).toHaveLength(2),
  );
  await work(items);
  await toldEnd(listener);
  expect(after({ ...(await shown(arn)), visits: [] }, changesIn(listener))).toEqual(
    await shown(arn),
  );
  listener.close();
});

const rowsOf = ({ frames }: Listener) =>
  frames.flatMap((frame) => (frame.topic === "executions" ? [frame] : []));
const arnsOf = (listener: Listener) =>
  rowsOf(listener).flatMap(({ rows }) => rows.map(({ executionArn }) => executionArn));
const begun = (listener: Listener) =>
  vi.waitFor(() => {
    expect(listener.start).toBeDefined();
    return listener.start;
  });

test("a stream of rows goes on where another ended, and tells each row that has changed since", async () => {
  const before = await listen(server.port, "executions=");
  const { build, at } = (await begun(before)) ?? {};
  expect(build).toEqual((await read<{ readonly build: string }>("session")).build);
  expect(at).toEqual(expect.any(String));
  const known = await start();
  await vi.waitFor(() => expect(arnsOf(before)).toContain(known));
  const position = rowsOf(before)[0]?.at as string;
  before.close();
  const missed = await start();
  await vi.waitFor(() => expect(views.index.find(missed)).toBeDefined());

  const again = await listen(server.port, `executions=${position}`);
  await vi.waitFor(() => expect(arnsOf(again)).toContain(missed));
  expect(again.start).toEqual({ build });
  // From where it began it knows of both.
  const all = await listen(server.port, `executions=${at}`);
  await vi.waitFor(() => expect(arnsOf(all)).toEqual(expect.arrayContaining([known, missed])));
  for (const { frames } of [again, all]) expect(frames).not.toContainEqual({ topic: "reload" });
  again.close();
  all.close();
  await work(2 * items);
});

test("a stream that cannot go on, as the server was started anew, says that all is to be read again", async () => {
  const other = await listen(server.port, "executions=00000000-0000-4000-8000-000000000000.7");
  await vi.waitFor(() => expect(other.frames).toEqual([{ topic: "reload" }]));
  expect(other.start).toMatchObject({ at: expect.any(String) });
  other.close();
});

test("a redrive is told with all that goes with it", async () => {
  const arn = await start();
  const listener = await listen(server.port, watched(arn, 0));
  await server.service.call("StopExecution", { executionArn: arn });
  await vi.waitFor(() =>
    expect(changesIn(listener).at(-1)).toMatchObject({
      status: "ABORTED",
      stopDate: expect.any(Number),
    }),
  );
  expect(changesIn(listener).at(-1)).not.toHaveProperty("notRedrivable");
  await server.service.call("RedriveExecution", { executionArn: arn });
  await vi.waitFor(() =>
    expect(changesIn(listener).at(-1)).toMatchObject({
      status: "RUNNING",
      redriveCount: 1,
      redriveDate: expect.any(Number),
      notRedrivable: expect.any(String),
    }),
  );
  expect(changesIn(listener).at(-1)).not.toHaveProperty("stopDate");
  expect(await read(at(arn))).not.toHaveProperty("stopDate");
  await work(items);
  await toldEnd(listener);
  listener.close();
});

test("a client that goes away ends the subscription, and so does the end of the server", async () => {
  const arn = await start();
  let open = 0;
  const counted = (end: () => void) => {
    open++;
    return () => {
      open--;
      end();
    };
  };
  const listening = views.listen.bind(views);
  const watching = views.live.watch.bind(views.live);
  vi.spyOn(views, "listen").mockImplementation((listener) => counted(listening(listener)));
  vi.spyOn(views.live, "watch").mockImplementation((executionArn) =>
    counted(watching(executionArn)),
  );
  const one = await listen(server.port, watched(arn, 0));
  const two = await listen(server.port, `executions=&${watched(arn, 0)}`);
  expect(open).toBe(4);
  one.close();
  await vi.waitFor(() => expect(open).toBe(2));
  two.close();
  await vi.waitFor(() => expect(open).toBe(0));
  await work(items);

  const other = await startServer({ consoleFolder: builtConsole() });
  const listener = await listen(other.port, "executions=");
  const closed = new Promise((resolve) => listener.response.on("close", resolve));
  await other.close();
  await closed;
});

test("a stream tells of a bounded number of executions that have an ARN", async () => {
  const many = Array.from({ length: 21 }, (_, index) =>
    watched(`${states}:execution:all:${index}`, 0),
  );
  const streamOf = (query: string) => api(server.port, `stream?${query}`);
  expect((await streamOf(many.join("&"))).body).toMatchObject({ __type: "ValidationException" });
  expect((await streamOf("execution=x%401")).body).toMatchObject({ __type: "InvalidArn" });
  expect((await streamOf("execution=")).body).toMatchObject({ __type: "InvalidArn" });
});

test("a stream that is not read holds one frame, however much changes; then it tells what is so now", async () => {
  const responses: ServerResponse[] = [];
  const streams: EventStream[] = [];
  const local = createServer((_, response) => {
    responses.push(response);
    streams.push(new EventStream(views, response, { executions: true, execution: new Map() }));
  });
  await new Promise<void>((resolve) => local.listen(0, "127.0.0.1", resolve));
  const { port } = local.address() as AddressInfo;
  const reader = await new Promise<IncomingMessage>((resolve) =>
    get({ port, host: "127.0.0.1", agent: false }, resolve),
  );
  const rowsAt = (round: number): IndexedExecution[] =>
    Array.from({ length: 400 }, (_, index) => ({
      executionArn: `${states}:execution:all:${index}`,
      name: `${index} ${"x".repeat(1_000)}`,
      stateMachineArn: `${states}:stateMachine:all`,
      stateMachineName: "all",
      type: "STANDARD",
      status: "RUNNING",
      startDate: round,
      redriveCount: 0,
    }));
  const frameBytes = JSON.stringify(rowsAt(0)).length;
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  let most = 0;
  const rounds = 80;
  for (let round = 1; round <= rounds; round++) {
    streams[0]?.rowsChanged(rowsAt(round));
    // Longer than the pause after a frame as large as this.
    vi.advanceTimersByTime(10_000);
    await new Promise((resolve) => setImmediate(resolve));
    most = Math.max(most, responses[0]?.writableLength ?? 0);
  }
  expect(responses[0]?.writableNeedDrain, "it was more than the sockets hold").toBe(true);
  expect(most).toBeLessThan(3 * frameBytes);
  let text = "";
  reader.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  /** While timers are fake, each look lets half a second pass. */
  const told = async (wanted: string): Promise<void> => {
    for (let look = 0; !text.includes(wanted); look++) {
      if (look === 5_000) throw new Error(`${wanted} was not told`);
      vi.advanceTimersByTime(500);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  await told(`"startDate":${rounds}`);
  expect(text.length).toBeLessThan((rounds / 2) * frameBytes);

  // More rows than a frame tells, though they come one by one, are a reason to read anew.
  text = "";
  for (let index = 0; index < 1_000; index++) {
    const [row] = rowsAt(index);
    if (row !== undefined)
      streams[0]?.rowsChanged([{ ...row, executionArn: `${index}`, name: "n" }]);
  }
  await told('data: {"topic":"reload"}');
  vi.useRealTimers();
  expect(text).not.toContain('"topic":"executions"');
  reader.destroy();
  local.close();
});

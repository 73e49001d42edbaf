import { request } from "node:http";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Payload } from "../../expression/payload.ts";
import type { JournalEvent } from "../../machine/journal/journal-event.ts";
import type { FeedItem, FeedSubscriber } from "../../ports/feed.ts";
import { secret, silent, startOf } from "./fake-nodes.fixture.ts";
import type { ChangeNotice, HandedOverNotice } from "./notices-codec.ts";
import { PeerClient, type PeerReply } from "./peer-client.ts";
import { type PeerHandlers, type PeerServer, startPeerServer } from "./peer-server.ts";
import { PeerKey, signatureHeader, timeHeader } from "./request-signature.ts";

const now = 1_767_225_600_000;
const key = new PeerKey(secret);

let server: PeerServer;
let client: PeerClient;
let handled: string[];
let subscribers: Set<FeedSubscriber>;
let answer: (text: string, signal: AbortSignal) => Promise<string>;
let serve: PeerHandlers;
const node = () => ({ nodeId: "n", url: `http://127.0.0.1:${server.port}` });

beforeEach(async () => {
  handled = [];
  subscribers = new Set();
  answer = async (text) => `answer to ${text}`;
  serve = {
    nodeId: "n",
    answerer: {
      async answerText(text, signal) {
        handled.push(text);
        return { text: await answer(text, signal), isFinal: true };
      },
      takeHints: () => ({ nodeId: "n", elsewhere: [] }),
    },
    changed: async ({ arns }: ChangeNotice) => void handled.push(`changed ${arns.join()}`),
    handedOver: ({ nodeId, partitions }: HandedOverNotice) =>
      void handled.push(`${nodeId} gave ${partitions.join()}`),
    feed: {
      subscribe(subscriber) {
        subscribers.add(subscriber);
        return () => void subscribers.delete(subscriber);
      },
    },
  };
  server = await startPeerServer({
    host: "127.0.0.1",
    port: 0,
    secret,
    serve,
    logger: silent,
    now: () => now,
  });
  client = new PeerClient({ secret, now: () => now });
});

afterEach(async () => {
  client.close();
  await server.close(0);
});

interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly body?: string;
  readonly headers?: { readonly [name: string]: string };
}

/** A request as it is given, from whoever. */
function send({ method = "POST", path = "/ask", body = "{}", headers = {} }: Sent): Promise<{
  readonly status: number;
  readonly text: string;
  readonly headers: readonly string[];
}> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { port: server.port, host: "127.0.0.1", method, path, headers },
      (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => (text += chunk));
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            text,
            headers: Object.keys(response.headers),
          }),
        );
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

function signed(sent: Sent, { at = now, by = key } = {}): Sent {
  const { method = "POST", path = "/ask", body = "{}" } = sent;
  const time = String(at);
  const signature = by.sign({ method, path, time, body });
  return { method, path, body, headers: { [timeHeader]: time, [signatureHeader]: signature } };
}

const ask = (text: string, timeoutMs = 5_000): Promise<PeerReply> =>
  client.ask(node(), text, { timeoutMs });

describe("who cannot prove to be a node of the cluster", () => {
  const other = new PeerKey(Buffer.alloc(32, 8).toString("base64"));
  const good = signed({ body: "one" });
  const refused: [string, Sent][] = [
    ["signs nothing", { body: "one" }],
    ["has another secret", signed({ body: "one" }, { by: other })],
    ["changes the body", { ...good, body: "two" }],
    ["changes the path", { ...good, path: "/hints" }],
    ["asks for what does not exist", { path: "/other" }],
    ["changes the method", { ...good, method: "PUT" }],
    ["changes the time", { ...good, headers: { ...good.headers, [timeHeader]: String(now + 1) } }],
    ["cuts the signature", { ...good, headers: { ...good.headers, [signatureHeader]: "00" } }],
    ["repeats what is old", signed({ body: "one" }, { at: now - 60_001 })],
    ["is ahead of time", signed({ body: "one" }, { at: now + 60_001 })],
    ["gives no time", signed({ body: "one" }, { at: Number.NaN })],
    ["wants the feed", { method: "GET", path: "/feed", body: "" }],
  ];

  test.each(refused)("is told nothing when it %s", async (_, sent) => {
    const { status, text, headers } = await send(sent);
    expect([status, text]).toEqual([401, ""]);
    expect(headers.toSorted()).toEqual(["connection", "content-length", "date"]);
    expect(handled).toEqual([]);
    expect(subscribers.size).toBe(0);
  });

  test("is heard when it can, and is near enough in time", async () => {
    for (const at of [now - 60_000, now, now + 60_000]) {
      expect(await send(signed({ body: "one" }, { at }))).toMatchObject({
        status: 200,
        text: "answer to one",
      });
    }
  });

  test("is not believed as a server either", async () => {
    const foreign = new PeerClient({ secret: Buffer.alloc(32, 8).toString("base64") });
    const reply = await foreign.ask(node(), "{}", { timeoutMs: 1_000 });
    foreign.close();
    expect(reply).toMatchObject({ type: "refused", status: 401 });
  });
});

test("a body that is too large is not read", async () => {
  const { status } = await send(signed({ body: " ".repeat(16 * 1024 * 1024 + 1) }));
  expect(status).toBe(413);
  expect(handled).toEqual([]);
});

test("a node is told that there is no such thing here, or that it is not understood", async () => {
  expect(await send(signed({ path: "/other" }))).toMatchObject({ status: 404 });
  const { status, text } = await send(signed({ path: "/hints", body: '{"format":99}' }));
  expect(status).toBe(400);
  expect(text).toContain("format 99");
});

test("notices are told", async () => {
  expect(await client.tellChanged(node(), { arns: ["a", "b"] })).toMatchObject({
    type: "answered",
  });
  await client.tellHandedOver(node(), { nodeId: "m", partitions: [1, 2] });
  expect(handled).toEqual(["changed a,b", "m gave 1,2"]);
});

describe("a request that comes to nothing", () => {
  test("was not sent if nobody listens", async () => {
    await server.close(0);
    expect(await ask("one")).toMatchObject({ type: "not sent" });
  });

  test("was not sent to what is no address", async () => {
    const reply = await client.ask({ nodeId: "n", url: "no url" }, "one", { timeoutMs: 100 });
    expect(reply).toMatchObject({ type: "not sent" });
  });

  test("is lost if no answer comes in time, and its handler is told", async () => {
    const aborted = Promise.withResolvers<void>();
    answer = (_, signal) =>
      new Promise(() => signal.addEventListener("abort", () => aborted.resolve()));
    expect(await ask("one", 100)).toMatchObject({ type: "lost" });
    await aborted.promise;
  });

  test("is refused if the node fails", async () => {
    answer = async () => {
      throw new Error("of ours");
    };
    expect(await ask("one")).toMatchObject({ type: "refused", status: 500 });
  });
});

test("connections are kept, and a thousand questions at a time need no more than some", async () => {
  const texts = Array.from({ length: 1_000 }, (_, index) => String(index));
  const replies = await Promise.all(texts.map((text) => ask(text)));
  expect(replies).toEqual(texts.map((text) => ({ type: "answered", text: `answer to ${text}` })));
});

describe("the feed of a node", () => {
  const item: FeedItem = {
    sequence: 3,
    execution: {
      record: startOf("one").record,
      type: "STANDARD",
      identity: {
        executionArn: "e",
        name: "one",
        stateMachineArn: "m",
        stateMachineName: "M",
        roleArn: "r",
        region: "us-east-1",
      },
      logging: undefined,
    },
    events: [
      {
        type: "TaskStateEntered",
        id: 2,
        previousEventId: 1,
        at: 5,
        branch: 0,
        payload: Payload.ofText(' {"b":1.0}\n'),
        details: { name: "x\n\u2028" },
        internal: undefined,
      } as JournalEvent,
    ],
    status: "RUNNING",
    stoppedAt: 0,
    redriveCount: 1,
  };

  test("is told as it was, until nobody follows it", async () => {
    const told: unknown[] = [];
    const opened = Promise.withResolvers<void>();
    const again = Promise.withResolvers<void>();
    const follower = new AbortController();
    const end = client.followFeed(
      node(),
      {
        opened: (nodeId) => {
          told.push(nodeId);
          opened.resolve();
        },
        receive: (items) => void told.push(...items),
        startAgain: () => {
          told.push("start again");
          again.resolve();
        },
      },
      follower.signal,
    );
    await opened.promise;
    const [subscriber] = subscribers;
    await subscriber?.receive([item, { ...item, sequence: 4, events: [] }]);
    const logging = { level: "ALL", includeExecutionData: true, logGroupArn: undefined } as const;
    await subscriber?.receive([{ ...item, execution: { ...item.execution, logging } }]);
    await subscriber?.startAgain();
    await again.promise;
    expect(told).toHaveLength(5);
    const [nodeId, first, second, third] = told as [string, FeedItem, FeedItem, FeedItem];
    expect(nodeId).toBe("n");
    expect(first.events[0]?.payload?.text).toBe(' {"b":1.0}\n');
    const plain = (told: FeedItem) => ({
      ...told,
      events: told.events.map((event) => ({ ...event, payload: event.payload?.text })),
    });
    expect(plain(first)).toStrictEqual(plain(item));
    expect(second).toStrictEqual({ ...item, sequence: 4, events: [] });
    expect(third.execution.logging).toStrictEqual(logging);
    expect(told[4]).toBe("start again");
    follower.abort();
    expect(await end).toBe("nobody follows it any more");
    while (subscribers.size > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  });

  test("ends with the node", async () => {
    const opened = Promise.withResolvers<void>();
    const end = client.followFeed(
      node(),
      { opened: () => opened.resolve(), receive() {}, startAgain() {} },
      new AbortController().signal,
    );
    await opened.promise;
    await server.close(0);
    expect(await end).toBeTypeOf("string");
    expect(subscribers.size).toBe(0);
  });

  test("waits for a reader that is slow", async () => {
    let isReading = true;
    const gate = Promise.withResolvers<void>();
    const opened = Promise.withResolvers<void>();
    const follower = new AbortController();
    const end = client.followFeed(
      node(),
      {
        opened: () => opened.resolve(),
        receive: () => gate.promise,
        startAgain() {},
      },
      follower.signal,
    );
    await opened.promise;
    const [subscriber] = subscribers;
    const large = {
      ...item,
      events: [{ ...item.events[0], payload: largePayload } as JournalEvent],
    };
    const received = Promise.resolve(subscriber?.receive(Array.from({ length: 80 }, () => large)));
    void received.then(() => (isReading = false));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(isReading).toBe(true);
    gate.resolve();
    await received;
    follower.abort();
    await end;
  });
});

const largePayload = Payload.ofText(JSON.stringify("x".repeat(200_000)));

import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { createListener, usualPatience } from "../../src/server/listener.ts";
import { ask, builtConsole } from "../console/ask.ts";
import { speak } from "./speak.ts";
import { startServer, type TestServer } from "./start-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ consoleFolder: builtConsole() });
});
afterAll(async () => {
  expect(server.mistakes).toEqual([]);
  await server.close();
});

/** A second request that somebody hides in the first one. */
const hidden = "GET /health HTTP/1.1\r\nHost: localhost\r\nX-Hidden: 1\r\n\r\n";
const head =
  "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-amz-json-1.0\r\n" +
  "X-Amz-Target: AWSStepFunctions.ListStateMachines\r\n";

/** A proxy in front that ends the first request elsewhere would take the answer to the hidden one for that to another client's. */
describe("a request whose end can be read in two ways is refused, and what is hidden in it is not answered", () => {
  test.each([
    ["both lengths", "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"],
    [
      "both lengths, the other way round",
      "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
    ],
    ["two lengths", "Content-Length: 0\r\nContent-Length: 44\r\n\r\n"],
    ["a list of lengths", "Content-Length: 0, 44\r\n\r\n"],
    ["a length with a sign", "Content-Length: +0\r\n\r\n"],
    ["a length in sixteens", "Content-Length: 0x0\r\n\r\n"],
    ["a coding that is none", "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"],
    ["a coding after chunked", "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"],
    [
      "chunked twice",
      "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked, x\r\n\r\n0\r\n\r\n",
    ],
    [
      "a blank before the colon",
      "Content-Length : 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
    ["a line that goes on", "Transfer-Encoding:\r\n chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n"],
    ["a chunk's size that is none", "Transfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n"],
    ["lines that end by half", "Transfer-Encoding: chunked\n\r\n0\r\n\r\n"],
  ])("%s", async (_, rest) => {
    const text = await speak(server.port, `${head}${rest}${hidden}`);
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    expect(text.match(/HTTP\/1\.1 /g)).toHaveLength(1);
  });
});

describe("a client that never comes to the end", () => {
  test.each([
    ["of its headers", "POST / HTTP/1.1\r\nHost: localhost\r\n", "X: 1\r\n"],
    ["of its body", `${head}Content-Length: 100000\r\n\r\n`, "{"],
  ])("%s is cut off, however steadily it goes on", async (_, begin, more) => {
    const patience = {
      ...usualPatience,
      headersTimeout: 100,
      requestTimeout: 200,
      connectionsCheckingInterval: 20,
    };
    const listener = createListener((request) => void request.resume(), {
      logger: { debug() {}, info() {}, warn() {}, error() {} },
      patience,
    });
    onTestFinished(() => listener.close(0));
    const { port } = await listener.listen("127.0.0.1", 0);
    const text = await new Promise<string>((resolve) => {
      let heard = "";
      const socket = connect(port, "127.0.0.1", () => socket.write(begin));
      const drip = setInterval(() => socket.write(more), 20);
      socket.setEncoding("utf8").on("data", (chunk: string) => (heard += chunk));
      socket.on("error", () => {});
      socket.on("close", () => {
        clearInterval(drip);
        resolve(heard);
      });
    });
    // On a busy machine its last words may be read before its time is looked at.
    expect(text).toMatch(/^HTTP\/1\.1 40[08] /);
  });

  test("has a minute at most", () => {
    expect(usualPatience.headersTimeout).toBeLessThanOrEqual(60_000);
    expect(usualPatience.requestTimeout).toBeLessThanOrEqual(60_000);
  });
});

describe("what is asked is not in the head of the answer", () => {
  const injected = "%0d%0aX-Injected:%201%0d%0a%0d%0a<script>";
  test.each([
    `/console/${injected}`,
    `/console/assets/${injected}`,
    `/console/api/executions/${injected}`,
    `/console/api/home?region=${injected}`,
    `/console/approve/${injected}`,
    `/console?${injected}`,
    `/${injected}`,
  ])("%s", async (path) => {
    const { headers, status } = await ask(server.port, path);
    expect(status).toBeLessThan(500);
    expect(headers).not.toHaveProperty("x-injected");
    for (const value of Object.values(headers).flat())
      expect(value).not.toMatch(/<script|Injected/);
  });
});

test("the console's redirect is to itself, whatever the Host and the path say", async () => {
  for (const headers of [{ Host: "localhost" }, { Host: "127.0.0.1:1" }]) {
    const { headers: told } = await ask(server.port, "/console?//evil.example", { headers });
    expect(told["location"]).toBe("/console/");
  }
  const { status } = await ask(server.port, "/console/", { headers: { Host: "evil.example" } });
  expect(status).toBe(403);
});

test("heads of any size are answered or refused, and the next one is served", async () => {
  for (const size of [1_000, 15_000, 17_000, 200_000]) {
    const lines = `X-A: ${"b".repeat(992)}\r\n`.repeat(size / 1_000);
    const text = await speak(
      server.port,
      `GET /health HTTP/1.1\r\nHost: localhost\r\n${lines}\r\n`,
    );
    if (size > 16_384) expect(text).not.toMatch(/ 200 /);
    else expect(text).toMatch(/^HTTP\/1\.1 200 /);
  }
  expect((await ask(server.port, "/health")).status).toBe(200);
});

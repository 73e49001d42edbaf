import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createHttpServer } from "../../src/server/http-server.ts";
import { post } from "./post.ts";
import { speak } from "./speak.ts";
import { startServer, type TestServer } from "./start-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ hosts: ["stepwell.internal"] });
});
afterAll(async () => {
  expect(server.mistakes).toEqual([]);
  await server.close();
});

const list = (headers: Record<string, string> = {}) =>
  post(server.port, "ListStateMachines", {}, { headers });

describe("an answer", () => {
  test("has the protocol's content type and an id, and no permission for web pages", async () => {
    const { status, headers, body } = await list();
    expect(status).toBe(200);
    expect(body).toEqual({ stateMachines: [] });
    expect(headers["content-type"]).toBe("application/x-amz-json-1.0");
    expect(headers["x-amzn-requestid"]).toMatch(/^[0-9a-f-]{36}$/);
    expect(Object.keys(headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
  });
});

describe("the Host header", () => {
  test.each([
    "localhost:8083",
    "LOCALHOST",
    "sfn.localhost:1",
    "127.0.0.1",
    "127.1.2.3:99",
    "[::1]:8083",
    "sync-localhost:8083",
    "sync-127.0.0.1:8083",
    "sync-[::1]:80",
    "stepwell.internal:8083",
    "sync-stepwell.internal",
  ])("%s is served", async (host) => {
    expect((await list({ Host: host })).status).toBe(200);
  });

  test.each([
    "example.com",
    "127.0.0.1.example.com",
    "localhost.example.com",
    "evil-localhost",
    "127.evil",
    "192.0.2.1",
    "[::2]",
    "stepwell.internal.example.com",
    "localhost@example.com",
    "states.us-east-1.amazonaws.com",
  ])("%s is refused", async (host) => {
    const { status, body } = await list({ Host: host });
    expect(status).toBe(403);
    expect(body).toMatchObject({ __type: "AccessDeniedException" });
  });
});

describe("the content type", () => {
  test.each([
    "application/x-amz-json-1.0",
    "application/x-amz-json-1.0; charset=utf-8",
    "Application/X-Amz-JSON-1.0",
  ])("%s is accepted", async (type) => {
    expect((await list({ "Content-Type": type })).status).toBe(200);
  });

  // The first three are those that a web page may send to another site without asking.
  test.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "application/json",
    "application/x-amz-json-1.1",
    "text/plain;application/x-amz-json-1.0",
    "",
  ])("%j is refused", async (type) => {
    const { status, body } = await list({ "Content-Type": type });
    expect(status).toBe(415);
    expect(body).toMatchObject({ __type: "UnsupportedMediaTypeException" });
  });
});

describe("a request for something else", () => {
  test.each(["AWSStepFunctions.Nope", "AWSStepFunctions.constructor", "DynamoDB.ListTables", ""])(
    "the target %j is an unknown operation",
    async (target) => {
      const { status, body } = await list({ "X-Amz-Target": target });
      expect(status).toBe(400);
      expect(body).toMatchObject({ __type: "UnknownOperationException" });
    },
  );

  test.each([
    ["OPTIONS", "/"],
    ["PUT", "/"],
    ["POST", "/elsewhere"],
    ["GET", "/secret"],
  ])("%s %s is refused without a permission for web pages", async (method, path) => {
    const { status, headers } = await post(server.port, "ListStateMachines", {}, { method, path });
    expect(status).toBe(400);
    expect(headers["access-control-allow-origin"]).toBeUndefined();
  });

  test.each(["/", "/health"])(
    "GET %s answers that the server lives, and nothing more",
    async (path) => {
      const { status, body } = await post(server.port, "", "", { method: "GET", path });
      expect(status).toBe(200);
      expect(body).toEqual({ status: "ok" });
    },
  );

  test.each(["/", "/health", "/health/live", "/health/ready"])(
    "HEAD %s answers as GET does, without a body",
    async (path) => {
      const [got, asked] = await Promise.all(
        ["GET", "HEAD"].map((method) =>
          fetch(`http://127.0.0.1:${server.port}${path}`, { method }),
        ),
      );
      expect(asked?.status).toBe(200);
      expect(await asked?.text()).toBe("");
      for (const name of ["Content-Type", "Content-Length"]) {
        expect(asked?.headers.get(name)).toBe(got?.headers.get(name));
      }
    },
  );
});

describe("a request's body", () => {
  test.each(["", "{", "nonsense", "{'a':1}", '{"a":1}}', "\u0000"])(
    "%j is a SerializationException",
    async (text) => {
      const { status, body } = await post(server.port, "ListStateMachines", text);
      expect(status).toBe(400);
      expect(body).toMatchObject({ __type: "SerializationException" });
    },
  );

  test("that is too large is refused with an error of the protocol", async () => {
    const definition = "x".repeat(1_200_000);
    const { status, body, headers } = await post(server.port, "ValidateStateMachineDefinition", {
      definition,
    });
    expect(status).toBe(413);
    expect(body).toMatchObject({ __type: "RequestEntityTooLargeException" });
    expect(headers["x-amzn-requestid"]).toBeDefined();
    expect((await list()).status).toBe(200);
  });

  test("that is far too large ends the connection before it is read", async () => {
    const text = await speak(
      server.port,
      "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-amz-json-1.0\r\n" +
        "X-Amz-Target: AWSStepFunctions.ListStateMachines\r\nContent-Length: 99999999999\r\n\r\n{",
    );
    expect(text).toMatch(/^HTTP\/1\.1 413 /);
    expect(text).toContain("RequestEntityTooLargeException");
  });

  test("may come in pieces", async () => {
    const text = await speak(
      server.port,
      "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-amz-json-1.0\r\nConnection: close\r\n" +
        "X-Amz-Target: AWSStepFunctions.ListStateMachines\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\n",
    );
    expect(text).toMatch(/^HTTP\/1\.1 200 /);
  });
});

describe("nonsense on the wire", () => {
  test.each([
    "GARBAGE\r\n\r\n",
    "POST / HTTP/9.9\r\n\r\n",
    "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
    "\x16\x03\x01\x02\x00",
  ])("%j is answered with an error of the protocol, and the server lives on", async (bytes) => {
    const text = await speak(server.port, bytes);
    expect(text).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(text).toMatch(/\r\nx-amzn-RequestId: [0-9a-f-]{36}\r\n/);
    expect(text).toContain('{"__type":"BadRequestException"');
    expect((await list()).status).toBe(200);
  });

  test("in the form of too many headers is answered with 431", async () => {
    const text = await speak(server.port, `POST / HTTP/1.1\r\nX: ${"x".repeat(20_000)}\r\n\r\n`);
    expect(text).toMatch(/^HTTP\/1\.1 431 /);
  });

  test("without a Host is refused", async () => {
    const text = await speak(server.port, "POST / HTTP/1.1\r\nConnection: close\r\n\r\n");
    expect(text).toMatch(/^HTTP\/1\.1 403 /);
  });

  test("that stops in the middle leaves nothing behind", async () => {
    const head =
      "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-amz-json-1.0\r\n" +
      "X-Amz-Target: AWSStepFunctions.ListStateMachines\r\nContent-Length: 100\r\n\r\n{";
    const socket = connect(server.port, "127.0.0.1");
    await new Promise<void>((resolve) => socket.write(head, () => resolve()));
    // An answer to another request shows that the server has had the bytes.
    await list();
    socket.resetAndDestroy();
    expect((await list()).status).toBe(200);
  });
});

describe("x-stepwell-wait-seconds", () => {
  test.each(["0", "61", "-1", "1.5", "ten", "1e1", ""])("%j is refused", async (seconds) => {
    const executionArn = "arn:aws:states:eu-west-1:123456789012:execution:m:e";
    const { status, body } = await post(
      server.port,
      "DescribeExecution",
      { executionArn },
      { headers: { "x-stepwell-wait-seconds": seconds } },
    );
    expect(status).toBe(400);
    expect(body).toMatchObject({ __type: "ValidationException" });
  });

  test("does not hold up an execution that does not exist", async () => {
    const executionArn = "arn:aws:states:eu-west-1:123456789012:execution:m:e";
    const { body } = await post(
      server.port,
      "DescribeExecution",
      { executionArn },
      { headers: { "x-stepwell-wait-seconds": "60" } },
    );
    expect(body).toMatchObject({ __type: "ExecutionDoesNotExist" });
  });
});

describe("the server", () => {
  test("says what to do when its port is taken", async () => {
    const second = createHttpServer({
      service: server.service,
      host: "127.0.0.1",
      port: server.port,
      logger: { debug() {}, info() {}, warn() {}, error() {} },
    });
    await expect(second.listen()).rejects.toThrow(
      `Port ${server.port} on 127.0.0.1 is taken by another process. Stop that process, or choose another port.`,
    );
  });

  test("answers a mistake of its own without saying where it was", async () => {
    const mistakes: string[] = [];
    const broken = createHttpServer({
      service: {
        ...server.service,
        call: () => Promise.reject(new TypeError("secret detail")),
      },
      host: "127.0.0.1",
      port: 0,
      logger: {
        debug() {},
        info() {},
        warn() {},
        error: (message, fields) => mistakes.push(`${message} ${JSON.stringify(fields)}`),
      },
    });
    const { port } = await broken.listen();
    const { status, body, text } = await post(port, "ListStateMachines", {});
    await broken.close(100);
    expect(status).toBe(500);
    expect(body).toMatchObject({ __type: "InternalFailure" });
    expect(text).not.toContain("secret detail");
    expect(mistakes.join()).toContain("secret detail");
  });

  test("closes although a client keeps its connection", async () => {
    const own = await startServer();
    const socket = connect(own.port, "127.0.0.1");
    await new Promise((resolve) => socket.once("connect", resolve));
    await own.close();
    await new Promise((resolve) => (socket.closed ? resolve(null) : socket.once("close", resolve)));
  });
});

import { describe, expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../../src/expression/json.ts";
import type { HttpExchange } from "../../src/ports/task-handler.ts";
import {
  connectionArn,
  httpHarness,
  httpServer,
  jsonAnswer,
  manualClock,
  valueOf,
} from "./http-harness.ts";
import { serviceResource } from "./task-handler-harness.ts";

const invoke = serviceResource("http", "invoke");
const local = { http: { allowHttp: true, allowPrivateAddresses: ["127.0.0.1"] } } as const;
const open = { ...local, connections: { c: { authorization: "none" } } } as const;
const InvocationConfig = { ConnectionArn: connectionArn("c") };

function call(origin: string, more: JsonObject = {}): JsonValue {
  return { ApiEndpoint: `${origin}/a`, Method: "GET", InvocationConfig, ...more };
}

describe("what is sent", () => {
  test("the service's own headers, the author's, and the body as JSON", async () => {
    const server = await httpServer((_, response) => jsonAnswer(response, {}));
    const { run } = httpHarness(open);
    await run(
      invoke,
      call(server.origin, {
        Method: "POST",
        Headers: { "X-One": "1", "X-Many": ["a", "b"], "User-Agent": "me", "X-Number": 5 },
        RequestBody: { b: 1, a: ["ü"] },
      }),
    );
    expect(server.seen).toHaveLength(1);
    const [{ method, headers, body, rawHeaders }] = server.seen as [(typeof server.seen)[0]];
    expect(method).toBe("POST");
    expect(body).toBe('{"b":1,"a":["ü"]}');
    expect(headers).toMatchObject({
      host: `127.0.0.1:${server.port}`,
      "user-agent": "Amazon|StepFunctions|HttpInvoke|eu-west-1",
      range: "bytes=0-262144",
      "content-type": "application/json; charset=UTF-8",
      "content-length": String(Buffer.byteLength(body)),
      "x-one": "1",
      "x-number": "5",
    });
    expect(rawHeaders.filter((_, index) => rawHeaders[index - 1] === "X-Many")).toEqual(["a", "b"]);
  });

  test("query parameters are put behind those of the URL, encoded", async () => {
    const server = await httpServer((_, response) => jsonAnswer(response, {}));
    const { run } = httpHarness(open);
    await run(
      invoke,
      call(server.origin, {
        ApiEndpoint: `${server.origin}/a?kept=1%202`,
        QueryParameters: { "q q": "x&y", list: ["1", 2], yes: true },
      }),
    );
    expect(server.seen[0]?.url).toBe("/a?kept=1%202&q%20q=x%26y&list=1&list=2&yes=true");
  });

  test("a GET has its body, and a text is the body as it stands", async () => {
    const server = await httpServer((_, response) => jsonAnswer(response, {}));
    const { run } = httpHarness(open);
    await run(
      invoke,
      call(server.origin, { RequestBody: "<a/>", Headers: { "content-type": "text/xml" } }),
    );
    expect(server.seen[0]).toMatchObject({ body: "<a/>", headers: { "content-type": "text/xml" } });
  });

  test("URL_ENCODED sends a form, with the content type of one", async () => {
    const server = await httpServer((_, response) => jsonAnswer(response, {}));
    const { run } = httpHarness(open);
    await run(
      invoke,
      call(server.origin, {
        Method: "POST",
        RequestBody: {
          description: "Monthly subscription",
          metadata: { order_details: "monthly report data" },
          customer: 1234567890,
        },
        Transform: { RequestBodyEncoding: "URL_ENCODED" },
      }),
    );
    // Documented: the example of call HTTPS APIs.
    expect(server.seen[0]).toMatchObject({
      body: "description=Monthly%20subscription&metadata%5Border_details%5D=monthly%20report%20data&customer=1234567890",
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
  });

  test("what the connection adds takes the place of the task's, whatever the case of a header", async () => {
    const server = await httpServer((_, response) => jsonAnswer(response, {}));
    const { run } = httpHarness({
      ...local,
      connections: {
        c: {
          authorization: "apiKey",
          name: "ApiKey",
          value: "key_value",
          headers: { "Header-Param": "connection_header" },
          query: { QueryParam: "connection_query" },
          body: { BodyParam: "connection_body" },
        },
      },
    });
    await run(
      invoke,
      call(server.origin, {
        Method: "POST",
        ApiEndpoint: `${server.origin}/path?QueryParam=of_the_url&a=1`,
        Headers: { "Request-Id": "id", "HEADER-PARAM": "task", apikey: "task" },
        QueryParameters: { QueryParam: "task", own: "1" },
        RequestBody: { Job: "Engineer", BodyParam: "task" },
      }),
    );
    const [{ url, headers, body }] = server.seen as [(typeof server.seen)[0]];
    expect(url).toBe("/path?a=1&own=1&QueryParam=connection_query");
    expect(headers).toMatchObject({
      apikey: "key_value",
      "header-param": "connection_header",
      "request-id": "id",
    });
    expect(body).toBe('{"Job":"Engineer","BodyParam":"connection_body"}');
  });

  test("a text cannot be put together with the body of the connection", async () => {
    const server = await httpServer((_, response) => jsonAnswer(response, {}));
    const connections = { c: { authorization: "none", body: { a: "1" } } } as const;
    const { run } = httpHarness({ ...local, connections });
    const outcome = await run(invoke, call(server.origin, { Method: "POST", RequestBody: "text" }));
    expect(outcome).toMatchObject({ type: "rejected" });
    expect(server.seen).toEqual([]);
  });
});

describe("what comes of it", () => {
  test("status, headers with lists of values, and the body parsed where it is JSON", async () => {
    const server = await httpServer((_, response) => {
      response.writeHead(
        201,
        "Made",
        [
          ["Content-Type", "application/vnd.api+json; charset=utf-8"],
          ["Set-Cookie", "a=1"],
          ["Set-Cookie", "b=2"],
          ["Date", "now"],
        ].flat(),
      );
      response.end('{"id":9007199254740993}');
    });
    const { run } = httpHarness(open);
    const outcome = await run(invoke, call(server.origin));
    expect(JSON.stringify(valueOf(outcome))).toBe(
      '{"Headers":{"Content-Type":["application/vnd.api+json; charset=utf-8"],"Set-Cookie":["a=1","b=2"],"Date":["now"],"Connection":["keep-alive"],"Keep-Alive":["timeout=5"],"Transfer-Encoding":["chunked"]},"ResponseBody":{"id":9007199254740993},"StatusCode":201,"StatusText":"Made"}',
    );
  });

  test.each([
    ["text/plain", "plain", "plain"],
    ["text/html; charset=iso-8859-1", Buffer.from([0xe4]), "ä"],
    ["application/json", "{broken", "{broken"],
    ["", '{"a":1}', '{"a":1}'],
    ["application/json", "null", null],
  ])("a body of type '%s'", async (type, body, shown) => {
    const server = await httpServer((_, response) => {
      if (type !== "") response.setHeader("Content-Type", type);
      response.end(body);
    });
    const { run } = httpHarness(open);
    expect(valueOf(await run(invoke, call(server.origin)))).toMatchObject({ ResponseBody: shown });
  });

  test.each([
    ["application/octet-stream", "text"],
    ["image/png", "text"],
    ["audio/mpeg", "text"],
    ["video/mp4", "text"],
    ["text/plain", Buffer.from([0xff, 0xfe, 0x80])],
    ["application/json", Buffer.from([0x1f, 0x8b, 0x08])],
  ])("a body of type %s that is no text fails the execution", async (type, body) => {
    const server = await httpServer((_, response) => {
      response.setHeader("Content-Type", type);
      response.end(body);
    });
    const { run } = httpHarness(open);
    expect(await run(invoke, call(server.origin))).toMatchObject({ type: "rejected" });
  });

  test.each([[304], [400], [401], [404], [429], [500], [503]])(
    "the status %i is the name of the error, its text the cause",
    async (status) => {
      const server = await httpServer((_, response) => jsonAnswer(response, { why: "no" }, status));
      const { run } = httpHarness(open);
      expect(await run(invoke, call(server.origin))).toEqual({
        type: "failed",
        error: `States.Http.StatusCode.${status}`,
        cause: (await import("node:http")).STATUS_CODES[status],
      });
      // Whether to call again is for Retry to say.
      expect(server.seen).toHaveLength(1);
    },
  );

  test("256 KiB are the most that a body may be", async () => {
    let bytes = 262_144;
    const server = await httpServer((_, response) => response.end("x".repeat(bytes)));
    const { run } = httpHarness(open);
    expect(await run(invoke, call(server.origin))).toMatchObject({ type: "succeeded" });
    bytes++;
    expect(await run(invoke, call(server.origin))).toEqual({
      type: "failed",
      error: "States.DataLimitExceeded",
      cause:
        "The state/task 'http' returned a result with a size exceeding the maximum number of bytes service limit.",
    });
  });

  test("no answer within 60 seconds is States.Http.Socket", async () => {
    const clock = manualClock();
    const arrived = Promise.withResolvers<void>();
    const server = await httpServer(() => arrived.resolve());
    const { run } = httpHarness({ ...open, clock });
    const running = run(invoke, call(server.origin));
    await arrived.promise;
    clock.advance(60_000);
    expect(await running).toMatchObject({ type: "failed", error: "States.Http.Socket" });
  });

  test("an answer that is cut off, and a port where nobody is, are States.Http.Socket, too", async () => {
    const server = await httpServer((_, response) => {
      response.writeHead(200, { "Content-Length": "100" });
      response.write("half");
      response.flushHeaders();
      setImmediate(() => response.socket?.destroy());
    });
    const { run } = httpHarness(open);
    expect(await run(invoke, call(server.origin))).toMatchObject({ error: "States.Http.Socket" });
    expect(await run(invoke, call("http://127.0.0.1:1"))).toEqual({
      type: "failed",
      error: "States.Http.Socket",
      cause: "Unable to execute HTTP request: Connect to 127.0.0.1:1 failed: Connection refused",
    });
  });

  test("an abort ends the connection", async () => {
    const arrived = Promise.withResolvers<void>();
    const left = Promise.withResolvers<void>();
    const server = await httpServer((_, response) => {
      response.on("close", () => left.resolve());
      arrived.resolve();
    });
    const { run } = httpHarness(open);
    const controller = new AbortController();
    const running = run(invoke, call(server.origin), { signal: controller.signal });
    await arrived.promise;
    controller.abort();
    expect(await running).toEqual({ type: "pending" });
    await left.promise;
  });
});

describe("parameters that can never start the task", () => {
  test.each<[string, JsonObject, string]>([
    ["no endpoint", { ApiEndpoint: null }, ""],
    ["an unknown member", { Timeout: 1 }, "The field 'Timeout' is not supported by Step Functions"],
    [
      "another method",
      { Method: "TRACE" },
      "The value of the field 'Method' has an invalid format",
    ],
    [
      "headers that are no object",
      { Headers: "a" },
      "The value of the field 'Headers' has an invalid format",
    ],
    [
      "a header with a line break",
      { Headers: { a: "b\r\nHost: c" } },
      "'Headers' has an invalid format",
    ],
    ["a name that is none", { Headers: { "a b": "c" } }, "'Headers' has an invalid format"],
    [
      "an encoding that is none",
      { Transform: { RequestBodyEncoding: "GZIP" } },
      "'RequestBodyEncoding'",
    ],
    [
      "a format that is none",
      { Transform: { RequestBodyEncoding: "NONE", RequestEncodingOptions: { ArrayFormat: "X" } } },
      "'ArrayFormat'",
    ],
    ["a query that is none", { QueryParameters: { a: { b: 1 } } }, "'QueryParameters'"],
    ["http without permission", { ApiEndpoint: "http://a.test" }, "http.allowHttp"],
    ["another scheme", { ApiEndpoint: "ftp://a.test" }, "'ApiEndpoint' has an invalid format"],
    [
      "a user in the URL",
      { ApiEndpoint: "https://u:p@a.test" },
      "'ApiEndpoint' has an invalid format",
    ],
    ["no URL", { ApiEndpoint: "a.test" }, "'ApiEndpoint' has an invalid format"],
  ])("%s", async (_, more, said) => {
    const { run } = httpHarness({ connections: { c: { authorization: "none" } } });
    const parameters = { ...(call("https://a.test") as JsonObject), ...more };
    const outcome = await run(invoke, parameters);
    expect(outcome).toMatchObject({
      type: "rejected",
      cause: expect.stringContaining(said) as string,
    });
  });

  test.each([
    "Authorization",
    "host",
    "X-Amz-Date",
    "x-forwarded-for",
    "Transfer-Encoding",
    "TE",
    "Via",
  ])("the header %s is refused before the task is scheduled", (name) => {
    const { handler: find } = httpHarness({});
    const { parameters } = httpHarness({}).request(
      invoke,
      call("https://a.test", { Headers: { [name]: "a" } }),
    );
    expect(find(invoke).refuseParameters?.(invoke, parameters)).toContain(
      `The 'Headers' field contains unsupported values: ${name}`,
    );
  });
});

describe("redirects", () => {
  test("are answers, unless they are configured", async () => {
    const server = await httpServer((_, response) =>
      response.writeHead(302, { Location: "/b" }).end(),
    );
    const { run } = httpHarness(open);
    expect(await run(invoke, call(server.origin))).toMatchObject({
      error: "States.Http.StatusCode.302",
      cause: "Found",
    });
    expect(server.seen).toHaveLength(1);
  });

  const following = {
    ...open,
    http: { ...open.http, followRedirects: 2 },
    connections: { c: { authorization: "apiKey", name: "X-Key", value: "the-secret-key" } },
  } as const;

  test("are followed as often as is configured; the last is the answer", async () => {
    const server = await httpServer(({ url }, response) => {
      response.writeHead(307, { Location: `${url}x` }).end();
    });
    const { run } = httpHarness(following);
    const outcome = await run(
      invoke,
      call(server.origin, { Method: "POST", RequestBody: { a: 1 } }),
    );
    expect(outcome).toMatchObject({ error: "States.Http.StatusCode.307" });
    expect(server.seen.map(({ method, url, body }) => `${method} ${url} ${body}`)).toEqual(
      ["/a", "/ax", "/axx"].map((path) => `POST ${path} {"a":1}`),
    );
  });

  test("303 becomes a GET without a body", async () => {
    const server = await httpServer(({ url }, response) => {
      if (url === "/a") response.writeHead(303, { Location: "/b" }).end();
      else jsonAnswer(response, {});
    });
    const { run } = httpHarness(following);
    await run(invoke, call(server.origin, { Method: "POST", RequestBody: { a: 1 } }));
    expect(server.seen[1]).toMatchObject({ method: "GET", url: "/b", body: "" });
    expect(server.seen[1]?.headers["content-type"]).toBeUndefined();
  });

  test("nothing of the connection goes to another origin", async () => {
    const other = await httpServer((_, response) => jsonAnswer(response, { there: true }));
    const server = await httpServer((_, response) => {
      response.writeHead(302, { Location: `${other.origin}/b` }).end();
    });
    const { run } = httpHarness(following);
    const outcome = await run(invoke, call(server.origin, { Headers: { "X-Own": "1" } }));
    expect(valueOf(outcome)).toMatchObject({ ResponseBody: { there: true } });
    expect(server.seen[0]?.headers["x-key"]).toBe("the-secret-key");
    expect(other.seen[0]?.headers).toMatchObject({ "x-own": "1" });
    expect(JSON.stringify(other.seen)).not.toContain("the-secret-key");
  });

  test("a body with what the connection adds stays where it was sent", async () => {
    const other = await httpServer((_, response) => jsonAnswer(response, {}));
    const server = await httpServer((_, response) => {
      response.writeHead(308, { Location: `${other.origin}/b` }).end();
    });
    const connections = { c: { authorization: "none", body: { token: "the-secret" } } } as const;
    const { run } = httpHarness({ ...following, connections });
    const outcome = await run(invoke, call(server.origin, { Method: "POST" }));
    expect(outcome).toMatchObject({ error: "States.Http.StatusCode.308" });
    expect(other.seen).toEqual([]);
  });
});

describe("TestState's trace", () => {
  test("has what AWS's example has, in its form", async () => {
    const server = await httpServer((_, response) => {
      response.sendDate = false;
      response.writeHead(200, { "content-type": "application/json", server: "s" });
      response.end('{"a": 1}');
    });
    const { run } = httpHarness({
      ...local,
      connections: {
        c: {
          authorization: "basic",
          username: "user",
          password: "pass-word",
          headers: { CustomHeader1: "CustomHeaderValue1" },
          query: { QueryParam1: "QueryParamValue1" },
          body: { BodyKey1: "BodyValue1" },
        },
      },
    });
    const traced = async (revealSecrets: boolean): Promise<HttpExchange> => {
      const seen: HttpExchange[] = [];
      const parameters = call(server.origin, {
        Headers: { definitionHeader: "h1" },
        RequestBody: { message: "Hello" },
        QueryParameters: { queryParam: "q1" },
      });
      const exchanged = (exchange: HttpExchange): void => void seen.push(exchange);
      await run(invoke, parameters, { trace: { revealSecrets, exchanged } });
      return seen[0] as HttpExchange;
    };
    const authorization = `Basic ${Buffer.from("user:pass-word").toString("base64")}`;
    const response = {
      protocol: "http",
      statusCode: "200",
      statusMessage: "OK",
      headers:
        "[content-type: application/json, server: s, Connection: keep-alive, Keep-Alive: timeout=5, Transfer-Encoding: chunked]",
      body: '{"a": 1}',
    };
    expect(await traced(true)).toEqual({
      request: {
        protocol: "http",
        method: "GET",
        url: `${server.origin}/a?queryParam=q1&QueryParam1=QueryParamValue1`,
        headers: `[definitionHeader: h1, Authorization: ${authorization}, CustomHeader1: CustomHeaderValue1, User-Agent: Amazon|StepFunctions|HttpInvoke|eu-west-1, Range: bytes=0-262144]`,
        body: '{"message":"Hello","BodyKey1":"BodyValue1"}',
      },
      response,
    });
    expect(await traced(false)).toEqual({
      request: {
        protocol: "http",
        method: "GET",
        url: `${server.origin}/a?queryParam=q1&QueryParam1=********`,
        headers:
          "[definitionHeader: h1, Authorization: ********, CustomHeader1: ********, User-Agent: Amazon|StepFunctions|HttpInvoke|eu-west-1, Range: bytes=0-262144]",
        body: '{"message":"Hello","BodyKey1":"********"}',
      },
      response,
    });
  });
});

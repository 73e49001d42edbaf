import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { JsonObject } from "../../src/expression/json.ts";
import {
  causeOf,
  functionArn,
  functionResource,
  harness,
  serviceResource,
} from "./task-handler-harness.ts";

const invoke = serviceResource("lambda", "invoke");
const echo = { "echo/index.mjs": "export const handler = async (event) => event;" };
const fail = {
  "fail/handler.py": 'def handler(event, context):\n    raise ValueError("bad value")\n',
};

async function invokeEcho(parameters: JsonObject): Promise<JsonObject> {
  const { write, run } = harness();
  write(echo);
  const outcome = await run(invoke, { FunctionName: "echo", ...parameters });
  if (outcome.type !== "succeeded") throw new Error(JSON.stringify(outcome));
  return JSON.parse(outcome.output.text) as JsonObject;
}

describe("a function's ARN as the resource", () => {
  test.each([
    ["an ARN", functionArn("echo")],
    ["with a version", `${functionArn("echo")}:3`],
    ["with an alias", `${functionArn("echo")}:live`],
    ["of another Region and account", "arn:aws-cn:lambda:cn-north-1:210987654321:function:echo"],
    ["a partial ARN", "123456789012:function:echo"],
    ["the short form", "Lambda:echo"],
  ])("%s names the function", async (_, arn) => {
    const { write, run } = harness();
    write(echo);
    const outcome = await run({ kind: "lambda", arn }, { a: 1 });
    expect(outcome.type === "succeeded" && outcome.output.value).toEqual({ a: 1 });
  });

  test("the event's text may have line breaks, and the result stays the text that came", async () => {
    const { write, run } = harness();
    write({ "echo/handler.py": "def handler(event, context):\n    return event\n" });
    const outcome = await run(functionResource("echo"), null, { text: '{\n  "a": [1,\r\n 2]\n}' });
    expect(outcome.type === "succeeded" && outcome.output.text).toBe('{"a": [1, 2]}');
  });

  test("a function that is nowhere: AWS's error, and what to do in the log", async () => {
    const { run, warnings, folder } = harness();
    const outcome = await run(functionResource("missing"), {});
    expect(outcome).toMatchObject({ type: "failed", error: "Lambda.ResourceNotFoundException" });
    expect((outcome as { cause: string }).cause).toMatch(
      /^Function not found: arn:aws:lambda:eu-west-1:123456789012:function:missing:\$LATEST \(Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException; Request ID: [0-9a-f-]{36}; Proxy: null\)$/,
    );
    expect(warnings.join()).toContain(`no local function 'missing' in ${folder}`);
  });
});

describe("lambda:invoke", () => {
  test("the result has the members, headers and order of the recordings", async () => {
    const result = await invokeEcho({ Payload: { n: 1 } });
    const id = (result["SdkResponseMetadata"] as JsonObject)["RequestId"] as string;
    const trace = expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Sampled=0$/) as string;
    expect(result).toEqual({
      ExecutedVersion: "$LATEST",
      Payload: { n: 1 },
      SdkHttpMetadata: {
        AllHttpHeaders: {
          "X-Amz-Executed-Version": ["$LATEST"],
          "x-amzn-Remapped-Content-Length": ["0"],
          Connection: ["keep-alive"],
          "x-amzn-RequestId": [id],
          "Content-Length": ["7"],
          Date: ["Fri, 02 Jan 2026 03:04:05 GMT"],
          "X-Amzn-Trace-Id": [trace],
          "Content-Type": ["application/json"],
        },
        HttpHeaders: {
          Connection: "keep-alive",
          "Content-Length": "7",
          "Content-Type": "application/json",
          Date: "Fri, 02 Jan 2026 03:04:05 GMT",
          "X-Amz-Executed-Version": "$LATEST",
          "x-amzn-Remapped-Content-Length": "0",
          "x-amzn-RequestId": id,
          "X-Amzn-Trace-Id": trace,
        },
        HttpStatusCode: 200,
      },
      SdkResponseMetadata: { RequestId: id },
      StatusCode: 200,
    });
    const metadata = result["SdkHttpMetadata"] as JsonObject;
    expect(Object.keys(metadata["AllHttpHeaders"] as object)[0]).toBe("X-Amz-Executed-Version");
    expect(Object.keys(metadata["HttpHeaders"] as object)[0]).toBe("Connection");
  });

  test.each([
    ["an object", { a: [1] }, { a: [1] }],
    ["absent", undefined, {}],
    ["null", null, {}],
    ["the text of a string", '"text"', "text"],
    ["the text of a number", "0", 0],
    ["the text of null", "null", null],
    ["a number", 5, 5],
  ])("a payload that is %s", async (_, payload, event) => {
    const result = await invokeEcho(payload === undefined ? {} : { Payload: payload });
    expect(result["Payload"]).toEqual(event);
  });

  test("a payload that is text but not JSON is refused as Lambda refuses it", async () => {
    const { write, run } = harness();
    write(echo);
    const outcome = await run(invoke, { FunctionName: "echo", Payload: "plain text" });
    expect(outcome).toMatchObject({
      type: "failed",
      error: "Lambda.InvalidRequestContentException",
      cause: expect.stringContaining("Unrecognized token 'plain'") as string,
    });
  });

  test.each([
    "echo",
    "echo:live",
    functionArn("echo"),
    `${functionArn("echo")}:live`,
    "function:echo",
  ])("FunctionName may be %s", async (name) => {
    expect((await invokeEcho({ FunctionName: name, Payload: 1 }))["Payload"]).toBe(1);
  });

  test("a function's failure: the cause is the document without blanks", async () => {
    const { write, run } = harness();
    write(fail);
    const outcome = await run(invoke, { FunctionName: "fail" });
    expect(outcome).toMatchObject({
      type: "failed",
      error: "ValueError",
      cause: expect.stringMatching(
        /^\{"errorMessage":"bad value","errorType":"ValueError","requestId":"/,
      ) as string,
    });
  });

  test("with a task token the answer is that of the call", async () => {
    const { write, run } = harness();
    write(echo);
    const resource = serviceResource("lambda", "invoke", "waitForTaskToken");
    expect(await run(resource, { FunctionName: "echo", Payload: { token: "t" } })).toMatchObject({
      type: "succeeded",
    });
  });

  test("InvocationType Event answers before the function has run; DryRun does not run it", async () => {
    const { write, run, folder } = harness();
    write({
      "mark/index.mjs":
        'import { writeFileSync } from "node:fs"; export const handler = async (name) => writeFileSync(name, "");',
    });
    const dry = await run(invoke, {
      FunctionName: "mark",
      Payload: '"dry"',
      InvocationType: "DryRun",
    });
    expect(dry.type === "succeeded" && dry.output.value).toMatchObject({
      StatusCode: 204,
      Payload: "",
    });
    const event = await run(invoke, {
      FunctionName: "mark",
      Payload: '"event"',
      InvocationType: "Event",
    });
    expect(event.type === "succeeded" && event.output.value).toMatchObject({
      StatusCode: 202,
      Payload: "",
    });
    await expect.poll(() => existsSync(join(folder, "mark/event"))).toBe(true);
    expect(existsSync(join(folder, "mark/dry"))).toBe(false);
  });

  test("LogType Tail gives the end of this call's log and of no other's", async () => {
    const { write, run } = harness();
    write({
      "say/index.mjs": "export const handler = async (event) => { console.log(`said ${event}`); };",
    });
    const outcomes = await Promise.all(
      [1, 2, 3].map((n) => run(invoke, { FunctionName: "say", Payload: n, LogType: "Tail" })),
    );
    outcomes.forEach((outcome, index) => {
      const result = (outcome.type === "succeeded" ? outcome.output.value : {}) as JsonObject;
      const log = Buffer.from(result["LogResult"] as string, "base64").toString();
      expect(log).toMatch(
        /^START RequestId: [0-9a-f-]{36} Version: \$LATEST\nsaid \d\nEND RequestId: .*\nREPORT /,
      );
      expect(log).toContain(`said ${index + 1}\n`);
      expect(Object.keys(result).slice(0, 3)).toEqual(["ExecutedVersion", "LogResult", "Payload"]);
      expect(result["SdkHttpMetadata"]).toMatchObject({
        HttpHeaders: { "X-Amz-Log-Result": result["LogResult"] },
      });
    });
  });

  test("the client context reaches the function", async () => {
    const { write, run } = harness();
    write({
      "who/index.mjs": "export const handler = async (event, context) => context.clientContext;",
    });
    const ClientContext = Buffer.from('{"custom":{"a":1}}').toString("base64");
    const outcome = await run(invoke, { FunctionName: "who", ClientContext });
    expect(outcome.type === "succeeded" && outcome.output.value).toMatchObject({
      Payload: { custom: { a: 1 } },
    });
  });

  test.each([
    [{}, "The field 'FunctionName' is required but was missing"],
    [{ FunctionName: "f", Other: 1 }, "The field 'Other' is not supported by Step Functions"],
    [{ FunctionName: 1 }, "The value of the field 'FunctionName' has an invalid format"],
    [
      { FunctionName: "f", LogType: "All" },
      "The value of the field 'LogType' has an invalid format",
    ],
  ])("the parameters %j can never work", async (parameters, problem) => {
    const { run } = harness();
    expect(await run(invoke, parameters as JsonObject)).toEqual({
      type: "rejected",
      cause: `The Parameters '${JSON.stringify(parameters)}' could not be used to start the Task: [${problem}]`,
    });
  });
});

describe("a function at the AWS SDK's endpoint", () => {
  async function endpoint(
    answer: (request: IncomingMessage, body: string, response: ServerResponse) => void,
  ): Promise<void> {
    const server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => answer(request, body, response));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    vi.stubEnv(
      "AWS_ENDPOINT_URL_LAMBDA",
      `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    );
  }

  test("is called there, without credentials too, and its answer's headers are in the result", async () => {
    await endpoint((request, body, response) => {
      response.writeHead(200, { "X-Amz-Executed-Version": "$LATEST", "x-amzn-RequestId": "rid" });
      response.end(`{"path": "${request.url}", "body": ${body}}`);
    });
    const { run } = harness();
    const outcome = await run(invoke, { FunctionName: "remote", Payload: { a: 1 } });
    expect(outcome.type === "succeeded" && outcome.output.value).toMatchObject({
      ExecutedVersion: "$LATEST",
      Payload: { path: "/2015-03-31/functions/remote/invocations", body: { a: 1 } },
      SdkHttpMetadata: { HttpHeaders: { "x-amzn-RequestId": "rid" }, HttpStatusCode: 200 },
      SdkResponseMetadata: { RequestId: "rid" },
      StatusCode: 200,
    });
    const direct = await run(functionResource("remote"), { a: 1 });
    expect(direct.type === "succeeded" && direct.output.text).toMatch(/^\{"path": "/);
  });

  test("is not looked for in AWS with the credentials that our pages tell clients to use", async () => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", "local");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "local");
    const { call, warnings } = harness();
    expect(await call("missing", {})).toMatchObject({ error: "Lambda.ResourceNotFoundException" });
    expect(warnings.join()).toContain("the access key 'local' cannot be one of AWS's");
  });

  test("is not looked for in AWS if its account is none", async () => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
    const { run, warnings } = harness();
    const FunctionName = "arn:aws:lambda:us-east-1:000000000000:function:missing";
    const outcome = await run(invoke, { FunctionName });
    expect(outcome).toMatchObject({ error: "Lambda.ResourceNotFoundException" });
    expect(warnings.join()).toContain("account 000000000000");
  });

  test("a local function comes first", async () => {
    await endpoint((_request, _body, response) => response.end('"remote"'));
    const { write, call } = harness();
    write(echo);
    expect(await call("echo", "local")).toBe("local");
    expect(await call("other", "x")).toBe("remote");
  });

  test("a function error, a missing function, an error its model does not know, nobody there", async () => {
    await endpoint((request, _body, response) => {
      if (request.url?.includes("raises") === true) {
        response.writeHead(200, { "X-Amz-Function-Error": "Unhandled" });
        response.end('{"errorMessage": "m", "errorType": "Custom"}');
      } else {
        const known = request.url?.includes("missing") === true;
        response.writeHead(known ? 404 : 400, {
          "x-amzn-errortype": known ? "ResourceNotFoundException" : "OddException",
          "x-amzn-requestid": "rid",
        });
        response.end('{"Message": "said so"}');
      }
    });
    const { run, call } = harness();
    expect(await call("raises", {})).toMatchObject({
      error: "Custom",
      cause: '{"errorMessage": "m", "errorType": "Custom"}',
    });
    expect(await run(invoke, { FunctionName: "raises" })).toMatchObject({
      cause: '{"errorMessage":"m","errorType":"Custom"}',
    });
    expect(await call("missing", {})).toEqual({
      type: "failed",
      error: "Lambda.ResourceNotFoundException",
      cause:
        "said so (Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException; Request ID: rid; Proxy: null)",
    });
    expect(await call("odd", {})).toMatchObject({ error: "Lambda.AWSLambdaException" });
    vi.stubEnv("AWS_ENDPOINT_URL_LAMBDA", "http://127.0.0.1:9");
    expect(await harness().call("anything", {})).toMatchObject({
      error: "Lambda.SdkClientException",
      cause: expect.stringMatching(/^Unable to execute HTTP request: .*ECONNREFUSED/) as string,
    });
  });

  test("a result that is not JSON becomes a string, however large", async () => {
    await endpoint((_request, _body, response) => response.end("a".repeat(263_168)));
    const { run } = harness();
    for (const resource of [functionResource("large"), invoke]) {
      const outcome = await run(resource, { FunctionName: "large" });
      expect(outcome.type === "succeeded" && outcome.output.bytes).toBeGreaterThan(262_144);
      expect(() => outcome.type === "succeeded" && outcome.output.value).not.toThrow();
    }
  });

  test("an error without a type is Lambda.Unknown", async () => {
    await endpoint((_request, _body, response) => {
      response
        .writeHead(200, { "X-Amz-Function-Error": "Unhandled" })
        .end('{"errorMessage":"Task timed out"}');
    });
    const { call } = harness();
    expect(await call("f", {})).toEqual({
      type: "failed",
      error: "Lambda.Unknown",
      cause:
        'The cause could not be determined because Lambda did not return an error type. Returned payload: {"errorMessage":"Task timed out"}',
    });
  });

  test("a failing call is not repeated, and an abort ends it", async () => {
    let calls = 0;
    await endpoint((request, _body, response) => {
      calls++;
      if (request.url?.includes("hangs") !== true) response.writeHead(500).end("{}");
    });
    const { call, run } = harness();
    expect(await call("broken", {})).toMatchObject({ type: "failed" });
    expect(calls).toBe(1);
    const abort = new AbortController();
    const running = run(functionResource("hangs"), {}, { signal: abort.signal });
    await expect.poll(() => calls).toBe(2);
    abort.abort();
    expect(await running).toMatchObject({ type: "failed", error: "Lambda.SdkClientException" });
  });
});

test("what is not built fails the execution and says so", async () => {
  const { run } = harness();
  for (const resource of [
    serviceResource("gazette", "print"),
    serviceResource("ecs", "stopTask", "sync"),
  ]) {
    const outcome = await run(resource, {});
    expect(outcome).toMatchObject({ type: "rejected" });
    expect((outcome as { cause: string }).cause).toContain(
      `'${resource.arn}' is not available in this version of Stepwell`,
    );
  }
});

test("the cause of a direct call is as it came, that of lambda:invoke compact", async () => {
  const { write, run } = harness();
  write(fail);
  const direct = await run(functionResource("fail"), {});
  const invoked = await run(invoke, { FunctionName: "fail" });
  expect((direct as { cause: string }).cause).toContain('"errorMessage": "bad value"');
  expect((invoked as { cause: string }).cause).toContain('"errorMessage":"bad value"');
  const { requestId: _first, ...one } = causeOf(direct);
  const { requestId: _second, ...other } = causeOf(invoked);
  expect(one).toEqual(other);
});

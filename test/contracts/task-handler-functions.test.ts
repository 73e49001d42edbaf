import { existsSync, mkdirSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { causeOf, functionArn, functionResource, harness } from "./task-handler-harness.ts";

const echoes = {
  "Node, an ES module": {
    "echo/index.mjs": "export const handler = async (event) => ({ got: event });",
  },
  "Node, a .js file with import syntax": {
    "echo/index.js":
      "import 'node:fs'; export async function handler(event) { return { got: event }; }",
  },
  "Node, CommonJS": { "echo/index.cjs": "exports.handler = async (event) => ({ got: event });" },
  "Node, a .js file with module.exports": {
    "echo/index.js": "module.exports = { handler: async (event) => ({ got: event }) };",
  },
  "Node, TypeScript": {
    "echo/index.ts":
      "export const handler = async (event: unknown): Promise<object> => ({ got: event });",
  },
  "Node, a callback": {
    "echo/index.cjs":
      "exports.handler = (event, context, callback) => { setTimeout(() => callback(null, { got: event }), 1); };",
  },
  "Node, a plain return value": {
    "echo/index.mjs": "export const handler = (event) => ({ got: event });",
  },
  "Node, context.succeed": {
    "echo/index.cjs":
      "exports.handler = (event, context) => { const done = context.succeed; setTimeout(() => done({ got: event }), 1); };",
  },
  "Python, handler.py with handler": {
    "echo/handler.py": "def handler(event, context):\n    return {'got': event}\n",
  },
  "Python, lambda_function.py with lambda_handler": {
    "echo/lambda_function.py": "def lambda_handler(event, context):\n    return {'got': event}\n",
  },
  "an executable": { "echo/run": '#!/bin/sh\nprintf \'{"got":\'; cat; printf "}"\n' },
};

const events = [{ a: [1, 2.5, "é\u2028\n", null, true] }, "text", 0, null, [], { __proto__x: {} }];

describe.each(Object.entries(echoes))("%s", (_, files) => {
  test("gets the event and gives its result", async () => {
    const { write, call } = harness();
    write(files, 0o755);
    for (const event of events) expect(await call("echo", event)).toEqual({ got: event });
  });

  test("serves many callers at a time, each its own answer", async () => {
    const { write, call } = harness();
    write(files, 0o755);
    const calls = Array.from({ length: "echo/run" in files ? 20 : 300 }, (_unused, n) => n);
    expect(await Promise.all(calls.map((n) => call("echo", n)))).toEqual(
      calls.map((n) => ({ got: n })),
    );
  });
});

describe("what a function finds", () => {
  test("Node: context, environment and working directory are Lambda's", async () => {
    const { write, call, folder } = harness({
      functions: { who: { environment: { COLOUR: "blue" } } },
    });
    write({
      "who/data.txt": "beside the code",
      "who/index.mjs": `import { readFileSync } from "node:fs";
        export const handler = async (event, context) => ({
          name: context.functionName, version: context.functionVersion, arn: context.invokedFunctionArn,
          id: context.awsRequestId, group: context.logGroupName, memory: context.memoryLimitInMB,
          left: context.getRemainingTimeInMillis(), env: process.env.AWS_LAMBDA_FUNCTION_NAME,
          region: process.env.AWS_REGION, root: process.env.LAMBDA_TASK_ROOT, colour: process.env.COLOUR,
          data: readFileSync("data.txt", "utf8"),
        });`,
    });
    const found = await call("who", {});
    expect(found).toMatchObject({
      name: "who",
      version: "$LATEST",
      arn: functionArn("who"),
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      group: "/aws/lambda/who",
      memory: "128",
      env: "who",
      region: "eu-west-1",
      root: join(folder, "who"),
      colour: "blue",
      data: "beside the code",
    });
    expect((found as { left: number }).left).toBeGreaterThan(0);
  });

  test("Python: context, environment, working directory and logging are Lambda's", async () => {
    const { write, call, printed } = harness();
    write({
      "who/data.txt": "beside the code",
      "who/other.py": "value = 7\n",
      "who/handler.py": `import decimal, logging, os, other
logging.getLogger().setLevel("INFO")
def handler(event, context):
    logging.info("logged")
    return {"name": context.function_name, "arn": context.invoked_function_arn, "id": context.aws_request_id,
        "left": context.get_remaining_time_in_millis() > 0, "memory": context.memory_limit_in_mb,
        "env": os.environ["AWS_LAMBDA_FUNCTION_NAME"], "region": os.environ["AWS_REGION"],
        "data": open("data.txt").read(), "other": other.value, "decimal": decimal.Decimal("1.5")}
`,
    });
    expect(await call("who", {})).toEqual({
      name: "who",
      arn: functionArn("who"),
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      left: true,
      memory: "128",
      env: "who",
      region: "eu-west-1",
      data: "beside the code",
      other: 7,
      decimal: 1.5,
    });
    await expect.poll(() => printed.join("")).toMatch(/who stdout \[INFO\]\t.*\tlogged/);
  });

  test("what it prints goes to the log and not into the result", async () => {
    const { write, call, printed, handlers } = harness();
    write({
      "node/index.mjs":
        'export const handler = async () => { console.log("out"); console.error("err"); };',
      "python/handler.py": 'def handler(event, context):\n    print("from python")\n',
    });
    write({ "program/run": "#!/bin/sh\necho from program >&2\necho 1\n" }, 0o755);
    expect(await Promise.all([call("node", 1), call("python", 1), call("program", 1)])).toEqual([
      null,
      null,
      1,
    ]);
    await expect
      .poll(() => printed.toSorted())
      .toEqual([
        "node stderr err\n",
        "node stdout out\n",
        "program stderr from program\n",
        "python stdout from python\n",
      ]);
    expect(handlers.functionLog("python")).toBe("from python\n");
  });

  test("a handler that can never answer has answered with null", async () => {
    const { write, call } = harness();
    write({ "silent/index.cjs": "exports.handler = (event, context, callback) => {};" });
    expect(await call("silent", {})).toBe(null);
    expect(await call("silent", {})).toBe(null);
  });
});

describe("configuration", () => {
  test("another folder, another export, a file, a command", async () => {
    const { write, call } = harness({
      functions: {
        nested: { path: "elsewhere", handler: "src/app.api.create" },
        file: { path: "single.py" },
        exported: { path: "many.mjs", handler: "many.second" },
        shell: { command: "tr a-z A-Z" },
        args: { command: ["/bin/echo", "[1]"] },
        gone: { path: "nowhere" },
      },
    });
    write({
      "elsewhere/src/app.js": "exports.api = { create: async (event) => event + 1 };",
      "single.py": "def lambda_handler(event, context):\n    return event + 2\n",
      "many.mjs":
        "export const first = async () => 0; export const second = async (event) => event + 3;",
    });
    expect(await call("nested", 1)).toBe(2);
    expect(await call("file", 1)).toBe(3);
    expect(await call("exported", 1)).toBe(4);
    expect(await call("shell", "abc")).toBe("ABC");
    expect(await call("args", {})).toEqual([1]);
    expect(causeOf(await call("gone", 1))).toMatchObject({
      errorMessage: expect.stringContaining("which does not exist") as string,
    });
  });

  test("a URL takes the event and answers with the result; a failing status is an error", async () => {
    const server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => {
        if (request.url === "/busy") response.writeHead(429).end("slow down");
        else if (request.url === "/down") response.writeHead(503).end();
        else if (request.url === "/error") {
          response.writeHead(200, { "x-amz-function-error": "Unhandled" });
          response.end('{"errorType": "Mine", "errorMessage": "no"}');
        } else response.end(`{"method":"${request.method}","event":${body}}`);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { call } = harness({
      functions: {
        ok: { url },
        busy: { url: `${url}/busy` },
        down: { url: `${url}/down` },
        error: { url: `${url}/error` },
        nobody: { url: "http://127.0.0.1:9/" },
      },
    });
    expect(await call("ok", { a: 1 })).toEqual({ method: "POST", event: { a: 1 } });
    expect(await call("busy", 1)).toMatchObject({ error: "Lambda.TooManyRequestsException" });
    expect(await call("down", 1)).toMatchObject({ error: "Lambda.ServiceException" });
    expect(await call("error", 1)).toEqual({
      type: "failed",
      error: "Mine",
      cause: '{"errorType": "Mine", "errorMessage": "no"}',
    });
    expect(await call("nobody", 1)).toMatchObject({ error: "Lambda.SdkClientException" });
  });

  test("a name cannot leave the functions folder", async () => {
    const { write, run } = harness();
    write({ "index.mjs": "export const handler = async () => 'outside';" });
    for (const name of ["..", ".", "a/../.."]) {
      const outcome = await run({ kind: "lambda", arn: functionArn(name) }, {});
      expect(outcome).toMatchObject({ type: "failed" });
    }
  });
});

describe("errors", () => {
  test("Node: name, message and trace of what was thrown", async () => {
    const { write, call } = harness();
    write({
      "fail/index.mjs": `class CardDeclined extends Error { name = "CardDeclined"; }
        export const handler = async (event) => { if (event === 1) throw "text"; throw new CardDeclined("no money"); };`,
    });
    const outcome = await call("fail", {});
    expect(outcome).toMatchObject({ type: "failed", error: "CardDeclined" });
    expect(causeOf(outcome)).toEqual({
      errorType: "CardDeclined",
      errorMessage: "no money",
      trace: expect.arrayContaining(["CardDeclined: no money"]) as string[],
    });
    expect(causeOf(await call("fail", 1))).toEqual({
      errorType: "string",
      errorMessage: "text",
      trace: [],
    });
  });

  test("Node: the callback's error, and one thrown where nobody waits", async () => {
    const { write, call } = harness();
    write({
      "callback/index.cjs":
        "exports.handler = (e, c, callback) => callback(new RangeError('far'));",
      "loose/index.cjs":
        "exports.handler = (e, c, callback) => { setTimeout(() => { throw new TypeError('loose'); }); };",
      "reject/index.mjs":
        "export const handler = (e, c, callback) => { Promise.reject(new Error('lost')); };",
    });
    expect(await call("callback", {})).toMatchObject({ error: "RangeError" });
    expect(await call("loose", {})).toMatchObject({ error: "TypeError" });
    expect(causeOf(await call("reject", {}))).toMatchObject({
      errorType: "Runtime.UnhandledPromiseRejection",
      errorMessage: "Error: lost",
    });
  });

  test("Python: members and order of Lambda's document, as it came in the cause", async () => {
    const { write, call } = harness();
    write({
      "fail/handler.py":
        'class Custom(Exception):\n    pass\n\ndef handler(event, context):\n    raise Custom("why")\n',
    });
    const outcome = await call("fail", {});
    expect(outcome).toMatchObject({ type: "failed", error: "Custom" });
    expect(Object.keys(causeOf(outcome))).toEqual([
      "errorMessage",
      "errorType",
      "requestId",
      "stackTrace",
    ]);
    expect(causeOf(outcome)).toMatchObject({
      errorMessage: "why",
      stackTrace: [
        expect.stringMatching(
          /^ {2}File ".*handler.py", line 5, in handler\n {4}raise Custom\("why"\)\n$/,
        ),
      ],
    });
    expect((outcome as { cause: string }).cause).toContain('", "');
  });

  test.each([
    [
      "Node: no such export",
      { "f/index.mjs": "export const other = 1;" },
      "Runtime.HandlerNotFound",
    ],
    [
      "Node: a missing import",
      { "f/index.mjs": "import 'not-there';" },
      "Runtime.ImportModuleError",
    ],
    [
      "Node: a syntax error",
      { "f/index.mjs": "export const handler = (" },
      "Runtime.UserCodeSyntaxError",
    ],
    ["Python: no such function", { "f/handler.py": "x = 1\n" }, "Runtime.HandlerNotFound"],
    [
      "Python: a missing import",
      { "f/handler.py": "import not_there\n" },
      "Runtime.ImportModuleError",
    ],
    ["Python: a syntax error", { "f/handler.py": "def (\n" }, "Runtime.UserCodeSyntaxError"],
    ["an empty folder", { "f/readme.md": "" }, "Runtime.InvalidEntrypoint"],
    ["a program that may not be executed", { "f/run": "#!/bin/sh\n" }, "Runtime.InvalidEntrypoint"],
  ])("%s fails every waiting call, and the next one tries again", async (_, files, error) => {
    const { write, call } = harness();
    write(files);
    const outcomes = await Promise.all([call("f", 1), call("f", 2), call("f", 3)]);
    for (const outcome of [...outcomes, await call("f", 4)])
      expect(outcome).toMatchObject({ type: "failed", error });
  });

  test("a result that is not JSON is an error of the function", async () => {
    const { write, call } = harness();
    write({
      "node/index.mjs": "export const handler = async () => 10n;",
      "python/handler.py": "def handler(event, context):\n    return {1, 2}\n",
    });
    expect(await call("node", {})).toMatchObject({ type: "failed", error: "Error" });
    expect(await call("python", {})).toMatchObject({
      type: "failed",
      error: "Runtime.MarshalError",
    });
  });

  test("a result over 6 MB is refused as Lambda does; one below passes", async () => {
    const { write, call } = harness();
    write({ "big/index.mjs": 'export const handler = async (n) => "a".repeat(n);' });
    expect(await call("big", 6_291_557)).toMatchObject({ error: "Function.ResponseSizeTooLarge" });
    expect(await call("big", 6_000_000)).toHaveLength(6_000_000);
  });

  test("Python that is not installed is named in the error", async () => {
    vi.stubEnv("PATH", "/nonexistent");
    const { write, call } = harness();
    write({ "f/handler.py": "" });
    expect(causeOf(await call("f", {}))).toEqual({
      errorType: "Runtime.InvalidEntrypoint",
      errorMessage: expect.stringContaining("no python3 on the PATH") as string,
    });
  });

  test("a program's exit status, with the end of what it said", async () => {
    const { write, call } = harness();
    write({ "status/run": "#!/bin/sh\necho first >&2\necho second >&2\nexit 3\n" }, 0o755);
    write(
      { "own/run": '#!/bin/sh\necho \'{"errorType":"Mine","errorMessage":"m"}\'\nexit 1\n' },
      0o755,
    );
    expect(causeOf(await call("status", {}))).toEqual({
      errorType: "Runtime.ExitError",
      errorMessage: expect.stringMatching(
        /^RequestId: .* Error: Runtime exited with error: exit status 3$/,
      ) as string,
      trace: ["first", "second"],
    });
    expect(await call("own", {})).toMatchObject({ error: "Mine" });
  });
});

describe("ends", () => {
  const crashes = {
    node: {
      "f/index.mjs":
        "export const handler = async (e) => { if (e === 0) process.exit(7); return e; };",
    },
    python: {
      "f/handler.py":
        "import os\ndef handler(e, c):\n    if e == 0:\n        os._exit(7)\n    return e\n",
    },
  };

  test.each(Object.entries(crashes))(
    "%s: a crash fails the call that ran and no other",
    async (_, files) => {
      const { write, call } = harness();
      write(files);
      expect(await call("f", 1)).toBe(1);
      const outcomes = await Promise.all([5, 6, 0, 7, 8, 9].map((n) => call("f", n)));
      expect(outcomes.filter((outcome) => typeof outcome === "number")).toEqual([5, 6, 7, 8, 9]);
      expect(causeOf(outcomes[2] ?? null)).toEqual({
        errorType: "Runtime.ExitError",
        errorMessage: expect.stringMatching(
          /^RequestId: [0-9a-f-]+ Error: Runtime exited with error: exit status 7$/,
        ) as string,
      });
    },
  );

  const loops = {
    node: { "f/index.mjs": "export const handler = async (e) => { while (e === 0); return e; };" },
    python: {
      "f/handler.py": "def handler(e, c):\n    while e == 0:\n        pass\n    return e\n",
    },
    program: { "f/run": '#!/bin/sh\nread e\n[ "$e" = 0 ] && sleep 100\necho $e\n' },
  };

  test.each(Object.entries(loops))(
    "%s: a time-out kills, and the next call works",
    async (_, files) => {
      const { write, call } = harness({ functions: { f: { timeoutSeconds: 0.3 } } });
      write(files, 0o755);
      expect(await call("f", 1)).toBe(1);
      const outcomes = await Promise.all([call("f", 0), call("f", 2)]);
      expect(outcomes[0]).toMatchObject({ type: "failed", error: "Sandbox.Timedout" });
      expect(causeOf(outcomes[0])["errorMessage"]).toMatch(
        /Error: Task timed out after 0.30 seconds$/,
      );
      expect(outcomes[1]).toBe(2);
    },
  );

  test.each(Object.entries(loops))("%s: an abort kills", async (_, files) => {
    const { write, run, call } = harness();
    write(files, 0o755);
    expect(await call("f", 1)).toBe(1);
    const abort = new AbortController();
    const running = run(functionResource("f"), 0, { signal: abort.signal });
    await new Promise((resolve) => setImmediate(resolve));
    abort.abort();
    expect(await running).toMatchObject({ type: "failed", error: "Sandbox.Stopped" });
    expect(await call("f", 3)).toBe(3);
  });

  test("a call behind a slow one does not wait for it", async () => {
    const { write, call, folder } = harness();
    write({
      "f/index.mjs": `import { existsSync } from "node:fs"; import { setTimeout } from "node:timers/promises";
        export const handler = async (e) => { while (e === 0 && !existsSync("go")) await setTimeout(5); return e; };`,
    });
    for (let n = 1; n < 50; n++) await call("f", n);
    const slow = call("f", 0);
    // Sent ahead to the same process, given back, and run in another.
    expect(await Promise.all([1, 2, 3, 4].map((n) => call("f", n)))).toEqual([1, 2, 3, 4]);
    write({ "f/go": "" });
    expect(existsSync(join(folder, "f/go"))).toBe(true);
    expect(await slow).toBe(0);
  });

  test("a process runs one event at a time, and several processes run several", async () => {
    const { write, call } = harness({ functions: { f: { maxConcurrency: 4 } } });
    write({
      "f/index.mjs": `import { setTimeout } from "node:timers/promises"; let running = 0;
        export const handler = async () => { running++; await setTimeout(20); return [process.pid, running--]; };`,
    });
    const outcomes = (await Promise.all(Array.from({ length: 40 }, (_, n) => call("f", n)))) as [
      number,
      number,
    ][];
    expect(outcomes.every(([, running]) => running === 1)).toBe(true);
    const processes = new Set(outcomes.map(([pid]) => pid)).size;
    expect(processes).toBeGreaterThan(1);
    expect(processes).toBeLessThanOrEqual(4);
  });

  test("closing answers what runs and what waits, and leaves no process", async () => {
    const { write, call, handlers, printed } = harness();
    write({
      "f/index.mjs": `export const handler = (event, context, callback) => {
          if (event > 0) return callback(null, event);
          console.log(process.pid);
          setInterval(() => {}, 1000);
        };`,
    });
    // Quick calls first, so that several are sent to the process ahead of their answers.
    for (let n = 1; n < 20; n++) await call("f", n);
    const calls = [0, 0, 0].map((n) => call("f", n));
    await expect.poll(() => printed.length).toBeGreaterThan(0);
    handlers.close();
    for (const outcome of await Promise.all(calls))
      expect(outcome).toMatchObject({ error: "Sandbox.Stopped" });
    expect(await call("f", 1)).toMatchObject({ error: "Sandbox.Stopped" });
    for (const line of printed) {
      const pid = Number(line.split(" ")[2]);
      await expect.poll(() => isAlive(pid)).toBe(false);
    }
  });
});

describe("changes on disk", () => {
  const versions = {
    node: (n: number) => ({
      "f/index.mjs": `import { part } from "./part.mjs"; export const handler = async () => part;`,
      "f/part.mjs": `export const part = ${n};`,
    }),
    python: (n: number) => ({
      "f/handler.py": `import part\ndef handler(e, c):\n    return part.value\n`,
      "f/part.py": `value = ${n}\n`,
    }),
  };

  test.each(Object.entries(versions))("%s: a changed file is picked up", async (_, version) => {
    const { write, call } = harness();
    write(version(1));
    expect(await call("f", 0)).toBe(1);
    write(version(2));
    await expect.poll(() => call("f", 0)).toBe(2);
  });

  test("a call that runs when its file changes ends with the code it started with", async () => {
    const { folder, write, call } = harness();
    write({
      "f/index.mjs": `import { existsSync, writeFileSync } from "node:fs"; import { setTimeout } from "node:timers/promises";
      export const handler = async () => {
        writeFileSync("begun", "");
        while (!existsSync("go")) await setTimeout(5);
        return "old";
      };`,
    });
    const running = call("f", 0);
    await expect.poll(() => existsSync(join(folder, "f", "begun"))).toBe(true);
    write({ "f/index.mjs": `export const handler = async () => "new";` });
    await expect.poll(() => call("f", 0)).toBe("new");
    write({ "f/go": "" });
    expect(await running).toBe("old");
  });

  test("a function appears and goes", async () => {
    const { write, call, folder } = harness();
    mkdirSync(join(folder, "other"));
    expect(await call("f", 0)).toMatchObject({ error: "Lambda.ResourceNotFoundException" });
    write({ "f/index.mjs": `export const handler = async () => 1;` });
    await expect.poll(() => call("f", 0)).toBe(1);
  });

  test("code that could not be loaded works once it is repaired", async () => {
    const { write, call } = harness();
    write({ "f/index.mjs": "export const handler = (" });
    expect(await call("f", 0)).toMatchObject({ error: "Runtime.UserCodeSyntaxError" });
    write({ "f/index.mjs": "export const handler = async () => 1;" });
    await expect.poll(() => call("f", 0)).toBe(1);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

import { createServer, type AddressInfo } from "node:net";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { call, closed, startServer, stepwell, temporaryFolder } from "./stepwell.ts";

const machines = "arn:aws:states:us-east-1:000000000000:stateMachine";
const roleArn = "arn:aws:iam::000000000000:role/test";

test("it says where it listens, where the data is, and what to type next", async () => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, "functions"));
  const server = await startServer(["--examples"], { cwd });
  const printed = server.stdout();
  expect(server.url).toMatch(/^http:\/\/127[.]0[.]0[.]1:\d+$/);
  expect(printed).toContain(`data       ${join(cwd, ".stepwell")}`);
  expect(printed).toContain(`functions  ${join(cwd, "functions")}`);
  expect(printed).toContain(`aws stepfunctions --endpoint-url ${server.url} list-state-machines`);
  expect(printed).toContain(
    `start-execution --name first --state-machine-arn ${machines}:hello-world`,
  );
  expect(existsSync(join(cwd, ".stepwell"))).toBe(true);
});

test.each(["SIGTERM", "SIGINT"] as const)(
  "%s lets a running task finish, and the status is 0",
  async (signal) => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, "functions/slow"), { recursive: true });
    writeFileSync(
      join(cwd, "functions/slow/index.mjs"),
      "export const handler = async () => { console.log('slow begins'); await new Promise((done) => setTimeout(done, 400)); console.log('slow ends'); return 1; };",
    );
    const first = await startServer([], { cwd });
    const definition = JSON.stringify({
      StartAt: "S",
      States: { S: { Type: "Task", Resource: "Lambda:slow", End: true } },
    });
    const { stateMachineArn } = await call(first.url, "CreateStateMachine", {
      name: "slow",
      definition,
      roleArn,
    });
    const { executionArn } = await call(first.url, "StartExecution", { stateMachineArn });
    await new Promise<void>((resolve) => {
      first.child.stderr?.on("data", (text: string) => {
        if (text.includes("slow begins")) resolve();
      });
    });
    const ended = await first.end(signal);
    expect(ended.status).toBe(0);
    expect(ended.stderr).toContain("slow ends");

    const second = await startServer([], { cwd });
    expect(await closed(second.url, String(executionArn))).toMatchObject({
      status: "SUCCEEDED",
      output: "1",
    });
  },
);

test("a second signal ends it at once", async () => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, "functions/stuck"), { recursive: true });
  writeFileSync(
    join(cwd, "functions/stuck/index.mjs"),
    "export const handler = () => { console.log('stuck begins'); return new Promise(() => setInterval(() => {}, 1000)); };",
  );
  const server = await startServer([], { cwd });
  const definition = JSON.stringify({
    StartAt: "S",
    States: { S: { Type: "Task", Resource: "Lambda:stuck", End: true } },
  });
  const { stateMachineArn } = await call(server.url, "CreateStateMachine", {
    name: "stuck",
    definition,
    roleArn,
  });
  await call(server.url, "StartExecution", { stateMachineArn });
  const said = (text: string): Promise<void> =>
    new Promise((resolve) => {
      server.child.stderr?.on("data", (chunk: string) => {
        if (chunk.includes(text)) resolve();
      });
    });
  await said("stuck begins");
  const stopping = said("Stopping");
  server.child.kill("SIGTERM");
  await stopping;
  const stopped = performance.now();
  // One that comes right after another is the same: npm passes on what the terminal has sent already.
  const again = setInterval(() => server.child.kill("SIGTERM"), 100);
  const ended = await server.end("SIGTERM");
  clearInterval(again);
  expect(ended.status).toBe(1);
  expect(performance.now() - stopped).toBeGreaterThan(300);
  expect(performance.now() - stopped).toBeLessThan(3_000);
});

test("a port that is taken is said at once, before anything is made", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void other.close());
  const { port } = other.address() as AddressInfo;
  const cwd = temporaryFolder();
  const result = await stepwell(["start", "--port", String(port)], { cwd });
  expect(result).toMatchObject({ status: 1, stdout: "" });
  expect(result.stderr).toContain(`Port ${port} on 127.0.0.1 is taken by another process.`);
  expect(result.stderr).toContain("--port PORT");
  expect(existsSync(join(cwd, ".stepwell"))).toBe(false);
});

test("a data directory that is taken is said, with who has it", async () => {
  const dataDir = join(temporaryFolder(), "data");
  const server = await startServer(["--data-dir", dataDir]);
  const result = await stepwell(["start", "--port", "0", "--data-dir", dataDir]);
  expect(result).toMatchObject({ status: 1, stdout: "" });
  expect(result.stderr).toContain(
    `${dataDir} is in use by another Stepwell (pid ${server.child.pid}`,
  );
  expect(result.stderr).toContain("--data-dir DIR");
});

test("a store that a newer version made is refused, and so is one that is no store", async () => {
  const cwd = temporaryFolder();
  await (await startServer(["--data-dir", "data"], { cwd })).end("SIGTERM");
  const database = new DatabaseSync(join(cwd, "data/stepwell.db"));
  database.exec("UPDATE meta SET value = '9999' WHERE key = 'schema_version'");
  database.close();
  const newer = await stepwell(["start", "--port", "0", "--data-dir", "data"], { cwd });
  expect(newer.status).toBe(1);
  expect(newer.stderr).toContain("was made by a newer version of Stepwell");

  writeFileSync(join(cwd, "file"), "");
  const noFolder = await stepwell(["start", "--port", "0", "--data-dir", "file"], { cwd });
  expect(noFolder.status).toBe(1);
  expect(noFolder.stderr).toContain("is a folder that this user may write");
});

test("the configuration file sets what the command line does not", async () => {
  const cwd = temporaryFolder();
  writeFileSync(
    join(cwd, "stepwell.config.yaml"),
    "dataDir: here\nregion: eu-west-1\naccountId: '123456789012'\nallowedHosts: [stepwell.test]\nlimits: { payloadBytes: 10 }\n",
  );
  const server = await startServer(["--region", "eu-north-1"], { cwd });
  expect(existsSync(join(cwd, "here"))).toBe(true);
  const definition = JSON.stringify({ StartAt: "P", States: { P: { Type: "Pass", End: true } } });
  const { stateMachineArn } = await call(server.url, "CreateStateMachine", {
    name: "p",
    definition,
    roleArn,
  });
  expect(stateMachineArn).toBe("arn:aws:states:eu-north-1:123456789012:stateMachine:p");
  const tooLarge = call(server.url, "StartExecution", {
    stateMachineArn,
    input: '{"long":"payload"}',
  });
  await expect(tooLarge).rejects.toThrow(/ValidationException|InvalidExecutionInput/);
});

test("a configuration that is not JSON is told with the place, in the words that definitions get", async () => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, "stepwell.config.json"), '{\n  "port": off }');
  const { status, stderr } = await stepwell(["start"], { cwd });
  expect(status).toBe(1);
  expect(stderr).toContain(
    "stepwell.config.json is not JSON: Unrecognized token 'off': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false') (line 2, column 11)",
  );
});

test("a number in a configuration may be written in any way", async () => {
  const cwd = temporaryFolder();
  const config = '{ "waitTimeScale": 1.0, "limits": { "payloadBytes": 1e3 } }';
  writeFileSync(join(cwd, "stepwell.config.json"), config);
  const server = await startServer([], { cwd });
  expect(await call(server.url, "ListStateMachines", {})).toEqual({ stateMachines: [] });
});

test("examples are deployed into a fresh server, and what was changed or deleted stays so", async () => {
  const cwd = temporaryFolder();
  const first = await startServer(["--examples"], { cwd });
  const names = async (url: string): Promise<unknown[]> => {
    const { stateMachines } = await call(url, "ListStateMachines", {});
    return (stateMachines as { name: string }[]).map(({ name }) => name).sort();
  };
  expect(await names(first.url)).toEqual([
    "choice",
    "data-pipeline",
    "hello-world",
    "job-poller",
    "order-processing",
  ]);
  const { executionArn } = await call(first.url, "StartExecution", {
    stateMachineArn: `${machines}:hello-world`,
    input: '{"name":"you"}',
  });
  const described = await closed(first.url, String(executionArn));
  expect(described).toMatchObject({ status: "SUCCEEDED", output: '{"greeting":"Hello, you!"}' });
  await call(first.url, "DeleteStateMachine", { stateMachineArn: `${machines}:choice` });
  const changed = JSON.stringify({ StartAt: "P", States: { P: { Type: "Pass", End: true } } });
  await call(first.url, "UpdateStateMachine", {
    stateMachineArn: `${machines}:job-poller`,
    definition: changed,
  });
  await first.end("SIGTERM");

  const second = await startServer(["--examples"], { cwd });
  expect(await names(second.url)).not.toContain("choice");
  const { definition } = await call(second.url, "DescribeStateMachine", {
    stateMachineArn: `${machines}:job-poller`,
  });
  expect(definition).toBe(changed);
  expect(second.stdout()).toContain(
    "examples   data-pipeline, hello-world, job-poller, order-processing",
  );
});

test("without a console, an order that waits for approval is approved over the API", async () => {
  const orders = temporaryFolder();
  const server = await startServer(["--examples", "--no-console"], { env: { ORDERS_DIR: orders } });
  let stderr = "";
  const said = new Promise<string>((resolve) => {
    server.child.stderr?.on("data", (text: string) => {
      stderr += text;
      const token = /send-task-success --endpoint-url (\S+) --task-token "\$\(cat (\S+)\)"/.exec(
        stderr,
      );
      if (token !== null && token[1] === server.url) resolve(token[2] ?? "");
    });
  });
  const { executionArn } = await call(server.url, "StartExecution", {
    stateMachineArn: `${machines}:order-processing`,
    input: JSON.stringify({
      orderId: "big",
      customer: "x@example.com",
      card: "4242",
      items: [{ sku: "desk", quantity: 1, price: 501 }],
      packingSeconds: 0,
    }),
  });
  const taskToken = readFileSync(await said, "utf8");
  await call(server.url, "SendTaskSuccess", { taskToken, output: '{"approved": true}' });
  const described = await closed(server.url, String(executionArn));
  expect(described["status"]).toBe("SUCCEEDED");
  expect(JSON.parse(String(described["output"]))).toMatchObject({
    orderId: "big",
    status: "SHIPPED",
  });
});

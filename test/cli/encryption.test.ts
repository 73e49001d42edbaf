import {
  chmodSync,
  copyFileSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { makeKeyFile } from "../../src/store/keys/key-file.ts";
import { call, closed, startServer, stepwell, temporaryFolder } from "./stepwell.ts";

const canary = "canary-b7f3";
const roleArn = "arn:aws:iam::000000000000:role/any";
const activityArn = "arn:aws:states:us-east-1:000000000000:activity:work";

/** Answers with all that it was sent, the connection's secret as well. */
const { origin: echo } = await echoServer();

async function echoServer(): Promise<{ readonly origin: string }> {
  const server = createServer((request, response) => {
    response.end(JSON.stringify(request.headers));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  afterAll(() => void server.close());
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

/** What a server is given beside its key: nothing of it belongs into its store. */
const customerKeys = { "alias/orders": { file: "customer-key" } };
const surroundings = {
  standInServices: "memory",
  http: { allowHttp: true, allowPrivateAddresses: true },
  connections: {
    echo: { authorization: "apiKey", name: "X-Key", value: `${canary}-secret-of-the-connection` },
  },
};

/** Data in every place that a workflow has. */
const definition = {
  Comment: `${canary} comment`,
  QueryLanguage: "JSONata",
  StartAt: "Assign",
  States: {
    Assign: {
      Type: "Pass",
      Assign: { kept: `${canary} variable` },
      Output: { items: [`${canary} item`], rest: "{% $states.input %}" },
      Next: "Each",
    },
    Each: {
      Type: "Map",
      Items: "{% $states.input.items %}",
      ItemProcessor: {
        StartAt: "One",
        States: { One: { Type: "Pass", Output: `${canary} of the item`, End: true } },
      },
      Next: "Work",
    },
    Work: {
      Type: "Task",
      Resource: activityArn,
      Arguments: { asked: `${canary} for the worker` },
      Next: "Ask",
    },
    Ask: {
      Type: "Task",
      Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
      Arguments: {
        QueueUrl: "https://sqs.us-east-1.amazonaws.com/000000000000/questions",
        MessageBody: { token: "{% $states.context.Task.Token %}", asked: `${canary} question` },
      },
      Next: "Call",
    },
    Call: {
      Type: "Task",
      Resource: "arn:aws:states:::http:invoke",
      Arguments: {
        ApiEndpoint: echo,
        Method: "GET",
        InvocationConfig: {
          ConnectionArn: "arn:aws:events:us-east-1:000000000000:connection/echo/one",
        },
      },
      Next: "Fail",
    },
    Fail: { Type: "Fail", Error: `${canary} error`, Cause: `${canary} cause` },
  },
};

/** What its customer's own key seals, in any store. */
const ofCustomer = "customer-9d41";
const sealedArn = "arn:aws:states:us-east-1:000000000000:execution:sealed:own-key";

async function runSealed(url: string): Promise<void> {
  const { stateMachineArn } = await call(url, "CreateStateMachine", {
    name: "sealed",
    definition: JSON.stringify({
      Comment: ofCustomer,
      StartAt: "Say",
      States: { Say: { Type: "Pass", Result: `${ofCustomer} result`, End: true } },
    }),
    roleArn,
    encryptionConfiguration: { type: "CUSTOMER_MANAGED_KMS_KEY", kmsKeyId: "alias/orders" },
  });
  const input = JSON.stringify(`${ofCustomer} input`);
  await call(url, "StartExecution", { stateMachineArn, name: "own-key", input });
  expect(await closed(url, sealedArn)).toMatchObject({ status: "SUCCEEDED", input });
}

/** Every file below the folder that has the canary in it. */
function filesWith(folder: string, text: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && readFileSync(path).includes(text));
}

/** A folder with a key and a configuration that names it. */
async function encrypted(): Promise<string> {
  const folder = temporaryFolder();
  const made = await stepwell(["store", "make-key", "key"], { cwd: folder });
  expect([made.status, made.stderr]).toEqual([0, ""]);
  const config = {
    dataDir: "data",
    encryption: { key: { file: "key" }, customerKeys },
    ...surroundings,
  };
  makeKeyFile(join(folder, "customer-key"));
  writeFileSync(join(folder, "stepwell.config.json"), JSON.stringify(config));
  return folder;
}

/** Runs the workflow to its failure, and answers what the API shows of it. */
async function runOnce(cwd: string, args: readonly string[] = []): Promise<unknown> {
  const server = await startServer(args, { cwd });
  await runSealed(server.url);
  await call(server.url, "CreateActivity", { name: "work", tags: [{ key: "k", value: canary }] });
  const { stateMachineArn } = await call(server.url, "CreateStateMachine", {
    name: "orders",
    definition: JSON.stringify(definition),
    roleArn,
    publish: true,
    versionDescription: `${canary} description`,
    tags: [{ key: "team", value: `${canary} tag` }],
    loggingConfiguration: {
      level: "ALL",
      includeExecutionData: true,
      destinations: [
        {
          cloudWatchLogsLogGroup: {
            logGroupArn: "arn:aws:logs:us-east-1:000000000000:log-group:orders:*",
          },
        },
      ],
    },
  });
  await keepTestCase(server.url, stateMachineArn as string);
  const { executionArn } = await call(server.url, "StartExecution", {
    stateMachineArn,
    name: "visible-name",
    input: JSON.stringify({ secret: `${canary} input` }),
  });
  const task = await call(server.url, "GetActivityTask", { activityArn });
  expect(task["input"]).toContain(canary);
  await call(server.url, "SendTaskSuccess", {
    taskToken: task["taskToken"],
    output: JSON.stringify(`${canary} result`),
  });
  await call(server.url, "SendTaskSuccess", {
    taskToken: await tokenOfQuestion(server.url, executionArn as string),
    output: JSON.stringify(`${canary} answer`),
  });
  const description = await closed(server.url, executionArn as string);
  expect(description).toMatchObject({ status: "FAILED", cause: `${canary} cause` });
  const history = await call(server.url, "GetExecutionHistory", { executionArn });
  for (const told of [`${canary} question`, `${canary} answer`, "x-key"]) {
    expect(JSON.stringify(history)).toContain(told);
  }
  await server.end("SIGTERM");
  return { description, history };
}

/** A note beside the workflow. */
async function keepTestCase(url: string, stateMachineArn: string): Promise<void> {
  const kept = { name: "one", input: { secret: `${canary} of the case` } };
  const path = `console/api/designer/test-cases/${encodeURIComponent(stateMachineArn)}/one`;
  const answer = await fetch(`${url}/${path}`, {
    method: "PUT",
    headers: { "Content-Type": "application/json", Origin: new URL(url).origin },
    body: JSON.stringify(kept),
  });
  expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining(canary)]);
}

/** The token that the question was sent with, once it was. */
async function tokenOfQuestion(url: string, executionArn: string): Promise<unknown> {
  let found: unknown;
  await expect
    .poll(async () => {
      const { events } = await call(url, "GetExecutionHistory", { executionArn });
      const texts = (events as { taskScheduledEventDetails?: { parameters: string } }[]).flatMap(
        ({ taskScheduledEventDetails: scheduled }) => scheduled?.parameters ?? [],
      );
      const asked = texts.find((text) => text.includes("question"));
      found = asked && JSON.parse(asked).MessageBody.token;
      return found;
    })
    .toBeTypeOf("string");
  return found;
}

test("a data directory that is sealed shows names and nothing of the data, and with the key everything", async () => {
  const folder = await encrypted();
  const shown = await runOnce(folder);
  expect(filesWith(join(folder, "data"), canary)).toEqual([]);
  expect(filesWith(join(folder, "data"), ofCustomer)).toEqual([]);
  expect(filesWith(join(folder, "data"), "visible-name")).not.toEqual([]);

  const log = await stepwell(["store", "read-log", "data/logs/executions.jsonl"], { cwd: folder });
  expect(log.status).toBe(0);
  expect(log.stdout.split("\n").filter((line) => line.includes(canary)).length).toBeGreaterThan(5);
  for (const line of log.stdout.trimEnd().split("\n"))
    expect(JSON.parse(line)).toBeTypeOf("object");

  // A copy has what it is copied from, as it is.
  const copied = await stepwell(["store", "copy", "data", "copy"], { cwd: folder });
  expect([copied.status, copied.stderr]).toEqual([0, ""]);
  expect(filesWith(join(folder, "copy"), canary)).toEqual([]);

  for (const dataDir of ["data", "copy"]) {
    const server = await startServer(["--data-dir", join(folder, dataDir)], { cwd: folder });
    const executionArn = "arn:aws:states:us-east-1:000000000000:execution:orders:visible-name";
    expect({
      description: await call(server.url, "DescribeExecution", { executionArn }),
      history: await call(server.url, "GetExecutionHistory", { executionArn }),
    }).toEqual(shown);
    const { output } = await call(server.url, "DescribeExecution", { executionArn: sealedArn });
    expect(output).toBe(JSON.stringify(`${ofCustomer} result`));
    await server.end("SIGTERM");
    const check = await stepwell(["store", "check", dataDir], { cwd: folder });
    expect([check.status, check.stdout]).toEqual([0, expect.stringContaining("Nothing is wrong.")]);
  }
});

test("a sealed store is not opened without its key, nor with another, and says what to do", async () => {
  const folder = await encrypted();
  const server = await startServer([], { cwd: folder });
  await server.end("SIGTERM");
  const elsewhere = temporaryFolder();
  const dataDir = join(folder, "data");

  const without = await stepwell(["start", "--port", "0", "--data-dir", dataDir], {
    cwd: elsewhere,
  });
  expect(without).toMatchObject({ status: 1, stderr: expect.stringContaining("'encryption'") });

  const other = await encrypted();
  const wrong = await stepwell(["start", "--port", "0", "--data-dir", dataDir], { cwd: other });
  expect(wrong).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("is not the key that wrapped"),
  });

  chmodSync(join(folder, "key"), 0o644);
  const open = await stepwell(["start", "--port", "0"], { cwd: folder });
  expect(open).toMatchObject({ status: 1, stderr: expect.stringContaining("chmod 600") });
});

test("a store that was plain is sealed anew by copying it, and takes no plain text after that", async () => {
  const folder = await encrypted();
  const plain = temporaryFolder();
  writeFileSync(
    join(plain, "stepwell.config.json"),
    JSON.stringify({ ...surroundings, encryption: { customerKeys } }),
  );
  makeKeyFile(join(plain, "customer-key"));
  const shown = await runOnce(plain, ["--data-dir", join(plain, "data")]);
  expect(filesWith(join(plain, "data"), canary)).not.toEqual([]);
  expect(filesWith(join(plain, "data"), ofCustomer)).toEqual([]);

  const resealed = await stepwell(["store", "reencrypt", join(plain, "data"), "data"], {
    cwd: folder,
  });
  expect([resealed.status, resealed.stderr]).toEqual([0, ""]);
  expect(filesWith(join(folder, "data"), canary)).toEqual([]);
  // Who has copied a store has not got its customers' keys by that.
  copyFileSync(join(plain, "customer-key"), join(folder, "customer-key"));
  const rotated = await stepwell(["store", "rotate-key", "data"], { cwd: folder });
  expect(rotated.stdout).toMatch(/^The data key [0-9a-f]{10} seals what is written/);

  const server = await startServer([], { cwd: folder });
  const executionArn = "arn:aws:states:us-east-1:000000000000:execution:orders:visible-name";
  expect({
    description: await call(server.url, "DescribeExecution", { executionArn }),
    history: await call(server.url, "GetExecutionHistory", { executionArn }),
  }).toEqual(shown);
  const { output } = await call(server.url, "DescribeExecution", { executionArn: sealedArn });
  expect(output).toBe(JSON.stringify(`${ofCustomer} result`));
  await server.end("SIGTERM");
});

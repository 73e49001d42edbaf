import {
  CreateQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { JsonObject } from "../../src/expression/json.ts";
import type { StepwellOptions } from "../../src/server/stepwell-options.ts";
import { scopeOf } from "../../src/machine/arns.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import type { PipeSource } from "../../src/triggers/pipes/pipe-source.ts";
import { configuredPipe } from "../../src/triggers/pipes/pipes-configuration.ts";
import { bucketSource } from "../../src/triggers/pipes/sources/bucket-source.ts";
import { sharedPostgres } from "../contracts/shared-postgres.ts";
import { type OwnServer, ownServer } from "../api/own-server.ts";
import { accountId, region, roleArn } from "../api/start-server.ts";

const pass = { StartAt: "Pass", States: { Pass: { Type: "Pass", End: true } } };
const machineArn = (name: string): string =>
  `arn:aws:states:${region}:${accountId}:stateMachine:${name}`;
const queueArn = (name: string): string => `arn:aws:sqs:${region}:${accountId}:${name}`;
const fireAndForget = {
  StepFunctionStateMachineParameters: { InvocationType: "FIRE_AND_FORGET" },
} as const;

async function started(options: Partial<StepwellOptions> = {}) {
  const server = await ownServer({ standInServices: "memory", ...options });
  const sqs = new SQSClient({
    endpoint: server.url,
    region,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  });
  onTestFinished(() => sqs.destroy());
  await server.call("CreateStateMachine", {
    name: "orders",
    roleArn,
    definition: JSON.stringify(pass),
  });
  const express = (name: string, definition: object) =>
    server.call("CreateStateMachine", {
      name,
      roleArn,
      type: "EXPRESS",
      definition: JSON.stringify(definition),
    });
  async function queue(name: string): Promise<(body: string) => Promise<string | undefined>> {
    const { QueueUrl } = await sqs.send(
      new CreateQueueCommand({ QueueName: name, Attributes: { VisibilityTimeout: "1" } }),
    );
    return async (MessageBody) =>
      (await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }))).MessageId;
  }
  const receive = async (name: string) =>
    (
      await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: `https://sqs.${region}.amazonaws.com/${accountId}/${name}`,
          WaitTimeSeconds: 5,
        }),
      )
    ).Messages?.[0]?.Body;
  return { ...server, sqs, queue, receive, express };
}

/** Asks the API of pipes. */
async function pipesCall(
  { url }: Pick<OwnServer, "url">,
  method: string,
  path: string,
  body?: object,
): Promise<JsonObject> {
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: {
      "Content-Type": "application/json",
      Authorization: `AWS4-HMAC-SHA256 Credential=test/20261129/${region}/pipes/aws4_request, SignedHeaders=host, Signature=00`,
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  return (await answer.json()) as JsonObject;
}

/** The inputs of a machine's executions, once there are so many. */
function inputs(server: Pick<OwnServer, "call">, count: number): Promise<readonly string[]> {
  return vi.waitFor(
    async () => {
      const { executions } = await server.call("ListExecutions", {
        stateMachineArn: machineArn("orders"),
      });
      const arns = (executions as readonly JsonObject[]).map(({ executionArn }) => executionArn);
      expect(arns.length).toBe(count);
      const described = await Promise.all(
        arns.map((executionArn) =>
          server.call("DescribeExecution", { executionArn: executionArn ?? null }),
        ),
      );
      return described.map(({ input }) => input as string);
    },
    { timeout: 8_000, interval: 30 },
  );
}

describe("a queue as the source", () => {
  const source = {
    Source: queueArn("in"),
    RoleArn: roleArn,
    Target: machineArn("orders"),
    TargetParameters: fireAndForget,
  };

  test("starts an execution by each batch of messages, named after them; what the filter does not want is gone", async () => {
    const server = await started();
    const send = await server.queue("in");
    const made = await pipesCall(server, "POST", "/v1/pipes/p", {
      ...source,
      SourceParameters: {
        SqsQueueParameters: { BatchSize: 1 },
        FilterCriteria: { Filters: [{ Pattern: '{"body":{"kind":["order"]}}' }] },
      },
      TargetParameters: {
        ...fireAndForget,
        InputTemplate: '{"id": <$.body.id>, "from": "<aws.pipes.pipe-name>"}',
      },
    });
    expect(made).toMatchObject({ Name: "p", CurrentState: "RUNNING" });
    await send('{"kind":"other"}');
    const id = await send('{"kind":"order","id":7}');
    expect(await inputs(server, 1)).toEqual(['[{"id":7,"from":"p"}]']);
    const { executions } = await server.call("ListExecutions", {
      stateMachineArn: machineArn("orders"),
    });
    expect((executions as readonly JsonObject[])[0]?.["name"]).toContain(`p-${id}-`);
    expect(server.mistakes).toEqual([]);
  });

  test("gives events as functions get them", async () => {
    const server = await started();
    const send = await server.queue("in");
    await pipesCall(server, "POST", "/v1/pipes/p", source);
    await send("text");
    const [input = ""] = await inputs(server, 1);
    expect(JSON.parse(input)).toMatchObject([
      {
        body: "text",
        eventSource: "aws:sqs",
        eventSourceARN: queueArn("in"),
        awsRegion: region,
        attributes: { ApproximateReceiveCount: "1" },
      },
    ]);
  });

  test("is enriched by an Express workflow, and given to another queue one by one", async () => {
    const server = await started();
    await server.express("enrich", {
      StartAt: "Enrich",
      States: {
        Enrich: { Type: "Pass", Result: [{ n: 1 }, { n: 2 }], End: true },
      },
    });
    const send = await server.queue("in");
    await server.queue("out");
    await pipesCall(server, "POST", "/v1/pipes/p", {
      Source: queueArn("in"),
      RoleArn: roleArn,
      Enrichment: machineArn("enrich"),
      Target: queueArn("out"),
      TargetParameters: { InputTemplate: "number <$.n>" },
    });
    await send("{}");
    const received = new Set<string | undefined>();
    await vi.waitFor(async () => {
      received.add(await server.receive("out"));
      expect(received).toEqual(new Set(["number 1", "number 2"]));
    });
  });

  test("keeps what the target refuses, says why, and goes on when it takes it", async () => {
    const server = await started();
    const send = await server.queue("in");
    await pipesCall(server, "POST", "/v1/pipes/p", { ...source, Target: machineArn("later") });
    await send("{}");
    await vi.waitFor(async () => {
      const { StateReason } = await pipesCall(server, "GET", "/v1/pipes/p");
      expect(StateReason).toContain("StateMachineDoesNotExist");
    });
    await pipesCall(server, "PUT", "/v1/pipes/p", {
      Target: machineArn("orders"),
      RoleArn: roleArn,
    });
    expect(await inputs(server, 1)).toHaveLength(1);
    await vi.waitFor(async () => {
      expect(await pipesCall(server, "GET", "/v1/pipes/p")).not.toHaveProperty("StateReason");
    });
  });

  test("runs an Express workflow to its end: one that fails gets the message again", async () => {
    const server = await started();
    await server.express("failing", {
      StartAt: "Fail",
      States: { Fail: { Type: "Fail", Error: "Busy", Cause: "come again" } },
    });
    const send = await server.queue("in");
    await send("{}");
    await pipesCall(server, "POST", "/v1/pipes/p", {
      Source: queueArn("in"),
      RoleArn: roleArn,
      Target: machineArn("failing"),
    });
    await vi.waitFor(async () => {
      const { StateReason } = await pipesCall(server, "GET", "/v1/pipes/p");
      expect(StateReason).toBe("FAILED Busy come again");
    });
    await pipesCall(server, "POST", "/v1/pipes/p/stop");
    expect(await pipesCall(server, "GET", "/v1/pipes/p")).toMatchObject({
      CurrentState: "STOPPED",
      Target: machineArn("failing"),
    });
    expect(await server.receive("in")).toBe("{}");
  });
});

describe("a bucket that is a folder as the source", () => {
  test("starts an execution for each file that appears, and again for one that changes", async () => {
    const folder = mkdtempSync(join(tmpdir(), "stepwell-pipe-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    writeFileSync(join(folder, "a.json"), "1");
    const server = await started({
      buckets: { incoming: folder },
      pipes: {
        files: {
          Source: "arn:aws:s3:::incoming",
          SourceParameters: { S3BucketParameters: { Prefix: "a" } },
          Target: machineArn("orders"),
          TargetParameters: { ...fireAndForget, InputTemplate: '{"key": <$.detail.object.key>}' },
        },
      },
    });
    expect(await inputs(server, 1)).toEqual(['[{"key":"a.json"}]']);
    writeFileSync(join(folder, "a.json"), "22");
    writeFileSync(join(folder, "b.json"), "22");
    expect(await inputs(server, 2)).toEqual(['[{"key":"a.json"}]', '[{"key":"a.json"}]']);
  });
});

test("a bucket's objects come once, also to a source that is opened anew, when two looks have found them alike", async () => {
  const store = createMemoryStore();
  let listed: readonly (readonly [key: string, etag: string])[] = [["a", "1"]];
  const pipe = configuredPipe(
    "files",
    { Source: "arn:aws:s3:::incoming", Target: machineArn("orders") },
    scopeOf(region, accountId),
  );
  const open = () =>
    bucketSource(pipe, {
      store,
      now: () => 0,
      objects: {
        async *list() {
          yield listed.map(([key, etag]) => ({
            key,
            etag,
            size: 1,
            lastModified: 0,
            storageClass: "STANDARD",
          }));
        },
      },
    });
  async function come(source: PipeSource, isTaken = true): Promise<readonly unknown[]> {
    const batch = await source.receive(new AbortController().signal);
    await batch.settle(isTaken ? batch.messages : []);
    return batch.messages.map(({ event }) => (event["detail"] as JsonObject)["object"]);
  }
  const a = { key: "a", size: 1, etag: "1" };
  const first = open();
  expect(await come(first)).toEqual([]);
  expect(await come(first, false)).toEqual([a]);
  expect(await come(first)).toEqual([a]);
  expect(await come(first)).toEqual([]);
  const second = open();
  expect([await come(second), await come(second)]).toEqual([[], []]);
  listed = [["a", "2"]];
  expect([await come(second), await come(second)]).toEqual([[], [{ ...a, etag: "2" }]]);
  listed = [];
  expect(await come(second)).toEqual([]);
});

describe("PostgreSQL as the source", async () => {
  const postgres = await sharedPostgres();
  const url = typeof postgres === "string" ? "" : postgres.url;

  async function database(statement: string): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    onTestFinished(() => client.end());
    await client.query(statement);
    return client;
  }

  test.skipIf(url === "")(
    "the rows of an outbox are taken in their order, and gone when the target has them",
    async () => {
      const client = await database(
        "CREATE TABLE outbox (id bigint PRIMARY KEY, kind text, amount numeric)",
      );
      await client.query(
        "INSERT INTO outbox VALUES (2, 'order', 0.10), (1, 'order', 12345678901234567890)",
      );
      const server = await started({
        databases: { shop: url },
        pipes: {
          outbox: {
            Source: "arn:stepwell:postgres:::shop/table/outbox",
            SourceParameters: { PostgresTableParameters: { Channel: "outbox_rows" } },
            Target: machineArn("orders"),
            TargetParameters: { ...fireAndForget, InputTemplate: "<$.body>" },
          },
        },
      });
      expect(await inputs(server, 1)).toEqual([
        '[{"id":1,"kind":"order","amount":12345678901234567890},{"id":2,"kind":"order","amount":0.10}]',
      ]);
      await vi.waitFor(async () =>
        expect((await client.query("SELECT 1 FROM outbox")).rowCount).toBe(0),
      );
      await client.query("INSERT INTO outbox VALUES (3, 'late', 1)");
      await client.query("NOTIFY outbox_rows");
      expect((await inputs(server, 2)).join("")).toContain('[{"id":3,"kind":"late","amount":1}]');
    },
  );

  test.skipIf(url === "")(
    "rows are marked where a column is for it, and left as they are while the target refuses them",
    async () => {
      const client = await database("CREATE TABLE marked (id text, done_at timestamptz)");
      await client.query("INSERT INTO marked VALUES ('a', NULL), ('b', now())");
      const server = await started({
        databases: { shop: url },
        pipes: {
          marked: {
            Source: "arn:stepwell:postgres:::shop/table/marked",
            SourceParameters: { PostgresTableParameters: { DoneColumn: "done_at" } },
            Target: machineArn("later"),
            TargetParameters: fireAndForget,
          },
        },
      });
      await vi.waitFor(async () => {
        const { StateReason } = await pipesCall(server, "GET", "/v1/pipes/marked");
        expect(StateReason).toContain("StateMachineDoesNotExist");
      });
      const open = async () =>
        (await client.query("SELECT id FROM marked WHERE done_at IS NULL FOR UPDATE SKIP LOCKED"))
          .rows;
      await vi.waitFor(async () => expect(await open()).toEqual([{ id: "a" }]));
      await server.call("CreateStateMachine", {
        name: "later",
        roleArn,
        definition: JSON.stringify(pass),
      });
      await vi.waitFor(async () => expect(await open()).toEqual([]), { timeout: 8_000 });
      expect((await client.query("SELECT 1 FROM marked")).rowCount).toBe(2);
    },
  );

  test.skipIf(url === "")("what is said in a channel starts an execution", async () => {
    const client = await database("SELECT 1");
    const server = await started({
      databases: { shop: url },
      pipes: {
        channel: {
          Source: "arn:stepwell:postgres:::shop/channel/orders",
          Target: machineArn("orders"),
          TargetParameters: { ...fireAndForget, InputTemplate: "<$.body.id>" },
        },
      },
    });
    await vi.waitFor(async () => {
      const { rows } = await client.query(
        "SELECT 1 FROM pg_stat_activity WHERE query LIKE 'LISTEN%' OR query = 'SELECT 1' AND application_name = 'stepwell'",
      );
      expect(rows.length).toBeGreaterThan(0);
    });
    await client.query(`NOTIFY orders, '{"id": 7}'`);
    expect(await inputs(server, 1)).toEqual(["[7]"]);
  });
});

test.each([
  [{ Source: "arn:aws:kinesis:us-east-1:000000000000:stream/s" }, "Stepwell has no source"],
  [{ Target: "arn:aws:ecs:us-east-1:000000000000:cluster/c" }, "Stepwell has no target"],
  [{ Enrichment: "arn:aws:events:us-east-1:000000000000:api-destination/a/b" }, "cannot enrich by"],
  [
    { SourceParameters: { FilterCriteria: { Filters: [{ Pattern: "{" }] } } },
    "Event pattern is not valid",
  ],
])("CreatePipe refuses %j", async (members, message) => {
  const server = await started();
  const refused = await pipesCall(server, "POST", "/v1/pipes/p", {
    Source: queueArn("in"),
    Target: machineArn("orders"),
    RoleArn: roleArn,
    ...members,
  });
  expect(refused["message"] ?? refused["Message"]).toContain(message);
});

test("pipes are listed, and gone once they are deleted", async () => {
  const server = await started();
  const pipe = { Source: queueArn("in"), Target: machineArn("orders"), RoleArn: roleArn };
  for (const name of ["a", "b", "c"]) {
    await pipesCall(server, "POST", `/v1/pipes/${name}`, { ...pipe, DesiredState: "STOPPED" });
  }
  expect(await pipesCall(server, "POST", "/v1/pipes/a", pipe)).toMatchObject({
    message: "Pipe a already exists.",
  });
  const first = await pipesCall(server, "GET", "/v1/pipes?Limit=2");
  const rest = await pipesCall(
    server,
    "GET",
    `/v1/pipes?NextToken=${first["NextToken"] as string}`,
  );
  const names = [first, rest].flatMap(({ Pipes }) =>
    (Pipes as readonly JsonObject[]).map(({ Name }) => Name),
  );
  expect(names).toEqual(["a", "b", "c"]);
  await pipesCall(server, "DELETE", "/v1/pipes/a");
  expect(await pipesCall(server, "GET", "/v1/pipes/a")).toMatchObject({
    message: "Pipe a does not exist.",
  });
});

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateStateMachineCommand,
  type CreateStateMachineInput,
  GetExecutionHistoryCommand,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  UpdateStateMachineCommand,
} from "@aws-sdk/client-sfn";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type {
  CloudWatchConnections,
  LogEvent,
} from "../../src/integrations/logs/cloudwatch-endpoint.ts";
import { accountId, passDefinition, region, roleArn, startServer } from "./start-server.ts";
import type { TestServer } from "./start-server.ts";

const groupArn = (name: string): string =>
  `arn:aws:logs:${region}:${accountId}:log-group:/aws/vendedlogs/states/${name}:*`;

let folder: string;
let server: TestServer;
/** What the stand-in for CloudWatch Logs was given: stream → events. It has the one group `known`. */
let sent: Map<string, LogEvent[]>;
const cloudWatch: CloudWatchConnections = {
  to: async () => ({
    hasGroup: async (group) => group.endsWith("/known"),
    async createStream(group, stream) {
      sent.set(`${group} ${stream}`, []);
    },
    async putEvents(group, stream, events) {
      sent.get(`${group} ${stream}`)?.push(...events);
    },
  }),
  close() {},
};

beforeEach(async () => {
  sent = new Map();
  folder = mkdtempSync(join(tmpdir(), "stepwell-api-logs-"));
  server = await startServer({ cloudWatch, localExecutionLog: { to: "file", folder } });
});
afterEach(async () => {
  expect(server.mistakes).toEqual([]);
  await server.close();
  rmSync(folder, { recursive: true });
});

type Logging = NonNullable<CreateStateMachineInput["loggingConfiguration"]>;

const logging = (level: Logging["level"], includeExecutionData = false, group = "known") => ({
  level,
  includeExecutionData,
  destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: groupArn(group) } }],
});

async function create(input: Partial<CreateStateMachineInput> & { readonly name: string }) {
  const { stateMachineArn } = await server.client.send(
    new CreateStateMachineCommand({ definition: passDefinition, roleArn, ...input }),
  );
  return stateMachineArn as string;
}

interface LogRecord {
  readonly type: string;
  readonly details: object;
  readonly execution_arn: string;
}

/** The local log, once the server is closed. */
async function closeAndRead(): Promise<readonly LogRecord[]> {
  await server.close();
  server = await startServer();
  return readFileSync(join(folder, "executions.jsonl"), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as LogRecord);
}

describe("the log of an execution", () => {
  test("has a record for each event of its history, here and in the log group", async () => {
    const arn = await create({ name: "all", loggingConfiguration: logging("ALL", true) });
    const { executionArn } = await server.client.send(
      new StartExecutionCommand({ stateMachineArn: arn, input: '{"a":1}' }),
    );
    await server.service.call("DescribeExecution", { executionArn }, { waitSeconds: 5 });
    const { events = [] } = await server.client.send(
      new GetExecutionHistoryCommand({ executionArn }),
    );
    const records = await closeAndRead();
    expect(records).toEqual(
      events.map((event) => ({
        id: String(event.id),
        type: event.type,
        details:
          event.executionStartedEventDetails ??
          event.stateEnteredEventDetails ??
          event.stateExitedEventDetails ??
          event.executionSucceededEventDetails,
        previous_event_id: String(event.previousEventId),
        event_timestamp: String(event.timestamp?.getTime()),
        execution_arn: executionArn,
        redrive_count: "0",
      })),
    );
    const [[stream, messages] = ["", []]] = [...sent];
    expect(stream).toMatch(
      /^\/aws\/vendedlogs\/states\/known states\/all\/\d{4}-\d\d-\d\d-\d\d\/[0-9a-f]{8}$/,
    );
    expect(messages.map(({ message }) => JSON.parse(message) as unknown)).toEqual(records);
  });

  test("has an Express execution, synchronous or not, without its documents unless asked for", async () => {
    const arn = await create({
      name: "express",
      type: "EXPRESS",
      loggingConfiguration: logging("ALL"),
    });
    const started = await server.client.send(new StartExecutionCommand({ stateMachineArn: arn }));
    const sync = await server.client.send(
      new StartSyncExecutionCommand({ stateMachineArn: arn, input: '{"secret":1}' }),
    );
    const records = await closeAndRead();
    for (const { executionArn } of [started, sync]) {
      const own = records.filter((record) => record.execution_arn === executionArn);
      expect(own.map(({ type, details }) => [type, details])).toEqual([
        ["ExecutionStarted", { roleArn }],
        ["PassStateEntered", { name: "Pass" }],
        ["PassStateExited", { name: "Pass" }],
        ["ExecutionSucceeded", {}],
      ]);
    }
  });

  test("follows the configuration that the execution started with", async () => {
    const definition = JSON.stringify({
      StartAt: "No",
      States: { No: { Type: "Fail", Error: "E" } },
    });
    const arn = await create({ name: "levels", type: "EXPRESS", definition });
    const run = () => server.client.send(new StartSyncExecutionCommand({ stateMachineArn: arn }));
    const change = (level: Logging["level"]) =>
      server.client.send(
        new UpdateStateMachineCommand({
          stateMachineArn: arn,
          loggingConfiguration: logging(level),
        }),
      );
    await run();
    for (const level of ["ERROR", "FATAL", "OFF"] as const) {
      await change(level);
      await run();
    }
    const types = (await closeAndRead()).map(({ type }) => type);
    expect(types).toEqual(["FailStateEntered", "ExecutionFailed", "ExecutionFailed"]);
  });
});

describe("a log group", () => {
  const notFound = {
    name: "InvalidLoggingConfiguration",
    message: "Invalid Logging Configuration: Log Destination not found.",
  };

  test("that does not exist is refused by create and update, unless the level is OFF", async () => {
    const missing = (level: Logging["level"]) => logging(level, false, "missing");
    const refused = create({ name: "a", loggingConfiguration: missing("ALL") });
    await expect(refused).rejects.toMatchObject(notFound);
    const arn = await create({ name: "a", loggingConfiguration: missing("OFF") });
    const update = new UpdateStateMachineCommand({
      stateMachineArn: arn,
      loggingConfiguration: missing("FATAL"),
    });
    await expect(server.client.send(update)).rejects.toMatchObject(notFound);
  });

  test("that nobody can look up is taken", async () => {
    await server.close();
    server = await startServer();
    await create({ name: "a", loggingConfiguration: logging("ALL", false, "missing") });
  });
});

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Logger } from "../../ports/logger.ts";
import { cloudWatchLogs, type CloudWatchConnections } from "./cloudwatch-endpoint.ts";

interface Call {
  readonly operation: string;
  readonly body: unknown;
  readonly region: string;
}

let server: Server;
let calls: Call[];
let connections: CloudWatchConnections;
let answer: (operation: string) => { readonly status: number; readonly body: object };

const logger: Logger = { debug() {}, info() {}, warn() {}, error() {} };
const group = { region: "eu-west-1", accountId: "000000000000", name: "g" };

beforeEach(async () => {
  calls = [];
  answer = () => ({ status: 200, body: {} });
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const operation = String(request.headers["x-amz-target"]).split(".")[1] as string;
      const body = JSON.parse(Buffer.concat(chunks).toString()) as unknown;
      const scope = /Credential=[^/]+\/\d+\/([^/]+)\/logs/.exec(
        String(request.headers.authorization),
      );
      calls.push({ operation, body, region: scope?.[1] ?? "" });
      const { status, body: answered } = answer(operation);
      response.writeHead(status, { "content-type": "application/x-amz-json-1.1" });
      response.end(JSON.stringify(answered));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
  vi.stubEnv("AWS_ENDPOINT_URL", "");
  vi.stubEnv(
    "AWS_ENDPOINT_URL_CLOUDWATCH_LOGS",
    `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  );
  connections = cloudWatchLogs({ region: "us-east-1", logger });
});

afterEach(async () => {
  connections.close();
  vi.unstubAllEnvs();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test("events reach the endpoint that is configured, in the group's Region", async () => {
  const logs = await connections.to(group);
  await logs?.createStream("g", "s");
  await logs?.putEvents("g", "s", [{ timestamp: 1, message: "{}" }]);
  expect(calls).toEqual([
    {
      operation: "CreateLogStream",
      body: { logGroupName: "g", logStreamName: "s" },
      region: "eu-west-1",
    },
    {
      operation: "PutLogEvents",
      body: {
        logGroupName: "g",
        logStreamName: "s",
        logEvents: [{ timestamp: 1, message: "{}" }],
      },
      region: "eu-west-1",
    },
  ]);
});

test("a stream that is there already is fine, another refusal is not", async () => {
  const logs = await connections.to(group);
  answer = () => ({ status: 400, body: { __type: "ResourceAlreadyExistsException" } });
  await logs?.createStream("g", "s");
  answer = () => ({ status: 400, body: { __type: "ResourceNotFoundException" } });
  await expect(logs?.createStream("g", "s")).rejects.toThrow();
});

test("a group is found by its whole name", async () => {
  const logs = await connections.to(group);
  answer = () => ({ status: 200, body: { logGroups: [{ logGroupName: "g-other" }] } });
  const { signal } = new AbortController();
  expect(await logs?.hasGroup("g", signal)).toBe(false);
  answer = () => ({ status: 200, body: { logGroups: [{ logGroupName: "g" }] } });
  expect(await logs?.hasGroup("g", signal)).toBe(true);
});

test("AWS itself is never asked for a group of the account 000000000000", async () => {
  vi.stubEnv("AWS_ENDPOINT_URL_CLOUDWATCH_LOGS", "");
  expect(await connections.to(group)).toBeUndefined();
  expect(calls).toEqual([]);
});

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { startStepwell } from "../../src/server/start-stepwell.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import { connectionArn } from "../contracts/http-harness.ts";
import { accountId, region, roleArn } from "../api/start-server.ts";

test("spans of an execution are at the collector when the server has ended, and what it called knows its span", async () => {
  const bodies: string[] = [];
  const called: unknown[] = [];
  const collector = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      if (request.url === "/called")
        called.push(request.headers["traceparent"], request.headers["x-amzn-trace-id"]);
      else bodies.push(`${request.url} ${Buffer.concat(parts).toString()}`);
      response.end("{}");
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void collector.close());
  const { port } = collector.address() as AddressInfo;
  const server = await startStepwell({
    store: createMemoryStore(),
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    cloudWatch: { to: async () => undefined, close() {} },
    http: { allowHttp: true, allowPrivateAddresses: ["127.0.0.1"] },
    connections: { open: { authorization: "apiKey", name: "x-key", value: "secret" } },
    telemetry: { otlp: { endpoint: `http://127.0.0.1:${port}` } },
    region,
    accountId,
    host: "127.0.0.1",
    port: 0,
    onFailure() {},
  });
  const call = {
    Type: "Task",
    Resource: "arn:aws:states:::http:invoke",
    Parameters: {
      ApiEndpoint: `http://127.0.0.1:${port}/called`,
      Method: "GET",
      Authentication: { ConnectionArn: connectionArn("open") },
    },
    End: true,
  };
  const definition = JSON.stringify({ StartAt: "A", States: { A: call } });
  const { service } = server;
  const { stateMachineArn = null } = await service.call("CreateStateMachine", {
    name: "Traced",
    definition,
    roleArn,
    type: "EXPRESS",
  });
  const traceHeader = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  await service.call("StartSyncExecution", { stateMachineArn, traceHeader });
  await server.shutdown(1_000);
  const [sent = ""] = bodies;
  expect(sent).toMatch(/^\/v1\/traces /);
  expect(sent).toContain('"traceId":"4bf92f3577b34da6a3ce929d0e0e4736"');
  expect(sent).toContain('"parentSpanId":"00f067aa0ba902b7","name":"Traced"');
  expect(sent).toContain('"name":"A"');
  const [, spanId] = /"spanId":"(\w+)","parentSpanId":"\w+","name":"http:invoke"/.exec(sent) ?? [];
  expect(called).toEqual([
    `00-4bf92f3577b34da6a3ce929d0e0e4736-${spanId}-01`,
    `Root=1-4bf92f35-77b34da6a3ce929d0e0e4736;Parent=${spanId};Sampled=1`,
  ]);
});

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { startStepwell } from "../../src/server/stepwell-server.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import { accountId, region, roleArn } from "../api/start-server.ts";

test("spans of an execution are at the collector when the server has ended", async () => {
  const bodies: string[] = [];
  const collector = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      bodies.push(`${request.url} ${Buffer.concat(parts).toString()}`);
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
    telemetry: { otlp: { endpoint: `http://127.0.0.1:${port}` } },
    region,
    accountId,
    host: "127.0.0.1",
    port: 0,
    onFailure() {},
  });
  const definition = JSON.stringify({ StartAt: "A", States: { A: { Type: "Succeed" } } });
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
});

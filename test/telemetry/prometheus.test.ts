import { expect, test } from "vitest";
import { ownServer } from "../api/own-server.ts";

test("Prometheus finds the engine's figures and those of AWS/States at /metrics", async () => {
  const server = await ownServer({ telemetry: {} });
  await server.start({ StartAt: "A", States: { A: { Type: "Succeed" } } });
  const answer = await fetch(`${server.url}/metrics`);
  expect(answer.headers.get("content-type")).toContain("text/plain; version=0.0.4");
  const lines = (await answer.text()).split("\n");
  expect(lines).toContain('stepwell_executions_started_total{type="STANDARD"} 1');
  expect(
    lines.find((line) => line.startsWith("stepwell_aws_states_executions_started_total{")),
  ).toMatch(/\{state_machine_arn="arn:aws:states:[^"]*:machine-1"\} 1$/);
  expect(lines).toContain(
    'stepwell_aws_usage_call_count_total{service="States",type="API",resource="StartExecution",class="None"} 1',
  );
  expect(lines.some((line) => line.startsWith("process_resident_memory_bytes "))).toBe(true);
});

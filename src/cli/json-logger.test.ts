import { expect, test, vi } from "vitest";
import { spanIdOf } from "../telemetry/tracing/trace-context.ts";
import { functionLogObjects, jsonLogger } from "./json-logger.ts";

test("a line is a JSON object with its fields, whatever the message has", () => {
  const lines: string[] = [];
  const write = vi.spyOn(process.stderr, "write").mockImplementation((line) => {
    lines.push(String(line));
    return true;
  });
  jsonLogger(false).debug("not told");
  jsonLogger(false).warn("slow\ncommit", { ms: 12, executionArn: "arn:one" });
  const traceHeader = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  jsonLogger(false).error("stopped", { executionArn: "arn:one", traceHeader });
  const owner = { executionArn: "arn:one", taskId: 7, requestId: "r", traceHeader };
  functionLogObjects("charge", "stdout", "a\nb\n", owner);
  write.mockRestore();
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    {
      level: "warn",
      message: "slow\ncommit",
      ms: 12,
      executionArn: "arn:one",
      spanId: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
    },
    {
      executionArn: "arn:one",
      traceId: "4bf92f3577b34da6a3ce929d0e0e4736",
      spanId: spanIdOf("arn:one"),
    },
    {
      message: "a",
      function: "charge",
      traceId: "4bf92f3577b34da6a3ce929d0e0e4736",
      spanId: spanIdOf("arn:one", 7),
    },
    { message: "b", stream: "stdout" },
  ]);
  // Nothing says which trace it is in.
  expect(lines[0]).not.toContain("traceId");
  expect(lines.every((line) => line.indexOf("\n") === line.length - 1)).toBe(true);
});

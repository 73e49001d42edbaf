import { expect, test, vi } from "vitest";
import { functionLogObjects, jsonLogger } from "./json-logger.ts";

test("a line is a JSON object with its fields, whatever the message has", () => {
  const lines: string[] = [];
  const write = vi.spyOn(process.stderr, "write").mockImplementation((line) => {
    lines.push(String(line));
    return true;
  });
  jsonLogger(false).debug("not told");
  jsonLogger(false).warn("slow\ncommit", { ms: 12, executionArn: "arn:one" });
  functionLogObjects("charge", "stdout", "a\nb\n");
  write.mockRestore();
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    {
      level: "warn",
      message: "slow\ncommit",
      ms: 12,
      executionArn: "arn:one",
      spanId: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
    },
    { message: "a", function: "charge" },
    { message: "b", stream: "stdout" },
  ]);
  expect(lines.every((line) => line.indexOf("\n") === line.length - 1)).toBe(true);
});

import { expect, test } from "vitest";
import { InvocationLogs } from "./invocation-logs.ts";

const executionArn = "arn:aws:states:eu-west-1:123456789012:execution:machine:one";
const caller = (taskId: number) => ({ executionArn, taskId });

test("what was printed is told in order, and what was read is not told again", () => {
  const logs = new InvocationLogs(() => 5);
  logs.append("stdout", "one\n", caller(3));
  logs.append("stderr", "two\n", caller(4));
  logs.append("stdout", "three\n", caller(3));
  const { printed, isCut } = logs.read(caller(3), 0);
  expect(printed.map(({ text, at }) => [text, at])).toEqual([
    ["one\n", 5],
    ["three\n", 5],
  ]);
  expect(isCut).toBe(false);
  expect(logs.read(caller(3), printed[0]?.id ?? 0).printed.map(({ text }) => text)).toEqual([
    "three\n",
  ]);
  expect(logs.read(caller(9), 0)).toEqual({ printed: [], isCut: false });
});

test("of one call the newest is kept, and it is said that there was more", () => {
  const logs = new InvocationLogs(() => 0, { ofOne: 1_000 });
  for (let n = 0; n < 1_000; n++) logs.append("stdout", `line ${n}\n`, caller(3));
  const { printed, isCut } = logs.read(caller(3), 0);
  expect(isCut).toBe(true);
  expect(printed.at(-1)?.text).toBe("line 999\n");
  expect(printed.length).toBeLessThan(20);
  logs.append("stdout", `${"x".repeat(5_000)}end\n`, caller(3));
  const [only, ...others] = logs.read(caller(3), 0).printed;
  expect(others).toEqual([]);
  expect(only?.text).toMatch(/^x+end\n$/);
  expect(only?.text.length).toBeLessThanOrEqual(1_000);
});

test("the calls that began to print first make room, and it is known since when all is kept", () => {
  let now = 100;
  const logs = new InvocationLogs(() => now, { invocations: 2 });
  expect(logs.keptSince).toBe(100);
  for (const taskId of [1, 2, 3]) {
    now += 10;
    logs.append("stdout", "x\n", caller(taskId));
  }
  expect([1, 2, 3].map((id) => logs.read(caller(id), 0).printed.length)).toEqual([0, 1, 1]);
  expect(logs.keptSince).toBe(110);
});

test("all together have a bound, too", () => {
  const logs = new InvocationLogs(() => 0, { total: 10_000 });
  for (let id = 1; id <= 100; id++) logs.append("stdout", "x".repeat(1_000), caller(id));
  const kept = Array.from({ length: 100 }, (_, id) => logs.read(caller(id + 1), 0).printed.length);
  expect(kept.filter((count) => count > 0).length).toBe(9);
  expect(kept.at(-1)).toBe(1);
});

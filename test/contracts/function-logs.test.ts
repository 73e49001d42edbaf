import { Buffer } from "node:buffer";
import { describe, expect, test } from "vitest";
import {
  functionResource,
  harness,
  serviceResource,
  type Harness,
} from "./task-handler-harness.ts";

const executionArn = "arn:aws:states:eu-west-1:123456789012:execution:machine:one";

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 10);

function printedBy({ handlers }: Harness, taskId: number): string {
  const { printed } = handlers.functionLogs.printedBy({ executionArn, taskId }, 0);
  return printed.map(({ stream, text }) => `${stream} ${text}`).join("");
}

/** Calls it as the attempts with these ids, all at a time: each prints its own id. */
async function callAll(test: Harness, name: string, taskIds: readonly number[]): Promise<void> {
  const called = taskIds.map((taskId) => test.run(functionResource(name), taskId, { taskId }));
  await Promise.all(called);
}

const printers = {
  Node: { "say/index.mjs": "export const handler = async (id) => console.log(`call ${id}`);" },
  Python: { "say/handler.py": "def handler(event, context):\n    print('call %d' % event)\n" },
  "an executable": { "say/run": '#!/bin/sh\nread -r id\necho "call $id" >&2\n' },
};

describe.each(Object.entries(printers))("%s", (kind, files) => {
  test("what a call prints belongs to the attempt that made it, however many are under way", async () => {
    const given = harness();
    given.write(files, 0o755);
    const stream = kind === "an executable" ? "stderr" : "stdout";
    const taskIds = numbers(kind === "an executable" ? 10 : 200);
    await callAll(given, "say", taskIds);
    for (const id of taskIds) {
      await expect.poll(() => printedBy(given, id)).toBe(`${stream} call ${id}\n`);
    }
  });
});

test("Node: a line that does not end ends with its call", async () => {
  const given = harness();
  given.write({
    "say/index.mjs":
      "export const handler = async (id) => void process.stdout.write(`part ${id}`);",
  });
  const taskIds = numbers(50);
  await callAll(given, "say", taskIds);
  for (const id of taskIds) {
    await expect.poll(() => printedBy(given, id)).toBe(`stdout part ${id}`);
  }
});

test("Node: a child process prints for the call that waits for it", async () => {
  const given = harness();
  given.write({
    "say/index.mjs": `import { execFileSync } from "node:child_process";
      export const handler = async (id) => {
        if (id === 10) console.log("no child");
        else execFileSync("echo", ["child of " + id], { stdio: ["ignore", "inherit", "ignore"] });
      };`,
  });
  for (const id of [10, 11, 12]) await callAll(given, "say", [id]);
  await expect.poll(() => printedBy(given, 10)).toBe("stdout no child\n");
  await expect.poll(() => printedBy(given, 11)).toBe("stdout child of 11\n");
  await expect.poll(() => printedBy(given, 12)).toBe("stdout child of 12\n");
});

test("nobody else sees how the output is told apart: not the log, not the tail that a caller asks for", async () => {
  const given = harness();
  given.write({
    "say/index.mjs": "export const handler = async (id) => console.log(`call ${id}`);",
  });
  const outcome = await given.run(
    serviceResource("lambda", "invoke"),
    { FunctionName: "say", Payload: 7, LogType: "Tail" },
    { taskId: 7 },
  );
  const { LogResult } = (outcome as unknown as { output: { value: { LogResult: string } } }).output
    .value;
  expect(Buffer.from(LogResult, "base64").toString()).toMatch(/LATEST\ncall 7\nEND RequestId/);
  await expect.poll(() => given.printed).toEqual(["say stdout call 7\n"]);
  expect(printedBy(given, 7)).toBe("stdout call 7\n");
});

test("a function is found where its next call would go", () => {
  const given = harness({ functions: { mail: { url: "http://127.0.0.1:1/send" } } });
  given.write({ "say/index.mjs": "export const handler = async () => null;" });
  const logs = given.handlers.functionLogs;
  const arn = "arn:aws:lambda:eu-west-1:123456789012:function:say:live";
  expect(logs.placeOf(arn, executionArn)).toEqual({ name: "say", place: "local" });
  expect(logs.placeOf("mail", executionArn)).toEqual({ name: "mail", place: "url" });
  expect(logs.placeOf("charge", executionArn)).toEqual({ name: "charge", place: "elsewhere" });
});

import { tmpdir } from "node:os";
import { expect, onTestFinished, test } from "vitest";
import { createEnvironmentPool } from "./environment-pool.ts";
import type { LocalFunction } from "./invocation.ts";

/**
 * A runtime that says of every event that it ran for so long, and answers with how many events came in one read. Asked for what
 * it has not begun (`?`, on a machine that is busy), it has nothing to give back.
 */
const runtime = `
import { Socket } from "node:net";
import { writeSync } from "node:fs";
const [ranUs] = process.argv.slice(1);
const events = new Socket({ fd: 3, readable: true, writable: false });
events.setEncoding("utf8").on("data", (text) => {
  const lines = text.split("\\n").slice(0, -1);
  const count = lines.filter((line) => line !== "?").length;
  writeSync(4, ("+" + ranUs + " " + count + "\\n").repeat(count));
  if (count < lines.length) writeSync(4, "?0\\n");
});
events.on("close", () => process.exit(0));
writeSync(4, "*\\n");
`;

function poolOf(ranUs: number): LocalFunction {
  const pool = createEnvironmentPool({
    launch: {
      command: process.execPath,
      args: ["--input-type=module", "-e", runtime, String(ranUs)],
      folder: tmpdir(),
      environment: process.env,
      maxWindow: 64,
      missing: "there is no Node",
    },
    timeoutSeconds: 60,
    maxConcurrency: 1,
    printed: () => {},
  });
  onTestFinished(() => pool.close());
  return pool;
}

async function call(pool: LocalFunction): Promise<string> {
  const outcome = await pool.invoke({
    requestId: "id",
    event: "{}",
    functionArn: "arn",
    tail: false,
    signal: new AbortController().signal,
  });
  return outcome.type === "returned" ? outcome.payload : outcome.document;
}

const eight = Array.from({ length: 8 });

test("events of a function that is quick by its own clock go out together, however long the way is", async () => {
  const pool = poolOf(5);
  await call(pool);
  expect(await Promise.all(eight.map(() => call(pool)))).toEqual(eight.map(() => "8"));
});

test("a function that is slow by its own clock gets one event at a time", async () => {
  const pool = poolOf(1_000_000);
  await call(pool);
  expect(await Promise.all(eight.map(() => call(pool)))).toEqual(eight.map(() => "1"));
});

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ExecutionLogEntry } from "../../ports/execution-log.ts";
import type { Logger } from "../../ports/logger.ts";
import { createJsonLinesFile } from "./json-lines-file.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stepwell-logs-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const warnings: string[] = [];
const logger: Logger = {
  debug() {},
  info() {},
  warn: (message) => warnings.push(message),
  error() {},
};

function entry(text: string): ExecutionLogEntry {
  return { stateMachineName: "m", logGroupArn: undefined, at: 0, text };
}

test("records are appended, one on each line, in a folder that is made", async () => {
  const path = join(folder, "logs", "executions.jsonl");
  for (const run of ["1", "2"]) {
    const log = createJsonLinesFile({ path, logger });
    log.write([entry(`{"run":${run},"id":"1"}`), entry(`{"run":${run},"id":"2"}`)]);
    log.write([entry(`{"run":${run},"id":"3"}`)]);
    await log.close(0);
  }
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(
    [1, 2].flatMap((run) => ["1", "2", "3"].map((id) => ({ run, id }))),
  );
});

test("a file is not made before there is a record", async () => {
  const log = createJsonLinesFile({ path: join(folder, "executions.jsonl"), logger });
  log.write([]);
  await log.close(0);
  expect(readdirSync(folder)).toEqual([]);
});

test("a file that is large makes room, and the oldest goes", async () => {
  const path = join(folder, "executions.jsonl");
  // Each life of the log writes one line, which is more than a file takes.
  for (let count = 1; count <= 5; count++) {
    const log = createJsonLinesFile({ path, logger, rotateBytes: 4, keptFiles: 2 });
    log.write([entry(`"${count}"`)]);
    await log.close(0);
  }
  const files = Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]),
  );
  expect(files).toEqual({
    "executions.jsonl": '"5"\n',
    "executions.1.jsonl": '"4"\n',
    "executions.2.jsonl": '"3"\n',
  });
});

test("what the disk is too slow for is dropped and reported; a log that cannot be written throws nothing", async () => {
  warnings.length = 0;
  const path = join(folder, "executions.jsonl");
  const log = createJsonLinesFile({ path, logger, queueBytes: 11 });
  log.write([entry('"first"')]);
  for (let count = 0; count < 5; count++) log.write([entry('"12345678"')]);
  await log.close(0);
  expect(readFileSync(path, "utf8").split("\n")).toHaveLength(4);
  expect(warnings).toEqual([expect.stringContaining("records were dropped")]);

  warnings.length = 0;
  writeFileSync(join(folder, "taken"), "");
  const broken = createJsonLinesFile({ path: join(folder, "taken", "executions.jsonl"), logger });
  broken.write([entry('"lost"')]);
  await broken.close(0);
  expect(warnings).toEqual([expect.stringContaining("cannot be written")]);
});

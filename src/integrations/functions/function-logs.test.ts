import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Logger } from "../../ports/logger.ts";
import { createFunctionLogs } from "./function-logs.ts";

const now = () => Date.parse("2026-01-02T03:04:05.678Z");

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "stepwell-logs-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

function silent(log: string[] = []): Logger {
  const note = (message: string): void => void log.push(message);
  return { debug: note, info: note, warn: note, error: note };
}

test("the last of what each function printed is kept, and no more than that", () => {
  const logs = createFunctionLogs({ now, logger: silent() });
  for (let n = 0; n < 10_000; n++)
    logs.append("chatty", "stdout", `line ${n} of many that it prints\n`);
  logs.append("quiet", "stderr", "once\n");
  expect(logs.read("chatty")).toMatch(/line 9999 of many that it prints\n$/);
  expect(logs.read("chatty").length).toBeLessThanOrEqual(131_072);
  expect(logs.read("quiet")).toBe("once\n");
  expect(logs.read("unknown")).toBe("");
});

test("a file gets all of it, after what it held before", async () => {
  const folder = temporaryFolder();
  const file = join(folder, "functions.log");
  for (const text of ["first\n", "second, cut off"]) {
    const logs = createFunctionLogs({ now, logger: silent(), file });
    logs.append("charge", "stdout", text);
    await logs.close();
  }
  expect(readFileSync(file, "utf8")).toBe(
    "2026-01-02T03:04:05.678Z charge stdout\nfirst\n2026-01-02T03:04:05.678Z charge stdout\nsecond, cut off\n",
  );
});

test("a file that cannot be written stops nothing, and the log says so", async () => {
  const said: string[] = [];
  const file = join(temporaryFolder(), "taken");
  writeFileSync(file, "");
  const logs = createFunctionLogs({
    now,
    logger: silent(said),
    file: join(file, "functions.log"),
  });
  logs.append("charge", "stdout", "kept\n");
  await logs.close();
  expect(logs.read("charge")).toBe("kept\n");
  expect(said).toEqual(["The functions' log cannot be written; records are lost"]);
});

test("the file does not grow for ever: it is rotated, and only some are kept", async () => {
  const folder = temporaryFolder();
  const logs = createFunctionLogs({
    now,
    logger: silent(),
    file: join(folder, "functions.log"),
    rotateBytes: 100,
  });
  for (let n = 0; n < 20; n++) {
    logs.append("charge", "stdout", `${n} ${"x".repeat(100)}\n`);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await logs.close();
  const files = readdirSync(folder);
  expect(files).toContain("functions.1.log");
  expect(files.length).toBeLessThanOrEqual(6);
});

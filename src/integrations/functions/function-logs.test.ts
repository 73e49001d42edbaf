import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createFunctionLogs } from "./function-logs.ts";

const now = () => Date.parse("2026-01-02T03:04:05.678Z");

test("the last of what each function printed is kept, and no more than that", () => {
  const logs = createFunctionLogs({ now });
  for (let n = 0; n < 10_000; n++)
    logs.append("chatty", "stdout", `line ${n} of many that it prints\n`);
  logs.append("quiet", "stderr", "once\n");
  expect(logs.read("chatty")).toMatch(/line 9999 of many that it prints\n$/);
  expect(logs.read("chatty").length).toBeLessThanOrEqual(131_072);
  expect(logs.read("quiet")).toBe("once\n");
  expect(logs.read("unknown")).toBe("");
});

test("a file gets all of it, after what it held before", async () => {
  const folder = mkdtempSync(join(tmpdir(), "stepwell-logs-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "functions.log");
  for (const text of ["first\n", "second, cut off"]) {
    const logs = createFunctionLogs({ now, file });
    logs.append("charge", "stdout", text);
    logs.close();
    await expect.poll(() => readFileSync(file, "utf8")).toContain(text);
  }
  expect(readFileSync(file, "utf8")).toBe(
    "2026-01-02T03:04:05.678Z charge stdout\nfirst\n2026-01-02T03:04:05.678Z charge stdout\nsecond, cut off\n",
  );
});

test("a file that cannot be written stops nothing", async () => {
  const logs = createFunctionLogs({ now, file: "/nonexistent/functions.log" });
  logs.append("charge", "stdout", "kept\n");
  await new Promise((resolve) => setImmediate(resolve));
  expect(logs.read("charge")).toBe("kept\n");
});

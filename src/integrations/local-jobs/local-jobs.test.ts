import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { LocalJobs } from "./local-jobs.ts";

const folder = mkdtempSync(join(tmpdir(), "stepwell-jobs-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

const jobOf = (id: string) => ({
  id,
  command: () => ["/bin/sh", "-c", "echo done"],
  workingFolder: folder,
  environment: { PATH: process.env["PATH"] },
  input: "",
  timeLimitSeconds: 30,
});
const options = { outlives: true, printed: () => {} };
const never = new AbortController().signal;

test("a job is begun on the machine that named it, and found there again, but not begun on another", async () => {
  const here = new LocalJobs(join(folder, "here"));
  const elsewhere = new LocalJobs(join(folder, "elsewhere"));
  const id = here.idOf("5d1c0b2e-0000-4000-8000-000000000001");
  expect(await elsewhere.run(jobOf(id), never, options)).toEqual({ type: "elsewhere" });
  expect(await here.run(jobOf(id), never, options)).toEqual({ type: "exited", status: 0 });
  // The next process on the same machine.
  const again = new LocalJobs(join(folder, "here"));
  expect(again.idOf("x")).toBe(here.idOf("x"));
  expect(await again.run(jobOf(id), never, options)).toEqual({ type: "exited", status: 0 });
});

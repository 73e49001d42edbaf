import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import {
  diskCheck,
  freeSpaceCheck,
  memoryCheck,
  nodeHealth,
} from "../../src/console/health/node-health.ts";
import { retentionEstimate, storageParts } from "../../src/console/settings/storage.ts";

const about = { version: "1", startedAt: 0, now: 1 };
const healthOf = (newest: object | undefined) => nodeHealth({ newest: () => newest }, about);
const levelOf = async (newest: object, name: string) =>
  (await healthOf(newest)).checks.find((check) => check.name === name)?.level;

test("before the first sample nothing is known, and nothing is wrong", async () => {
  const { level, checks } = await healthOf(undefined);
  expect(level).toBe("good");
  expect(checks.find(({ name }) => name === "loop")).toEqual({ name: "loop", level: "unknown" });
});

test("a lag of a tenth of a second is busy, one of a second critical", async () => {
  expect(await levelOf({ loopP99: 99 }, "loop")).toBe("good");
  expect(await levelOf({ loopP99: 100 }, "loop")).toBe("busy");
  expect(await levelOf({ loopP99: 1_000 }, "loop")).toBe("critical");
});

test("a time without commits is no slow one", async () => {
  expect(await levelOf({ commits: 0 }, "commit")).toBe("good");
  expect(await levelOf({ commits: 3, commitP99: 300 }, "commit")).toBe("busy");
});

test("the whole is as well as its worst part", async () => {
  expect((await healthOf({ loopP99: 5_000, commits: 3, commitP99: 300 })).level).toBe("critical");
});

test("a disk is filling up by what is left of it, however large it is", () => {
  const gigabyte = 1_000_000_000;
  expect(freeSpaceCheck(50 * gigabyte, 1_000 * gigabyte).level).toBe("good");
  expect(freeSpaceCheck(2 * gigabyte, 1_000 * gigabyte).level).toBe("busy");
  expect(freeSpaceCheck(2 * gigabyte, 8 * gigabyte).level).toBe("good");
  expect(freeSpaceCheck(0.4 * gigabyte, 8 * gigabyte).level).toBe("critical");
});

test("a heap near its limit is critical", () => {
  expect(memoryCheck(79, 100).level).toBe("good");
  expect(memoryCheck(80, 100).level).toBe("busy");
  expect(memoryCheck(95, 100).level).toBe("critical");
});

test("a folder that is not there has no disk that is known", async () => {
  expect(await diskCheck("/nowhere/at/all")).toEqual({ name: "disk", level: "unknown" });
});

test("what the data directory holds is told by its parts", async () => {
  const folder = await mkdtemp(join(tmpdir(), "stepwell-parts-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "stepwell.db"), "x".repeat(300));
  await writeFile(join(folder, "stepwell.db-wal"), "x".repeat(200));
  await mkdir(join(folder, "audit"));
  await writeFile(join(folder, "audit", "audit-20271129.jsonl"), "x".repeat(10));
  expect(await storageParts(folder)).toEqual([
    { part: "database", bytes: 300 },
    { part: "writeAheadLog", bytes: 200 },
    { part: "logs", bytes: 10 },
  ]);
});

const day = 86_400_000;

test("retention is estimated from all that is kept", () => {
  const kept = { count: 100, since: 0, isPartial: false };
  expect(retentionEstimate(90, kept, 1_000, 2 * day)).toEqual({
    days: 90,
    kept: 100,
    since: 0,
    isPartial: false,
    perDay: 50,
    bytesPerDay: 500,
    bytesInTheEnd: 45_000,
  });
});

test("a database that is older than its retention does not shrink", () => {
  const kept = { count: 100, since: 0, isPartial: false };
  expect(retentionEstimate(1, kept, 1_000, 2 * day).bytesInTheEnd).toBe(1_000);
});

test("too short a time, or too little that is known, makes no estimate of bytes", () => {
  const kept = { count: 5, since: 0, isPartial: false };
  expect(retentionEstimate(90, kept, 1_000, 60_000).perDay).toBeUndefined();
  const most = retentionEstimate(90, { ...kept, isPartial: true }, 1_000, day);
  expect(most).toMatchObject({ perDay: 5, isPartial: true });
  expect(most.bytesInTheEnd).toBeUndefined();
});

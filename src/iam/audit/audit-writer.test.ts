import { appendFileSync, existsSync, mkdirSync, readdirSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openAppended, type OpenAppended } from "./appended-file.ts";
import { call, linesIn, logIn, newFolder, recordsIn, silent } from "./audit-log.fixture.ts";
import { usualAuditSettings } from "./audit-trail.ts";
import { mostPending } from "./audit-writer.ts";
import { verifyTrail } from "./verify-trail.ts";

/** A disk that is full while `isFull` says so: half of what is written arrives. */
function disk() {
  const state = { isFull: false };
  const open: OpenAppended = async (path) => {
    const file = await openAppended(path);
    return {
      ...file,
      async append(bytes) {
        if (!state.isFull) return file.append(bytes);
        await file.append(bytes.subarray(0, bytes.length / 2));
        throw new Error("ENOSPC: no space left on device, write");
      },
    };
  };
  return { state, open };
}

const namesOf = async (folder: string) =>
  (await recordsIn(folder)).map(({ eventName }) => eventName);

test("nothing is made before there is something to write", async () => {
  const folder = newFolder();
  const log = logIn(folder);
  await log.close();
  expect(existsSync(folder)).toBe(false);
});

test("a restart goes on with the chain, and cuts off what a crash has left", async () => {
  const folder = newFolder();
  const first = logIn(folder);
  void first.trail?.record(call("One"));
  await first.close();
  appendFileSync(join(folder, "audit-20271129.jsonl"), '{"eventName":"To');
  expect(await verifyTrail(folder)).toMatchObject({ problems: [], isTorn: true });
  const second = logIn(folder);
  void second.trail?.record(call("Two"));
  await second.close();
  expect(await namesOf(folder)).toEqual(["One", "Two"]);
  expect(await verifyTrail(folder)).toMatchObject({ problems: [], isTorn: false });
});

test("on a full disk calls go on, the health says so, and all is written when there is room again", async () => {
  const folder = newFolder();
  const { state, open } = disk();
  const told: string[] = [];
  const logger = { ...silent, error: (message: string) => told.push(message) };
  const log = logIn(folder, { open, logger });
  void log.trail?.record(call("One"));
  await log.flushed();
  state.isFull = true;
  log.trail?.ensureWritable();
  expect(log.trail?.record(call("Two"))).toBeUndefined();
  await expect(log.flushed()).rejects.toThrow("cannot be written");
  expect(log.trail?.record(call("Three"))).toBeUndefined();
  await expect(log.flushed()).rejects.toThrow("cannot be written");
  expect(log.failure()).toContain("ENOSPC");
  expect(told).toEqual(["the audit log cannot be written"]);
  // What a failed write has left of itself is not there.
  expect(await verifyTrail(folder)).toMatchObject({ records: 1, problems: [], isTorn: false });
  state.isFull = false;
  await log.flushed();
  expect(log.failure()).toBeUndefined();
  await log.close();
  expect(await namesOf(folder)).toEqual(["One", "Two", "Three"]);
  expect((await verifyTrail(folder)).problems).toEqual([]);
});

test("lines whose head could not be written are not written again", async () => {
  const folder = newFolder();
  const log = logIn(folder);
  mkdirSync(join(folder, "head.json.new"), { recursive: true });
  void log.trail?.record(call("One"));
  await expect(log.flushed()).rejects.toThrow("cannot be written");
  expect(log.failure()).toBeDefined();
  rmdirSync(join(folder, "head.json.new"));
  await log.flushed();
  expect(log.failure()).toBeUndefined();
  expect(await verifyTrail(folder)).toMatchObject({ records: 1, problems: [] });
  await log.flushed();
  await log.close();
  expect(await namesOf(folder)).toEqual(["One"]);
});

test("where calls must be written down, those on a full disk fail before anything is done", async () => {
  const { state, open } = disk();
  const settings = { ...usualAuditSettings, required: true };
  const log = logIn(newFolder(), { open, settings });
  await log.trail?.record(call("One"));
  state.isFull = true;
  await expect(log.trail?.record(call("Two"))).rejects.toThrow("cannot be written");
  expect(() => log.trail?.ensureWritable()).toThrow("cannot be written");
  state.isFull = false;
  await log.flushed();
  log.trail?.ensureWritable();
  await log.close();
});

test("what waits to be written has a bound, and what is beyond it is counted in the log", async () => {
  const folder = newFolder();
  const log = logIn(folder);
  for (let index = 0; index < mostPending + 5; index++) void log.trail?.record(call("Flood"));
  expect(log.failure()).toBeDefined();
  await log.close();
  const records = await recordsIn(folder);
  expect(records.filter(({ eventName }) => eventName === "Flood")).toHaveLength(mostPending);
  expect(records).toContainEqual(
    expect.objectContaining({ eventName: "DropRecords", additionalEventData: { records: 5 } }),
  );
});

test("each day has files of its own; those that were kept long enough go, and the log says so", async () => {
  const folder = newFolder();
  let now = Date.UTC(2027, 0, 1, 12);
  const settings = { ...usualAuditSettings, retentionDays: 2 };
  const log = logIn(folder, { clock: { now: () => now }, settings });
  for (let day = 0; day < 5; day++) {
    void log.trail?.record(call(`Day${day}`));
    await log.flushed();
    now += 86_400_000;
  }
  await log.close();
  expect(readdirSync(folder).sort()).toEqual([
    "audit-20270103.jsonl",
    "audit-20270104.jsonl",
    "audit-20270105.jsonl",
    "head.json",
  ]);
  expect(await namesOf(folder)).toEqual([
    "Day2",
    "Day3",
    "DeleteAuditFiles",
    "Day4",
    "DeleteAuditFiles",
  ]);
  expect((await verifyTrail(folder)).problems).toEqual([]);
});

test("off, only what people decide is written down", async () => {
  const folder = newFolder();
  const log = logIn(folder, { settings: "off" });
  expect(log.trail).toBeUndefined();
  await log.note(call("AnswerQuestion"));
  expect(await linesIn(folder)).toHaveLength(1);
  await log.close();
});

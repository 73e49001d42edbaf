import { mkdtempSync, readFileSync, writeFileSync, existsSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { AuditDesk } from "../../src/console/questions/audit-desk.ts";
import { auditFile, auditMemory } from "../../src/console/questions/audit-log.ts";
import type { ApprovalView, AuditEntry } from "../../src/console/view-types.ts";
import { systemClock } from "../../src/runtime/system-clock.ts";

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const file = () => join(mkdtempSync(join(tmpdir(), "stepwell-audit-")), "audit.log");
const arn = "arn:aws:states:us-east-1:000000000000:execution:orders:one";

const entry = (more: Partial<AuditEntry> = {}): AuditEntry => ({
  at: "2026-01-01T00:00:00.000Z",
  action: "view",
  by: "console",
  caller: "",
  executionArn: arn,
  taskId: 5,
  ...more,
});

const asked = {
  stateMachineArn: "arn:aws:states:us-east-1:000000000000:stateMachine:orders",
  key: "/Ask",
  title: "Approve?",
} as ApprovalView;

const task = { executionArn: arn, taskId: 5, by: "console" as const };
const all = { offset: 0, limit: 100 };
const everybody = async () => true;

test("what is written down is read again after a restart, a torn line aside", async () => {
  const path = file();
  const log = auditFile(path, silent);
  await Promise.all([log.write(entry()), log.write(entry({ action: "claim", name: "Ada" }))]);
  writeFileSync(path, `${readFileSync(path, "utf8")}{"at":"torn`);
  const again = auditFile(path, silent);
  await again.write(entry({ action: "answer" }));
  const third = await auditFile(path, silent).read();
  expect(third.map(({ action }) => action)).toEqual(["view", "claim", "answer"]);
  expect(await again.read()).toEqual(third);
});

test("a full file is put aside, and the one before it is gone: the log has a bound", async () => {
  const path = file();
  const log = auditFile(path, silent, { most: 1_000 });
  for (let taskId = 0; taskId < 100; taskId++) await log.write(entry({ taskId }));
  expect(existsSync(`${path}.1`)).toBe(true);
  expect(statSync(path).size + statSync(`${path}.1`).size).toBeLessThanOrEqual(2_000);
  const kept = await log.read();
  expect(kept.at(-1)?.taskId).toBe(99);
  expect(kept.length).toBeLessThan(20);
  expect(await auditFile(path, silent).read()).toEqual(kept);
});

test("a long answer is cut where it is written down", async () => {
  const path = file();
  await auditFile(path, silent).write(
    entry({ action: "answer", answer: { output: `"${"x".repeat(100_000)}"` } }),
  );
  expect(statSync(path).size).toBeLessThan(5_000);
});

test("what cannot be written down is told, and holds nobody up", async () => {
  const told: string[] = [];
  const log = auditFile("/nowhere/at/all/audit.log", {
    ...silent,
    error: (message) => told.push(message),
  });
  await log.write(entry());
  expect(told).toHaveLength(1);
});

test("a claim is known to everybody, until it is released or the question is answered", async () => {
  const path = file();
  const desk = new AuditDesk(auditFile(path, silent), systemClock);
  await desk.note("claim", { ...task, name: "Ada" }, asked, {});
  expect(await desk.claimOf(arn, 5)).toMatchObject({ name: "Ada" });
  expect(await desk.claimOf(arn, 6)).toBeUndefined();
  const restarted = new AuditDesk(auditFile(path, silent), systemClock);
  expect(await restarted.claimOf(arn, 5)).toMatchObject({ name: "Ada" });
  await restarted.note("claim", { ...task, name: "Bo" }, asked, {});
  expect(await restarted.claimOf(arn, 5)).toMatchObject({ name: "Bo" });
  await restarted.note("release", { ...task, name: "Bo" }, asked, {});
  expect(await restarted.claimOf(arn, 5)).toBeUndefined();
  await restarted.note("claim", { ...task, name: "Bo" }, asked, {});
  await restarted.note("answer", task, asked, {}, { output: "{}" });
  expect(await restarted.claimOf(arn, 5)).toBeUndefined();
});

test("who looks again soon has not looked twice; somebody else has", async () => {
  let now = 0;
  const desk = new AuditDesk(auditMemory(), { ...systemClock, now: () => now });
  await desk.note("view", task, asked, {});
  now += 60_000;
  await desk.note("view", task, asked, {});
  await desk.note("view", { ...task, name: "Ada" }, asked, {});
  await desk.note("view", { ...task, by: "link" }, asked, {});
  now += 600_000;
  await desk.note("view", task, asked, {});
  const { entries } = await desk.page(all, everybody);
  expect(entries.map(({ name, by }) => name ?? by)).toEqual(["console", "link", "Ada", "console"]);
});

test("decisions of one state are found, the newest first, and only those that the caller may see", async () => {
  const desk = new AuditDesk(auditMemory(), systemClock);
  for (const taskId of [1, 2, 3]) {
    await desk.note("answer", { ...task, taskId }, asked, {}, { output: "{}" });
  }
  await desk.note("answer", { ...task, taskId: 4 }, { ...asked, key: "/Other" }, {});
  await desk.note("view", task, asked, {});
  const { stateMachineArn, key } = asked;
  const query = { ...all, action: "answer", stateMachineArn, key };
  const page = await desk.page({ ...query, limit: 2 }, everybody);
  expect(page).toMatchObject({ total: 3, entries: [{ taskId: 3 }, { taskId: 2 }] });
  expect(await desk.page(query, async () => false)).toEqual({ total: 0, entries: [] });
});

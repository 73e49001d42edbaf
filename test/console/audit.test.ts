import { mkdtempSync, readdirSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { AuditDesk } from "../../src/console/questions/audit-desk.ts";
import { auditMemory, questionsOf } from "../../src/console/questions/audit-log.ts";
import type { ApprovalView, AuditEntry } from "../../src/console/view-types.ts";
import { openAuditLog } from "../../src/iam/audit/audit-trail.ts";
import { readTrail } from "../../src/iam/audit/read-trail.ts";
import type { LogSeal } from "../../src/ports/log-seal.ts";
import type { Logger } from "../../src/ports/logger.ts";
import { systemClock } from "../../src/runtime/system-clock.ts";
import { keyTextProvider, newKeyText } from "../../src/store/keys/key-text.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import { openSealedStore } from "../../src/store/sealed/open-sealed-store.ts";

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const newFolder = () => mkdtempSync(join(tmpdir(), "stepwell-audit-"));
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

/** The log that a server keeps, off but for what people do. */
function questionsIn(folder: string, logger: Logger = silent, seal?: LogSeal) {
  const files = openAuditLog({
    folder,
    settings: "off",
    clock: systemClock,
    logger,
    region: "us-east-1",
    accountId: "000000000000",
  });
  onTestFinished(() => files.close());
  return questionsOf(files, logger, seal);
}

test("what is written down is read again after a restart, from the one log of the server", async () => {
  const folder = newFolder();
  const log = questionsIn(folder);
  await Promise.all([log.write(entry()), log.write(entry({ action: "claim", name: "Ada" }))]);
  const again = questionsIn(folder);
  await again.write(entry({ action: "answer" }));
  const third = await questionsIn(folder).read();
  expect(third.map(({ action }) => action)).toEqual(["view", "claim", "answer"]);
  expect(await again.read()).toEqual(third);
  const { records } = await readTrail(folder, { action: "ClaimQuestion", limit: 10 });
  expect(records).toMatchObject([{ resources: [{ ARN: arn }] }]);
});

test("a long answer is cut where it is written down", async () => {
  const folder = newFolder();
  const answer = { output: `"${"x".repeat(100_000)}"` };
  await questionsIn(folder).write(entry({ action: "answer", answer }));
  const { records } = await readTrail(folder, { limit: 10 });
  expect(JSON.stringify(records).length).toBeLessThan(6_000);
});

test("what cannot be written down is told, and holds nobody up", async () => {
  const told: string[] = [];
  const logger = { ...silent, error: (message: string) => told.push(message) };
  const log = questionsIn("/dev/null/audit", logger);
  await log.write(entry());
  expect(told).toContain("an entry could not be written to the audit log");
});

test("a claim is known to everybody, until it is released or the question is answered", async () => {
  const folder = newFolder();
  const desk = new AuditDesk(questionsIn(folder), systemClock);
  await desk.note("claim", { ...task, name: "Ada" }, asked, {});
  expect(await desk.claimOf(arn, 5)).toMatchObject({ name: "Ada" });
  expect(await desk.claimOf(arn, 6)).toBeUndefined();
  const restarted = new AuditDesk(questionsIn(folder), systemClock);
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

test("an answer is kept sealed where the store is, and read again with its key", async () => {
  const folder = newFolder();
  const { log: seal } = await openSealedStore({
    store: createMemoryStore(),
    provider: keyTextProvider("the key of the test", newKeyText()),
    now: Date.now,
    plainTexts: "refused",
  });
  const answered = entry({ action: "answer", answer: { output: '"canary"' } });
  await questionsIn(folder, silent, seal).write(answered);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
  expect(files).not.toEqual([]);
  for (const path of files) expect(readFileSync(path, "utf8")).not.toContain("canary");
  expect(await questionsIn(folder, silent, seal).read()).toEqual([answered]);
});

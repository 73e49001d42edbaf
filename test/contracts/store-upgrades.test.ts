import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Payload } from "../../src/expression/payload.ts";
import type { Store } from "../../src/ports/store.ts";
import type { Engine } from "../../src/runtime/engine.ts";
import { openSqliteStore } from "../../src/store/sqlite/sqlite-store.ts";
import { type StepClock, stepClock } from "../runtime/step-clock.ts";
import { activityArn, engineOfKept, executionArn } from "./stores/kept-work.ts";

const folder = join(import.meta.dirname, "stores");
/** Stores as earlier versions left them; `stores/make-store.ts` makes one. */
const kept = readdirSync(folder).filter((file) => file.endsWith(".db.gz"));
const minutes = 60_000;
const machines = ["Asks", "Closes", "Distributes", "Fails", "Halves", "Waits"];

describe.each(kept)("a store of an earlier version: %s", (file) => {
  let dataDir: string;
  let store: Store;
  let engine: Engine;
  let clock: StepClock;

  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), "stepwell-upgrade-"));
    writeFileSync(join(dataDir, "stepwell.db"), gunzipSync(readFileSync(join(folder, file))));
    store = await openSqliteStore({ dataDir });
    clock = stepClock();
    // Some time after it was left.
    clock.advance(10 * minutes);
    engine = await engineOfKept(store, clock, "succeed");
  });

  afterEach(async () => {
    await engine.shutdown(1_000);
    await store.close();
    rmSync(dataDir, { recursive: true });
  });

  async function endOf(machine: string) {
    const described = await engine.describeExecution(executionArn(machine));
    return { status: described?.record.status, output: described?.output?.value };
  }

  const historyOf = async (machine: string) =>
    (await engine.history(executionArn(machine), { limit: 200, reverse: false }))?.events;

  /** Lets the store's time go on until executions have ended well. */
  async function becomes(machine: string, output: unknown): Promise<void> {
    await expect
      .poll(
        () => {
          clock.advance(1_000);
          return endOf(machine);
        },
        { interval: 10, timeout: 15_000 },
      )
      .toEqual({ status: "SUCCEEDED", output });
  }

  test("shows what had ended and what had begun, as it was", async () => {
    expect(await endOf("Closes")).toEqual({ status: "SUCCEEDED", output: { total: 12.5 } });
    expect(await engine.describeExecution(executionArn("Fails"))).toMatchObject({
      record: { status: "FAILED", startDate: 1_000_000 },
      error: "CardDeclined",
    });
    for (const machine of ["Asks", "Distributes", "Halves", "Waits"]) {
      expect(await endOf(machine)).toEqual({ status: "RUNNING", output: undefined });
    }
    for (const machine of machines) {
      const { record } = (await engine.describeExecution(executionArn(machine))) ?? {};
      const { stateMachineArn = "" } = record ?? {};
      expect(record).toMatchObject({
        name: "kept",
        stateMachineVersionArn: `${stateMachineArn}:1`,
        stateMachineAliasArn: `${stateMachineArn}:live`,
      });
      expect(await store.stateMachine(stateMachineArn)).toMatchObject({ tags: { kept: machine } });
      expect((await engine.directory.find(`${stateMachineArn}:live`))?.routes).toHaveLength(1);
      expect((await historyOf(machine))?.[0]).toMatchObject({ id: 1, type: "ExecutionStarted" });
    }
    expect(await store.activity(activityArn)).toMatchObject({ tags: { team: "desk" } });
  });

  test("lets all that had begun end as it would have, and redrives what had failed", async () => {
    const task = await engine.takeActivityTask(activityArn, "w", 1, new AbortController().signal);
    expect(task?.input.value).toEqual({ question: "May I?" });
    const output = Payload.ofValue("Yes");
    expect(await engine.completeTask(task?.taskToken ?? "", { type: "success", output })).toBe(
      "accepted",
    );
    await becomes("Asks", "Yes");

    expect(await engine.redriveExecution(executionArn("Fails"))).toBeDefined();
    await becomes("Fails", { amount: 7, before: { charged: 0 } });
    const types = (await historyOf("Fails"))?.map(({ type }) => type);
    expect(types).toContain("ExecutionFailed");
    expect(types).toContain("ExecutionRedriven");

    expect((await endOf("Waits")).status).toBe("RUNNING");
    clock.advance(60 * minutes);
    await becomes("Waits", { order: 1, note: "über – \u{1F600}" });
    expect((await endOf("Halves")).status).toBe("RUNNING");
    clock.advance(70 * minutes);
    await becomes("Halves", [5, 10, 7_200, 7_201, 3]);
    await becomes("Distributes", [1, 7_200, 2, 7_201, 4]);
    const [run] = (await store.mapRuns(executionArn("Distributes"), { limit: 2 })).items;
    expect(run).toMatchObject({ status: "SUCCEEDED", itemCounts: { total: 5, succeeded: 5 } });
    expect((await store.resident(0, { limit: 9 })).items).toEqual([]);
    expect(await store.nextWake(0)).toBeUndefined();

    // What it now has is found again by the next process, packed or not.
    const before = await Promise.all(machines.map(historyOf));
    while (((await store.packClosed?.(clock.now() + 1, 100)) ?? 0) > 0);
    await engine.shutdown(1_000);
    await store.close();
    store = await openSqliteStore({ dataDir });
    engine = await engineOfKept(store, clock, "succeed");
    expect(await Promise.all(machines.map(historyOf))).toEqual(before);
  });
});

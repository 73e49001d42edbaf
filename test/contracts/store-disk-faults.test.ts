import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { StoreFailure, type Store } from "../../src/ports/store.ts";
import { openSqliteStore } from "../../src/store/sqlite/sqlite-store.ts";
import {
  compileFaults,
  faultKinds,
  runOnFaultyDisk,
  type DiskFault,
  type FaultKind,
  type FaultyRun,
} from "./disk-faults/faulty-disk.ts";
import { chunk, executionArn } from "./store-fixtures.ts";

// STEPWELL_DISK_FAULTS=full: every operation of the first commits and many of the later ones, some minutes.
const isFull = process.env["STEPWELL_DISK_FAULTS"] === "full";
const seed = Number(process.env["STEPWELL_DISK_FAULTS_SEED"] ?? 1);
/** Operations that fail one by one, from the first, and how many of those that follow do. */
const { first, sampled } = isFull ? { first: 150, sampled: 50 } : { first: 0, sampled: 1 };
const minutes = 60_000;

const directory = mkdtempSync(join(tmpdir(), "stepwell-disk-faults-"));
const faults = compileFaults(directory);
const library = "library" in faults ? faults.library : "";
const missing = "missing" in faults ? faults.missing : "";

afterAll(() => rmSync(directory, { recursive: true }));

/** The operations that each kind of fault is about. */
const operationsOf: { readonly [kind in FaultKind]: readonly string[] } = {
  eio: ["read", "write", "fsync", "ftruncate", "unlink"],
  dead: ["read", "write", "fsync", "ftruncate", "unlink"],
  enospc: ["write", "ftruncate"],
  short: ["write"],
  fsync: ["fsync"],
  power: ["read", "write", "fsync", "ftruncate", "unlink"],
};

/** The first operations, and a sample of the others up to `count`. */
function operationsToFail(kind: FaultKind, count: number): readonly number[] {
  const all = Array.from({ length: count }, (_, index) => index + 1);
  let state = seed * 7919 + faultKinds.indexOf(kind) * 104_729;
  const draw = () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648);
  const rest = all.slice(first).map((at) => ({ at, place: draw() }));
  rest.sort((left, right) => left.place - right.place);
  return [...all.slice(0, first), ...rest.slice(0, sampled).map(({ at }) => at)];
}

/** What a store holds of the commits that `child.ts` makes, as the number of the last; fails if it is not whole. */
async function lastCommitIn(store: Store): Promise<number> {
  const names = Array.from({ length: 40 }, (_, index) => `e${index + 1}`);
  const found = await store.journals(names.map((name) => executionArn(name)));
  expect(found.map(({ record }) => record.name)).toEqual(names.slice(0, found.length));
  for (const [index, { chunks }] of found.entries()) {
    const more = index % 4 === 2 ? 600 : 0;
    const whole = Array.from({ length: 1 + more }, (_, at) => chunk(at + 1));
    expect(chunks).toEqual(whole);
  }
  const messages = await store.messages(0, 40);
  expect(messages.map(({ id }) => id)).toEqual(found.map((_, index) => `m${index + 1}`));
  return found.length;
}

/** That a data directory has every commit that was acknowledged, and at most the one after it; that it can go on. */
async function expectNothingLost(dataDir: string, { acknowledged, told }: FaultyRun) {
  const store = await openSqliteStore({ dataDir });
  try {
    const last = await lastCommitIn(store);
    expect([acknowledged, acknowledged + 1]).toContain(last);
    // What a full disk did not take is not there.
    if (told.includes("full")) expect(last).toBe(acknowledged);
    await store.acquire(0);
  } finally {
    await store.close();
  }
}

async function check(fault: DiskFault): Promise<void> {
  const run = await runOnFaultyDisk(library, directory, fault);
  try {
    expect(run.errors).toBe("");
    expect(run.end).toBe(fault.kind === "power" && run.fault !== undefined ? "SIGKILL" : 0);
    if (run.told.includes("fatal") || run.told.includes("full")) {
      expect(run.told).not.toContain("goes on");
      expect(run.told).not.toContain("done");
    }
    if (fault.kind === "short") expect(run.told).toEqual(["done"]);
    // What a process leaves that is killed, is in store-sqlite.test.ts.
    if (fault.kind !== "power") await expectNothingLost(run.dataDir, run);
    if (fault.kind !== "short") await expectNothingLost(run.diskDir, run);
  } catch (error) {
    const told = `${run.fault ?? "no fault"} (seed ${fault.seed}), ${run.acknowledged} acknowledged, ${run.told.join(", ")}`;
    const why = error instanceof StoreFailure ? `refused: ${error.message}` : String(error);
    throw new Error(`${told}: ${why}`, { cause: error });
  } finally {
    rmSync(dirname(run.dataDir), { recursive: true });
  }
}

describe.skipIf(missing !== "")(`a disk that fails${missing && ` (skipped: ${missing})`}`, () => {
  let counts: FaultyRun["counts"] = new Map();

  beforeAll(async () => {
    const whole = await runOnFaultyDisk(library, directory, { kind: "eio", at: 0, seed });
    expect(whole).toMatchObject({ told: ["done"], errors: "", acknowledged: 16 });
    await expectNothingLost(whole.diskDir, whole);
    counts = whole.counts;
    if (isFull) console.log(Object.fromEntries(counts));
  }, minutes);

  test.for(faultKinds)(
    "loses no acknowledged commit: %s",
    { timeout: isFull ? 30 * minutes : minutes },
    async (kind) => {
      const count = operationsOf[kind].reduce((sum, sort) => sum + (counts.get(sort) ?? 0), 0);
      expect(count).toBeGreaterThan(10);
      const waiting = operationsToFail(kind, count).values();
      const failed: unknown[] = [];
      const work = async () => {
        for (const at of waiting) {
          await check({ kind, at, seed: seed + at }).catch((error: unknown) => failed.push(error));
        }
      };
      await Promise.all([work(), work()]);
      expect(failed.map(String)).toEqual([]);
    },
  );
});

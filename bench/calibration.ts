import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** How fast the machine is right now: every other figure is to be read beside these. */
export interface Calibration {
  /** Appends of 4 KiB, each followed by fdatasync. */
  readonly syncsPerSecond: number;
  /** `JSON.parse` of a document of 1 KB, and `JSON.stringify` of it. */
  readonly jsonPerSecond: number;
}

/** Times both for about `ms` each. */
export function calibrate(ms: number): Calibration {
  return { syncsPerSecond: syncs(ms), jsonPerSecond: json(ms) };
}

function syncs(ms: number): number {
  const folder = mkdtempSync(join(tmpdir(), "stepwell-bench-"));
  const file = openSync(join(folder, "log"), "a");
  const block = Buffer.alloc(4096, 1);
  try {
    return perSecond(ms, 1, () => {
      writeSync(file, block);
      fdatasyncSync(file);
    });
  } finally {
    closeSync(file);
    rmSync(folder, { recursive: true });
  }
}

function json(ms: number): number {
  const items = Array.from({ length: 16 }, (_, index) => ({
    id: index,
    name: `item number ${index}`,
    price: index * 1.25,
    tags: ["a", "b"],
  }));
  const text = JSON.stringify(items);
  return perSecond(ms, 100, () => {
    for (let round = 0; round < 100; round++) JSON.stringify(JSON.parse(text));
  });
}

function perSecond(ms: number, batch: number, work: () => void): number {
  const began = performance.now();
  let done = 0;
  let elapsed = 0;
  do {
    work();
    done += batch;
    elapsed = performance.now() - began;
  } while (elapsed < ms);
  return (done / elapsed) * 1000;
}

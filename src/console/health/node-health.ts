import { statfs } from "node:fs/promises";
import { getHeapStatistics } from "node:v8";
import type { MetricsRecorder } from "../metrics/metrics-recorder.ts";
import type { HealthCheck, HealthLevel, HealthView } from "../view-types.ts";

/** From `busy` on somebody should look, from `critical` on it hurts. */
interface Bounds {
  readonly busy: number;
  readonly critical: number;
}

/** Our choice: a server whose timers are later than this is too busy to answer soon. */
export const loopBounds: Bounds = { busy: 100, critical: 1_000 };
/** Our choice: everything waits for commits. A good disk takes a few milliseconds. */
export const commitBounds: Bounds = { busy: 250, critical: 2_000 };
/** Our choice, of the heap that Node allows itself: at its limit the process ends. */
const heapBounds: Bounds = { busy: 0.8, critical: 0.95 };
/** Our choice: with so little of the disk left, as a share and in bytes, it is filling up. A full one stops the engine. */
const leastFree = { share: 0.1, bytes: 10_000_000_000 } as const;
const hardlyFreeBytes = 500_000_000;

/** What this process may take of memory for JavaScript's objects. */
export function heapLimit(): number {
  return getHeapStatistics().heap_size_limit;
}

/** How this process is doing, from the newest sample of its figures and the disk that its data is on. */
export async function nodeHealth(
  recorder: Pick<MetricsRecorder, "newest">,
  about: {
    readonly version: string;
    readonly startedAt: number;
    readonly now: number;
    readonly dataDir?: string | undefined;
  },
): Promise<HealthView> {
  const { dataDir, ...rest } = about;
  const newest = recorder.newest();
  const checks = [
    checked("loop", newest?.loopP99, loopBounds),
    memoryCheck(process.memoryUsage().heapUsed, heapLimit()),
    {
      ...checked("commit", newest?.commitP99, commitBounds),
      // In a time without commits there is nothing that was slow.
      ...(newest !== undefined && newest.commitP99 === undefined && { level: "good" as const }),
      ...(newest?.commits !== undefined && { rate: newest.commits }),
    },
    ...(dataDir === undefined ? [] : [await diskCheck(dataDir)]),
  ];
  return { ...rest, level: worstOf(checks), checks };
}

export function memoryCheck(value: number, most: number): HealthCheck {
  return { name: "memory", value, most, level: levelOf(value / most, heapBounds) };
}

/** The disk is full when it has `free` left of `most`. */
export function freeSpaceCheck(free: number, most: number): HealthCheck {
  const isLow = free < leastFree.bytes && free < most * leastFree.share;
  const level = free < hardlyFreeBytes ? "critical" : isLow ? "busy" : "good";
  return { name: "disk", value: free, most, level };
}

export async function diskCheck(folder: string): Promise<HealthCheck> {
  try {
    const { bavail, blocks, bsize } = await statfs(folder);
    return freeSpaceCheck(bavail * bsize, blocks * bsize);
  } catch {
    return { name: "disk", level: "unknown" };
  }
}

function checked(
  name: HealthCheck["name"],
  value: number | undefined,
  bounds: Bounds,
): HealthCheck {
  if (value === undefined) return { name, level: "unknown" };
  return { name, value, level: levelOf(value, bounds) };
}

function levelOf(value: number, { busy, critical }: Bounds): HealthLevel {
  return value >= critical ? "critical" : value >= busy ? "busy" : "good";
}

const order: readonly HealthLevel[] = ["good", "unknown", "busy", "critical"];

/** What is not known yet is no trouble. */
function worstOf(checks: readonly HealthCheck[]): HealthLevel {
  const worst = Math.max(...checks.map(({ level }) => order.indexOf(level)));
  return order[worst] === "unknown" ? "good" : (order[worst] ?? "good");
}

import type { MapRunTimesView } from "../view-types.ts";
import type { MapRunItems } from "./map-run-items.ts";

/** Our choices: bars of the histogram beside that of the outliers, moments of the throughput, rows of the slowest. */
const mostBars = 24;
const mostMoments = 60;
const mostSlowest = 10;
/** Tukey: what lies more than three times the middle half above it is far out. */
const farOut = 3;

/** How long children took, which took longest, and how many began and ended when. */
export function mapRunTimes(items: MapRunItems, now: number): MapRunTimesView {
  const took = tookOf(items);
  const sorted = Float64Array.from(took.values()).sort();
  const p50 = quantile(sorted, 0.5);
  const p95 = quantile(sorted, 0.95);
  const outliersFrom = outlierLimit(sorted);
  return {
    ...(p50 !== undefined && { p50 }),
    ...(p95 !== undefined && { p95 }),
    ...(outliersFrom !== undefined && { outliersFrom }),
    durations: durationBars(took, sorted, outliersFrom, items),
    slowest: slowest(items, now),
    throughput: throughput(items, now),
  };
}

/** Of each child that ended by itself: one that was stopped says nothing of how long the work takes. */
function tookOf(items: MapRunItems): ReadonlyMap<number, number> {
  const took = new Map<number, number>();
  for (let index = 0; index < items.length; index++) {
    const status = items.statusAt(index);
    if (status === "succeeded" || status === "failed") took.set(index, durationAt(items, index));
  }
  return took;
}

/** Milliseconds that a child has taken; `NaN` of one that has not ended. */
export function durationAt(items: MapRunItems, index: number, now = Number.NaN): number {
  const stopped = items.stopped[index] ?? 0;
  return (stopped === 0 ? now : stopped) - (items.started[index] ?? 0);
}

function quantile(sorted: Float64Array, share: number): number | undefined {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

function outlierLimit(sorted: Float64Array): number | undefined {
  const [low, high] = [quantile(sorted, 0.25), quantile(sorted, 0.75)];
  if (low === undefined || high === undefined) return undefined;
  const limit = Math.ceil(high + farOut * Math.max(1, high - low));
  return (sorted.at(-1) ?? 0) >= limit ? limit : undefined;
}

function durationBars(
  took: ReadonlyMap<number, number>,
  sorted: Float64Array,
  outliersFrom: number | undefined,
  items: MapRunItems,
): MapRunTimesView["durations"] {
  const shortest = sorted[0];
  if (shortest === undefined) return [];
  const end = outliersFrom ?? (sorted.at(-1) ?? 0) + 1;
  const width = roundStep((end - shortest) / mostBars, [1, 2, 5]);
  const start = Math.floor(shortest / width) * width;
  const bars = Array.from({ length: Math.max(1, Math.ceil((end - start) / width)) }, (_, at) => ({
    from: start + at * width,
    to: Math.min(start + (at + 1) * width, outliersFrom ?? Infinity),
    count: 0,
    failed: 0,
  }));
  const outliers = { from: outliersFrom ?? Infinity, count: 0, failed: 0 };
  for (const [index, duration] of took) {
    const bar = duration >= outliers.from ? outliers : bars[Math.floor((duration - start) / width)];
    if (bar === undefined) continue;
    bar.count++;
    if (items.statusAt(index) === "failed") bar.failed++;
  }
  return outliersFrom === undefined ? bars : [...bars, outliers];
}

function slowest(items: MapRunItems, now: number): MapRunTimesView["slowest"] {
  const found: { readonly index: number; readonly took: number }[] = [];
  for (let index = 0; index < items.length; index++) {
    const status = items.statusAt(index);
    if (status !== "succeeded" && status !== "failed" && status !== "running") continue;
    const took = Math.max(0, durationAt(items, index, now));
    if (found.length === mostSlowest && took <= (found.at(-1)?.took ?? 0)) continue;
    const at = found.findIndex((each) => each.took < took);
    found.splice(at === -1 ? found.length : at, 0, { index, took });
    found.length = Math.min(found.length, mostSlowest);
  }
  return found.map((each) => ({ ...each, status: items.statusAt(each.index) }));
}

const secondMs = 1_000;

function throughput(items: MapRunItems, now: number): MapRunTimesView["throughput"] {
  let [from, to] = [Infinity, 0];
  for (let index = 0; index < items.length; index++) {
    if (items.arns[index] === undefined) continue;
    const stopped = items.stopped[index] ?? 0;
    from = Math.min(from, items.started[index] ?? Infinity);
    to = Math.max(to, stopped === 0 ? now : stopped);
  }
  if (from === Infinity) return [];
  // Nothing is counted finer than by the second: faster is not seen anyway.
  const width = Math.max(
    secondMs,
    roundStep((to - from) / mostMoments / secondMs, [1, 2, 3, 6]) * secondMs,
  );
  const moments = Array.from({ length: Math.floor((to - from) / width) + 1 }, (_, at) => ({
    from: from + at * width,
    to: from + (at + 1) * width,
    started: 0,
    ended: 0,
  }));
  for (let index = 0; index < items.length; index++) {
    if (items.arns[index] === undefined) continue;
    const begun = moments[Math.floor(((items.started[index] ?? 0) - from) / width)];
    if (begun !== undefined) begun.started++;
    const stopped = items.stopped[index] ?? 0;
    const over = stopped === 0 ? undefined : moments[Math.floor((stopped - from) / width)];
    if (over !== undefined) over.ended++;
  }
  return moments;
}

/** The least of these numbers, times a power of ten, that is not less than `least`; at least 1. */
function roundStep(least: number, series: readonly number[]): number {
  for (let power = 1; ; power *= 10) {
    for (const each of series) if (each * power >= least) return each * power;
  }
}

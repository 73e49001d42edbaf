import type { Census } from "./census.ts";

/** Our choices: what a cache that fills, or a table that doubles, may still add once the server is warm. */
const slack = { heap: 8 * 2 ** 20, external: 8 * 2 ** 20, resident: 64 * 2 ** 20 };
const growth = 0.05;
/** Our choice: connections that clients keep or not, and timers of what has just ended. */
const slackOfResources = 8;

/**
 * What has grown over these censuses, which were all taken while nothing was to be done; the first third is left out as
 * a warm-up, and the last is compared with the middle one. What leaks grows with everything that is done.
 */
export function growthIn(censuses: readonly Census[]): readonly string[] {
  const third = Math.floor(censuses.length / 3);
  const middle = censuses.slice(third, 2 * third);
  const last = censuses.slice(2 * third);
  const found: string[] = [];
  for (const name of ["heap", "external", "resident"] as const) {
    const before = median(middle.map((census) => census[name]));
    const after = median(last.map((census) => census[name]));
    if (after > before * (1 + growth) + slack[name]) {
      found.push(`${name}: ${megabytes(before)} became ${megabytes(after)}`);
    }
  }
  const names = new Set(last.flatMap(({ resources }) => Object.keys(resources)));
  for (const name of names) {
    const before = median(middle.map(({ resources }) => resources[name] ?? 0));
    const after = median(last.map(({ resources }) => resources[name] ?? 0));
    if (after > before + slackOfResources) found.push(`${name}: ${before} became ${after}`);
  }
  return found;
}

export function megabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MB`;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

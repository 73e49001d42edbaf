import { useMemo } from "react";
import { alignRuns, type RunPair } from "./align-runs.ts";
import type { ComparedPair } from "./pair-list.tsx";
import { differencesOf, type DifferenceKind } from "./run-differences.ts";
import type { ComparedRun } from "./use-compared-run.ts";

/** Two executions state by state. `without` are kinds of differences that do not count. */
export function useComparison(
  a: ComparedRun,
  b: ComparedRun,
  without: readonly DifferenceKind[],
): {
  readonly pairs: readonly RunPair[];
  readonly rows: readonly ComparedPair[];
  /** How many states differ in what, whether or not it counts. */
  readonly counts: ReadonlyMap<DifferenceKind, number>;
} {
  const pairs = useMemo(
    () => alignRuns(a.read.visits, b.read.visits),
    [a.read.visits, b.read.visits],
  );
  const found = useMemo(() => {
    const data =
      a.digests === undefined || b.digests === undefined
        ? undefined
        : { a: a.digests, b: b.digests };
    return pairs.map((pair) => ({
      id: pairId(pair),
      pair,
      isDataKnown: data !== undefined,
      differences: differencesOf(pair, data),
    }));
  }, [pairs, a.digests, b.digests]);
  const counts = useMemo(() => {
    const sums = new Map<DifferenceKind, number>();
    for (const { differences } of found) {
      for (const kind of differences) sums.set(kind, (sums.get(kind) ?? 0) + 1);
    }
    return sums;
  }, [found]);
  const rows = useMemo(
    () =>
      without.length === 0
        ? found
        : found.map((row) => ({
            ...row,
            differences: row.differences.filter((kind) => !without.includes(kind)),
          })),
    [found, without],
  );
  return { pairs, rows, counts };
}

/** Names a pair by its visits, as the address has it: `a12b14`; `a12` is in A alone. */
function pairId({ a, b }: RunPair): string {
  return `${a === undefined ? "" : `a${a.id}`}${b === undefined ? "" : `b${b.id}`}`;
}

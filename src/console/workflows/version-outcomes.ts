import type { IndexedExecution } from "../index/execution-index.ts";
import { isFailure, quantile } from "../index/summaries.ts";
import type { OutcomeView, VersionOutcomesView } from "../view-types.ts";

/**
 * How the executions of each version went that started within `windowMs` before `now`, of all and of those that came by
 * each alias. An execution of the unpublished definition has no version.
 */
export function versionOutcomes(
  executions: readonly IndexedExecution[],
  now: number,
  windowMs: number,
): VersionOutcomesView {
  const recent = executions.filter(({ startDate }) => now - startDate < windowMs);
  const byAlias = Map.groupBy(
    recent.filter(({ alias }) => alias !== undefined),
    ({ alias = "" }) => alias,
  );
  return {
    windowMs,
    versions: byVersion(recent),
    aliases: [...byAlias].map(([alias, started]) => ({ alias, versions: byVersion(started) })),
  };
}

function byVersion(executions: readonly IndexedExecution[]): readonly OutcomeView[] {
  return [...Map.groupBy(executions, ({ version }) => version)].map(([version, started]) => {
    const durations = started
      .flatMap(({ startDate, stopDate }) => (stopDate === undefined ? [] : [stopDate - startDate]))
      .sort((a, b) => a - b);
    const p95 = quantile(durations, 0.95);
    return {
      ...(version !== undefined && { version }),
      executions: started.length,
      succeeded: started.filter(({ status }) => status === "SUCCEEDED").length,
      failed: started.filter(isFailure).length,
      ...(p95 !== undefined && { p95 }),
    };
  });
}

import type { MapRunOutcome } from "../../machine/map-run/map-run-settings.ts";
import type { MapRunRecord } from "../../ports/map-run-store.ts";
import type { Counts } from "./map-run-counts.ts";

/**
 * The failure of a run in which more has failed than it tolerates; `undefined` while it does.
 *
 * Documented: failed and timed-out items, by number or by share of all; the share is judged when all are known. `total` is
 * how many there are, `undefined` while that is not known; `complete` says that no more will come.
 */
export function toleranceFailure(
  record: Pick<MapRunRecord, "toleratedFailureCount" | "toleratedFailurePercentage">,
  items: Counts,
  total: number | undefined,
  complete: boolean,
): MapRunOutcome | undefined {
  const { toleratedFailureCount: count, toleratedFailurePercentage: percentage } = record;
  const failed = items.failed + items.timedOut;
  if (failed === 0) return undefined;
  const share = total === undefined ? undefined : (failed / total) * 100;
  const tooMany = failed > count && (percentage === 0 || share === undefined || share > percentage);
  const decided = complete || percentage === 0 || share !== undefined;
  if (!tooMany || !decided) return undefined;
  return {
    type: "failed",
    error: "States.ExceedToleratedFailureThreshold",
    cause: "The specified tolerated failure threshold was exceeded",
  };
}

import { heapLimit, loopBounds } from "../health/node-health.ts";
import type { ServerMetricsView } from "../view-types.ts";

/** What series of the recorder should stay below, by their names; of the others no limit is known. */
export function thresholds(): ServerMetricsView["thresholds"] {
  // More than one core the thread that decides cannot use.
  return { loopP99: loopBounds.busy, heap: heapLimit(), cpu: 1 };
}
